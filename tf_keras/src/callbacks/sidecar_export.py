"""SidecarEvaluatorModelExport: exports the best model a sidecar has seen."""

from tf_keras.src.callbacks.model_checkpoint import ModelCheckpoint


class SidecarEvaluatorModelExport(ModelCheckpoint):
    """Saves the best model that a `SidecarEvaluator` has evaluated.

    Pass it to the evaluator, which reads the checkpoints that the training
    job writes.

    Args:
        export_filepath: Where to save, as `filepath` of `ModelCheckpoint`.
        checkpoint_filepath: Where the training job writes its checkpoints;
            names the evaluated model in messages.
        **kwargs: Arguments of `ModelCheckpoint`. `save_best_only` is True.
    """

    def __init__(self, export_filepath, checkpoint_filepath, **kwargs):
        kwargs["save_best_only"] = True
        super().__init__(filepath=export_filepath, **kwargs)
        self.checkpoint_filepath = checkpoint_filepath

    def on_test_begin(self, logs=None):
        """Remembers which evaluation this is."""
        self.epochs_since_last_save = self.period - 1

    def on_test_end(self, logs):
        """Saves the model if it is the best so far."""
        self.epochs_since_last_save += 1
        plain = self.monitor.removeprefix("val_")
        if self.monitor not in logs and plain in logs:
            # An evaluator's logs have no prefix.
            logs = {**logs, self.monitor: logs[plain]}
        iterations = getattr(self.model.optimizer, "iterations", 0)
        self._save_model(int(iterations), None, logs)
