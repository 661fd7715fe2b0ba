"""A variable that reads in the compute dtype of the layer that reads it.

Under a mixed policy a layer keeps float32 weights and computes in 16 bits.
Its `call` sees each weight in the compute dtype; everybody else, optimizers
and checkpoints among them, sees the float32 variable.
"""

import tensorflow as tf

from tf_keras.src.core.call_context import context
from tf_keras.src.foundation.tf_internals import TensorType


class AutoCastVariable(tf.Variable, TensorType):
    """Wraps a floating point variable; reads are cast inside layers' calls.

    Args:
        variable: The `tf.Variable` that holds the value.
    """

    def __init__(self, variable):
        self._variable = variable

    # tf.Variable picks another class in __new__ through its metaclass call.
    @classmethod
    def wrapping(cls, variable):
        """Returns a wrapper of a variable."""
        wrapper = object.__new__(cls)
        wrapper._variable = variable
        return wrapper

    def _cast(self, tensor):
        dtype = context.autocast_dtype
        if dtype is None or dtype == tensor.dtype:
            return tensor
        return tf.cast(tensor, dtype)

    def value(self):
        """Returns the value, in the compute dtype inside a layer's call."""
        return self._cast(self._variable.value())

    def read_value(self):
        """Returns the value, in the compute dtype inside a layer's call."""
        return self._cast(self._variable.read_value())

    def sparse_read(self, indices, name=None):
        """Returns rows of the value, cast as `value` is."""
        return self._cast(self._variable.sparse_read(indices, name=name))

    def gather_nd(self, indices, name=None):
        """Returns slices of the value, cast as `value` is."""
        return self._cast(self._variable.gather_nd(indices, name=name))

    def __tf_tensor__(self, dtype=None, name=None):
        tensor = self.value()
        if dtype is not None and not tf.as_dtype(dtype).is_compatible_with(
            tensor.dtype
        ):
            raise ValueError(
                f"The variable {self.name!r} reads as {tensor.dtype.name} "
                f"here, and {tf.as_dtype(dtype).name} was asked for."
            )
        return tensor

    def _dense_var_to_tensor(self, dtype=None, name=None, as_ref=False):
        del as_ref
        return self.__tf_tensor__(dtype, name)

    def _should_act_as_resource_variable(self):
        """TensorFlow asks for this name, to treat it as its own variable."""

    @property
    def _cast_dtype(self):
        return context.autocast_dtype or self._variable.dtype

    def numpy(self):
        """Returns the value as a NumPy array, never cast."""
        return self._variable.numpy()

    def __getattr__(self, name):
        if name == "_variable":  # Not there yet while being copied.
            raise AttributeError(name)
        return getattr(self._variable, name)

    def __getitem__(self, item):
        # The variable's own slice, since that one can be assigned to.
        return self._cast(self._variable[item])

    def _export_to_saved_model_graph(self, object_map, *args, **kwargs):
        resources = self._variable._export_to_saved_model_graph(
            object_map, *args, **kwargs
        )
        object_map[self] = object_map[self._variable]
        return resources

    def __deepcopy__(self, memo):
        copied = self.wrapping(self._variable.__deepcopy__(memo))
        memo[id(self)] = copied
        return copied

    def __reduce__(self):
        return AutoCastVariable.wrapping, (self._variable,)

    def __repr__(self):
        text = repr(self._variable).removeprefix("<tf.Variable")
        return "<AutoCastVariable" + text


def _forward_property(name):
    def get(self):
        return getattr(self._variable, name)

    return property(get, doc=f"The wrapped variable's `{name}`.")


def _forward_method(name):
    def call(self, *args, **kwargs):
        result = getattr(self._variable, name)(*args, **kwargs)
        # Assignments return a variable that reads after them.
        is_variable = isinstance(result, tf.Variable)
        return self.wrapping(result) if is_variable else result

    call.__name__ = name
    call.__doc__ = f"Calls `{name}` of the wrapped variable."
    return call


_PROPERTIES = (
    "constraint device dtype graph handle initial_value initializer name op "
    "shape synchronization aggregation trainable create _shared_name "
    "_unique_id _handle_name _in_graph_mode _save_slice_info "
    "_distribute_strategy values"
).split()
_METHODS = (
    "assign assign_add assign_sub scatter_sub scatter_add scatter_max "
    "scatter_min scatter_mul scatter_div scatter_update batch_scatter_update "
    "scatter_nd_sub scatter_nd_add scatter_nd_update is_initialized "
    "initialized_value eval get_shape set_shape ref experimental_ref "
    "count_up_to load to_proto _gather_saveables_for_checkpoint "
    "_serialize_to_tensors _restore_from_tensors "
    "_map_resources _trackable_children _copy_trackable_to_cpu "
    "_as_graph_element _strided_slice_assign __hash__"
).split()
for _name in _PROPERTIES:
    setattr(AutoCastVariable, _name, _forward_property(_name))
for _name in _METHODS:
    setattr(AutoCastVariable, _name, _forward_method(_name))


def autocast(variable):
    """Returns the variable wrapped, if it is floating point."""
    if not variable.dtype.is_floating:
        return variable
    return AutoCastVariable.wrapping(variable)
