"""Handwritten digits that come with the package."""

import os

import numpy as np

_FILE = os.path.join(os.path.dirname(__file__), "digits.npz")


def load_data():
    """Loads 1,797 small images of handwritten digits, without a network.

    The images are those of the UCI data set "Optical Recognition of
    Handwritten Digits" (Alpaydin and Kaynak 1998, CC BY 4.0,
    https://doi.org/10.24432/C50P49). Which of them are for testing is fixed:
    36 of each digit. The file `digits.txt` beside the data says how they were
    chosen.

    Returns:
        `((x_train, y_train), (x_test, y_test))`, all `uint8` NumPy arrays.
        The images have the shape `(1437, 8, 8)` and `(360, 8, 8)`, with
        values from 0 (white) to 16 (black); the labels, `(1437,)` and
        `(360,)`, run from 0 to 9.

    Example:

    >>> (x_train, y_train), (x_test, y_test) = digits.load_data()
    >>> x_train.shape, x_test.shape
    ((1437, 8, 8), (360, 8, 8))
    """
    with np.load(_FILE) as arrays:
        return (
            (arrays["x_train"], arrays["y_train"]),
            (arrays["x_test"], arrays["y_test"]),
        )
