"""The learning rate of a model's optimizer: read and set."""

import numpy as np
import tensorflow as tf


def read_rate(model, owner):
    """Returns the current rate as a NumPy number.

    Args:
        model: A compiled model.
        owner: Name of the callback that asks, for messages.

    Raises:
        ValueError: If the optimizer has no learning rate.
    """
    optimizer = getattr(model, "optimizer", None)
    if not hasattr(optimizer, "learning_rate"):
        raise ValueError(
            f"{owner} needs an optimizer with a `learning_rate`. Received "
            f"{optimizer!r}. Was the model compiled?"
        )
    rate = optimizer.learning_rate
    if callable(rate) and not hasattr(rate, "numpy"):  # A schedule.
        rate = rate(optimizer.iterations)
    return np.float32(tf.convert_to_tensor(rate).numpy())


def set_rate(model, rate):
    """Sets the rate; refused by an optimizer that follows a schedule."""
    model.optimizer.learning_rate = rate
