"""SidecarEvaluator: evaluates the checkpoints of another job."""

import tensorflow as tf

from tf_keras.src.foundation.messages import print_msg, warn


class SidecarEvaluator:
    """Evaluates each checkpoint that a training job writes, as it comes.

    Runs in a program of its own, beside the job. The job writes with
    `tf.train.CheckpointManager` a `tf.train.Checkpoint(model=...,
    optimizer=...)`, or with `ModelCheckpoint(save_weights_only=True)` to a
    path such as `"folder/ckpt-{epoch}"`.

    Args:
        model: The model, compiled.
        data: What `Model.evaluate` takes as `x`, targets included.
        checkpoint_dir: The folder of the checkpoints.
        steps: How many batches to evaluate; None for all.
        max_evaluations: The number of the last checkpoint, after which
            `start` returns; None to wait for ever.
        callbacks: Callbacks of the evaluations, such as `TensorBoard`.

    Example:

    >>> evaluator = SidecarEvaluator(
    ...     model, data, checkpoint_dir="/tmp/checkpoints",
    ...     max_evaluations=10, callbacks=[TensorBoard("/tmp/logs")])
    >>> evaluator.start()  # doctest: +SKIP
    """

    def __init__(
        self,
        model,
        data,
        checkpoint_dir,
        steps=None,
        max_evaluations=None,
        callbacks=None,
    ):
        self.model = model
        self.data = data
        self.checkpoint_dir = checkpoint_dir
        self.steps = steps
        self.max_evaluations = max_evaluations
        self.callbacks = callbacks or []

    def start(self):
        """Evaluates one checkpoint after the other.

        Raises:
            RuntimeError: If a checkpoint holds no count of the optimizer's
                steps.
        """
        for path in tf.train.checkpoints_iterator(self.checkpoint_dir):
            try:
                self._restore(path)
            except (tf.errors.OpError, OSError) as error:
                # The job may remove old ones while we read.
                warn(f"Can't read the checkpoint {path}: {error}")
                continue
            print_msg(f"Evaluation of {path} starts.")
            self.model.evaluate(
                self.data, steps=self.steps, callbacks=self.callbacks, verbose=2
            )
            number = path.rpartition("-")[2]
            if self.max_evaluations and number.isdecimal():
                if int(number) >= self.max_evaluations:
                    break

    def _restore(self, path):
        names = [name for name, _ in tf.train.list_variables(path)]
        counts = ("/_iterations/", "/iter/", "/_optimizer/iter")
        if not any(count in f"/{name}" for name in names for count in counts):
            raise RuntimeError(
                "The checkpoints must hold the optimizer's `iterations`, and "
                f"{path} does not. Write them with "
                "`tf.train.Checkpoint(model=model, optimizer=optimizer)`."
            )
        if any(name.startswith("model/") for name in names):
            checkpoint = tf.train.Checkpoint(
                model=self.model, optimizer=self.model.optimizer
            )
            checkpoint.restore(path).expect_partial()
        else:
            self.model.load_weights(path).expect_partial()


class SidecarEvaluatorExperimental(SidecarEvaluator):
    """The older name of `utils.SidecarEvaluator`."""

    def __init__(self, *args, **kwargs):
        warn(
            "experimental.SidecarEvaluator is an older name; use "
            "utils.SidecarEvaluator."
        )
        super().__init__(*args, **kwargs)
