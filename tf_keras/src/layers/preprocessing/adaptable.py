"""PreprocessingLayer: adapt(), state learnt from data."""

import abc

import numpy as np
import tensorflow as tf

from tf_keras.src.core.layer import Layer

# Arrays are read in pieces of about this size, so that memory stays flat.
_CHUNK_BYTES = 64 * 2**20


class PreprocessingLayer(Layer, metaclass=abc.ABCMeta):
    """The base class of layers that learn their state from data, by `adapt`.

    A subclass writes `update_state(data)`, which takes in one batch, and
    `reset_state()`; where state must be computed in the end also
    `finalize_state()`.

    Args:
        **kwargs: `name`, `dtype`.
    """

    _must_restore_from_config = True

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._is_adapted = False
        self._is_compiled = False
        self._run_eagerly = False
        self._steps_per_execution = 1
        self.__dict__["_adapt_function"] = None

    @property
    def is_adapted(self):
        """Whether the layer has learnt from data."""
        return self._is_adapted

    def update_state(self, data):
        """Takes in one batch.

        Args:
            data: A tensor, the batch axis first.
        """
        raise NotImplementedError(
            f"Write `update_state(self, data)` in {type(self).__name__}."
        )

    def reset_state(self):
        """Forgets what was learnt."""
        raise NotImplementedError(
            f"Write `reset_state(self)` in {type(self).__name__}."
        )

    def finalize_state(self):
        """Computes what `call` needs from what was taken in."""

    def compile(self, run_eagerly=None, steps_per_execution=None):
        """Chooses how `adapt` runs.

        Args:
            run_eagerly: Whether `update_state` runs as Python at each batch.
            steps_per_execution: Accepted for old programs: `adapt` runs as
                many batches at once as there are.
        """
        self._run_eagerly = bool(run_eagerly)
        self._steps_per_execution = steps_per_execution or 1
        self._is_compiled = True
        self.__dict__["_adapt_function"] = None

    def make_adapt_function(self):
        """Returns the function that takes in all batches of an iterator."""
        if self._adapt_function is None:
            if self._run_eagerly or tf.config.functions_run_eagerly():
                function = self._adapt_eagerly
            else:
                function = tf.function(
                    self._adapt_in_graph,
                    reduce_retracing=True,
                    autograph=False,
                )
            self.__dict__["_adapt_function"] = function
        return self._adapt_function

    def _adapt_eagerly(self, iterator):
        for batch in iterator:
            self.update_state(batch)

    def _adapt_in_graph(self, iterator):
        def take(_):
            batch = iterator.get_next_as_optional()

            def update():
                self.update_state(batch.get_value())
                return True

            return tf.cond(batch.has_value(), update, lambda: False)

        tf.while_loop(
            lambda goes_on: goes_on, take, [True], parallel_iterations=1
        )

    def adapt(self, data, batch_size=None, steps=None):
        """Learns the state from data, instead of what was learnt before.

        Args:
            data: A `tf.data.Dataset` of batches, which is streamed and may be
                larger than memory; an array, tensor or list; or an iterable
                of batches.
            batch_size: Accepted for old programs: arrays are read in pieces
                as large as memory likes.
            steps: How many batches to read of a dataset.

        Raises:
            ValueError: If there is no data.
        """
        if not self.built or self.is_adapted:
            self._prepare_for(data)
        if self.built and self.is_adapted:
            self.reset_state()
        if isinstance(data, tf.data.Dataset):
            batches = data if steps is None else data.take(steps)
            self.make_adapt_function()(iter(batches))
        elif _is_array(data):
            for chunk in _chunks(_as_array(data), batch_size, steps):
                self.update_state(chunk)
        else:
            for index, batch in enumerate(data):
                if steps is not None and index >= steps:
                    break
                self.update_state(tf.convert_to_tensor(batch))
        self.finalize_state()
        self._is_adapted = True

    def _prepare_for(self, data):
        """Builds the layer for the shape of the data."""
        if self.built:
            return
        shape = _shape_of(data)
        if shape is not None and shape.rank is not None:
            shape = tf.TensorShape([None, *shape[1:]]) if shape.rank else shape
            if not hasattr(self, "_batch_input_shape"):
                self.__dict__["_batch_input_shape"] = (None,) * shape.rank
        self.build(shape)
        Layer.build(self, shape)

    def __getstate__(self):
        state = super().__getstate__()
        state["_adapt_function"] = None
        return state


def _is_array(data):
    return hasattr(data, "shape") or isinstance(data, (list, tuple))


def _as_array(data):
    composite = (tf.Tensor, tf.RaggedTensor, tf.SparseTensor, np.ndarray)
    if isinstance(data, composite):
        return data
    try:
        return np.asarray(data)
    except ValueError:
        return tf.ragged.constant(data)


def _shape_of(data):
    if isinstance(data, tf.data.Dataset):
        spec = data.element_spec
        return getattr(spec, "shape", tf.TensorShape(None))
    if _is_array(data):
        return tf.TensorShape(_as_array(data).shape)
    return tf.TensorShape(None)


def _chunks(data, batch_size, steps):
    """Yields pieces of an array, as tensors."""
    if not isinstance(data, np.ndarray):
        yield data
        return
    if not len(data):
        raise ValueError("`adapt` got no data: an array without rows.")
    if steps is not None:
        data = data[: steps * (batch_size or 32)]
    row_bytes = max(1, data[:1].nbytes)
    rows = max(1, _CHUNK_BYTES // row_bytes)
    for start in range(0, len(data), rows):
        yield tf.convert_to_tensor(data[start : start + rows])
