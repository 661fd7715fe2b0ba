"""The questions we put to tf.distribute: is there a strategy, and where."""

import contextlib

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import (
    strategy_supports_no_merge_call,
)


def has_strategy():
    """Whether a `tf.distribute.Strategy` other than the default is current."""
    return tf.distribute.has_strategy()


def in_replica():
    """Whether this code runs once for each replica, as `Strategy.run` does."""
    return tf.distribute.get_replica_context() is not None


def replica_count():
    """Returns how many replicas compute a step together."""
    return tf.distribute.get_strategy().num_replicas_in_sync


def has_several_workers(strategy):
    """Whether programs on several machines must do the same, step by step."""
    asked = getattr(strategy.extended, "_in_multi_worker_mode", None)
    return asked is not None and asked()


def beside(variable):
    """Returns a scope in which new variables live where `variable` does."""
    strategy = getattr(variable, "_distribute_strategy", None)
    if strategy is None:
        return contextlib.nullcontext()
    return strategy.extended.colocate_vars_with(variable)


def for_all_replicas(function, *args):
    """Calls `function(strategy, *args)` once for all replicas together.

    In a replica it waits for the others; each of `args` (tensors, or lists
    of them) then holds a value of every replica. Elsewhere, and under
    strategies whose replicas share a program, it calls at once.
    """
    if strategy_supports_no_merge_call() or not in_replica():
        return function(tf.distribute.get_strategy(), *args)
    return tf.distribute.get_replica_context().merge_call(function, args)
