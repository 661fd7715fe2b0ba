"""CSVLogger: writes logs to a file."""

import csv

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback


class CSVLogger(Callback):
    """Writes the logs of each epoch as a line of a CSV file.

    The first epoch decides the columns: `epoch`, then the logs' names in
    alphabetical order. A value that a later epoch lacks is written as `NA`.

    Args:
        filename: The file, local or any that TensorFlow can write.
        separator: What stands between values.
        append: Whether to add to a file that is there. Its header, if it has
            one, decides the columns.

    Example:

    >>> callback = CSVLogger("training.csv", append=True)
    """

    def __init__(self, filename, separator=",", append=False):
        super().__init__()
        self.sep = separator
        self.filename = tf.io.gfile.join(filename)
        self.append = append
        self.writer = None
        self.keys = None
        self.append_header = True
        self.csv_file = None

    def on_train_begin(self, logs=None):
        """Opens the file."""
        self.keys = None
        self.append_header = True
        if self.append and tf.io.gfile.exists(self.filename):
            with tf.io.gfile.GFile(self.filename, "r") as file:
                header = next(csv.reader(file, delimiter=self.sep), None)
            if header:
                self.append_header = False
                if header[0] == "epoch":
                    self.keys = header[1:]
        mode = "a" if self.append else "w"
        self.csv_file = tf.io.gfile.GFile(self.filename, mode)

    def on_epoch_end(self, epoch, logs=None):
        """Writes a line."""
        logs = logs or {}
        if self.keys is None:
            self.keys = self._columns(logs)
        if self.writer is None:
            self.writer = csv.writer(
                self.csv_file, delimiter=self.sep, lineterminator="\n"
            )
            if self.append_header:
                self.writer.writerow(["epoch", *self.keys])
        values = [_cell(logs.get(key, "NA")) for key in self.keys]
        self.writer.writerow([epoch, *values])
        self.csv_file.flush()

    def _columns(self, logs):
        keys = sorted(logs)
        # Validation may come in later epochs only (`validation_freq`).
        if not any(key.startswith("val_") for key in keys):
            keys += ["val_" + key for key in keys]
        return keys

    def on_train_end(self, logs=None):
        """Closes the file."""
        self._abandon()

    def _abandon(self):
        if self.csv_file is not None:
            self.csv_file.close()
        self.csv_file = None
        self.writer = None


def _cell(value):
    """Numbers and strings as they are; more than one number in brackets."""
    if isinstance(value, (np.ndarray, np.generic, list, tuple)):
        value = np.asarray(value)
        if value.ndim == 0:
            return value.item()
        return f'"[{", ".join(map(str, value.tolist()))}]"'
    return value
