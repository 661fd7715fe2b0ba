"""`wing`: a part of the house as Bazel sees it, and the arrows it draws."""

# Families that are one file of src/ each, and wings that are a folder.
FAMILIES = ["activations", "constraints", "initializers", "regularizers"]
WINGS = [
    "applications",
    "backend",
    "callbacks",
    "core",
    "data",
    "datasets",
    "distribute",
    "foundation",
    "inspection",
    "layers",
    "legacy",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "saving",
    "serialization",
    "testing",
    "training",
]

def wing_label(name):
    return "//tf_keras/src" + (":" if name in FAMILIES else "/") + name

def wing(name, uses = [], test_uses = [], faces = [], only = "**/*"):
    """A library of the wing's files, and a test of each of its `*_test.py`.

    Args:
        name: The wing, which is also the name of its library.
        uses: Wings that its files import, all on lower floors.
        test_uses: Wings that only its tests import.
        faces: Faces that its tests see, for instance because they ask for
            the public name of a class. Without any, `tf_keras` is an empty
            package there and no front door.
        only: Pattern of the wing's files without `.py`.
    """
    tests = native.glob([only + "_test.py"], allow_empty = True)
    native.py_library(
        name = name,
        srcs = native.glob(
            [only + ".py"],
            exclude = tests,
            allow_empty = True,
        ),
        data = native.glob(
            [only],
            exclude = ["**/*.py", "**/*.pyc", "BUILD"],
            allow_empty = True,
        ),
        visibility = ["//visibility:public"],
        deps = [wing_label(wing) for wing in uses],
    )
    for test in tests:
        file_test(
            test,
            deps = [":" + name] +
                   [wing_label(wing) for wing in uses + test_uses] +
                   ["//tf_keras:" + face for face in faces],
        )
    if name not in FAMILIES:
        sources()

def face(name, uses):
    """The files of one face and its children, and the wings they show."""
    native.py_library(
        name = name,
        srcs = native.glob(
            [name + ".py", name + "/**/*.py"],
            exclude = ["**/*_test.py"],
            allow_empty = True,
        ),
        visibility = ["//visibility:public"],
        deps = [":front_door"] + [wing_label(wing) for wing in uses],
    )

def file_test(file, size = "small", deps = [], data = []):
    """A test of one file, started by tools/run_test.py."""
    native.py_test(
        name = file[:-len(".py")],
        size = size,
        srcs = [file, "//tools:run_test.py"],
        args = [native.package_name() + "/" + file],
        data = data + ["//:requirements.txt"],
        main = "//tools:run_test.py",
        deps = deps,
    )

def sources():
    """All files of a package, for the tests that read the sources."""
    native.filegroup(
        name = "sources",
        srcs = native.glob(["**/*"], exclude = ["**/*.pyc"]),
        visibility = ["//visibility:public"],
    )
