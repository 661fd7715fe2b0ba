"""Reads every import of the package and tells where it breaks the plan.

A checkout is a dict here, from paths such as "tf_keras/src/core/layer.py" to
texts, so that a test can plant a violation without writing files.
"""

import ast
import dataclasses
import graphlib

# The floors of ARCHITECTURE.md. A wing imports from itself and from below.
FLOORS = {
    "foundation": 1,
    "serialization": 2,
    "backend": 2,
    "distribute": 2,
    "datasets": 2,
    "activations": 3,
    "initializers": 3,
    "regularizers": 3,
    "constraints": 3,
    "losses": 3,
    "optimizers": 3,
    "data": 3,
    "callbacks": 3,
    "core": 4,
    "layers": 5,
    "metrics": 5,
    "saving": 5,
    "inspection": 5,
    "training": 6,
    "legacy": 6,
    "models": 7,
    "applications": 8,
    "testing": 10,  # Only tests import it, and it imports what it likes.
}
FRONT_DOOR = "tf_keras/__init__.py"
THE_ONE_DOOR = "tf_keras/src/foundation/tf_internals.py"
MAY_IMPORT_LATE = {
    FRONT_DOOR,
    "tf_keras/api/mirror.py",
    "tf_keras/src/foundation/optional.py",
    "tf_keras/src/serialization/from_config.py",  # What a file names.
    "tf_keras/src/serialization/registry.py",
}
PRIVATE_OF_TENSORFLOW = ("tensorflow.__internal__", "tensorflow.python")
FORBIDDEN = (
    "keras",
    "tensorflow.keras",
    "tensorflow.python.keras",
)


@dataclasses.dataclass(frozen=True)
class Import:
    """One name that a file imports: `from module import name`.

    `module` is what is loaded, `name` what is taken from it, or None;
    `at_top` tells whether the statement stands in no block.
    """

    module: str
    name: str | None
    line: int
    at_top: bool


def read(root):
    """Reads the Python and BUILD files of a checkout."""
    package = root / "tf_keras"
    files = [*package.rglob("*.py"), *package.rglob("BUILD")]
    return {
        file.relative_to(root).as_posix(): file.read_text() for file in files
    }


def is_within(module, packages):
    return any(module == p or module.startswith(p + ".") for p in packages)


def wing_of(path):
    """The wing of a file below src, or None."""
    parts = path.removesuffix(".py").split("/")
    if parts[:2] != ["tf_keras", "src"] or parts[2] == "__init__":
        return None
    if len(parts) == 3:  # src/activations.py and its test.
        return parts[2].removesuffix("_test")
    return parts[2]


def is_face(path):
    parts = path.split("/")
    return parts[0] == "tf_keras" and not (
        path == FRONT_DOOR
        or parts[1] in ("api", "src", "tests", "protobuf")
        or is_test(path)
    )


def is_test(path):
    return path.endswith("_test.py")


class Checkout:
    """The parsed files, and one method for each rule.

    Every method yields violations, as lines that say where and what.
    """

    def __init__(self, files):
        self.trees = {
            path: ast.parse(text)
            for path, text in files.items()
            if path.endswith(".py")
        }
        self.modules = {self._module_name(path): path for path in self.trees}
        self.imports = {
            path: list(self._read_imports(tree))
            for path, tree in self.trees.items()
        }
        self.builds = {
            path: list(_read_build(text))
            for path, text in files.items()
            if path.endswith("/BUILD")
        }

    @staticmethod
    def _module_name(path):
        name = path.removesuffix(".py").replace("/", ".")
        return name.removesuffix(".__init__")

    def _read_imports(self, tree):
        at_top = set(map(id, tree.body))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [(alias.name, None) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                module = "." * node.level + (node.module or "")
                names = [self._source(module, a.name) for a in node.names]
            else:
                continue
            for module, name in names:
                yield Import(module, name, node.lineno, id(node) in at_top)

    def _source(self, module, name):
        """`from tf_keras.src import losses` loads a module, too."""
        whole = f"{module}.{name}"
        is_module = whole in self.modules or name in ("__internal__", "python")
        return (whole, None) if is_module else (module, name)

    def _own_imports(self, path):
        """The imports of this package, with the file that each loads."""
        for item in self.imports[path]:
            if is_within(item.module, ["tf_keras"]):
                yield item, self.modules.get(item.module)

    def upward_imports(self):
        """Rule 1: downward only."""
        for path in self.trees:
            wing = wing_of(path)
            if wing is None or is_test(path) or wing == "testing":
                continue
            if wing not in FLOORS:
                yield f"{path}: {wing!r} is no wing of the plan"
                continue
            for item, target in self._own_imports(path):
                other = target and wing_of(target)
                if other is None:
                    yield (
                        f"{path}:{item.line}: imports {item.module}, which is "
                        "no file of a wing"
                    )
                elif other != wing and FLOORS.get(other, 99) >= FLOORS[wing]:
                    yield (
                        f"{path}:{item.line}: {wing}, floor {FLOORS[wing]}, "
                        f"imports {other}, floor {FLOORS.get(other)}"
                    )

    def cycles(self):
        """Files that import each other in a ring."""
        graph = {
            path: {
                target
                for _, target in self._own_imports(path)
                if target and target.startswith("tf_keras/src/")
            }
            for path in self.trees
            if wing_of(path)
        }
        try:
            graphlib.TopologicalSorter(graph).prepare()
        except graphlib.CycleError as error:
            yield "a ring of imports: " + " -> ".join(error.args[1])

    def hidden_imports(self):
        """Rule 2: at the top of the file only."""
        for path, tree in self.trees.items():
            if path in MAY_IMPORT_LATE or is_test(path):
                continue
            for item in self.imports[path]:
                if not item.at_top:
                    yield f"{path}:{item.line}: hides import of {item.module}"
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _dotted(node.func) in (
                    "__import__",
                    "importlib.import_module",
                ):
                    yield f"{path}:{node.lineno}: imports by a call"

    def detours(self):
        """Rule 3: from the file that defines it."""
        defined = {}
        for path in self.trees:
            if path == FRONT_DOOR:  # It names faces that it does not load.
                continue
            for item, target in self._own_imports(path):
                where = f"{path}:{item.line}"
                if item.module.startswith(".") or target is None:
                    yield f"{where}: {item.module} is no file of this package"
                elif not target.startswith("tf_keras/src/"):
                    continue
                elif target == THE_ONE_DOOR:  # It hands on.
                    continue
                elif target.endswith("/__init__.py"):
                    yield f"{where}: imports the package {item.module}"
                elif item.name:
                    if target not in defined:
                        defined[target] = _defined_names(self.trees[target])
                    if item.name not in defined[target]:
                        yield (
                            f"{where}: {item.name} is not defined in {target}"
                        )

    def relative_imports(self):
        for path, items in self.imports.items():
            for item in items:
                if item.module.startswith("."):
                    yield f"{path}:{item.line}: imports relatively"

    def talkative_packages(self):
        """Rule 3, its other half: a docstring, and no more."""
        for path, tree in self.trees.items():
            if path.startswith("tf_keras/src/") and path.endswith(
                "/__init__.py"
            ):
                if ast.get_docstring(tree) is None or len(tree.body) != 1:
                    yield f"{path}: holds other than one docstring"

    def loose_faces(self):
        """A face holds a docstring, and lines `from file import X as Y`."""
        for path, tree in self.trees.items():
            if not is_face(path):
                continue
            if ast.get_docstring(tree) is None:
                yield f"{path}: has no docstring"
            for node in tree.body[1:]:
                if not isinstance(node, ast.ImportFrom) or any(
                    alias.asname is None for alias in node.names
                ):
                    yield f"{path}:{node.lineno}: is no `import X as X`"
            shown = {item.module for item in self.imports[path]}
            face = self._module_name(path)
            for module in self.modules:
                if module.rpartition(".")[0] == face and module not in shown:
                    yield f"{path}: does not show its child {module}"

    def private_names(self):
        """Rule 5: one door to what is not public in TensorFlow."""
        for path in self.trees:
            if path == THE_ONE_DOOR:
                continue
            for line, name in self._tensorflow_names(path):
                if is_within(name, PRIVATE_OF_TENSORFLOW):
                    yield f"{path}:{line}: reaches into {name}"

    def forbidden_names(self):
        """No other Keras."""
        for path in self.trees:
            for line, name in self._tensorflow_names(path):
                if is_within(name, FORBIDDEN):
                    yield f"{path}:{line}: uses {name}"

    def _tensorflow_names(self, path):
        """Modules imported, and attributes of `tf` as `tensorflow.x.y`."""
        tree = self.trees[path]
        known = {"tf": "tensorflow", "tensorflow": "tensorflow"}
        for item in self.imports[path]:
            yield item.line, item.module
            if item.name:
                yield item.line, f"{item.module}.{item.name}"
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                first, _, rest = _dotted(node).partition(".")
                if first in known:
                    yield node.lineno, f"{known[first]}.{rest}"

    def undeclared_arrows(self):
        """A BUILD file states each arrow that its wing or face draws."""
        for build, target, arrows in self._targets():
            uses = set(arrows.get("uses", ()))
            for path, wings in self._drawn(build, target).items():
                allowed = uses | {target}
                if is_test(path):
                    allowed |= set(arrows.get("test_uses", ()))
                for wing in sorted(wings - allowed):
                    yield f"{build}: {target} does not declare {wing}: {path}"

    def unused_arrows(self):
        """And no arrow that is not drawn."""
        for build, target, arrows in self._targets():
            drawn = self._drawn(build, target)
            code = [wings for path, wings in drawn.items() if not is_test(path)]
            if code:
                for wing in sorted(set(arrows["uses"]) - set().union(*code)):
                    yield f"{build}: {target} declares {wing} in vain"

    def upward_arrows(self):
        for build, target, arrows in self._targets():
            if not build.startswith("tf_keras/src/"):
                continue
            for wing in arrows["uses"]:
                if FLOORS[wing] >= FLOORS[target]:
                    yield f"{build}: {target} declares {wing} above it"

    def _targets(self):
        for build, calls in self.builds.items():
            for rule, arguments in calls:
                if rule in ("wing", "face"):
                    arrows = {"uses": [], **arguments}
                    yield build, arguments["name"], arrows

    def _drawn(self, build, target):
        """The wings that each file of a target imports."""
        return {
            path: {
                wing_of(other)
                for _, other in self._own_imports(path)
                if other and wing_of(other)
            }
            for path in self.trees
            if (
                wing_of(path) == target
                if build.startswith("tf_keras/src/")
                else is_face(path)
                and path.removesuffix(".py").split("/")[1] == target
            )
        }

    def wings_without_build(self):
        declared = {target for _, target, _ in self._targets()} | {"testing"}
        for wing in sorted({wing_of(path) for path in self.trees} - {None}):
            if wing not in declared:
                yield f"tf_keras/src: no BUILD file declares {wing}"

    def strayed_tests(self):
        """A test stands beside the code that it tests."""
        for path in self.trees:
            if is_test(path) and not path.startswith("tf_keras/tests/"):
                code = path.removesuffix("_test.py")
                is_there = f"{code}.py" in self.trees or (
                    f"{code}/__init__.py" in self.trees
                )
                if not is_there:
                    yield f"{path}: stands beside no {code}.py"


def _dotted(node):
    """`a.b.c` for such an expression, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _defined_names(tree):
    """Names that a module defines itself, also inside `if` and `try`."""
    names = set()
    pending = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
            continue
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.For, ast.With)):
            for child in ast.walk(node):
                if isinstance(child, ast.Name):
                    if isinstance(child.ctx, ast.Store):
                        names.add(child.id)
        pending += [n for n in ast.iter_child_nodes(node)]
    return names


def _read_build(text):
    """Yields `(rule, arguments)` of each call; Starlark parses as Python."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            arguments = {
                keyword.arg: ast.literal_eval(keyword.value)
                for keyword in call.keywords
                if _dotted(call.func) in ("wing", "face")
            }
            yield _dotted(call.func), arguments
