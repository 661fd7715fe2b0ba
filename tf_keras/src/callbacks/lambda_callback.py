"""LambdaCallback: callbacks from functions."""

from tf_keras.src.callbacks.callback import Callback


class LambdaCallback(Callback):
    """Calls functions at moments of training.

    Args:
        on_epoch_begin, on_epoch_end: Functions of `(epoch, logs)`.
        on_batch_begin, on_batch_end: Functions of `(batch, logs)`. Training
            then runs batch by batch.
        on_train_begin, on_train_end: Functions of `(logs)`.
        **kwargs: Functions for any other moment of `Callback`, by its name.

    Example:

    >>> callback = LambdaCallback(
    ...     on_epoch_end=lambda epoch, logs: print(epoch, logs["loss"]))
    """

    def __init__(
        self,
        on_epoch_begin=None,
        on_epoch_end=None,
        on_batch_begin=None,
        on_batch_end=None,
        on_train_begin=None,
        on_train_end=None,
        **kwargs,
    ):
        super().__init__()
        vars(self).update(kwargs)
        moments = {
            "on_epoch_begin": on_epoch_begin,
            "on_epoch_end": on_epoch_end,
            "on_batch_begin": on_batch_begin,
            "on_batch_end": on_batch_end,
            "on_train_begin": on_train_begin,
            "on_train_end": on_train_end,
        }
        for name, function in moments.items():
            if function is not None:
                setattr(self, name, function)
