"""Matches what the user nested to what the model returns."""

import tensorflow as tf

from tf_keras.src.foundation.names import nearest


def names_of_outputs(outputs):
    """Returns names for outputs that have none: `output_1`, or dict keys.

    Those of nested outputs tell the path to them: `output_2_1`, `heads_left`.
    """
    if tf.is_tensor(outputs) or not tf.nest.is_nested(outputs):
        return ["output_1"]
    start = "" if isinstance(outputs, dict) else "output_"
    return [f"{start}{path}" for path in _paths(outputs)]


def _paths(nest):
    """The paths to the leaves of a nest, in order: numbers from 1, and keys."""
    found = []
    for key in sorted(nest) if isinstance(nest, dict) else range(len(nest)):
        name = key if isinstance(nest, dict) else key + 1
        is_nest = not tf.is_tensor(nest[key]) and tf.nest.is_nested(nest[key])
        below = _paths(nest[key]) if is_nest else None
        found += [f"{name}_{path}" for path in below] if is_nest else [name]
    return found


def spread(values, outputs, output_names, what):
    """Returns one value for each output, in a flat list.

    Args:
        values: None, one value for all outputs, or a nest: a list in the
            order of the outputs, a dict by their names, or a nest like
            theirs.
        outputs: The model's outputs.
        output_names: A name for each output, flat.
        what: The argument's name, for messages.

    Raises:
        ValueError: If the nests don't fit.
    """
    count = len(output_names)
    if values is None:
        return [None] * count
    if isinstance(values, dict):
        keys = _leaf_keys(outputs) if isinstance(outputs, dict) else None
        # By the keys of the outputs, or by the names of the output layers.
        if keys is None or (
            values.keys() <= set(output_names)
            and not values.keys() <= set(keys)
        ):
            keys = output_names
        return _from_dict(values, keys, what)
    if not isinstance(values, (list, tuple)):
        return [values] * count
    if len(values) == count and not any(map(_is_dict, values)):
        return list(values)
    if isinstance(outputs, (list, tuple)) and len(values) == len(outputs):
        # Nested as the outputs are: each part for a part of them.
        names = iter(output_names)
        return [
            found
            for value, part in zip(values, outputs)
            for found in spread(value, part, _next_names(names, part), what)
        ]
    raise ValueError(
        f"`{what}` should hold one entry for each of the {count} outputs "
        f"{list(output_names)}. Received {len(values)}: {values}"
    )


def _is_dict(value):
    """Whether a value is a nest, not the config of a loss."""
    return isinstance(value, dict) and "class_name" not in value


def _next_names(names, outputs):
    """The names of the next outputs, as many as there are leaves."""
    return [next(names) for _ in tf.nest.flatten(outputs)]


def _leaf_keys(outputs):
    return [
        key for key in sorted(outputs) for _ in tf.nest.flatten(outputs[key])
    ]


def _check_keys(values, names, what):
    unknown = [key for key in values if key not in names]
    if unknown:
        raise ValueError(
            f"Found unexpected keys {unknown} in `{what}`: the outputs of "
            f"the model are {list(names)}.{nearest(unknown[0], names)}"
        )


def _from_dict(values, names, what):
    _check_keys(values, names, what)
    return [values.get(name) for name in names]


def flatten_like(values, outputs, output_names, what, wanted=None):
    """Returns targets or weights in the order of the outputs, flat.

    Args:
        values: None, a tensor, a dict by output names, or a nest.
        outputs: The model's outputs.
        output_names: A name for each output, flat.
        what: The argument's name, for messages.
        wanted: For each output whether its value is needed, or None. Values
            may then be given for these outputs alone.

    Raises:
        ValueError: If there are not as many as outputs.
    """
    count = len(output_names)
    if values is None:
        return [None] * count
    if isinstance(values, dict) and not isinstance(outputs, dict):
        return _from_dict(values, output_names, what)
    if isinstance(values, dict):
        _check_keys(values, sorted(outputs), what)
        found = [
            leaf
            for key in sorted(outputs)
            for leaf in _leaves(values.get(key), outputs[key])
        ]
    else:
        found = tf.nest.flatten(values)
    if wanted is not None and len(found) == sum(wanted) < count:
        given = iter(found)
        found = [next(given) if is_wanted else None for is_wanted in wanted]
    if len(found) != count:
        raise ValueError(
            f"The model has {count} outputs ({list(output_names)}) and "
            f"`{what}` holds {len(found)} arrays. Give one for each output, "
            "or None for an output without."
        )
    return found


def _leaves(value, output):
    if value is None:
        return [None] * len(tf.nest.flatten(output))
    return tf.nest.flatten(value)


def match(y_true, y_pred, weights):
    """Brings target and weights to the dtype and rank of a prediction."""
    rank = getattr(y_pred, "shape", tf.TensorShape(None)).rank
    if rank == 2:
        if y_true.shape.rank == 1:
            y_true = tf.expand_dims(y_true, axis=-1)
        if weights is not None and weights.shape.rank == 1:
            weights = tf.expand_dims(weights, axis=-1)
    dtype = y_pred.dtype
    if y_true.dtype != dtype and (
        (y_true.dtype.is_floating and dtype.is_floating)
        or (y_true.dtype.is_integer and dtype.is_integer)
    ):
        y_true = tf.cast(y_true, dtype)
    if weights is not None and weights.dtype != dtype:
        weights = tf.cast(weights, dtype)
    return y_true, y_pred, weights
