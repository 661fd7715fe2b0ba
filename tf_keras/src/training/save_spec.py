"""The types of a model's inputs, noted at its first call."""

import tensorflow as tf


class SaveSpec:
    """What `Model` has to tell the types of its inputs."""

    def _note_save_spec(self, args, kwargs):
        """Keeps the types of the first arguments, for saving."""
        spec = self._call_spec
        inputs = args[0] if args else kwargs.get(spec.first_name)
        specs = tf.nest.map_structure(_spec_of, inputs)
        others = {**dict(zip(spec.names, args[1:])), **kwargs}
        for name in ("mask", "training", spec.first_name):
            others.pop(name, None)
        others = tf.nest.map_structure(_spec_of, others)
        self.__dict__["_save_spec"] = specs, {
            name: value
            for name, value in others.items()
            if None not in tf.nest.flatten(value)
        }

    def save_spec(self, dynamic_batch=True):
        """Returns the types of the arguments of the first call.

        Args:
            dynamic_batch: Whether to leave the batch size open.

        Returns:
            `(args, kwargs)`: nests of `tf.TypeSpec`; None before a call.
        """
        if self._save_spec is None:
            return None
        specs, others = self._save_spec
        if dynamic_batch:
            specs, others = tf.nest.map_structure(
                _with_any_batch, (specs, others)
            )
        return [specs], others


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
        return tf.TensorSpec([None, *spec.shape[1:]], spec.dtype, spec.name)
    return spec
