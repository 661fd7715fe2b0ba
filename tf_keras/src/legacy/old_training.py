"""How layers trained before TensorFlow 2, as those of old files go on to.

The package `keras` summed penalties on outputs over the batch. A frozen
BatchNormalization took the mean and variance of the batch all the same. Keras
2.1 to 2.3 remembered an unbiased variance. With TensorFlow some releases
divided the averages by the share of what they had seen, as Adam does. Keras 3
normalises each step of a TimeDistributed by itself.
"""

import functools

import tensorflow as tf

from tf_keras.src.legacy.keras3_config import is_of_keras_3
from tf_keras.src.legacy.old_configs import is_standalone

_SHAPES = (list, tuple, tf.TensorShape)
_UNBIASED = ((2, 1), (2, 4))
_FROZEN_REST_FROM = (2, 1, 3)
_WITH_SHARE = ((2, 1), (2, 3))
# TensorFlow of these days counted from one.
_WITH_SHARE_OF_KERAS_1 = ((1,), (1, 2))


def restore(model, config, origin):
    """Makes the layers of a model train as they did in the file's release.

    Layers that are frozen later, by code of today, do as layers of today do.

    Args:
        model: The model, just made.
        config: What the file tells of it.
        origin: Which release wrote it.
    """
    if is_of_keras_3(config, origin):
        _go_step_by_step(model)
        return
    is_old = is_standalone(origin)
    if not is_old and not _is_of_tensorflow_1(config, origin):
        return
    for layer in model.submodules if is_old else ():
        if getattr(layer, "_activity_regularizer", None) is not None:
            layer._sums_activity_penalty = True
    for layer in _layers(model):
        if not layer.trainable:
            layer._infers_when_frozen = False
            if not is_old or origin.numbers >= _FROZEN_REST_FROM:
                layer._remember = functools.partial(_forget, layer)
                continue
        if is_old and _is_between(origin, _UNBIASED):
            layer._remember = functools.partial(_remember, layer, origin, None)


def _go_step_by_step(model):
    for layer in model.submodules:
        shape = getattr(layer, "_build_input_shape", None)
        if type(layer).__name__ == "TimeDistributed" and _layers(layer.layer):
            steps = shape[1] if isinstance(shape, _SHAPES) else None
            layer._goes_step_by_step = isinstance(steps, int)


def continue_averages(model, origin, by_tensorflow, steps):
    """Lets averages go on that are divided by the share of what they saw.

    Args:
        model: The model.
        origin: Which release wrote it.
        by_tensorflow: Whether TensorFlow ran it.
        steps: How many steps it was trained.
    """
    if _is_between(origin, _WITH_SHARE_OF_KERAS_1):
        steps = steps + 1
    elif not _is_between(origin, _WITH_SHARE):
        return
    for layer in _layers(model) if by_tensorflow else ():
        if layer.trainable:
            count = tf.Variable(
                float(steps),
                trainable=False,
                synchronization=tf.VariableSynchronization.ON_READ,
                aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
            )
            # SavedModels take what is tracked; it is no weight.
            layer._track_trackable(count, "_steps_seen", overwrite=True)
            layer._remember = functools.partial(_remember, layer, origin, count)


def _layers(model):
    return [
        layer
        for layer in (model, *model.submodules)
        if any(c.__name__ == "BatchNormalization" for c in type(layer).__mro__)
    ]


def _is_between(origin, releases):
    return releases[0] <= origin.numbers < releases[1]


def _is_of_tensorflow_1(config, origin):
    """Whether tf.keras 1.x wrote a config: 2.0 gave the same version."""
    is_possible = origin.numbers[:1] == (2,) and origin.numbers <= (2, 2, 4)
    return is_possible and _has_typed_initializer(config)


def _has_typed_initializer(value):
    """Only initializers of TensorFlow 1 had a dtype."""
    if isinstance(value, list):
        return any(map(_has_typed_initializer, value))
    if not isinstance(value, dict):
        return False
    initializer = value.get("moving_mean_initializer")
    if isinstance(initializer, dict):
        return "dtype" in (initializer.get("config") or ())
    return any(map(_has_typed_initializer, value.values()))


def _forget(layer, inputs, mean, variance):
    """A frozen layer kept its averages."""


def _remember(layer, origin, count, inputs, mean, variance):
    if _is_between(origin, _UNBIASED):
        was_fused = origin.backend == "tensorflow" and inputs.shape.rank == 4
        if layer._is_unbiased and not was_fused:
            variance = variance * layer._biased_share(inputs)
        features = variance.shape.num_elements()
        size = tf.cast(tf.size(inputs), variance.dtype) / features
        variance = variance * size / (size - 1.0 - layer.epsilon)
    momentum = layer.momentum
    if count is not None:
        count.assign_add(1.0)
        seen = 1.0 - momentum ** count.read_value()
        momentum = 1.0 - (1.0 - momentum) / seen
    share = layer._share(inputs, momentum)
    layer._move(layer.moving_mean, mean, share)
    layer._move(layer.moving_variance, variance, share)
