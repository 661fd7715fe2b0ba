"""The one door to TensorFlow names that are not public.

Each line says what we need it for. When TensorFlow moves, this file moves.
"""

from tensorflow.python.eager import context
from tensorflow.python.trackable import autotrackable, data_structures
from tensorflow.python.util import dispatch

# A decorator of functions that symbolic tensors keep as one operation.
dispatchable = dispatch.add_dispatch_support
# Objects whose attributes checkpoints follow, without being a tf.Module.
AutoTrackable = autotrackable.AutoTrackable

# Lists, dicts and tuples in attributes become tracked wrappers of themselves.
wrap_for_tracking = data_structures.wrap_or_unwrap


def clear_kernel_cache():
    """Drops compiled kernels, and with them functions no longer in use."""
    context.context().clear_kernel_cache()
