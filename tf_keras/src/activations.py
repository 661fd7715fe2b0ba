"""Activations: functions that a layer applies to its output."""

import tensorflow as tf

from tf_keras.src.backend import nn
from tf_keras.src.backend.crossentropy import mark_logits
from tf_keras.src.serialization import registry
from tf_keras.src.serialization.resolve import Family


def softmax(x, axis=-1):
    """Turns scores into probabilities: positive, and 1 in sum along an axis.

    Args:
        x: A tensor of rank 2 or more.
        axis: The axis or axes that sum to 1.

    Raises:
        ValueError: If `x` has a rank below 2.

    Example:

    >>> softmax(tf.constant([[0.0, 0.0]])).numpy()
    array([[0.5, 0.5]], dtype=float32)
    """
    x = _as_tensor(x)
    if x.shape.rank is not None and x.shape.rank < 2:
        raise ValueError(
            "softmax needs an input of rank 2 or more. "
            f"Received: shape={x.shape}. For one vector use `tf.nn.softmax`."
        )
    output = nn.softmax(x, axis)
    # Losses compute from the logits, which is exact where this saturates.
    mark_logits(output, x)
    return output


def elu(x, alpha=1.0):
    """Returns `x` where positive, else `alpha * (exp(x) - 1)`.

    Clevert et al. 2015, https://arxiv.org/abs/1511.07289

    Args:
        x: A tensor.
        alpha: The negative of the least value.
    """
    return nn.elu(_as_tensor(x), alpha)


def selu(x):
    """Returns the scaled ELU, which keeps mean 0 and variance 1.

    Use it with `"lecun_normal"` kernels and `AlphaDropout`: Klambauer et al.
    2017, https://arxiv.org/abs/1706.02515

    Args:
        x: A tensor.
    """
    return tf.nn.selu(x)


def softplus(x):
    """Returns `log(exp(x) + 1)`.

    Args:
        x: A tensor.
    """
    return tf.math.softplus(x)


def softsign(x):
    """Returns `x / (abs(x) + 1)`.

    Args:
        x: A tensor.
    """
    return tf.math.softsign(x)


def swish(x):
    """Returns `x * sigmoid(x)`, also called SiLU.

    Ramachandran et al. 2017, https://arxiv.org/abs/1710.05941

    Args:
        x: A tensor.
    """
    return tf.nn.silu(x)


def relu(x, alpha=0.0, max_value=None, threshold=0.0):
    """Returns `x` where it is above `threshold`, else a share of it.

    Args:
        x: A tensor.
        alpha: Slope below the threshold, where the result is
            `alpha * (x - threshold)`.
        max_value: Bound of the result; None for none.
        threshold: Where the slope changes.

    Example:

    >>> relu([-2.0, 3.0, 9.0], max_value=6.0).numpy()
    array([0., 3., 6.], dtype=float32)
    """
    return nn.relu(_as_tensor(x), alpha, max_value, threshold)


def gelu(x, approximate=False):
    """Returns `x` times the probability of a normal number below it.

    Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415

    Args:
        x: A tensor.
        approximate: Whether to use the formula with tanh.
    """
    return tf.nn.gelu(x, approximate)


def tanh(x):
    """Returns the hyperbolic tangent.

    Args:
        x: A tensor.
    """
    return tf.math.tanh(x)


def sigmoid(x):
    """Returns `1 / (1 + exp(-x))`.

    Args:
        x: A tensor.
    """
    output = tf.math.sigmoid(x)
    # Losses compute from the logits, which is exact where this saturates.
    mark_logits(output, x)
    return output


def exponential(x):
    """Returns `exp(x)`.

    Args:
        x: A tensor.
    """
    return tf.exp(x)


def hard_sigmoid(x):
    """Returns `0.2 * x + 0.5`, cut to [0, 1].

    Args:
        x: A tensor.
    """
    return nn.hard_sigmoid(_as_tensor(x))


def linear(x):
    """Returns its input.

    Args:
        x: A tensor.
    """
    return x


def mish(x):
    """Returns `x * tanh(softplus(x))`.

    Misra 2019, https://arxiv.org/abs/1908.08681

    Args:
        x: A tensor.
    """
    return x * tf.math.tanh(tf.math.softplus(x))


def _as_tensor(x):
    """Arrays and lists as tensors; symbolic tensors as they are."""
    is_tensor = isinstance(getattr(x, "shape", None), tf.TensorShape)
    return x if is_tensor else tf.convert_to_tensor(x)


_OWN = (
    elu,
    exponential,
    gelu,
    hard_sigmoid,
    linear,
    mish,
    relu,
    selu,
    sigmoid,
    softmax,
    softplus,
    softsign,
    swish,
    tanh,
)
_names = {
    **{function.__name__: function for function in _OWN},
    # TensorFlow's own, which files name too.
    "leaky_relu": tf.nn.leaky_relu,
    "log_softmax": tf.nn.log_softmax,
    "relu6": tf.nn.relu6,
    "silu": swish,
}
registry.name_tensorflow_functions(_names)
# Layers that stand where an activation may stand.
_LAYERS = ("ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax", "ThresholdedReLU")


class _Activations(Family):
    """Activations, with those layers that are activations."""

    def find(self, name, custom_objects=None):
        if name in _LAYERS:
            layer = registry.published("keras.layers", name)
            if layer is not None:
                return layer
        return super().find(name, custom_objects)


_family = _Activations(
    "activation function",
    _names,
    default=linear,
    wrong_kind_error=TypeError,
)


def get(identifier):
    """Returns the activation that `identifier` means.

    Args:
        identifier: A name (`"relu"`), a config dict, a function or a layer;
            None means `linear`.

    Raises:
        ValueError: For an unknown name.
        TypeError: For another kind of value.

    Example:

    >>> get("tanh") is tanh
    True
    """
    return _family.get(identifier)


def serialize(activation, use_legacy_format=False):
    """Returns the name of an activation; the config of a layer or an own one.

    Args:
        activation: A function or layer.
        use_legacy_format: Whether to return the short form of older files.
    """
    name = registry.tensorflow_name(activation)
    if name is None and getattr(activation, "__name__", None) in _names:
        name = activation.__name__
        name = name if activation is _names[name] else None
    if name is not None:
        return name
    return _family.serialize(activation, use_legacy_format)


def deserialize(name, custom_objects=None, use_legacy_format=False):
    """Returns the activation that a name or config describes.

    Args:
        name: What `serialize` returned.
        custom_objects: A dict from names to own functions.
        use_legacy_format: Whether the config is in the short form.

    Raises:
        ValueError: For an unknown name.
    """
    return _family.deserialize(name, custom_objects, use_legacy_format)
