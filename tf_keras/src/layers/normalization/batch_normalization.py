"""BatchNormalization: mean 0 and variance 1 over the batch."""

import numpy as np
import tensorflow as tf

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.backend.convolution import needs_channels_last
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.symbolic_call import known_outputs
from tf_keras.src.distribute import strategies
from tf_keras.src.distribute.replica_values import sum_over_replicas
from tf_keras.src.layers.normalization import batch_renormalization as renorm
from tf_keras.src.layers.normalization.axes import checked_axis, positive_axes
from tf_keras.src.serialization.constructor_config import arguments_config

_HALF = (tf.float16, tf.bfloat16)
_NOTHING = np.zeros((0,), "float32")


class BatchNormalization(Layer):
    """Normalises each feature over the batch, then scales and shifts it.

    In training it takes mean and variance of the batch and keeps moving
    averages of them; otherwise it takes the averages. A frozen layer
    (`trainable = False`) never trains: it takes the averages even where
    `training=True`.

    Ioffe and Szegedy 2015, Batch Normalization: Accelerating Deep Network
    Training by Reducing Internal Covariate Shift,
    https://arxiv.org/abs/1502.03167

    Args:
        axis: The axis or axes of the features.
        momentum: Share of the old value in a moving average.
        epsilon: Added to the variance.
        center: Whether to add a learnt offset, beta.
        scale: Whether to multiply by a learnt factor, gamma.
        beta_initializer: First values of beta.
        gamma_initializer: First values of gamma.
        moving_mean_initializer: First values of the moving mean.
        moving_variance_initializer: First values of the moving variance.
        beta_regularizer: Penalty on beta.
        gamma_regularizer: Penalty on gamma.
        beta_constraint: Projection of beta after each update.
        gamma_constraint: Projection of gamma after each update.
        synchronized: Whether all replicas of a `tf.distribute.Strategy` share
            one mean and variance; configs don't hold it.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`; `renorm`,
            `renorm_clipping`, `renorm_momentum`: batch renormalisation, as in
            `batch_renormalization.py`; `virtual_batch_size`: size of the parts
            of a batch that are normalised apart; `adjustment`: a function of
            the shape that returns a factor and a summand used in training;
            `fused`: False never to use TensorFlow's fused kernel, True to
            demand it.

    Input shape:
        Any; the features must be known. A mask leaves places out of mean and
        variance.

    Output shape:
        The input's shape.

    Raises:
        ValueError: For arguments that exclude each other; at the first call,
            for an axis that is not there.
        TypeError: If `axis` is neither an integer nor a list of them.

    Example:

    >>> x = tf.constant([[1.0], [3.0]])
    >>> BatchNormalization()(x, training=True).numpy().round(2)
    array([[-1.],
           [ 1.]], dtype=float32)
    """

    def __init__(
        self,
        axis=-1,
        momentum=0.99,
        epsilon=0.001,
        center=True,
        scale=True,
        beta_initializer="zeros",
        gamma_initializer="ones",
        moving_mean_initializer="zeros",
        moving_variance_initializer="ones",
        beta_regularizer=None,
        gamma_regularizer=None,
        beta_constraint=None,
        gamma_constraint=None,
        synchronized=False,
        **kwargs,
    ):
        self._take_special_arguments(kwargs)
        super().__init__(**kwargs)
        self.axis = checked_axis(axis, "BatchNormalization")
        self.momentum = momentum
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.moving_mean_initializer = initializers.get(moving_mean_initializer)
        self.moving_variance_initializer = initializers.get(
            moving_variance_initializer
        )
        self.beta_regularizer = regularizers.get(beta_regularizer)
        self.gamma_regularizer = regularizers.get(gamma_regularizer)
        self.beta_constraint = constraints.get(beta_constraint)
        self.gamma_constraint = constraints.get(gamma_constraint)
        self.synchronized = synchronized
        self.supports_masking = True

    def _take_special_arguments(self, kwargs):
        self.renorm = kwargs.pop("renorm", False)
        clipping = kwargs.pop("renorm_clipping", None) or {}
        self.renorm_clipping = renorm.checked_clipping(clipping)
        self.renorm_momentum = kwargs.pop("renorm_momentum", 0.99)
        self.virtual_batch_size = kwargs.pop("virtual_batch_size", None)
        self.adjustment = kwargs.pop("adjustment", None)
        self.fused = kwargs.pop("fused", None)
        own = ("renorm", "virtual_batch_size", "adjustment")
        given = [name for name in own if getattr(self, name)]
        if self.fused and given:
            raise ValueError(
                "BatchNormalization can't be fused with these arguments: "
                f"{given}. Leave out `fused=True`."
            )

    # Weights -------------------------------------------------------------

    def build(self, input_shape):
        input_shape = tf.TensorShape(input_shape)
        axes = positive_axes(self.axis, input_shape, "BatchNormalization")
        self.axis = list(axes)
        self.input_spec = InputSpec(
            ndim=input_shape.rank, axes={i: input_shape[i] for i in axes}
        )
        self._plan(input_shape, axes)
        self.gamma = self.beta = None
        if self.scale:
            self.gamma = self._add_parameter("gamma", trainable=True)
        if self.center:
            self.beta = self._add_parameter("beta", trainable=True)
        self.moving_mean = self._add_parameter("moving_mean")
        self.moving_variance = self._add_parameter("moving_variance")
        if self.renorm:
            self._build_renorm()
        super().build(input_shape)

    def _plan(self, input_shape, axes):
        """Decides once how `call` computes."""
        rank = input_shape.rank
        if self.virtual_batch_size is not None:
            # Parts of the batch stand along axis 0, one apart along axis 1.
            rank, axes = rank + 1, [axis + 1 for axis in axes]
        kept = {*axes, 1} if self.virtual_batch_size is not None else {*axes}
        self._reduced_axes = tuple(i for i in range(rank) if i not in kept)
        shape = [1] * rank
        for axis, axis_of_input in zip(axes, self.axis):
            shape[axis] = input_shape[axis_of_input]
        is_flat = len(axes) == 1 and self.virtual_batch_size is None
        self._feature_shape = (
            (input_shape[self.axis[0]],) if is_flat else tuple(shape)
        )
        # What makes a flat parameter broadcast; None where it does already.
        self._wide_shape = tuple(shape) if axes != [rank - 1] else None
        dtype = tf.as_dtype(self.compute_dtype or "float32")
        self._parameter_dtype = (
            tf.float32 if dtype in _HALF else tf.as_dtype(self.dtype or dtype)
        )
        is_image = rank in (4, 5) and list(axes) in ([1], [rank - 1])
        if self.fused and not is_image:
            raise ValueError(
                "BatchNormalization has a fused kernel for inputs of rank 4 "
                "and 5 with features on the first axis after the batch or on "
                f"the last. Received: fused=True, axis={self.axis}, "
                f"input_shape={tuple(input_shape)}."
            )
        may_fuse = self.fused is not False and dtype in (*_HALF, tf.float32)
        is_plain = is_flat and not (self.renorm or self.adjustment)
        # The fused kernel gives the moving average an unbiased variance.
        self._is_unbiased = bool(
            is_image and may_fuse and is_plain and not self.synchronized
        )
        is_last = list(axes) == [rank - 1] and rank > 1
        # An array, which TensorFlow takes faster than a tuple.
        self._image_shape = np.array((-1, 1, 1, shape[-1]), "int32")
        self._runs_fused = (
            may_fuse
            and is_plain
            and is_last
            and (rank == 4 or needs_channels_last())
        )

    def _add_parameter(self, name, trainable=False):
        if trainable:
            options = {
                "regularizer": getattr(self, f"{name}_regularizer"),
                "constraint": getattr(self, f"{name}_constraint"),
                "trainable": True,
            }
        else:
            options = {
                "trainable": False,
                "synchronization": tf.VariableSynchronization.ON_READ,
                "aggregation": tf.VariableAggregation.MEAN,
            }
        return self.add_weight(
            name,
            shape=self._feature_shape,
            dtype=self._parameter_dtype,
            initializer=getattr(self, f"{name}_initializer"),
            experimental_autocast=False,
            **options,
        )

    def _build_renorm(self):
        def deviation(shape, dtype):
            initial = self.moving_variance_initializer(shape, dtype=dtype)
            return tf.sqrt(initial)

        for name, initializer in (
            ("moving_stddev", deviation),
            ("renorm_mean", self.moving_mean_initializer),
            ("renorm_stddev", deviation),
        ):
            variable = self.add_weight(
                name,
                shape=self._feature_shape,
                dtype=self._parameter_dtype,
                initializer=initializer,
                trainable=False,
                experimental_autocast=False,
                synchronization=tf.VariableSynchronization.ON_READ,
                aggregation=tf.VariableAggregation.MEAN,
            )
            setattr(self, name, variable)

    # Calls ---------------------------------------------------------------

    # Layers of files from before TensorFlow 2 say no.
    _infers_when_frozen = True

    @known_outputs
    def call(self, inputs, training=None, mask=None):
        if not self.trainable and self._infers_when_frozen:
            training = False
        if not inputs.dtype.is_floating:
            inputs = tf.cast(inputs, self.compute_dtype or "float32")
        return in_train_phase(
            lambda: self._normalize_batch(inputs, mask),
            lambda: self._normalize_as_seen(inputs),
            training,
        )

    def _normalize_as_seen(self, inputs):
        """Normalises by the moving averages."""
        if self._runs_fused:
            return self._run_fused(inputs, is_training=False)[0]
        outputs = self._scale_and_shift(
            self._grouped(inputs), self.moving_mean, self.moving_variance
        )
        return self._like(outputs, inputs)

    def _normalize_batch(self, inputs, mask):
        """Normalises by the batch's own moments and remembers them."""
        if self._runs_fused and mask is None and not self.synchronized:
            outputs, mean, variance = self._run_fused(inputs, is_training=True)
            if not self._is_unbiased:
                variance = variance * self._biased_share(inputs)
            self._remember(inputs, mean, variance)
            return outputs
        values = self._grouped(inputs)
        mean, variance = self._moments(values, mask)
        if self.renorm:
            outputs = self._renormalize(values, mean, variance)
        else:
            outputs = self._scale_and_shift(
                values, mean, variance, is_training=True
            )
        if self._is_unbiased and mask is None:
            variance = variance / self._biased_share(inputs)
        self._remember_moments(inputs, mean, variance)
        return self._like(outputs, inputs)

    def _run_fused(self, inputs, is_training):
        """TensorFlow's kernel, which takes images with features last."""
        features = self._feature_shape[0]
        gamma, beta = self.gamma, self.beta
        if gamma is None:
            gamma = np.ones(features, "float32")
        if beta is None:
            beta = np.zeros(features, "float32")
        images = inputs
        if inputs.shape.rank != 4:
            images = tf.raw_ops.Reshape(tensor=inputs, shape=self._image_shape)
        outputs, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
            x=images,
            scale=gamma,
            offset=beta,
            mean=_NOTHING if is_training else self.moving_mean,
            variance=_NOTHING if is_training else self.moving_variance,
            epsilon=self.epsilon,
            exponential_avg_factor=1.0,
            is_training=is_training,
        )
        if images is not inputs:
            outputs = tf.raw_ops.Reshape(
                tensor=outputs, shape=tf.raw_ops.Shape(input=inputs)
            )
            outputs.set_shape(inputs.shape)
        return outputs, mean, variance

    def _grouped(self, inputs):
        """The inputs in a dtype that moments are exact in, cut in parts."""
        if inputs.dtype in _HALF:
            inputs = tf.cast(inputs, tf.float32)
        if self.virtual_batch_size is None:
            return inputs
        sizes = tf.shape(inputs)
        return tf.reshape(
            inputs, tf.concat(((self.virtual_batch_size, -1), sizes[1:]), 0)
        )

    def _like(self, outputs, inputs):
        """Gives outputs the shape and dtype of the inputs."""
        if outputs.shape.rank != inputs.shape.rank:
            outputs = tf.reshape(outputs, tf.shape(inputs))
        if inputs.dtype in _HALF:
            outputs = tf.cast(outputs, inputs.dtype)
        outputs.set_shape(inputs.shape)
        return outputs

    def _wide(self, parameter):
        """A parameter in a shape that broadcasts to the inputs."""
        if parameter is None or self._wide_shape is None:
            return parameter
        if parameter.shape.rank == len(self._wide_shape):
            return parameter
        return tf.reshape(parameter, self._wide_shape)

    def _scale_and_shift(self, values, mean, variance, is_training=False):
        factor = tf.math.rsqrt(variance + self.epsilon)
        factor, mean = self._wide(factor), self._wide(mean)
        gamma, beta = self._wide(self.gamma), self._wide(self.beta)
        if self.adjustment is not None and is_training:
            gamma, beta = self._adjust(values, gamma, beta)
        factor = factor if gamma is None else factor * gamma
        shift = -mean * factor if beta is None else beta - mean * factor
        outputs = values * tf.cast(factor, values.dtype)
        return outputs + tf.cast(shift, values.dtype)

    def _adjust(self, values, gamma, beta):
        scale, bias = self.adjustment(tf.shape(values))
        gamma = scale if gamma is None else gamma * scale
        shift = bias if self.gamma is None else bias * self._wide(self.gamma)
        return gamma, shift if beta is None else beta + shift

    # Moments -------------------------------------------------------------

    def _moments(self, values, mask):
        axes = self._reduced_axes
        keepdims = len(self._feature_shape) > 1
        if self.synchronized and strategies.replica_count() > 1:
            if strategies.in_replica():
                return self._shared_moments(values, mask, keepdims)
        if mask is None:
            return tf.nn.moments(values, axes, keepdims=keepdims)
        return tf.nn.weighted_moments(
            values, axes, _weights_of(mask, values), keepdims=keepdims
        )

    def _shared_moments(self, values, mask, keepdims):
        """Mean and variance over the batches of all replicas."""
        weights = tf.ones_like(values)
        if mask is not None:
            weights = weights * _weights_of(mask, values)
        total, squares, count = sum_over_replicas(
            [
                tf.reduce_sum(part, self._reduced_axes, keepdims=keepdims)
                for part in (values * weights, values**2 * weights, weights)
            ]
        )
        mean = tf.math.divide_no_nan(total, count)
        variance = tf.math.divide_no_nan(squares, count) - mean**2
        return mean, tf.maximum(variance, 0.0)

    def _biased_share(self, inputs):
        """What makes an unbiased variance a biased one: `(n - 1) / n`."""
        count = inputs.shape.num_elements()
        if count is None:
            count = tf.cast(tf.size(inputs), tf.float32)
        # One value has no unbiased variance; the fused kernel gives 0.
        count = count / self._feature_shape[0]
        if isinstance(count, float):
            return 1.0 - 1.0 / max(count, 2.0)
        return 1.0 - 1.0 / tf.maximum(count, 2.0)

    def _remember_moments(self, inputs, mean, variance):
        if self.virtual_batch_size is not None:
            mean = tf.reduce_mean(mean, axis=1, keepdims=True)
            variance = tf.reduce_mean(variance, axis=1, keepdims=True)
        if self.renorm:
            self._remember_renorm(inputs, mean, variance)
            return
        self._remember(inputs, mean, variance)

    def _remember(self, inputs, mean, variance):
        share = self._share(inputs, self.momentum)
        self._move(self.moving_mean, mean, share)
        self._move(self.moving_variance, variance, share)

    def _share(self, inputs, momentum):
        """How far averages move: an empty batch moves nothing."""
        share = 1.0 - momentum
        if inputs.shape.num_elements() not in (None, 0):
            return share
        share = tf.cast(share, self._parameter_dtype)
        return tf.where(tf.size(inputs) > 0, share, tf.zeros_like(share))

    def _move(self, average, value, share):
        """Moves an average towards a value."""
        # Raw operations, for they cost half as much to call. Moments of an
        # empty batch are no numbers.
        is_fixed = isinstance(share, float)
        multiply = tf.raw_ops.Mul if is_fixed else tf.raw_ops.MulNoNan
        step = multiply(x=tf.raw_ops.Sub(x=value, y=average), y=share)
        average.assign_add(step, read_value=False)

    # Batch renormalisation -----------------------------------------------

    def _renormalize(self, values, mean, variance):
        ratio, distance = renorm.correction(
            mean,
            tf.sqrt(variance + self.epsilon),
            self.renorm_mean,
            tf.maximum(self.renorm_stddev, self.epsilon**0.5),
            self.renorm_clipping,
        )
        gamma = ratio if self.gamma is None else ratio * self.gamma
        beta = distance if self.gamma is None else distance * self.gamma
        beta = beta if self.beta is None else beta + self.beta
        factor = self._wide(gamma * tf.math.rsqrt(variance + self.epsilon))
        return (values - self._wide(mean)) * factor + self._wide(beta)

    def _remember_renorm(self, inputs, mean, variance):
        deviation = tf.sqrt(variance + self.epsilon)
        share = self._share(inputs, self.renorm_momentum)
        self._move(self.renorm_mean, mean, share)
        self._move(self.renorm_stddev, deviation, share)
        share = self._share(inputs, self.momentum)
        self._move(self.moving_mean, mean, share)
        self._move(self.moving_stddev, deviation, share)
        self.moving_variance.assign(
            tf.nn.relu(self.moving_stddev**2 - self.epsilon)
        )

    # Shapes and config ---------------------------------------------------

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)

    def get_config(self):
        config = super().get_config()
        # Published files hold no `synchronized`.
        config.update(
            arguments_config(self, BatchNormalization, skip=("synchronized",))
        )
        if self.renorm:
            config["renorm"] = True
            config["renorm_clipping"] = dict(self.renorm_clipping)
            config["renorm_momentum"] = self.renorm_momentum
        if self.virtual_batch_size is not None:
            config["virtual_batch_size"] = self.virtual_batch_size
        return config


def _weights_of(mask, values):
    """A mask as numbers that broadcast to values."""
    weights = tf.cast(mask, values.dtype)
    while weights.shape.rank < values.shape.rank:
        weights = tf.expand_dims(weights, -1)
    return weights
