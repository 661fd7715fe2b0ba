"""SharpnessAwareMinimization: trains a model towards flat minima."""

import tensorflow as tf

from tf_keras.src.data.batch import unpack_x_y_sample_weight
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object
from tf_keras.src.training.model import Model


class SharpnessAwareMinimization(Model):
    """Trains a model where the loss is low in a whole neighbourhood.

    The climb is computed as in inference, the descent as in training. The
    loss is that of `compile` alone, without penalties of regularizers.

    Each step climbs from the weights to where the loss is highest within a
    distance of `rho`, and descends by the gradient found there. Foret et al.
    2021, "Sharpness-Aware Minimization for Efficiently Improving
    Generalization", https://arxiv.org/abs/2010.01412.

    Args:
        model: The model to train.
        rho: The distance to climb.
        num_batch_splits: Into how many equal parts to cut each batch, of which
            each climbs by itself; their gradients are summed. None for one.
        name: Name of this model.

    Example:

    >>> inner = Sequential([layers.Dense(1)])
    >>> model = SharpnessAwareMinimization(inner)
    >>> model.compile("sgd", "mse")
    """

    def __init__(self, model, rho=0.05, num_batch_splits=None, name=None):
        super().__init__(name=name)
        self.model = model
        self.rho = rho
        self.num_batch_splits = num_batch_splits

    def call(self, inputs, **kwargs):
        return self.model(inputs, **kwargs)

    def train_step(self, data):
        """One step of training: up, and down by the gradient found there.

        Args:
            data: A batch, `(x, y, sample_weight)` or less.
        """
        x, y, sample_weight = unpack_x_y_sample_weight(data)
        variables = self.model.trainable_variables
        predictions, totals = [], None
        for part in self._split(x, y, sample_weight):
            y_pred, gradients = self._gradients(part, variables, None)
            climb = self.rho / (tf.linalg.global_norm(gradients) + 1e-12)
            steps = [
                None
                if g is None
                else tf.convert_to_tensor(g) * tf.cast(climb, g.dtype)
                for g in gradients
            ]
            _add(variables, steps, 1)
            _, gradients = self._gradients(part, variables, True)
            _add(variables, steps, -1)
            predictions.append(y_pred)
            totals = (
                gradients
                if totals is None
                else [
                    a if b is None else b if a is None else a + b
                    for a, b in zip(totals, gradients)
                ]
            )
        self.optimizer.apply_gradients(zip(totals, variables))
        y_pred = tf.nest.map_structure(
            lambda *parts: tf.concat(parts, 0), *predictions
        )
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def _split(self, *batch):
        """The batch's parts; each a tuple like the batch."""
        if self.num_batch_splits is None:
            return [batch]
        count = self.num_batch_splits
        parts = [[] for _ in range(count)]
        for x in tf.nest.flatten(batch):
            cut = [None] * count if x is None else tf.split(x, count)
            for part, piece in zip(parts, cut):
                part.append(piece)
        return [tf.nest.pack_sequence_as(batch, part) for part in parts]

    def _gradients(self, part, variables, training):
        x, y, sample_weight = part
        with tf.GradientTape() as tape:
            y_pred = self(x, training=training)
            loss = self.compiled_loss(y, y_pred, sample_weight)
        return y_pred, tape.gradient(loss, variables)

    def get_config(self):
        return {"model": serialize_keras_object(self.model), "rho": self.rho}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes the model from what `get_config` returned.

        Args:
            config: A dict.
            custom_objects: Classes and functions by name.
        """
        model = deserialize_keras_object(config["model"], custom_objects)
        return cls(**{**config, "model": model})


def _add(variables, steps, sign):
    for variable, step in zip(variables, steps):
        if step is not None:
            variable.assign_add(sign * step)
