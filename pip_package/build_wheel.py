"""Builds the wheel: the package without its tests.

    python pip_package/build_wheel.py [FOLDER]

Puts it into FOLDER, `dist` by default, and prints its path. Needs setuptools
and no network.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

CHECKOUT = pathlib.Path(__file__).parent.parent
BESIDE_THE_PACKAGE = ["LICENSE", "README.md", "requirements.txt"]
LEFT_OUT = shutil.ignore_patterns(
    "*.bzl", "*.pyc", "*_test.py", "BUILD", "__pycache__", "testing", "tests"
)


def lay_out(stage):
    """Copies what the wheel is made of into an empty folder."""
    shutil.copytree(CHECKOUT / "tf_keras", stage / "tf_keras", ignore=LEFT_OUT)
    for name in BESIDE_THE_PACKAGE:
        shutil.copy(CHECKOUT / name, stage)
    shutil.copy(CHECKOUT / "pip_package" / "setup.py", stage)


def build(folder):
    """Builds the wheel and returns its path.

    Raises:
        RuntimeError: If pip could not build it; the message is pip's.
    """
    with tempfile.TemporaryDirectory() as name:
        stage = pathlib.Path(name) / "stage"
        wheels = pathlib.Path(name) / "wheels"
        stage.mkdir()
        lay_out(stage)
        command = [sys.executable, "-m", "pip", "wheel", "--no-deps"]
        command += ["--no-build-isolation", "--disable-pip-version-check"]
        command += ["--no-index", "--quiet", "-w", str(wheels), str(stage)]
        result = subprocess.run(
            command, capture_output=True, text=True, check=False
        )
        if result.returncode:
            raise RuntimeError(f"pip could not build it:\n{result.stderr}")
        (wheel,) = wheels.glob("*.whl")
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        return pathlib.Path(shutil.copy(wheel, folder))


if __name__ == "__main__":
    print(build(sys.argv[1] if sys.argv[1:] else CHECKOUT / "dist"))
