"""Where a run stands, kept on disk so that it survives a restart."""

import io
import json

import numpy as np
import tensorflow as tf

from tf_keras.src.distribute.worker_files import worker_folder

_UNSET = -1


class TrainingState:
    """Writes and reads where a run stands, all in one checkpoint.

    The checkpoint holds the model with its optimizer, the place in the data,
    the seed of its order and what callbacks remember. It is written under a
    new name and becomes valid in one step, so that a run killed at any moment
    finds a whole one.

    Args:
        model: The model.
        folder: Where checkpoints are written.
        options: Optional `tf.train.CheckpointOptions`.

    Attributes:
        epoch: Epoch to go on with, or None if nothing was restored.
        step: How many steps of this epoch are done.
        seed: Seed of the data's order, or None.
        memories: What callbacks remember: a list of dicts.
    """

    def __init__(self, model, folder, options=None):
        self.folder = worker_folder(folder)
        self._options = options
        self._position = tf.Variable(
            [_UNSET, 0, _UNSET], dtype=tf.int64, trainable=False
        )
        self._memories = tf.Variable(b"", dtype=tf.string, trainable=False)
        self._manager = tf.train.CheckpointManager(
            tf.train.Checkpoint(
                model=model,
                position=self._position,
                memories=self._memories,
            ),
            directory=self.folder,
            max_to_keep=1,
        )

    def restore(self):
        """Reads the latest checkpoint; returns whether there is one."""
        latest = self._manager.latest_checkpoint
        if latest is None:
            return False
        self._manager.checkpoint.restore(latest, self._options)
        return True

    def save(self, epoch, step=0, seed=None, memories=()):
        """Writes a checkpoint for a run that is to go on at this place."""
        seed = _UNSET if seed is None else seed
        self._position.assign([epoch, step, seed])
        self._memories.assign(_to_bytes(list(memories)))
        self._manager.save(options=self._options)

    @property
    def epoch(self):
        return self._read(0)

    @property
    def step(self):
        return self._read(1)

    @property
    def seed(self):
        return self._read(2)

    def _read(self, index):
        value = int(self._position.numpy()[index])
        return None if value == _UNSET else value

    @property
    def memories(self):
        return _from_bytes(self._memories.numpy())

    def delete(self):
        """Removes the checkpoints."""
        if tf.io.gfile.exists(self.folder):
            tf.io.gfile.rmtree(self.folder)


def _to_bytes(memories):
    """Numbers as JSON, arrays as an npz: nothing that could run code."""
    arrays = {}

    def plain(value):
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, np.ndarray):
            name = f"a{len(arrays)}"
            arrays[name] = value
            return {"array": name}
        if isinstance(value, (list, tuple)):
            return [plain(part) for part in value]
        return value

    memories = [
        {key: plain(value) for key, value in memory.items()}
        for memory in memories
    ]
    text = np.frombuffer(json.dumps(memories).encode(), "uint8")
    file = io.BytesIO()
    np.savez(file, json=text, **arrays)
    return file.getvalue()


def _from_bytes(content):
    if not content:
        return []
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:

        def revive(value):
            if isinstance(value, dict):
                return arrays[value["array"]]
            if isinstance(value, list):
                return [revive(part) for part in value]
            return value

        return [
            {key: revive(value) for key, value in memory.items()}
            for memory in json.loads(arrays["json"].tobytes().decode())
        ]
