"""The types of a model's inputs, noted at its first call."""

import tensorflow as tf


class SaveSpec:
    """What `Model` has to tell the types of its inputs."""

    def _note_save_spec(self, args, kwargs):
        """Keeps the types of the first inputs, for saving."""
        name = self._call_spec.first_name
        inputs = args[0] if args else kwargs.get(name)
        specs = tf.nest.map_structure(_spec_of, inputs)
        self.__dict__["_save_spec"] = specs

    def save_spec(self, dynamic_batch=True):
        """Returns the types of the arguments of the first call.

        Args:
            dynamic_batch: Whether to leave the batch size open.

        Returns:
            `(args, kwargs)`: nests of `tf.TypeSpec`; None before a call.
        """
        if self._save_spec is None:
            return None
        specs = self._save_spec
        if dynamic_batch:
            specs = tf.nest.map_structure(_with_any_batch, specs)
        return [specs], {}


def _spec_of(value):
    if isinstance(value, tf.Tensor):
        return tf.TensorSpec(value.shape, value.dtype)
    if hasattr(value, "type_spec"):
        return value.type_spec
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return tf.TensorSpec(value.shape, value.dtype)
    return None


def _with_any_batch(spec):
    if isinstance(spec, tf.TensorSpec) and spec.shape.rank:
        return tf.TensorSpec([None, *spec.shape[1:]], spec.dtype)
    return spec
