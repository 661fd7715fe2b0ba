"""Builds the functions that run steps: several in one call, on every replica.

A step is `train_step`, `test_step` or `predict_step` of the model. It is
traced once for each signature of a batch and then called from a loop inside
of TensorFlow, so that Python is asked once a block, not once a step.
"""

import tensorflow as tf

from tf_keras.src.data.blocks import rows
from tf_keras.src.distribute import replica_values
from tf_keras.src.foundation.tf_internals import EagerTensor
from tf_keras.src.foundation.tf_internals import quietly_retraced


class StepFunction:
    """Runs one kind of step of a model.

    Args:
        model: The model.
        step: The method that takes a batch, `model.train_step`.
        run_eagerly: Whether to run Python at every step.
        jit_compile: Whether XLA compiles the whole block.
        gather: Whether outputs of replicas and steps are joined along the
            batch axis, as predictions are; else the last step's count.
    """

    def __init__(self, model, step, run_eagerly, jit_compile, gather=False):
        self._model = model
        self._step = step
        self._run_eagerly = run_eagerly
        self._jit_compile = bool(jit_compile)
        self._gather = gather
        self._functions = {}

    # One batch -----------------------------------------------------------

    def run_batch(self, batch):
        """Runs one step on a batch; returns its outputs.

        Args:
            batch: A tuple of nests of tensors, `(x, y, sample_weight)`.
        """
        if self._run_eagerly:
            return self._on_replicas(batch)
        key = _signature(batch, tf.nest.flatten(batch))
        function = self._functions.get(key)
        if function is None:
            function = self._functions[key] = self._trace_batch(batch)
        return function(batch)

    def _trace_batch(self, batch):
        step = self._traced_step()
        if self._jit_compile or any(
            isinstance(leaf, tf.distribute.DistributedValues)
            for leaf in tf.nest.flatten(batch)
        ):
            return step
        specs = tf.nest.map_structure(_relaxed_spec, batch)
        concrete = step.get_concrete_function(specs)
        return concrete

    def _traced_step(self):
        return quietly_retraced(
            tf.function(
                self._on_replicas,
                jit_compile=self._jit_compile,
                reduce_retracing=True,
            )
        )

    def _on_replicas(self, batch):
        strategy = self._model.distribute_strategy
        if not replica_values.is_distributed(strategy):
            return self._step(batch)
        outputs = strategy.run(self._step, args=(batch,))
        return replica_values.join(strategy, outputs, gather=self._gather)

    # A block of rows -----------------------------------------------------

    def run_block(self, block, adapter):
        """Runs all steps of a block of rows; returns outputs.

        Args:
            block: A `Block` of tensors in memory.
            adapter: What packs flat tensors to a batch.
        """
        if self._run_eagerly or block.steps == 1:
            outputs = None
            kept = []
            for index in range(block.steps):
                outputs = self.run_batch(adapter.batch(block, index))
                kept.append(outputs)
            return join_outputs(kept) if self._gather else outputs
        key = ("block", *_block_signature(block, self._jit_compile))
        function = self._functions.get(key)
        if function is None:
            function = self._make_block_function(block, adapter)
            self._functions[key] = function
        order = [] if block.order is None else [block.order]
        return function(
            block.tensors, order, block.first_row, block.steps, block.batch_size
        )

    def _make_block_function(self, block, adapter):
        # XLA needs sizes that are known when it compiles.
        size = block.batch_size if self._jit_compile else None
        step = self._step_on(adapter.batch(block, 0), size)
        gather = self._gather

        @tf.function(
            input_signature=[
                [_rows_spec(tensor) for tensor in block.tensors],
                [] if block.order is None else [_ROW_NUMBERS],
                _COUNT,
                _COUNT,
                _COUNT,
            ],
            autograph=False,
            jit_compile=self._jit_compile,
        )
        def run(tensors, order, first_row, steps, batch_size):
            if size is not None:
                batch_size = size
            order = order[0] if order else None

            def batch_at(index):
                first = first_row + index * batch_size
                return adapter.pack(rows(tensors, order, first, batch_size))

            return _loop(lambda i: step(batch_at(i)), steps, step, gather)

        function = run.get_concrete_function()
        return lambda tensors, order, *numbers: function(
            tensors, order, *[tf.constant(n, tf.int64) for n in numbers]
        )

    def _step_on(self, batch, size):
        """The step as a concrete function of a batch."""
        specs = tf.nest.map_structure(
            lambda leaf: _relaxed_spec(leaf, size), batch
        )
        function = tf.function(self._on_replicas)
        return function.get_concrete_function(specs)

    # A tf.data iterator --------------------------------------------------

    def run_iterator(self, iterator, steps, are_certain=False):
        """Runs steps on batches of an iterator.

        Args:
            iterator: A `tf.data` iterator, maybe distributed.
            steps: How many steps at most.
            are_certain: Whether the iterator is known to hold so many.

        Returns:
            The outputs, how many steps ran, and whether the data has ended.
        """
        in_python = self._run_eagerly or steps == 1 or self._gather
        if in_python or not (are_certain or not self._is_distributed()):
            return self._run_iterator_in_python(iterator, steps)
        key = ("iterator", are_certain, str(iterator.element_spec))
        if key not in self._functions:
            make = self._certain_loop if are_certain else self._careful_loop
            self._functions[key] = make(iterator)
        steps_in = tf.constant(steps, tf.int64)
        if are_certain:
            return self._functions[key](iterator, steps_in), steps, False
        outputs, count = self._functions[key](iterator, steps_in)
        count = int(count)
        return outputs if count else None, count, count < steps

    def _is_distributed(self):
        return replica_values.is_distributed(self._model.distribute_strategy)

    def _run_iterator_in_python(self, iterator, steps):
        kept = []
        for _ in range(steps):
            batch = next(iterator, None)
            if batch is None:
                break
            kept.append(self.run_batch(_as_tuple(batch)))
        count = len(kept)
        if not count:
            return None, 0, True
        outputs = join_outputs(kept) if self._gather else kept[-1]
        return outputs, count, count < steps

    def _step_of(self, iterator):
        """The step as a concrete function of what an iterator gives."""
        return self._traced_step().get_concrete_function(
            _as_tuple(iterator.element_spec)
        )

    def _certain_loop(self, iterator):
        """A function that runs steps on an iterator known to hold them."""
        step = self._step_of(iterator)

        @tf.function(autograph=False)
        def run(iterator, steps):
            def next_step(_):
                return step(_as_tuple(iterator.get_next()))

            return _loop(next_step, steps, step, gather=False)

        return quietly_retraced(run)

    def _careful_loop(self, iterator):
        """A function that runs steps on an iterator which may end."""
        step = self._step_of(iterator)

        @tf.function(autograph=False)
        def run(iterator, steps):
            empty = _empty_outputs(step)

            def wants_more(count, ended, *_):
                return tf.logical_and(count < steps, tf.logical_not(ended))

            def one_step(count, ended, *flat):
                batch = iterator.get_next_as_optional()
                has_value = batch.has_value()

                def run_step():
                    outputs = step(_as_tuple(batch.get_value()))
                    return tf.nest.flatten(outputs, expand_composites=True)

                flat = tf.cond(has_value, run_step, lambda: list(flat))
                count += tf.cast(has_value, tf.int64)
                return (count, tf.logical_not(has_value), *flat)

            flat = tf.nest.flatten(empty, expand_composites=True)
            start = (tf.constant(0, tf.int64), tf.constant(False), *flat)
            count, _, *flat = tf.while_loop(
                wants_more,
                one_step,
                start,
                shape_invariants=tuple(
                    _loose_shape(value) for value in start
                ),
                parallel_iterations=1,
            )
            outputs = tf.nest.pack_sequence_as(
                empty, flat, expand_composites=True
            )
            return outputs, count

        return quietly_retraced(run)


_COUNT = tf.TensorSpec((), tf.int64)
_ROW_NUMBERS = tf.TensorSpec((None,), tf.int64)


def _loop(run_step, steps, step, gather):
    """Runs a step `steps` times in the graph; returns outputs."""
    empty = _empty_outputs(step)
    flat = tf.nest.flatten(empty, expand_composites=True)
    if gather:
        return _loop_and_gather(run_step, steps, empty, flat)

    def body(index, *_):
        outputs = run_step(index)
        return (index + 1, *tf.nest.flatten(outputs, expand_composites=True))

    start = (tf.constant(0, tf.int64), *flat)
    _, *flat = tf.while_loop(
        lambda index, *_: index < steps,
        body,
        start,
        shape_invariants=tuple(_loose_shape(value) for value in start),
        parallel_iterations=1,
    )
    return tf.nest.pack_sequence_as(empty, flat, expand_composites=True)


def _loop_and_gather(run_step, steps, empty, flat):
    """Runs a step `steps` times and joins the rows of its outputs."""
    arrays = tuple(
        tf.TensorArray(
            value.dtype,
            size=tf.cast(steps, tf.int32),
            infer_shape=False,
            element_shape=_loose_shape(value),
        )
        for value in flat
    )

    def body(index, arrays):
        outputs = tf.nest.flatten(run_step(index))
        place = tf.cast(index, tf.int32)
        return index + 1, tuple(
            array.write(place, value) for array, value in zip(arrays, outputs)
        )

    _, arrays = tf.while_loop(
        lambda index, _: index < steps,
        body,
        (tf.constant(0, tf.int64), arrays),
        parallel_iterations=1,
    )
    return tf.nest.pack_sequence_as(empty, [a.concat() for a in arrays])


def _empty_outputs(step):
    """Zeros like the outputs of a concrete function, in their nest."""

    def empty(value):
        if not isinstance(value, tf.TensorSpec):
            return value
        shape = [size or 0 for size in value.shape.as_list()]
        return tf.zeros(shape, value.dtype)

    specs = tf.nest.map_structure(
        lambda out: tf.TensorSpec(out.shape, out.dtype),
        step.structured_outputs,
    )
    return tf.nest.map_structure(empty, specs)


def _loose_shape(value):
    """The shape without the first size, which may differ between steps."""
    shape = value.shape
    if shape.rank:
        return tf.TensorShape([None, *shape[1:]])
    return shape


def _as_tuple(batch):
    return batch if isinstance(batch, tuple) else (batch,)


def _signature(batch, flat):
    """What a traced function of a batch depends on."""
    leaves = tuple(
        None if leaf is None else (leaf.dtype, leaf.shape.rank, *leaf.shape[1:])
        if type(leaf) is EagerTensor
        else str(tf.type_spec_from_value(leaf))
        for leaf in flat
    )
    return leaves, _structure(batch)


def _structure(value):
    """The nest of a batch, as a key."""
    if isinstance(value, (tuple, list)):
        return (type(value), *map(_structure, value))
    if isinstance(value, dict):
        return tuple((key, _structure(value[key])) for key in sorted(value))
    return None


def _block_signature(block, jit_compile):
    parts = [(t.dtype.name, str(t.shape[1:])) for t in block.tensors]
    return (
        str(parts),
        block.order is None,
        block.batch_size if jit_compile else None,
    )


def _relaxed_spec(leaf, size=None):
    """The type of a batch's leaf, for any number of rows."""
    if leaf is None:
        return None
    if isinstance(leaf, tf.Tensor):
        if leaf.shape.rank == 0:
            return tf.TensorSpec((), leaf.dtype)
        return tf.TensorSpec([size, *leaf.shape[1:]], leaf.dtype)
    spec = tf.type_spec_from_value(leaf)
    if isinstance(spec, tf.RaggedTensorSpec):
        return tf.RaggedTensorSpec(
            [None, *spec.shape[1:]],
            spec.dtype,
            spec.ragged_rank,
            spec.row_splits_dtype,
        )
    if isinstance(spec, tf.SparseTensorSpec):
        return tf.SparseTensorSpec([None, *spec.shape[1:]], spec.dtype)
    return spec


def _rows_spec(tensor):
    return _relaxed_spec(tensor)


def join_outputs(outputs):
    """Joins the outputs of steps along the batch axis, leaf by leaf."""
    if len(outputs) == 1:
        return outputs[0]

    def join(*leaves):
        if isinstance(leaves[0], tf.SparseTensor):
            return tf.sparse.concat(0, leaves)
        if leaves[0].shape.rank == 0:
            return tf.stack(leaves)
        return tf.concat(leaves, axis=0)

    return tf.nest.map_structure(join, *outputs)
