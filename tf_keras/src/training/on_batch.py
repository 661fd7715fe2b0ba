"""train_on_batch, test_on_batch, predict_on_batch."""

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback_list import to_numbers
from tf_keras.src.data import array_leaves
from tf_keras.src.data.batch import pack_x_y_sample_weight
from tf_keras.src.data.class_weights import ClassWeights
from tf_keras.src.distribute import replica_values
from tf_keras.src.foundation.tf_internals import EagerTensor
from tf_keras.src.foundation.tracebacks import hide_own_frames


def make_batch(model, x, y=None, sample_weight=None, class_weight=None):
    """Returns one batch of tensors, `(x, y, sample_weight)`.

    Args:
        model: The model, asked for its outputs' names and its strategy.
        x, y, sample_weight: Arrays or nests of them.
        class_weight: Weights of classes, or None.
    """
    data = (
        array_leaves.to_leaves(x, "x"),
        array_leaves.to_leaves(y, "y"),
        array_leaves.to_leaves(sample_weight, "sample_weight"),
    )
    array_leaves.check_row_counts(*data)
    if class_weight is not None:
        names = getattr(model, "output_names", None)
        data = ClassWeights(class_weight, names)(*data)
    batch = dense_batch(*data)
    batch = batch if isinstance(batch, tuple) else (batch,)
    strategy = model.distribute_strategy
    if replica_values.is_distributed(strategy):
        dataset = tf.data.Dataset.from_tensors(batch)
        dataset = strategy.experimental_distribute_dataset(dataset)
        return next(iter(dataset))
    return batch


def dense_batch(x, y=None, sample_weight=None):
    """Packs nests of arrays, which fit each other, as tensors."""
    return pack_x_y_sample_weight(*map(_to_tensors, (x, y, sample_weight)))


def _to_tensors(part):
    if part is None or type(part) is EagerTensor:
        return part
    if type(part) is np.ndarray:
        return array_leaves.to_tensor(part)
    return tf.nest.map_structure(
        lambda leaf: None if leaf is None else array_leaves.to_tensor(leaf),
        part,
    )


class OnBatch:
    """The methods of `Model` that run one step on one batch."""

    @hide_own_frames
    def train_on_batch(
        self,
        x,
        y=None,
        sample_weight=None,
        class_weight=None,
        reset_metrics=True,
        return_dict=False,
    ):
        """Trains on one batch; returns loss and metrics.

        Args:
            x, y, sample_weight, class_weight: The batch, as of `fit`.
            reset_metrics: Whether metrics count this batch alone.
            return_dict: Whether to return a dict by metrics' names.
        """
        self._check_compiled()
        batch = make_batch(self, x, y, sample_weight, class_weight)
        return self._on_batch("train", batch, reset_metrics, return_dict)

    @hide_own_frames
    def test_on_batch(
        self,
        x,
        y=None,
        sample_weight=None,
        reset_metrics=True,
        return_dict=False,
    ):
        """Evaluates one batch; arguments as of `train_on_batch`."""
        self._check_compiled()
        batch = make_batch(self, x, y, sample_weight)
        return self._on_batch("test", batch, reset_metrics, return_dict)

    def _on_batch(self, mode, batch, reset_metrics, return_dict):
        runner, wants_iterator = self._runner(mode)
        reset = ()
        if reset_metrics:
            if wants_iterator or not hasattr(self.reset_metrics, "is_plain"):
                self.reset_metrics()
            else:
                reset = tuple(self.metrics)
        with self.strategy_scope(), self.undone_if_it_fails():
            if wants_iterator:
                logs = runner(iter([batch]))
            else:
                logs = runner.run_batch(batch, reset=reset)
        return self._report(as_logs(logs), return_dict)

    def _report(self, logs, return_dict):
        """Logs as users get them: a dict, or values in order."""
        logs = to_numbers(logs)
        if return_dict:
            return logs
        # A lone number, as of a model without metrics, needs no names.
        names = self.metrics_names if len(logs) > 1 else logs
        return logs_to_list(logs, names)

    @hide_own_frames
    def predict_on_batch(self, x):
        """Returns the outputs for one batch, as NumPy arrays."""
        return self._predict_batch(make_batch(self, x))

    def _predict_batch(self, batch):
        runner, wants_iterator = self._runner("predict")
        with self.strategy_scope(), self.undone_if_it_fails("predict"):
            if wants_iterator:
                return to_numbers(runner(iter([batch])))
            return to_numbers(runner.run_batch(batch))

    def _as_one_batch(self, mode, data, batch_size, steps, watchers):
        """Packs data that is one batch, if nobody watches a pass over it.

        Then it needs nothing that reads data in several steps.

        Args:
            mode: "test" or "predict".
            data: `(x, y, sample_weight)`, or less.
            batch_size, steps: As the user gave them.
            watchers: Callbacks and verbosity.

        Returns:
            The batch, or None.
        """
        if any(watchers) or steps is not None or self._runner(mode)[1]:
            return None
        if tf.distribute.has_strategy() or self._distribute_strategy:
            return None
        size = 32 if batch_size is None else batch_size
        if type(size) is not int or data[0] is None:
            return None
        for part in data:
            if part is not None and not (
                type(part) in _DENSE and part.ndim and 0 < len(part) <= size
            ):
                return None
        array_leaves.check_row_counts(*data)
        return dense_batch(*data)


_DENSE = (np.ndarray, EagerTensor)


def logs_to_list(logs, names):
    """Returns logs as numbers in the order of the metrics; one alone bare."""
    values = [logs[name] for name in names if name in logs]
    values += [logs[key] for key in sorted(logs) if key not in names]
    return values[0] if len(values) == 1 else values


def as_logs(outputs):
    """Returns what a step returned, as a dict."""
    if isinstance(outputs, dict):
        return outputs
    return {"loss": outputs}
