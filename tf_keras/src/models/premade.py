"""LinearModel and WideDeepModel: models that come ready made."""

import tensorflow as tf

from tf_keras.src import activations, initializers, regularizers
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.shapes import is_shape
from tf_keras.src.data.batch import unpack_x_y_sample_weight
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.serialization.constructor_config import arguments_config
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object
from tf_keras.src.training.model import Model


class LinearModel(Model):
    """Adds up weighted features, of one input or of several.

    Args:
        units: How many numbers come out.
        activation: Function of the sum.
        use_bias: Whether to add a learnt vector.
        kernel_initializer: First values of the weights.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the weights.
        bias_regularizer: Penalty on the bias.
        **kwargs: `name`, `dtype`, `trainable`.

    Call arguments:
        inputs: A tensor `(batch, ..., features)`, also sparse; or a list, a
            tuple or a dict of them.

    Raises:
        ValueError: When called with a dict that lacks a key seen at first.

    Example:

    >>> LinearModel(2)({"a": tf.ones((3, 4)), "b": tf.ones((3, 1))}).shape
    TensorShape([3, 2])
    """

    def __init__(
        self,
        units=1,
        activation=None,
        use_bias=True,
        kernel_initializer="zeros",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        **kwargs,
    ):
        self.units = units
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        super().__init__(**kwargs)

    def build(self, input_shape):
        if isinstance(input_shape, dict):
            names = sorted(input_shape)
            shapes = [input_shape[name] for name in names]
        elif is_shape(input_shape):
            names, shapes = [None], [input_shape]
        else:
            names = [f"input_{i}" for i in range(len(input_shape))]
            shapes = input_shape
        self.dense_layers = []
        for name, shape in zip(names, shapes):
            layer = Dense(
                self.units,
                use_bias=False,
                kernel_initializer=self.kernel_initializer,
                kernel_regularizer=self.kernel_regularizer,
                dtype=self.dtype_policy,
                name=name,
            )
            layer.build(shape)
            self.dense_layers.append(layer)
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                shape=(self.units,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
            )
        Layer.build(self, input_shape)

    def call(self, inputs):
        if isinstance(inputs, dict):
            names = {layer.name for layer in self.dense_layers}
            if names - set(inputs):
                raise ValueError(
                    "The `inputs` dictionary does not match the structure "
                    f"expected by the model. Expected keys: {sorted(names)}. "
                    f"Received keys: {sorted(inputs)}. Missing keys: "
                    f"{sorted(names - set(inputs))}."
                )
            inputs = [inputs[layer.name] for layer in self.dense_layers]
        elif not isinstance(inputs, (list, tuple)):
            inputs = [inputs]
        parts = [dense(x) for dense, x in zip(self.dense_layers, inputs)]
        outputs = tf.add_n(parts) if len(parts) > 1 else parts[0]
        if self.use_bias:
            outputs = tf.nn.bias_add(outputs, self.bias)
        return self.activation(outputs)

    def get_config(self):
        config = Layer.get_config(self)
        return {**config, **arguments_config(self, LinearModel)}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes the model from what `get_config` returned.

        Args:
            config: A dict.
            custom_objects: Unused: nothing in the config needs them.
        """
        del custom_objects
        return cls(**config)


class WideDeepModel(Model):
    """Adds a linear model and a deep one: memory beside generalisation.

    Cheng et al. 2016, "Wide & Deep Learning for Recommender Systems",
    https://arxiv.org/abs/1606.07792.

    `compile` takes one optimizer, or a list of two: the first trains the
    linear model, the second the deep one.

    Args:
        linear_model: A `LinearModel`, or another model.
        dnn_model: A model with outputs of the same shape.
        activation: Function of the sum.
        **kwargs: `name`, `dtype`, `trainable`.

    Call arguments:
        inputs: A pair of inputs, one for each model; or one for both.

    Example:

    >>> deep = Sequential([layers.Dense(8), layers.Dense(1)])
    >>> model = WideDeepModel(LinearModel(), deep)
    >>> model.compile(["sgd", "adam"], "mse")
    """

    def __init__(self, linear_model, dnn_model, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.linear_model = linear_model
        self.dnn_model = dnn_model
        self.activation = activations.get(activation)

    def call(self, inputs, training=None):
        if not isinstance(inputs, (tuple, list)) or len(inputs) != 2:
            wide = deep = inputs
        else:
            wide, deep = inputs
        first = self.linear_model(wide, training=training)
        second = self.dnn_model(deep, training=training)
        outputs = tf.nest.map_structure(tf.add, first, second)
        return tf.nest.map_structure(self.activation, outputs)

    def train_step(self, data):
        """One step of training, with the optimizer of each part.

        Args:
            data: A batch, `(x, y, sample_weight)` or less.
        """
        if not isinstance(self.optimizer, (list, tuple)):
            return super().train_step(data)
        x, y, sample_weight = unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, sample_weight)
        wide = self.linear_model.trainable_variables
        deep = self.dnn_model.trainable_variables
        gradients = tape.gradient(loss, (wide, deep))
        optimizers = self.optimizer[0], self.optimizer[1]
        for optimizer, grads, variables in zip(
            optimizers, gradients, (wide, deep)
        ):
            optimizer.apply_gradients(zip(grads, variables))
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def get_config(self):
        return {
            **Layer.get_config(self),
            "linear_model": serialize_keras_object(self.linear_model),
            "dnn_model": serialize_keras_object(self.dnn_model),
            "activation": activations.serialize(self.activation),
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes the model from what `get_config` returned.

        Args:
            config: A dict.
            custom_objects: Classes and functions by name.
        """
        parts = {
            name: deserialize_keras_object(config[name], custom_objects)
            for name in ("linear_model", "dnn_model")
        }
        return cls(**{**config, **parts})
