"""ToyModel: what callbacks ask of a model, and a run without training."""

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback_list import CallbackList


class _Layer(tf.Module):
    def __init__(self):
        super().__init__("dense")
        self.kernel = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="kernel")

    @property
    def weights(self):
        return [self.kernel]


class _Optimizer(tf.Module):
    def __init__(self):
        super().__init__("sgd")
        self._rate = tf.Variable(0.1)
        self.iterations = tf.Variable(0, dtype=tf.int64)

    @property
    def learning_rate(self):
        return self._rate

    @learning_rate.setter
    def learning_rate(self, value):
        self._rate.assign(value)


class ToyModel(tf.Module):
    """A model whose single weight counts its steps."""

    def __init__(self):
        super().__init__("toy")
        self.optimizer = _Optimizer()
        self.layers = [_Layer()]
        self.metrics = []
        self.stop_training = False
        self.saved = []

    def get_weights(self):
        """The layer's weights."""
        return [weight.numpy() for weight in self.layers[0].weights]

    def set_weights(self, weights):
        """Sets the layer's weights."""
        self.layers[0].kernel.assign(weights[0])

    def save(self, path, overwrite=True, **options):
        """Notes that it was saved, and where."""
        self.saved.append((path, sorted(options)))

    def save_weights(self, path, overwrite=True, **options):
        """Notes that its weights were saved, and where."""
        self.saved.append(("weights", path, sorted(options)))

    def to_json(self):
        """Its architecture."""
        return "{}"


def run(callbacks, epochs, steps=0, model=None):
    """Lets callbacks see the moments of a run whose logs are given.

    Args:
        callbacks: List of callbacks.
        epochs: The logs of each epoch: dicts, or numbers for `val_loss`.
        steps: How many batches each epoch has.
        model: A `ToyModel`; its weights hold the epoch's number.

    Returns:
        The model.
    """
    model = model or ToyModel()
    moments = CallbackList(
        callbacks,
        add_history=True,
        model=model,
        verbose=0,
        epochs=len(epochs),
        steps=steps,
    )
    moments.on_train_begin()
    logs = {}
    for epoch, logs in enumerate(epochs):
        if not isinstance(logs, dict):
            logs = {"loss": float(logs), "val_loss": float(logs)}
        moments.on_epoch_begin(epoch)
        for step in range(steps):
            moments.on_train_batch_begin(step)
            model.optimizer.iterations.assign_add(1)
            moments.on_train_batch_end(step, logs)
            if model.stop_training:
                break
        model.set_weights([np.full((2, 2), epoch, "float32")])
        moments.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    moments.on_train_end(logs)
    return model
