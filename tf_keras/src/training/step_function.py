"""Builds the functions that run steps: several in one call, on every replica.

A step is `train_step`, `test_step` or `predict_step` of the model. It is
traced once for each signature of a batch, with sizes open that varied before.
Single batches go straight to it; blocks and iterators call it from a loop
inside of TensorFlow, so that Python is asked once a block, not once a step.
"""

import contextlib

import tensorflow as tf

from tf_keras.src.data.blocks import rows, rows_in_xla
from tf_keras.src.distribute import replica_values
from tf_keras.src.foundation.tf_internals import (
    autograph,
    autograph_enabled,
    quick_call,
    quietly_retraced,
)
from tf_keras.src.metrics.metric import is_reset_to_zeros
from tf_keras.src.training import graph_loops
from tf_keras.src.training.batch_signature import (
    WideSpecs,
    signature,
    spec_of,
    specs_of,
)


class StepFunction:
    """Runs one kind of step of a model.

    Args:
        model: The model.
        step: The method that takes a batch, `model.train_step`.
        run_eagerly: Whether to run Python at every step.
        jit_compile: Whether XLA compiles the whole block.
        gather: Whether outputs of replicas and steps are joined along the
            batch axis, as predictions are; else the last step's count.
        random: A `StepRandom` for steps that train.
    """

    def __init__(
        self, model, step, run_eagerly, jit_compile, gather=False, random=None
    ):
        self._model = model
        self._step = step
        self._random = random
        self._run_eagerly = run_eagerly
        self._jit_compile = bool(jit_compile)
        self._gather = gather
        self._steps = {}
        self._functions = {}
        self._wide_specs = WideSpecs()

    @property
    def graph(self):
        """The graph of a step that was traced, or None."""
        return next((step.graph for step in self._steps.values()), None)

    # One batch -----------------------------------------------------------

    def run_batch(self, batch, spec=None, reset=()):
        """Runs one step on a batch; returns its outputs.

        Args:
            batch: `x`, or a tuple `(x, y, sample_weight)`, of nests.
            spec: What its data set says of batches, if it is of one.
            reset: A tuple of metrics to reset before.
        """
        if self._run_eagerly:
            return _after_reset(reset, self._on_replicas)(batch)
        spec = batch if spec is None else spec
        key = signature(spec, self._jit_compile)
        function = self._functions.get((key, reset))
        if function is None:
            return self._run_new_batch(key, spec, reset, batch)
        return function(batch)

    def _run_new_batch(self, key, spec, reset, batch):
        # The first trace may make more metrics, which are to be reset too.
        traces = len(self._steps)
        wide_key, wide = self._traced_types(spec)
        is_new = reset and len(self._steps) > traces
        function = self._functions.get((wide_key, reset))
        if function is None:
            function = self._quick_function(
                wide_key, wide, reset, batch, is_new
            )
        if not is_new:
            self._functions[wide_key, reset] = function
            self._functions[key, reset] = function
        with self._misfits_explained(spec):
            return function(batch)

    def _traced_types(self, spec):
        """Traces the step for a batch; returns the key and types it took."""
        key = signature(spec, self._jit_compile)
        if not self._jit_compile and key not in self._steps:
            wide = self._wide_specs.widen(spec)
            wide_key = signature(wide)
            try:
                self._traced_step(wide_key, wide)
                return wide_key, wide
            except Exception:
                if wide_key == signature(specs_of(spec)):
                    raise
                # Its layers want to know all sizes.
                self._wide_specs.stay_narrow(spec)
        self._traced_step(key, spec)
        return key, spec

    @contextlib.contextmanager
    def _misfits_explained(self, spec):
        """Lets layers say which sizes are wrong, if a kernel said so."""
        try:
            yield
        except tf.errors.InvalidArgumentError:
            self._traced_step(signature(spec, self._jit_compile), spec)
            raise

    def _quick_function(self, key, spec, reset, batch, is_new):
        function = self._batch_function(key, spec)
        if not reset:
            function = _quick(function, batch)
        elif not is_new and self._resets_in_graph(reset):
            function = quietly_retraced(
                tf.function(_after_reset(reset, function), autograph=False)
            ).get_concrete_function(specs_of(spec, self._jit_compile))
            function = _quick(function, batch)
        else:
            function = _after_reset(reset, _quick(function, batch))
        return function

    def _resets_in_graph(self, metrics):
        strategy = self._model.distribute_strategy
        return not replica_values.is_distributed(strategy) and all(
            map(is_reset_to_zeros, metrics)
        )

    def _batch_function(self, key, batch):
        """A function of a batch: the traced step, maybe compiled by XLA."""
        step = self._traced_step(key, batch)
        if not self._jit_compile:
            return step
        function = tf.function(
            lambda batch: step(batch), autograph=False, jit_compile=True
        )
        return function.get_concrete_function(specs_of(batch, is_static=True))

    def _traced_step(self, key, batch):
        """The step as a concrete function, traced once a signature."""
        step = self._steps.get(key)
        if step is None:
            if self._random is not None:
                self._model.prepare_training()
            function = quietly_retraced(
                tf.function(self._on_first_trace, autograph=False)
            )
            step = self._steps[key] = function.get_concrete_function(
                specs_of(batch, self._jit_compile)
            )
        return step

    def _on_first_trace(self, batch):
        with tf.variable_creator_scope(_create_for_good), autograph_enabled():
            return self._on_replicas(batch)

    def _on_replicas(self, batch):
        step = self._step
        if not tf.executing_eagerly():
            step = autograph(step)  # The user's code may branch on tensors.
        if self._random is not None:
            step = _seeded(step, self._random)
        strategy = self._model.distribute_strategy
        if not replica_values.is_distributed(strategy):
            return step(batch)
        outputs = strategy.run(step, args=(batch,))
        return replica_values.join(strategy, outputs, gather=self._gather)

    # A block of rows -----------------------------------------------------

    def run_block(self, block, adapter):
        """Runs all steps of a block of rows; returns outputs.

        Args:
            block: A `Block` of tensors in memory.
            adapter: What packs flat tensors to a batch.
        """
        if self._run_eagerly or (block.steps == 1 and _is_one_batch(block)):
            return self._run_block_in_python(block, adapter)
        key = self._block_key(block, block.tensors)
        function = self._functions.get(key)
        if function is None:
            return self._run_new_block(key, block, adapter)
        return function(block, adapter)

    def _run_new_block(self, key, block, adapter):
        batch = adapter.batch(block, 0)
        step_key, types = self._traced_types(batch)
        specs = _flat_specs(types, block.tensors)
        wide_key = self._block_key(block, specs)
        function = self._functions.get(wide_key)
        if function is None:
            function = self._block_function(
                block, adapter, step_key, types, specs
            )
        self._functions[wide_key] = self._functions[key] = function
        with self._misfits_explained(batch):
            return function(block, adapter)

    def _run_block_in_python(self, block, adapter):
        outputs, kept = None, []
        for index in range(block.steps):
            outputs = self.run_batch(_batch_of(block, adapter, index))
            kept.append(outputs)
        return join_outputs(kept) if self._gather else outputs

    def _block_key(self, block, types):
        return (
            block.steps == 1,
            signature(types),
            block.order is None,
            block.batch_size if self._jit_compile else None,
        )

    def _block_function(self, block, adapter, key, types, specs):
        step = self._steps[key]
        if not graph_loops.fits_a_loop(step, self._gather):
            return self._run_block_in_python
        if self._gather:
            # In XLA an array of outputs would have one size for good.
            step = self._batch_function(key, types)
        function = self._block_loop(step, block, adapter, specs)
        function = _quick(function, block.tensors)

        def run(block, adapter):
            order = [] if block.order is None else [block.order]
            numbers = (block.first_row, block.steps, block.batch_size)
            numbers = tf.constant(numbers, tf.int64)
            return function([block.tensors, order, numbers])

        return run

    def _block_loop(self, step, block, adapter, specs):
        # XLA needs sizes that are known when it compiles.
        size = block.batch_size if self._jit_compile else None
        gather, is_one = self._gather, block.steps == 1
        in_xla = self._jit_compile and not gather
        read = rows_in_xla if in_xla else rows

        @tf.function(autograph=False, jit_compile=in_xla)
        def run(block):
            tensors, order, numbers = block
            first_row, steps, batch_size = tf.unstack(numbers)
            if size is not None:
                batch_size = size
            order = order[0] if order else None

            def batch_at(index):
                first = first_row + index * batch_size
                return adapter.pack(read(tensors, order, first, batch_size))

            if is_one:
                return step(batch_at(0))
            return graph_loops.loop(
                lambda index: step(batch_at(index)), steps, step, gather
            )

        order = [] if block.order is None else [_ROW_NUMBERS]
        return run.get_concrete_function([specs, order, _PLACE])

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
        loop = None
        if not (self._run_eagerly or steps == 1 or self._gather):
            loop = self._iterator_loop(iterator, are_certain)
        if loop is None:
            return self._run_iterator_in_python(iterator, steps)
        steps_in = tf.constant(steps, tf.int64)
        if are_certain:
            return loop(iterator, steps_in), steps, False
        outputs, count = loop(iterator, steps_in)
        count = int(count)
        return outputs if count else None, count, count < steps

    def _iterator_loop(self, iterator, are_certain):
        """A function that runs steps on an iterator, or None."""
        spec = iterator.element_spec
        key = signature(spec, self._jit_compile)
        loop_key = ("iterator", are_certain, key)
        if loop_key not in self._functions:
            self._functions[loop_key] = self._make_iterator_loop(
                key, spec, are_certain
            )
        return self._functions[loop_key]

    def _make_iterator_loop(self, key, spec, are_certain):
        strategy = self._model.distribute_strategy
        if replica_values.is_distributed(strategy) and not are_certain:
            return None
        traced = self._traced_step(key, spec)
        if not graph_loops.fits_a_loop(traced, gather=False):
            return None
        step = self._batch_function(key, spec)
        make = graph_loops.loop_until_end
        if are_certain:
            make = graph_loops.loop_over_iterator
        return quietly_retraced(make(step))

    def _run_iterator_in_python(self, iterator, steps):
        spec = getattr(iterator, "element_spec", None)
        kept = []
        for _ in range(steps):
            batch = next(iterator, None)
            if batch is None:
                break
            kept.append(self.run_batch(batch, spec))
        count = len(kept)
        if not count:
            return None, 0, True
        outputs = join_outputs(kept) if self._gather else kept[-1]
        return outputs, count, count < steps


_ROW_NUMBERS = tf.TensorSpec((None,), tf.int64)
_PLACE = tf.TensorSpec((3,), tf.int64)


def _seeded(step, random):
    """A step whose random numbers depend on its number alone."""

    def run(batch):
        with random.step():
            return step(batch)

    return run


def _after_reset(metrics, function):
    """A function of a batch that resets metrics before it runs another."""
    if not metrics:
        return function

    def run(batch):
        for metric in metrics:
            metric.reset_state()
        return function(batch)

    return run


def _quick(function, batch):
    """The function, called without checks where a batch is dense tensors."""
    leaves = [leaf for leaf in tf.nest.flatten(batch) if leaf is not None]
    if not all(isinstance(leaf, tf.Tensor) for leaf in leaves):
        return function
    call = quick_call(function)

    def flatten_and_call(batch):
        flat = tf.nest.flatten(batch)
        return call([leaf for leaf in flat if leaf is not None])

    return flatten_and_call


def _create_for_good(next_creator, **options):
    """Makes a variable outside of the graph where its code asks for that.

    Else `tf.function` would lift it out, and trace the step a second time.
    """
    if tf.executing_eagerly():
        options["experimental_enable_variable_lifting"] = False
    return next_creator(**options)


def _flat_specs(types, tensors):
    """The types of a block's tensors, as open as those of its batches."""
    specs = [spec for spec in tf.nest.flatten(specs_of(types)) if spec]
    if len(specs) == len(tensors) and all(
        spec.is_compatible_with(tensor) for spec, tensor in zip(specs, tensors)
    ):
        return specs
    return [spec_of(tensor) for tensor in tensors]


def _is_one_batch(block):
    """Whether all rows of a block's tensors are one batch as they lie."""
    return block.order is None and all(
        isinstance(tensor, tf.Tensor) and tensor.shape[0] == block.batch_size
        for tensor in block.tensors
    )


def _batch_of(block, adapter, index):
    if _is_one_batch(block):
        return adapter.pack(block.tensors)
    return adapter.batch(block, index)


def join_outputs(outputs):
    """Joins the outputs of steps along the batch axis, leaf by leaf."""
    if len(outputs) == 1:
        return outputs[0]
    return tf.nest.map_structure(_join, *outputs)


def _join(*leaves):
    first = leaves[0]
    if first is None:
        return None
    if isinstance(first, tf.SparseTensor):
        return tf.sparse.concat(0, leaves)
    if isinstance(first, tf.RaggedTensor):
        return tf.concat(leaves, axis=0)
    if first.shape.rank == 0:
        return tf.stack(leaves)
    if any(leaf.shape[1:] != first.shape[1:] for leaf in leaves):
        # Batches of different lengths can only be kept as ragged rows.
        depth = first.shape.rank - 1
        leaves = [
            tf.RaggedTensor.from_tensor(leaf, ragged_rank=depth)
            for leaf in leaves
        ]
    return tf.concat(leaves, axis=0)
