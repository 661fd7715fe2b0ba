"""Random numbers of a training step, fixed by the run and the step alone.

Inside of `StepRandom.step` the generators of layers draw from stateless
operations, whose seeds count steps. So a run that goes on after a crash draws
what it would have drawn, and a step draws the same whether it is run alone,
in a loop inside of TensorFlow, or eagerly.
"""

import contextlib
import threading

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import traced_graph

_scope = threading.local()
_DRAWS = 2**12  # More than a step draws.
_REPLICAS = 2**12


class StepRandom:
    """Where the random numbers of a model's training stand.

    Attributes:
        state: A variable of two integers: a number of the run, and how many
            steps have drawn. Checkpoints of the model don't hold it.
    """

    def __init__(self):
        with tf.init_scope():
            run = tf.random.uniform((), maxval=2**31, dtype=tf.int64)
            self.state = tf.Variable(
                tf.stack([run, 0]),
                trainable=False,
                name="step_random",
                aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
            )

    @contextlib.contextmanager
    def step(self):
        """Inside of this block a step of the model runs, or is traced."""
        before = getattr(_scope, "draws", None)
        _scope.draws = draws = _Draws(self.state)
        try:
            yield
        finally:
            _scope.draws = before
        if draws.count:
            self.state.assign_add(
                tf.constant([0, 1], tf.int64), read_value=False
            )


class _Draws:
    """Counts what one step draws."""

    def __init__(self, state):
        self._state = state
        self._graph = traced_graph()
        self.count = 0

    def seed(self, own):
        """The seed of the next draw; None inside of another function.

        That one may be called outside of the step too.
        """
        if traced_graph() is not self._graph:
            return None
        run, step = tf.unstack(self._state.read_value())
        self.count += 1
        place = (step * _DRAWS + self.count) * _REPLICAS + _replica()
        return tf.stack(
            [run if own is None else tf.cast(own, run.dtype), place]
        )


def _replica():
    context = tf.distribute.get_replica_context()
    number = 0 if context is None else context.replica_id_in_sync_group
    return tf.cast(number, tf.int64)


def seed_in_step(own):
    """Returns the seed of the next draw, if a training step is being run.

    Args:
        own: The seed of the generator, or None.

    Returns:
        Two integers for a `tf.random.stateless_*` operation, or None.
    """
    draws = getattr(_scope, "draws", None)
    return None if draws is None else draws.seed(own)
