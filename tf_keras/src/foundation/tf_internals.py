"""The one door to TensorFlow names that are not public.

Each line says what we need it for. When TensorFlow moves, this file moves.
"""

from tensorflow.python.autograph.core.ag_ctx import control_status_ctx
from tensorflow.python.autograph.impl.api import tf_convert
from tensorflow.python.distribute.merge_call_interim import (
    strategy_supports_no_merge_call as strategy_supports_no_merge_call,
)
from tensorflow.python.trackable import autotrackable, data_structures

# Objects whose attributes checkpoints follow, without being a tf.Module.
AutoTrackable = autotrackable.AutoTrackable

# Lists, dicts and tuples in attributes become tracked wrappers of themselves.
wrap_for_tracking = data_structures.wrap_or_unwrap


def autograph(function):
    """Converts Python control flow on tensors, as `tf.function` would."""
    return tf_convert(function, control_status_ctx())
