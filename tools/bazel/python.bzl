"""Tells Bazel to run Python tests with the interpreter that ./test made."""

_BUILD = """
load("@bazel_tools//tools/python:toolchain.bzl", "py_runtime_pair")

py_runtime(
    name = "runtime",
    interpreter_path = "{python}",
    python_version = "PY3",
    # Bazel's own launcher would ask for `python` on PATH otherwise.
    stub_shebang = "#!{python}",
)

py_runtime_pair(
    name = "runtime_pair",
    py3_runtime = ":runtime",
)

toolchain(
    name = "toolchain",
    toolchain = ":runtime_pair",
    toolchain_type = "@bazel_tools//tools/python:toolchain_type",
)
"""

def _venv_python_impl(ctx):
    checkout = ctx.path(Label("//:WORKSPACE")).dirname
    python = ctx.os.environ.get("TF_KERAS_PYTHON") or (
        str(checkout) + "/.venv/bin/python"
    )
    ctx.file("WORKSPACE", "workspace(name = \"%s\")" % ctx.name)
    ctx.file("BUILD", _BUILD.format(python = python))

venv_python = repository_rule(
    implementation = _venv_python_impl,
    environ = ["TF_KERAS_PYTHON"],
    local = True,
)
