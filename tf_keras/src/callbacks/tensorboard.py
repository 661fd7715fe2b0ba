"""TensorBoard: scalars, histograms, graphs, profiles."""

import os
import time

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback, answered_by_block
from tf_keras.src.callbacks.callback_list import to_numbers
from tf_keras.src.callbacks.learning_rate import read_rate
from tf_keras.src.foundation import summaries
from tf_keras.src.foundation.messages import warn

_OLD_ARGUMENTS = (
    "write_grads",
    "batch_size",
    "embeddings_layer_names",
    "embeddings_data",
)


class TensorBoard(Callback):
    """Writes logs that TensorBoard shows: `tensorboard --logdir=logs`.

    Writes `epoch_...` for each value of an epoch, into the runs `train` and
    `validation`, and what the arguments ask for. TensorBoard itself need not
    be installed where training runs.

    Args:
        log_dir: Folder of the logs, of this run alone.
        histogram_freq: Every how many epochs histograms of weights are
            written; 0 for never.
        write_graph: Whether the model's graph of layers is written, and after
            the first epoch the graph of a training step's operations.
        write_images: Whether weights are written as images too, with the
            histograms.
        write_steps_per_second: Whether the speed is written.
        update_freq: "epoch"; or "batch" or a number of batches, to write
            `batch_...` values as well.
        profile_batch: A batch to profile, or a first and last one, counted
            from 1; 0 for none.
        embeddings_freq: Every how many epochs the weights are saved for the
            projector, which shows embeddings; 0 for never.
        embeddings_metadata: File with a name for each row of an embedding, or
            a dict from names of `Embedding` layers to such files. Their paths
            are relative to `log_dir`.
        **kwargs: Arguments of older versions, which do nothing.

    Raises:
        ValueError: If an argument is unknown or out of its range.

    Example:

    >>> callback = TensorBoard("/tmp/logs", update_freq=100)
    """

    _supports_tf_logs = True

    def __init__(
        self,
        log_dir="logs",
        histogram_freq=0,
        write_graph=True,
        write_images=False,
        write_steps_per_second=False,
        update_freq="epoch",
        profile_batch=0,
        embeddings_freq=0,
        embeddings_metadata=None,
        **kwargs,
    ):
        super().__init__()
        for name in kwargs:
            if name not in _OLD_ARGUMENTS:
                raise ValueError(
                    f"TensorBoard has no argument {name!r}. Older ones that "
                    f"are accepted: {_OLD_ARGUMENTS}."
                )
            warn(f"TensorBoard: {name!r} does nothing since TensorFlow 2.")
        self.log_dir = os.fspath(log_dir)
        self.histogram_freq = histogram_freq
        self.write_graph = write_graph
        self.write_images = write_images
        self.write_steps_per_second = write_steps_per_second
        self.update_freq = 1 if update_freq == "batch" else update_freq
        self.embeddings_freq = embeddings_freq
        self.embeddings_metadata = embeddings_metadata
        self._start_batch, self._stop_batch = _profiled_batches(profile_batch)
        self._is_profiling = False
        self._writers = {}
        self._train_step = 0
        self._test_step = 0
        self._in_fit = False

    def _implements_train_batch_hooks(self):
        profiles_now = self._train_step < self._stop_batch
        return self.update_freq != "epoch" or profiles_now

    def _implements_test_batch_hooks(self):
        return False

    def set_model(self, model):
        """Writes what is known of the model before training."""
        self.model = model
        self._train_dir = os.path.join(self.log_dir, "train")
        self._validation_dir = os.path.join(self.log_dir, "validation")
        self._writers = {}
        self._has_step_graph = False
        if self.write_graph:
            self._write_graph()
        if self.embeddings_freq:
            self._write_projector_config()

    def _writer(self, run):
        if run not in self._writers:
            self._writers[run] = tf.summary.create_file_writer(
                os.path.join(self.log_dir, run)
            )
        return self._writers[run]

    def _write_graph(self):
        try:
            config = self.model.to_json()
        except NotImplementedError:  # A subclassed model shows no layers.
            return
        with self._writer("train").as_default():
            summaries.write_model_graph("keras", config, 0)

    def _write_step_graph(self):
        """The operations of a training step, once they were traced."""
        graph = getattr(self.model, "_train_step_graph", lambda: None)()
        if graph is not None:
            with self._writer("train").as_default():
                tf.summary.graph(graph)

    def _write_projector_config(self):
        layers = {
            layer.name: layer
            for layer in self.model.layers
            if hasattr(layer, "embeddings")
        }
        metadata = self.embeddings_metadata or {}
        if not isinstance(metadata, dict):
            metadata = {name: metadata for name in layers}
        unknown = set(metadata) - set(layers)
        if unknown:
            raise ValueError(
                "`embeddings_metadata` of TensorBoard names layers that are "
                f"no Embedding layers of the model: {sorted(unknown)}. There "
                f"are: {sorted(layers)}."
            )
        paths = [
            f"  tensor_name: {_quoted(_tensor_name(self.model, layer))}\n"
            + (
                f"  metadata_path: {_quoted(_from_run(metadata[name]))}\n"
                if name in metadata
                else ""
            )
            for name, layer in layers.items()
        ]
        tf.io.gfile.makedirs(self._train_dir)
        path = os.path.join(self._train_dir, "projector_config.pbtxt")
        with tf.io.gfile.GFile(path, "w") as file:
            file.write("".join(f"embeddings {{\n{part}}}\n" for part in paths))

    def on_train_begin(self, logs=None):
        """Starts counting."""
        self._in_fit = True

    def on_train_end(self, logs=None):
        """Closes all files."""
        self._in_fit = False
        self._abandon()

    def _abandon(self):
        if self._is_profiling:
            self._stop_profile()
        for writer in self._writers.values():
            writer.close()
        self._writers = {}

    def on_epoch_begin(self, epoch, logs=None):
        """Notes when and where the epoch begins."""
        self._epoch_start = (time.time(), self._train_step)

    def on_train_batch_begin(self, batch, logs=None):
        """Begins to profile, if this is the batch."""
        self._batch_start = time.time()
        if self._stop_batch and self._train_step + 1 == self._start_batch:
            tf.profiler.experimental.start(self.log_dir)
            self._is_profiling = True

    @answered_by_block
    def on_train_batch_end(self, batch, logs=None):
        """Writes the batch's values, if it is time."""
        self._train_step += 1
        if self._is_profiling and self._train_step >= self._stop_batch:
            self._stop_profile()
        if self.update_freq == "epoch":
            return
        if self._train_step % self.update_freq:
            return
        values = {
            f"batch_{name}": value for name, value in _numbers(logs).items()
        }
        if self.write_steps_per_second:
            elapsed = time.time() - self._batch_start
            values["batch_steps_per_second"] = 1 / max(elapsed, 1e-9)
        self._write("train", values, self._train_step)

    def _stop_profile(self):
        tf.profiler.experimental.stop()
        self._is_profiling = False

    def _on_block(self, mode, first_step, last_step, logs):
        if mode == "train":
            self._train_step += last_step - first_step + 1

    def on_test_end(self, logs=None):
        """Writes `evaluation_..._vs_iterations`."""
        values = {
            f"evaluation_{name}_vs_iterations": value
            for name, value in _numbers(logs).items()
        }
        iterations = getattr(
            getattr(self.model, "optimizer", None), "iterations", None
        )
        step = self._train_step if iterations is None else int(iterations)
        self._write("validation", values, step)
        if not self._in_fit:
            self._abandon()

    def on_epoch_end(self, epoch, logs=None):
        """Writes the epoch's values, and histograms if it is time."""
        logs = _numbers(logs)
        train = {
            f"epoch_{name}": value
            for name, value in logs.items()
            if not name.startswith("val_")
        }
        validation = {
            f"epoch_{name.removeprefix('val_')}": value
            for name, value in logs.items()
            if name.startswith("val_")
        }
        if hasattr(getattr(self.model, "optimizer", None), "learning_rate"):
            rate = read_rate(self.model, "TensorBoard")
            train["epoch_learning_rate"] = rate
        if self.write_steps_per_second:
            start, first_step = self._epoch_start
            steps = self._train_step - first_step
            elapsed = max(time.time() - start, 1e-9)
            train["epoch_steps_per_second"] = steps / elapsed
        self._write("train", train, epoch)
        self._write("validation", validation, epoch)
        if self.write_graph and not self._has_step_graph:
            self._has_step_graph = True
            self._write_step_graph()
        if self.histogram_freq and epoch % self.histogram_freq == 0:
            self._write_weights(epoch)
        if self.embeddings_freq and epoch % self.embeddings_freq == 0:
            self.model.save_weights(
                os.path.join(self._train_dir, f"keras_embedding.ckpt-{epoch}")
            )

    def _write(self, run, values, step):
        if not values:
            return
        with self._writer(run).as_default():
            for name, value in values.items():
                summaries.write_scalar(name, value, step)
        self._writer(run).flush()

    def _write_weights(self, epoch):
        with self._writer("train").as_default():
            for layer in self.model.layers:
                for weight in layer.weights:
                    name = weight.name.replace(":", "_")
                    value = weight.numpy()
                    if value.dtype.kind not in "fiu":
                        continue
                    summaries.write_histogram(f"{name}/histogram", value, epoch)
                    image = _as_image(value) if self.write_images else None
                    if image is not None:
                        summaries.write_image(f"{name}/image", image, epoch)
        self._writer("train").flush()


def _numbers(logs):
    """The scalars of logs, those of nested dicts too."""
    found = {}
    for name, value in to_numbers(logs or {}).items():
        if isinstance(value, dict):
            found.update(_numbers(value))
        elif isinstance(value, (int, float, np.number)):
            found[name] = value
    return found


def _profiled_batches(profile_batch):
    """First and last batch to profile; (0, 0) for none."""
    given = profile_batch
    if isinstance(given, str):
        given = [int(part) for part in given.split(",")]
    if isinstance(given, int):
        given = (given, given)
    given = tuple(given)
    is_pair = len(given) == 2 and all(isinstance(n, int) for n in given)
    if not is_pair or given[0] < 0 or given[1] < given[0]:
        raise ValueError(
            "`profile_batch` of TensorBoard must be a batch number, or a first "
            f"and a last one in order. Received {profile_batch!r}."
        )
    return given


def _as_image(weight):
    """A weight as `(count, height, width, 1)` in [0, 1]; None if it can't."""
    weight = np.squeeze(weight)
    if weight.ndim == 1:
        image = weight[None, :, None, None]
    elif weight.ndim == 2:
        # The longer side across.
        weight = weight.T if weight.shape[0] > weight.shape[1] else weight
        image = weight[None, :, :, None]
    elif weight.ndim == 3:
        image = np.transpose(weight, (2, 0, 1))[..., None]
    else:
        return None
    lowest, highest = image.min(), image.max()
    return (image - lowest) / max(highest - lowest, 1e-12)


def _tensor_name(model, layer):
    """The name of an embedding's table in the checkpoint that is written."""
    with_weights = [other for other in model.layers if other.weights]
    place = with_weights.index(layer) if layer in with_weights else 0
    return f"layer_with_weights-{place}/embeddings/.ATTRIBUTES/VARIABLE_VALUE"


def _from_run(path):
    """A path relative to the folder of logs, as seen from that of a run."""
    path = os.fspath(path)
    return path if os.path.isabs(path) else os.path.join(os.pardir, path)


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
