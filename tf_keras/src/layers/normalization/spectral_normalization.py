"""SpectralNormalization: bounds the spectral norm of a layer's kernel."""

import tensorflow as tf

from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.initializers import TruncatedNormal
from tf_keras.src.layers.rnn.wrapper import Wrapper


class SpectralNormalization(Wrapper):
    """Divides a layer's kernel by its greatest singular value, in training.

    The value is estimated by power iteration, a few rounds at each call,
    which stabilises the training of adversarial networks.

    Miyato et al. 2018, Spectral Normalization for Generative Adversarial
    Networks, https://arxiv.org/abs/1802.05957

    Args:
        layer: A layer with a `kernel`, or with `embeddings`.
        power_iterations: How many rounds a call.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        That of `layer`.

    Output shape:
        That of `layer`.

    Raises:
        ValueError: If `power_iterations` is not positive, or if `layer` is no
            layer; at the first call, if `layer` has no kernel.

    Example:

    >>> layer = SpectralNormalization(Dense(4))
    >>> layer(tf.ones((2, 3)), training=True).shape
    TensorShape([2, 4])
    """

    def __init__(self, layer, power_iterations=1, **kwargs):
        super().__init__(layer, **kwargs)
        if power_iterations <= 0:
            raise ValueError(
                "SpectralNormalization needs one or more `power_iterations`. "
                f"Received: power_iterations={power_iterations}."
            )
        self.power_iterations = power_iterations

    def build(self, input_shape):
        super().build(input_shape)
        self.kernel = getattr(self.layer, "kernel", None)
        if self.kernel is None:
            self.kernel = getattr(self.layer, "embeddings", None)
        if self.kernel is None:
            raise ValueError(
                "SpectralNormalization wraps a layer with the attribute "
                "`kernel` or `embeddings`. Received: layer of type "
                f"{type(self.layer).__name__}."
            )
        self.vector_u = self.add_weight(
            "vector_u",
            shape=(1, self.kernel.shape[-1]),
            initializer=TruncatedNormal(stddev=0.02),
            trainable=False,
        )

    def call(self, inputs, training=False):
        in_train_phase(self._normalize, lambda: tf.constant(0), training)
        return self.layer(inputs)

    def _normalize(self):
        self.normalize_weights()
        return tf.constant(0)

    def normalize_weights(self):
        """Divides the kernel by its greatest singular value, as estimated."""
        matrix = tf.reshape(self.kernel, (-1, self.kernel.shape[-1]))
        vector_u = tf.convert_to_tensor(self.vector_u)
        for _ in range(self.power_iterations):
            vector_v = tf.math.l2_normalize(
                tf.matmul(vector_u, matrix, transpose_b=True)
            )
            vector_u = tf.math.l2_normalize(tf.matmul(vector_v, matrix))
        norm = tf.matmul(
            tf.matmul(vector_v, matrix), vector_u, transpose_b=True
        )
        self.vector_u.assign(tf.cast(vector_u, self.vector_u.dtype))
        self.kernel.assign(
            tf.cast(
                tf.reshape(matrix / norm, self.kernel.shape), self.kernel.dtype
            )
        )

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(self.layer.compute_output_shape(input_shape))

    def get_config(self):
        config = super().get_config()
        config["power_iterations"] = self.power_iterations
        return config
