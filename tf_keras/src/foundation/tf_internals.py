"""The one door to TensorFlow names that are not public.

Each line says what we need it for. When TensorFlow moves, this file moves.
"""

from tensorflow.python.trackable import data_structures

# Lists, dicts and tuples in attributes become tracked wrappers of themselves.
wrap_for_tracking = data_structures.wrap_or_unwrap
