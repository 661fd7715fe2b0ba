"""RandomFourierFeatures: approximates a kernel."""

import math

import tensorflow as tf

from tf_keras.src import initializers
from tf_keras.src.core.input_spec import InputSpec, known_size
from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.names import nearest

_KERNELS = ("gaussian", "laplacian")


class RandomFourierFeatures(Layer):
    """Maps inputs so that products of outputs approximate a kernel.

    The outputs are `cos(inputs @ kernel / scale + bias)` with a random kernel
    and bias; a linear layer behind it is then like a kernel method.

    Rahimi and Recht 2007, Random Features for Large-Scale Kernel Machines,
    https://papers.nips.cc/paper/3182; without the factor
    `sqrt(2 / output_dim)` of the paper.

    Args:
        output_dim: Features of the outputs.
        kernel_initializer: `"gaussian"` or `"laplacian"`, for these kernels,
            or an initializer.
        scale: Width of the kernel; by default `sqrt(features / 2)` for the
            Gaussian one, and 1 for others.
        trainable: Whether the scale is learnt.
        name: The layer's name.
        **kwargs: `dtype`, `input_shape`.

    Input shape:
        `(batch, features)`; `features` must be known.

    Output shape:
        `(batch, output_dim)`.

    Raises:
        ValueError: If an argument is out of range.

    Example:

    >>> RandomFourierFeatures(8)(tf.ones((2, 3))).shape
    TensorShape([2, 8])
    """

    def __init__(
        self,
        output_dim,
        kernel_initializer="gaussian",
        scale=None,
        trainable=False,
        name=None,
        **kwargs,
    ):
        if output_dim <= 0:
            raise ValueError(
                "RandomFourierFeatures needs a positive `output_dim`. "
                f"Received: output_dim={output_dim}."
            )
        if scale is not None and scale <= 0:
            raise ValueError(
                "RandomFourierFeatures needs a positive `scale`. Received: "
                f"scale={scale}."
            )
        if isinstance(kernel_initializer, str):
            lower = kernel_initializer.lower()
            if lower not in _KERNELS:
                raise ValueError(
                    f"Unknown kernel {kernel_initializer!r} of "
                    f"RandomFourierFeatures.{nearest(lower, _KERNELS)} "
                    f"Expected one of {list(_KERNELS)} or an initializer."
                )
        super().__init__(trainable=trainable, name=name, **kwargs)
        self.output_dim = output_dim
        self.kernel_initializer = kernel_initializer
        self.scale = scale

    def build(self, input_shape):
        features = known_size(input_shape, axis=-1)
        self.input_spec = InputSpec(ndim=2, axes={1: features})
        self.unscaled_kernel = self.add_weight(
            "unscaled_kernel",
            shape=(features, self.output_dim),
            dtype="float32",
            initializer=self._initializer(),
            trainable=False,
            experimental_autocast=False,
        )
        self.bias = self.add_weight(
            "bias",
            shape=(self.output_dim,),
            dtype="float32",
            initializer=initializers.RandomUniform(0.0, 2 * math.pi),
            trainable=False,
            experimental_autocast=False,
        )
        if self.scale is None:
            self.scale = self._default_scale(features)
        self.kernel_scale = self.add_weight(
            "kernel_scale",
            shape=(1,),
            dtype="float32",
            initializer=initializers.Constant(self.scale),
            trainable=True,
            constraint="NonNeg",
            experimental_autocast=False,
        )
        super().build(input_shape)

    def _kernel_name(self):
        given = self.kernel_initializer
        return given.lower() if isinstance(given, str) else None

    def _initializer(self):
        if self._kernel_name() == "gaussian":
            return initializers.RandomNormal(stddev=1.0)
        if self._kernel_name() == "laplacian":
            return _cauchy
        return self.kernel_initializer

    def _default_scale(self, features):
        is_gaussian = self._kernel_name() == "gaussian"
        return math.sqrt(features / 2.0) if is_gaussian else 1.0

    def call(self, inputs):
        inputs = tf.cast(inputs, "float32")
        kernel = self.unscaled_kernel / self.kernel_scale
        outputs = tf.cos(tf.matmul(inputs, kernel) + self.bias)
        return tf.cast(outputs, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        """Returns the shape `(batch, output_dim)`."""
        known_size(input_shape, axis=-1)
        return tf.TensorShape(input_shape)[:-1].concatenate(self.output_dim)

    def get_config(self):
        """Returns what the layer was made with."""
        kernel = self.kernel_initializer
        if not isinstance(kernel, str):
            kernel = initializers.serialize(initializers.get(kernel))
        return {
            **super().get_config(),
            "output_dim": self.output_dim,
            "kernel_initializer": kernel,
            "scale": self.scale,
        }


def _cauchy(shape, dtype=None):
    """Draws from the standard Cauchy distribution."""
    shares = tf.random.uniform(shape, dtype=dtype or tf.float32)
    return tf.tan(math.pi * (shares - 0.5))
