"""Packages that may be absent, or are too heavy to load unasked."""

import importlib


def find_package(name):
    """Imports a package and returns it, or None if it is not installed.

    Args:
        name: Its import name, as "h5py" or "PIL.Image".
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and not name.startswith(error.name):
            raise  # It is there, but something it needs is not.
        return None


def need_package(name, purpose, pip_name=None):
    """Imports a package and returns it, or says how to install it.

    Args:
        name: Its import name.
        purpose: Who needs it, as "Model.save to an .h5 file".
        pip_name: What pip calls it, if that differs.

    Raises:
        ImportError: If it is not installed.
    """
    package = find_package(name)
    if package is None:
        pip_name = pip_name or name.partition(".")[0]
        raise ImportError(
            f"{purpose} needs the package `{name}`, which is not installed. "
            f"Install it with `pip install {pip_name}`."
        )
    return package
