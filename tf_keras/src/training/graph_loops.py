"""Loops over steps inside of a graph: over rows, or over an iterator."""

import tensorflow as tf


def fits_a_loop(step, gather):
    """Whether the outputs of a step can be carried from step to step.

    Args:
        step: A concrete function.
        gather: Whether the outputs of all steps are joined.
    """
    return all(
        isinstance(spec, tf.TensorSpec)
        and spec.shape.rank is not None
        and (not gather or (spec.shape.rank and _is_known(spec.shape[1:])))
        for spec in _specs(step)
    )


def _is_known(shape):
    return shape.is_fully_defined()


def _specs(step):
    """The types of a step's outputs in a flat list, without Nones."""
    flat = tf.nest.flatten(step.structured_outputs)
    return [_spec(value) for value in flat if value is not None]


def _spec(value):
    return tf.type_spec_from_value(value) if tf.is_tensor(value) else value


def loop(run_step, steps, step, gather):
    """Runs a step `steps` times in the graph; returns outputs in their nest.

    Args:
        run_step: Called with the number of a step; returns its outputs.
        steps: How many steps, a scalar tensor.
        step: The concrete function that `run_step` calls in the end.
        gather: Whether the rows of all steps' outputs are joined; else the
            last step's count.
    """
    outputs = step.structured_outputs
    if gather:
        return _pack(outputs, _loop_and_gather(run_step, steps, _specs(step)))

    def body(index, *_):
        return (index + 1, *_flat(run_step(index)))

    start = (tf.constant(0, tf.int64), *_zeros(step))
    _, *flat = tf.while_loop(
        lambda index, *_: index < steps,
        body,
        start,
        shape_invariants=tuple([_loose_shape(value) for value in start]),
        parallel_iterations=1,
    )
    return _pack(outputs, flat)


def _loop_and_gather(run_step, steps, specs):
    """Runs a step `steps` times and joins the rows of its outputs."""
    arrays = tuple(
        tf.TensorArray(
            spec.dtype,
            size=tf.cast(steps, tf.int32),
            infer_shape=False,
            element_shape=_loose_shape(spec),
        )
        for spec in specs
    )

    def body(index, arrays):
        place = tf.cast(index, tf.int32)
        return index + 1, tuple(
            array.write(place, value)
            for array, value in zip(arrays, _flat(run_step(index)))
        )

    _, arrays = tf.while_loop(
        lambda index, _: index < steps,
        body,
        (tf.constant(0, tf.int64), arrays),
        parallel_iterations=1,
    )
    return [array.concat() for array in arrays]


def loop_over_iterator(step):
    """Returns a function that runs steps on an iterator known to hold them.

    Args:
        step: A concrete function of a batch.
    """

    @tf.function(autograph=False)
    def run(iterator, steps):
        def next_step(_):
            return step(iterator.get_next())

        return loop(next_step, steps, step, gather=False)

    return run


def loop_until_end(step):
    """Returns a function that runs steps on an iterator which may end.

    It returns the last step's outputs and how many steps were run. Arguments
    as of `loop_over_iterator`.
    """

    @tf.function(autograph=False)
    def run(iterator, steps):
        def wants_more(count, ended, *_):
            return tf.logical_and(count < steps, tf.logical_not(ended))

        def one_step(count, ended, *flat):
            batch = iterator.get_next_as_optional()
            has_value = batch.has_value()
            flat = tf.cond(
                has_value,
                lambda: _flat(step(batch.get_value())),
                lambda: list(flat),
            )
            count += tf.cast(has_value, tf.int64)
            return (count, tf.logical_not(has_value), *flat)

        start = (tf.constant(0, tf.int64), tf.constant(False), *_zeros(step))
        count, _, *flat = tf.while_loop(
            wants_more,
            one_step,
            start,
            shape_invariants=tuple([_loose_shape(value) for value in start]),
            parallel_iterations=1,
        )
        return _pack(step.structured_outputs, flat), count

    return run


def _flat(outputs):
    return [value for value in tf.nest.flatten(outputs) if value is not None]


def _pack(nest, flat):
    values = iter(flat)
    return tf.nest.map_structure(
        lambda value: None if value is None else next(values), nest
    )


def _zeros(step):
    """Zeros like the outputs of a step, which the first step replaces."""
    return [
        tf.zeros([size or 0 for size in spec.shape.as_list()], spec.dtype)
        for spec in _specs(step)
    ]


def _loose_shape(value):
    """The shape without the first size, which may differ between steps."""
    shape = value.shape
    if shape.rank:
        return tf.TensorShape([None, *shape[1:]])
    return shape
