"""Callback: the moments of training."""


class Callback:
    """Something that happens at moments of `fit`, `evaluate` and `predict`.

    Subclass it, write the methods of the moments you want, and pass an object
    to `fit(callbacks=[...])`. A moment that is not overridden costs nothing.
    As long as no callback overrides a batch moment, many steps run in one
    call.

    `logs` is a dict of the latest values by name, as Python numbers: of the
    running epoch at `on_train_batch_end`, with validation (`val_...`) at
    `on_epoch_end`, of the whole data at `on_test_end`; for predictions
    `{"outputs": ...}`. Set `self.model.stop_training = True` to end training
    after the running step.

    Attributes:
        model: The model, set before the first moment.
        params: Dict with `verbose`, `epochs` and `steps` (None if unknown).
        collect: Set it to False in a callback that takes the outputs of each
            batch at `on_predict_batch_end`: `predict` then keeps none of them
            in memory, and returns None.

    Example:

    >>> class StopBelow(Callback):
    ...     def on_epoch_end(self, epoch, logs=None):
    ...         if logs["loss"] < 0.1:
    ...             self.model.stop_training = True
    """

    collect = True
    # Whether batch moments may get tensors as logs, which saves waiting.
    _supports_tf_logs = False

    def __init__(self):
        self.validation_data = None
        self.model = None
        # Whether every worker runs the callback, or the chief alone.
        self._chief_worker_only = None

    def set_params(self, params):
        """Receives the dict of the run's parameters."""
        self.params = params

    def set_model(self, model):
        """Receives the model."""
        self.model = model

    def on_batch_begin(self, batch, logs=None):
        """Called before each batch of training: an older name."""

    def on_batch_end(self, batch, logs=None):
        """Called after each batch of training: an older name."""

    def on_epoch_begin(self, epoch, logs=None):
        """Called before each epoch of training, numbered from 0."""

    def on_epoch_end(self, epoch, logs=None):
        """Called after each epoch of training and its validation."""

    def on_train_batch_begin(self, batch, logs=None):
        """Called before each batch of training, numbered within its epoch."""
        self.on_batch_begin(batch, logs=logs)

    def on_train_batch_end(self, batch, logs=None):
        """Called after each batch of training."""
        self.on_batch_end(batch, logs=logs)

    def on_test_batch_begin(self, batch, logs=None):
        """Called before each batch of `evaluate` and of validation."""

    def on_test_batch_end(self, batch, logs=None):
        """Called after each batch of `evaluate` and of validation."""

    def on_predict_batch_begin(self, batch, logs=None):
        """Called before each batch of `predict`."""

    def on_predict_batch_end(self, batch, logs=None):
        """Called after each batch of `predict`."""

    def on_train_begin(self, logs=None):
        """Called once before training."""

    def on_train_end(self, logs=None):
        """Called once after training, with the last epoch's logs."""

    def on_test_begin(self, logs=None):
        """Called before `evaluate`, or before validation."""

    def on_test_end(self, logs=None):
        """Called after `evaluate`, or after validation."""

    def on_predict_begin(self, logs=None):
        """Called before `predict`."""

    def on_predict_end(self, logs=None):
        """Called after `predict`."""

    # A subclass whose constructor decides whether it listens says so here.

    def _implements_train_batch_hooks(self):
        return listens(self, "train")

    def _implements_test_batch_hooks(self):
        return listens(self, "test")

    def _implements_predict_batch_hooks(self):
        return listens(self, "predict")

    def _on_block(self, mode, first_step, last_step, logs):
        """Called after steps that ran in one call.

        That is so when nobody listens to single batches. `logs` holds tensors
        of the last step.
        """


BATCH_MOMENTS = {
    "train": (
        "on_train_batch_begin",
        "on_train_batch_end",
        "on_batch_begin",
        "on_batch_end",
    ),
    "test": ("on_test_batch_begin", "on_test_batch_end"),
    "predict": ("on_predict_batch_begin", "on_predict_batch_end"),
}


def answered_by_block(method):
    """Marks a batch moment that needs no single batches.

    Its class has an `_on_block` that does as well. A subclass that overrides
    the moment listens to batches again.
    """
    method.answered_by_block = True
    return method


def is_overridden(callback, moment):
    """Whether a callback has a method of its own for a moment."""
    method = getattr(callback, moment)
    return getattr(method, "__func__", method) is not getattr(Callback, moment)


def listens(callback, mode):
    """Whether a callback must see each batch of a mode."""
    for moment in BATCH_MOMENTS[mode]:
        if is_overridden(callback, moment):
            if not hasattr(getattr(callback, moment), "answered_by_block"):
                return True
    return False
