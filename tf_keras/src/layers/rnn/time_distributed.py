"""TimeDistributed: applies the same layer at every step."""

import tensorflow as tf

from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.layers.rnn.wrapper import Wrapper


class TimeDistributed(Wrapper):
    """Applies a layer to each time step by itself.

    All steps go through the layer at once: batch and time become one axis. If
    the layer needs to know its batch size they go one after the other.

    Args:
        layer: The layer for one step.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Call arguments:
        inputs: A tensor of shape `(batch, steps, ...)`, or a nest of them
            with the same steps; also a `tf.RaggedTensor` with ragged steps.
        training: Handed to the layer.
        mask: Booleans of shape `(batch, steps)` or with more axes, of which
            each step hands its own to the layer.

    Output shape:
        `(batch, steps, ...)`, the rest being what the layer returns.

    Raises:
        ValueError: If an input has no time axis.
            Or if `layer` is no layer.

    Example:

    >>> TimeDistributed(Dense(4))(tf.ones((2, 3, 5))).shape
    TensorShape([2, 3, 4])
    """

    def __init__(self, layer, **kwargs):
        super().__init__(layer, **kwargs)
        self.supports_masking = True
        # Recurrent layers with states and networks with a fixed batch size
        # can't take more samples than a batch has.
        self._goes_step_by_step = getattr(layer, "stateful", False)

    def build(self, input_shape):
        shapes = map_shapes(tf.TensorShape, input_shape)
        for shape in tf.nest.flatten(shapes):
            if shape.rank is not None and shape.rank < 2:
                raise ValueError(
                    f"Layer {self.name!r} needs inputs of shape (batch, steps,"
                    f" ...). Received: input_shape={input_shape}."
                )
        super().build(tf.nest.map_structure(_without_time, shapes))
        self.__dict__["_build_input_shape"] = input_shape

    def call(self, inputs, training=None, mask=None):
        if any(isinstance(x, tf.RaggedTensor) for x in tf.nest.flatten(inputs)):
            return self._call_on_ragged(inputs, training, mask)
        if self._goes_step_by_step:
            return self._call_step_by_step(inputs, training, mask)
        first = tf.nest.flatten(inputs)[0]
        lead = _sizes(first)[:2]
        outputs = self._call_layer(
            tf.nest.map_structure(_merge_axes, inputs),
            None if mask is None else tf.nest.map_structure(_merge_axes, mask),
            training,
        )

        def split(output):
            sizes = tf.concat([lead, tf.shape(output)[1:]], axis=0)
            result = tf.reshape(output, sizes)
            result.set_shape([*first.shape[:2], *output.shape[1:]])
            return result

        return tf.nest.map_structure(split, outputs)

    def _call_layer(self, inputs, mask, training):
        kwargs = {}
        spec = self.layer._call_spec
        if spec.expects_training:
            kwargs["training"] = training
        if spec.expects_mask and _steps_have_masks(mask, inputs):
            kwargs["mask"] = mask
        return self.layer(inputs, **kwargs)

    def _call_step_by_step(self, inputs, training, mask):
        steps = tf.nest.flatten(inputs)[0].shape[1]
        if steps is None:
            raise ValueError(
                f"Layer {self.name!r} goes step by step, as the layer in it "
                "keeps states, and needs a known number of steps. Received: "
                f"inputs={inputs}."
            )
        made = []
        for step in range(steps):
            xs = tf.nest.map_structure(lambda x, i=step: x[:, i], inputs)
            step_mask = None
            if mask is not None:
                step_mask = tf.nest.map_structure(
                    lambda m, i=step: m[:, i], mask
                )
            made.append(self._call_layer(xs, step_mask, training))
        return tf.nest.map_structure(lambda *ys: tf.stack(ys, 1), *made)

    def _call_on_ragged(self, inputs, training, mask):
        if mask is not None:
            raise ValueError(
                f"Layer {self.name!r} got ragged inputs and a mask: their row "
                "lengths are one already. Use `inputs.to_tensor()`."
            )
        first = tf.nest.flatten(inputs)[0]
        values = tf.nest.map_structure(lambda x: x.values, inputs)
        outputs = self._call_layer(values, None, training)
        return tf.nest.map_structure(first.with_values, outputs)

    def compute_mask(self, inputs, mask=None):
        """Returns the mask of the outputs, one value for each step.

        The layer may tell a mask of its own for each step; a step is masked
        if its mask is false everywhere.

        Args:
            inputs: The inputs.
            mask: Their mask.
        """
        is_ragged = isinstance(tf.nest.flatten(inputs)[0], tf.RaggedTensor)
        if is_ragged or not self._computes_own_mask():
            return mask
        inner = None
        if mask is not None:
            inner = tf.nest.map_structure(_merge_axes, mask)
        flat = tf.nest.map_structure(_merge_axes, inputs)
        output = self.layer.compute_mask(flat, inner)
        if output is None:
            if mask is None:
                return None
            first = tf.nest.flatten(mask)[0]
            axes = list(range(2, first.shape.rank))
            return tf.reduce_any(first, axis=axes) if axes else first
        return tf.nest.map_structure(
            lambda m: tf.reshape(
                m,
                tf.concat(
                    [_sizes(tf.nest.flatten(inputs)[0])[:2], tf.shape(m)[1:]],
                    axis=0,
                ),
            ),
            output,
        )

    def _computes_own_mask(self):
        return (
            self.layer.supports_masking
            and type(self.layer).compute_mask is not Wrapper.compute_mask
        )

    def compute_output_shape(self, input_shape):
        """Returns the shape of the outputs, batch and steps first."""
        shapes = map_shapes(tf.TensorShape, input_shape)
        inner = self.layer.compute_output_shape(
            tf.nest.map_structure(_without_time, shapes)
        )
        lead = tf.nest.flatten(shapes)[0][:2]
        return map_shapes(
            lambda shape: lead.concatenate(tf.TensorShape(shape)[1:]), inner
        )


def _steps_have_masks(mask, inputs):
    """Whether a merged mask tells what a layer within can use.

    That is more than whole steps; or these, of a layer without axes inside.
    """
    if mask is None or tf.nest.flatten(inputs)[0].shape.rank == 2:
        return mask is not None
    ranks = [m.shape.rank for m in tf.nest.flatten(mask)]
    return all(rank is None or rank > 1 for rank in ranks)


def _sizes(x):
    return tf.shape(x)


def _without_time(shape):
    return tf.TensorShape([shape[0], *shape[2:]])


def _merge_axes(x):
    """Batch and time as one axis."""
    batch, steps = x.shape[:2]
    count = None if None in (batch, steps) else batch * steps
    merged = tf.reshape(x, tf.concat([[-1], tf.shape(x)[2:]], axis=0))
    merged.set_shape([count, *x.shape[2:]])
    return merged
