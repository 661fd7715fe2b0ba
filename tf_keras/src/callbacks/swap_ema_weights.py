"""SwapEMAWeights: evaluates with the moving averages of the weights."""

import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback


class SwapEMAWeights(Callback):
    """Puts the averages that the optimizer keeps in place of the weights.

    For optimizers with `use_ema=True`: `evaluate`, validation and `predict`
    then see the averages (Polyak & Juditsky 1992, "Acceleration of Stochastic
    Approximation by Averaging"), and training goes on from the weights
    themselves.

    Args:
        swap_on_epoch: Whether the averages also stand in the model while
            callbacks see the end of an epoch, so that those after this one
            save them; the weights come back when the next epoch begins.

    Raises:
        ValueError: When training begins, if the optimizer keeps no averages.

    Example:

    >>> callbacks = [SwapEMAWeights(swap_on_epoch=True),
    ...              ModelCheckpoint("averaged.keras")]
    """

    def __init__(self, swap_on_epoch=False):
        super().__init__()
        self.swap_on_epoch = swap_on_epoch
        self._weights = None

    def set_model(self, model):
        """Checks that there will be averages."""
        super().set_model(model)
        if not getattr(self._optimizer(), "use_ema", False):
            raise ValueError(
                "SwapEMAWeights needs an optimizer that keeps averages of the "
                "weights: make it with `use_ema=True`. Received: optimizer="
                f"{getattr(model, 'optimizer', None)!r}."
            )

    def _optimizer(self):
        optimizer = getattr(self.model, "optimizer", None)
        return getattr(optimizer, "inner_optimizer", optimizer)

    def _averages(self):
        """Pairs of weight and average, of the weights that are trained."""
        optimizer = self._optimizer()
        averages = getattr(optimizer, "_model_variables_moving_average", [])
        return list(zip(optimizer._known, averages))

    def _swap_in(self):
        if self._weights is not None:
            return
        pairs = self._averages()
        self._weights = [tf.identity(weight) for weight, _ in pairs]
        for weight, average in pairs:
            weight.assign(average)

    def _swap_out(self):
        if self._weights is None:
            return
        for (weight, _), value in zip(self._averages(), self._weights):
            weight.assign(value)
        self._weights = None

    def on_epoch_begin(self, epoch, logs=None):
        """Brings back the weights that are trained."""
        self._swap_out()

    def on_epoch_end(self, epoch, logs=None):
        """Puts the averages in, for the callbacks that follow."""
        if self.swap_on_epoch:
            self._swap_in()

    def on_train_end(self, logs=None):
        """Forgets the weights: the model has the averages by now."""
        self._weights = None

    def on_test_begin(self, logs=None):
        """Puts the averages in."""
        self._swap_in()

    def on_test_end(self, logs=None):
        """Brings back the weights."""
        self._swap_out()

    def on_predict_begin(self, logs=None):
        """Puts the averages in."""
        self._swap_in()

    def on_predict_end(self, logs=None):
        """Brings back the weights."""
        self._swap_out()

    def _abandon(self):
        self._swap_out()

    def _get_state(self):
        """What a resumed run must know."""
        weights = self._weights
        return {"_weights": weights and [weight.numpy() for weight in weights]}

    def _set_state(self, state):
        vars(self).update(state)
