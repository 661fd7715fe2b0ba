"""Python functions and lambdas as data."""

import binascii
import codecs
import marshal
import sys
import types

from tf_keras.src.serialization.safe_mode import refuse_unless_unsafe, safe_mode


class FunctionCode(tuple):
    """The code of a function: `(bytecode, defaults, closure)`.

    It is the plain tuple that files hold. As long as it has not been through
    a file it remembers the function too, so that copying a live layer runs no
    code from data.
    """

    function = None

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return _code_of_pickle, (tuple(self), self.function.__module__)


def code_of_function(function):
    """Returns the `FunctionCode` of a Python function.

    The bytecode is base64 text of the marshalled code object. It can be read
    by the Python version that wrote it only.
    """
    bytecode = codecs.encode(marshal.dumps(function.__code__), "base64")
    closure = None
    if function.__closure__:
        closure = tuple(cell.cell_contents for cell in function.__closure__)
    code = FunctionCode(
        (bytecode.decode("ascii"), function.__defaults__, closure)
    )
    code.function = function
    return code


def function_of_code(code, module_globals=None):
    """Returns the function that `code_of_function` described.

    Args:
        code: A `FunctionCode`, or the list or tuple that a file holds.
        module_globals: The names that the function sees as globals.

    Raises:
        ValueError: In safe mode, for code that came from a file; and for
            bytecode that this Python version can't read.
    """
    if isinstance(code, FunctionCode) and code.function is not None:
        return code.function
    refuse_unless_unsafe("Making a Python function from bytecode")
    if isinstance(code, str):
        code = (code, None, None)
    bytecode, defaults, closure = code
    try:
        marshalled = codecs.decode(bytecode.encode("ascii"), "base64")
    except (UnicodeEncodeError, binascii.Error):
        marshalled = bytecode.encode("raw_unicode_escape")  # Keras 2.0.
    try:
        code_object = marshal.loads(marshalled)
    except (ValueError, EOFError, TypeError) as error:
        raise ValueError(
            "The file holds a function as bytecode that this Python version "
            "can't read. Give the function itself in `custom_objects`, by "
            "the name of its layer."
        ) from error
    cells = None
    if closure is not None:
        cells = tuple(types.CellType(value) for value in closure)
    return types.FunctionType(
        code_object,
        module_globals if module_globals is not None else {},
        name=code_object.co_name,
        argdefs=tuple(defaults) if defaults else None,
        closure=cells,
    )


def _code_of_pickle(code, module):
    """The code that was pickled, with its function."""
    found = sys.modules.get(module)
    # Reading a pickle runs what is in it anyway, so nothing is opened here.
    with safe_mode(False):
        function = function_of_code(code, vars(found) if found else None)
    code = FunctionCode(code)
    code.function = function
    return code
