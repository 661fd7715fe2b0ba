"""Values that replicas hold together: sum, update."""

import functools

import tensorflow as tf

from tf_keras.src.distribute.strategies import (
    for_all_replicas,
    in_replica,
    replica_count,
)


def sum_over_replicas(values):
    """Returns the sums of tensors over all replicas, for each replica.

    Args:
        values: A list of tensors or `tf.IndexedSlices`, in a replica.
    """
    context = tf.distribute.get_replica_context()
    return context.all_reduce(tf.distribute.ReduceOp.SUM, values)


def share_of(count):
    """Returns which share of what all replicas have this one has.

    Args:
        count: How many rows this replica has, a scalar tensor.

    Returns:
        A float32 scalar; None where there is one replica alone.
    """
    if replica_count() == 1 or not in_replica():
        return None
    count = tf.cast(count, tf.float32)
    if isinstance(tf.distribute.get_strategy(), tf.distribute.MirroredStrategy):
        # All replicas are here: no collective operation is needed, whose
        # numbers two strategies in one program would have to agree on.
        context = tf.distribute.get_replica_context()
        total = context.merge_call(_local_sum, args=(count,))
    else:
        total = sum_over_replicas(count)
    return tf.math.divide_no_nan(count, total)


def _local_sum(strategy, value):
    return tf.add_n(strategy.experimental_local_results(value))


def update_on_each_device(variables, function, *args):
    """Calls `function(variable, part, *values)` where each variable lives.

    Args:
        variables: A list of variables of the current strategy.
        function: Gets the variable, its part on one device, and the values
            of that device.
        *args: Lists beside `variables`; their items are tensors.
    """

    def update_all(strategy, *args):
        for variable, *values in zip(variables, *args):
            strategy.extended.update(
                variable,
                functools.partial(function, variable),
                args=tuple(values),
                group=False,
            )

    for_all_replicas(update_all, *args)


def first_replica(strategy, values):
    """Returns what the first local replica holds of each of many values."""
    return [strategy.experimental_local_results(value)[0] for value in values]


def parts(variable):
    """Returns the parts of a distributed variable; nothing for another."""
    return getattr(variable, "values", ())


def is_distributed(strategy):
    """Whether a strategy runs a step elsewhere than right here."""
    return not getattr(strategy, "_is_default", False) and (
        type(strategy).__name__ != "_DefaultDistributionStrategy"
    )


def join(strategy, outputs, gather):
    """Returns one nest of tensors for the outputs of all replicas.

    Args:
        strategy: The strategy that ran a step.
        outputs: What `strategy.run` returned.
        gather: Whether to join along the batch axis; else the first
            replica's are taken, as metrics are equal on all.
    """
    if not gather:
        return tf.nest.map_structure(
            lambda value: strategy.experimental_local_results(value)[0],
            outputs,
        )
    return tf.nest.map_structure(
        lambda value: _gather(strategy, value), outputs
    )


def _gather(strategy, value):
    values = strategy.experimental_local_results(value)
    if isinstance(values[0], tf.SparseTensor):
        return tf.sparse.concat(0, values)
    return tf.concat(values, axis=0) if len(values) > 1 else values[0]
