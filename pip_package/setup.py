"""What pip is told of the package; build_wheel.py lays out the files."""

import pathlib
import re

import setuptools

HERE = pathlib.Path(__file__).parent


def version():
    front_door = (HERE / "tf_keras" / "__init__.py").read_text()
    return re.search(r'__version__ = "(.+)"', front_door).group(1)


def requirements():
    lines = (HERE / "requirements.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


setuptools.setup(
    name="tf_keras",
    version=version(),
    description="Keras for TensorFlow alone",
    long_description=(HERE / "README.md").read_text(),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    license_files=["LICENSE"],
    python_requires=">=3.10,<3.14",
    install_requires=requirements(),
    extras_require={
        # Comes beside tensorflow, whose files it replaces: pip can't let an
        # extra take a dependency away. README.md says how to get it alone.
        "cpu": ["tensorflow-cpu>=2.21,<2.22"],
        "images": ["pillow", "scipy"],
        "plot": ["matplotlib", "pydot"],
        "yaml": ["pyyaml"],  # Models that Keras before 2.6 wrote as YAML.
    },
    packages=setuptools.find_namespace_packages(include=["tf_keras*"]),
    package_data={"": ["*"]},
    zip_safe=False,
)
