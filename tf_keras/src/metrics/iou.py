"""IoU: intersection over union of classes, from a confusion matrix."""

import tensorflow as tf

from tf_keras.src.foundation.kernels import add_to, read
from tf_keras.src.metrics.metric import Metric


class IoU(Metric):
    """The mean intersection over union of chosen classes.

    For one class it is `right / (right + missed + wrong)`: of all samples
    that are of this class or are said to be, the part where both hold.

    Args:
        num_classes: How many classes there are.
        target_class_ids: The classes that count.
        name: A name.
        dtype: The dtype of the result.
        ignore_class: A class number whose samples are left out, such as 255.
        sparse_y_true: Whether targets are class numbers; else the highest
            entry along `axis` is the class.
        sparse_y_pred: The same for predictions.
        axis: The axis of the classes.

    Raises:
        ValueError: If a target class is none.

    Example:

    >>> metric = IoU(num_classes=2, target_class_ids=[0])
    >>> metric.update_state([0, 0, 1, 1], [0, 1, 0, 1])
    >>> round(float(metric.result()), 4)
    0.3333
    """

    def __init__(
        self,
        num_classes,
        target_class_ids,
        name=None,
        dtype=None,
        ignore_class=None,
        sparse_y_true=True,
        sparse_y_pred=True,
        axis=-1,
    ):
        super().__init__(name=name, dtype=dtype)
        self.num_classes = num_classes
        self.ignore_class = ignore_class
        self.sparse_y_true = sparse_y_true
        self.sparse_y_pred = sparse_y_pred
        self.axis = axis
        self.target_class_ids = list(target_class_ids)
        if max(self.target_class_ids) >= num_classes:
            raise ValueError(
                f"Target class id {max(self.target_class_ids)} is out of "
                f"range: it must be below num_classes={num_classes}."
            )
        self.total_cm = self.add_weight(
            "total_confusion_matrix", shape=(num_classes, num_classes)
        )

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Classes, as numbers or by their highest entry.
            y_pred: Predictions, as numbers or by their highest entry.
            sample_weight: None, or a weight for each sample.
        """
        if not self.sparse_y_true:
            y_true = tf.argmax(y_true, axis=self.axis)
        if not self.sparse_y_pred:
            y_pred = tf.argmax(y_pred, axis=self.axis)
        y_true = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        y_pred = tf.reshape(tf.cast(y_pred, tf.int64), [-1])
        weights = None
        if sample_weight is not None:
            weights = tf.cast(sample_weight, self.state_dtype)
            weights = tf.reshape(weights, [-1])
        if self.ignore_class is not None:
            is_valid = tf.not_equal(y_true, self.ignore_class)
            y_true, y_pred = y_true[is_valid], y_pred[is_valid]
            weights = None if weights is None else weights[is_valid]
        matrix = tf.math.confusion_matrix(
            y_true,
            y_pred,
            self.num_classes,
            weights=weights,
            dtype=self.state_dtype,
        )
        add_to(self.total_cm, matrix)

    def result(self):
        """Returns the mean over the target classes that occur."""
        matrix = read(self.total_cm)
        right = tf.linalg.diag_part(matrix)
        union = tf.reduce_sum(matrix, 0) + tf.reduce_sum(matrix, 1) - right
        right = tf.gather(right, self.target_class_ids)
        union = tf.gather(union, self.target_class_ids)
        ratios = tf.math.divide_no_nan(right, union)
        found = tf.cast(tf.math.count_nonzero(union), self.state_dtype)
        return tf.math.divide_no_nan(tf.reduce_sum(ratios), found)

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return {
            "name": self.name,
            "dtype": self.dtype,
            "num_classes": self.num_classes,
            "target_class_ids": list(self.target_class_ids),
            "ignore_class": self.ignore_class,
            "sparse_y_true": self.sparse_y_true,
            "sparse_y_pred": self.sparse_y_pred,
            "axis": self.axis,
        }

    def _config_of(self, *names):
        config = IoU.get_config(self)
        return {name: config[name] for name in names}


class BinaryIoU(IoU):
    """The mean intersection over union of two classes, from probabilities.

    Args:
        target_class_ids: The classes that count: 0, 1 or both.
        threshold: Predictions from it on are read as class 1.
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> metric = BinaryIoU(threshold=0.3)
    >>> round(float(metric([0, 1, 0, 1], [0.1, 0.2, 0.4, 0.7])), 4)
    0.3333
    """

    def __init__(
        self, target_class_ids=(0, 1), threshold=0.5, name=None, dtype=None
    ):
        super().__init__(2, target_class_ids, name=name, dtype=dtype)
        self.threshold = threshold

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Classes 0 or 1.
            y_pred: Predictions in [0, 1].
            sample_weight: None, or a weight for each sample.
        """
        y_pred = tf.cast(y_pred, self.state_dtype)
        is_one = y_pred >= tf.cast(self.threshold, self.state_dtype)
        super().update_state(y_true, is_one, sample_weight)

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        config = self._config_of("target_class_ids", "name", "dtype")
        ids = config.pop("target_class_ids")
        return {
            "target_class_ids": ids,
            "threshold": self.threshold,
            **config,
        }


class MeanIoU(IoU):
    """The mean intersection over union of all classes.

    Args:
        num_classes: How many classes there are.
        name: A name.
        dtype: The dtype of the result.
        ignore_class: A class number whose samples are left out.
        sparse_y_true: Whether targets are class numbers.
        sparse_y_pred: Whether predictions are class numbers.
        axis: The axis of the classes.

    Example:

    >>> round(float(MeanIoU(num_classes=2)([0, 0, 1, 1], [0, 1, 0, 1])), 4)
    0.3333
    """

    def __init__(
        self,
        num_classes,
        name=None,
        dtype=None,
        ignore_class=None,
        sparse_y_true=True,
        sparse_y_pred=True,
        axis=-1,
    ):
        super().__init__(
            num_classes,
            range(num_classes),
            name=name,
            dtype=dtype,
            ignore_class=ignore_class,
            sparse_y_true=sparse_y_true,
            sparse_y_pred=sparse_y_pred,
            axis=axis,
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return self._config_of(
            "num_classes",
            "name",
            "dtype",
            "ignore_class",
            "sparse_y_true",
            "sparse_y_pred",
            "axis",
        )


class OneHotIoU(IoU):
    """The mean intersection over union of chosen classes, one-hot.

    Args:
        num_classes: How many classes there are.
        target_class_ids: The classes that count.
        name: A name.
        dtype: The dtype of the result.
        ignore_class: A class number whose samples are left out.
        sparse_y_pred: Whether predictions are class numbers.
        axis: The axis of the classes.
    """

    def __init__(
        self,
        num_classes,
        target_class_ids,
        name=None,
        dtype=None,
        ignore_class=None,
        sparse_y_pred=False,
        axis=-1,
    ):
        super().__init__(
            num_classes,
            target_class_ids,
            name=name,
            dtype=dtype,
            ignore_class=ignore_class,
            sparse_y_true=False,
            sparse_y_pred=sparse_y_pred,
            axis=axis,
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return self._config_of(
            "num_classes",
            "target_class_ids",
            "name",
            "dtype",
            "ignore_class",
            "sparse_y_pred",
            "axis",
        )


class OneHotMeanIoU(MeanIoU):
    """The mean intersection over union of all classes, one-hot.

    Args:
        num_classes: How many classes there are.
        name: A name.
        dtype: The dtype of the result.
        ignore_class: A class number whose samples are left out.
        sparse_y_pred: Whether predictions are class numbers.
        axis: The axis of the classes.
    """

    def __init__(
        self,
        num_classes,
        name=None,
        dtype=None,
        ignore_class=None,
        sparse_y_pred=False,
        axis=-1,
    ):
        super().__init__(
            num_classes,
            name=name,
            dtype=dtype,
            ignore_class=ignore_class,
            sparse_y_true=False,
            sparse_y_pred=sparse_y_pred,
            axis=axis,
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return self._config_of(
            "num_classes",
            "name",
            "dtype",
            "ignore_class",
            "sparse_y_pred",
            "axis",
        )
