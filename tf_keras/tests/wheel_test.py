"""Tests that the wheel installs and holds the package and no tests."""

import pathlib
import subprocess
import sys
import tempfile
import venv
import zipfile

import tensorflow as tf

ROOT = pathlib.Path(__file__).parent.parent.parent


def run(*command, **options):
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, **options
    )
    if result.returncode:
        raise AssertionError(f"{command}:\n{result.stdout}{result.stderr}")
    return result.stdout.strip()


class WheelTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(run, "rm", "-r", str(cls.folder))
        script = ROOT / "pip_package" / "build_wheel.py"
        path = run(sys.executable, str(script), str(cls.folder))
        cls.wheel = zipfile.ZipFile(path)
        cls.addClassCleanup(cls.wheel.close)

    def metadata(self):
        (name,) = (n for n in self.wheel.namelist() if n.endswith("/METADATA"))
        return self.wheel.read(name).decode().splitlines()

    def test_says_what_pip_needs(self):
        metadata = self.metadata()
        for line in (
            "Name: tf_keras",
            "Version: 2.21.1",
            "Requires-Dist: tensorflow<2.22,>=2.21",
            "Provides-Extra: cpu",
            'Requires-Dist: tensorflow-cpu<2.22,>=2.21; extra == "cpu"',
            "License-File: LICENSE",
        ):
            self.assertIn(line, metadata)

    def test_holds_the_package_and_its_data(self):
        names = self.wheel.namelist()
        for name in (
            "tf_keras/__init__.py",
            "tf_keras/py.typed",
            "tf_keras/api/_v2/keras/layers.py",
            "tf_keras/src/datasets/digits.npz",
            "tf_keras/src/datasets/digits.txt",
        ):
            self.assertIn(name, names)

    def test_holds_no_tests_and_no_build_files(self):
        for name in self.wheel.namelist():
            path = pathlib.PurePath(name)
            self.assertFalse(path.stem.endswith("_test"), name)
            self.assertNotIn("tests", path.parts)
            self.assertNotIn("testing", path.parts)
            self.assertNotIn(path.name, ("BUILD", "wing.bzl"))

    def test_holds_every_other_file_of_the_package(self):
        # Every file below tf_keras that is no test: none is forgotten.
        ours = {
            file.relative_to(ROOT).as_posix()
            for file in (ROOT / "tf_keras").rglob("*.py")
            if not file.stem.endswith("_test")
            and not {"tests", "testing"} & set(file.parts)
            and file.stat().st_size
        }
        self.assertEqual(ours - set(self.wheel.namelist()), set())

    def test_installs_into_a_clean_environment(self):
        environment = self.folder / "environment"
        venv.create(environment, with_pip=True)
        python = environment / "bin" / "python"
        run(
            *[python, "-m", "pip", "install", "--no-deps", "--no-index"],
            *["--disable-pip-version-check", self.wheel.filename],
        )
        # TensorFlow is big: the new environment borrows the one that runs this.
        site = run(
            python,
            "-c",
            "import sysconfig; print(sysconfig.get_path('purelib'))",
        )
        borrowed = [p for p in sys.path if p.endswith("site-packages")]
        (pathlib.Path(site) / "borrowed.pth").write_text("\n".join(borrowed))
        out = run(
            python,
            "-c",
            "import tf_keras\n"
            "(x, y), _ = tf_keras.datasets.digits.load_data()\n"
            "print(tf_keras.__version__, len(x), tf_keras.__file__)",
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "TF_CPP_MIN_LOG_LEVEL": "3"},
        )
        version, count, file = out.split()
        self.assertEqual((version, count), ("2.21.1", "1437"))
        self.assertTrue(file.startswith(site), file)


if __name__ == "__main__":
    tf.test.main()
