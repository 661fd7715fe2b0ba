"""Policy: the dtype that a layer computes in, and that of its weights."""

import contextlib

import tensorflow as tf

from tf_keras.src.foundation import config as settings
from tf_keras.src.serialization import registry
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object

_MIXED = {"mixed_float16": "float16", "mixed_bfloat16": "bfloat16"}


class Policy:
    """The dtypes of a layer: one to compute in, one for its weights.

    Args:
        name: A dtype's name, `"float32"`, for both; `"mixed_float16"` or
            `"mixed_bfloat16"` to compute in 16 bits over float32 weights.

    Raises:
        TypeError: If `name` is no string.
        ValueError: If it names no dtype.

    Source: Micikevicius et al. 2018, Mixed Precision Training,
    https://arxiv.org/abs/1710.03740.

    Example:

    >>> Policy("mixed_float16").compute_dtype
    'float16'
    """

    def __init__(self, name):
        if isinstance(name, tf.DType):
            raise TypeError(
                "The name of a Policy is a string. Received the dtype "
                f"{name!r}; pass {name.name!r}."
            )
        if not isinstance(name, str):
            raise TypeError(f"The name of a Policy is a string: {name!r}.")
        self._name = name
        self._compute_dtype, self._variable_dtype = _dtypes_of(name)

    @property
    def name(self):
        """The name that it was made with."""
        return self._name

    @property
    def compute_dtype(self):
        """The dtype of the layer's arithmetic and outputs, as a string."""
        return self._compute_dtype

    @property
    def variable_dtype(self):
        """The dtype of the layer's weights, as a string."""
        return self._variable_dtype

    def get_config(self):
        """Returns the name in a dict."""
        return {"name": self.name}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes a policy from what `get_config` returned."""
        del custom_objects
        config = dict(config)
        config.pop("loss_scale", None)  # Files of TensorFlow 2.3 hold it.
        return cls(**config)

    def __repr__(self):
        return f'<Policy "{self._name}">'

    def __eq__(self, other):
        return type(self) is type(other) and self._name == other._name

    def __hash__(self):
        return hash(self._name)


def _dtypes_of(name):
    if name in _MIXED:
        return _MIXED[name], "float32"
    if name == "_infer":
        return None, None
    try:
        dtype = tf.as_dtype(name).name
    except TypeError:
        raise ValueError(
            f"{name!r} is no dtype policy. Expected 'mixed_float16', "
            "'mixed_bfloat16' or the name of a dtype such as 'float32'."
        ) from None
    return dtype, dtype


_policies = {}
_global = {"policy": None}


def policy_named(name):
    """Returns the one `Policy` of this name, made at its first use."""
    if name not in _policies:
        _policies[name] = Policy(name)
    return _policies[name]


def global_policy():
    """Returns the policy of layers that are given none.

    Until `set_global_policy` is called it follows `backend.floatx()`.
    """
    policy = _global["policy"]
    return policy if policy is not None else policy_named(settings.floatx())


def set_global_policy(policy):
    """Sets the policy of layers that are given none.

    Args:
        policy: A `Policy`, its name, or None to follow `backend.floatx()`.

    Raises:
        ValueError: If its compute dtype is not floating point.

    Example:

    >>> set_global_policy("mixed_float16")
    >>> layers.Dense(2).compute_dtype
    'float16'
    """
    if policy is not None and not isinstance(policy, Policy):
        policy = policy_named(policy)
    if policy is not None and not _is_floating(policy.compute_dtype):
        raise ValueError(
            "The global policy must compute in floating point, such as "
            f"'float32' or 'mixed_float16'. Received: {policy.name}"
        )
    _global["policy"] = policy


def _is_floating(dtype):
    return dtype is not None and tf.as_dtype(dtype).is_floating


@contextlib.contextmanager
def policy_scope(policy):
    """Sets the global policy inside a `with` block."""
    before = _global["policy"]
    set_global_policy(policy)
    try:
        yield
    finally:
        _global["policy"] = before


def policy_of(dtype):
    """Returns the policy that a layer's `dtype` argument means.

    Args:
        dtype: A `Policy`, its config or name, a dtype, or None for the
            global policy.
    """
    if dtype is None:
        return global_policy()
    if isinstance(dtype, Policy):
        return dtype
    if isinstance(dtype, dict):
        return deserialize(dtype)
    if isinstance(dtype, str) and dtype in _MIXED:
        return policy_named(dtype)
    return policy_named(dtype if dtype == "_infer" else tf.as_dtype(dtype).name)


def deserialize(config, custom_objects=None):
    """Makes a policy from its config; a plain name stands for itself."""
    if isinstance(config, str) or config is None:
        return policy_of(config)
    if "module" in config:
        return deserialize_keras_object(config, custom_objects)
    # TensorFlow 2.1 to 2.3 wrote these two other class names.
    if config["class_name"] in ("Policy", "PolicyV1"):
        return Policy.from_config(config["config"])
    cls = registry.get_registered_object(config["class_name"], custom_objects)
    if cls is None:
        raise ValueError(
            f"Unknown policy class {config['class_name']!r}. Pass it in "
            "`custom_objects`."
        )
    return cls.from_config(config["config"])


def serialize(policy):
    """Returns the config of a policy: its name alone where that is enough."""
    if type(policy) is Policy and policy.name not in _MIXED:
        return None if policy.name == "_infer" else policy.name
    return serialize_keras_object(policy)
