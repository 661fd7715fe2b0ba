"""The functions that run a model's steps: made once, kept, thrown away."""

import contextlib

import tensorflow as tf

from tf_keras.src.backend.step_random import StepRandom
from tf_keras.src.core import tracking
from tf_keras.src.core.layer_state import Snapshot
from tf_keras.src.distribute import strategies
from tf_keras.src.training.loop import BlockSize
from tf_keras.src.training.step_function import StepFunction


class StepRunners:
    """What `Model` has to make and keep functions that run its steps."""

    @property
    def run_eagerly(self):
        """Whether steps run in Python, one by one."""
        if self.dynamic and self._run_eagerly is False:
            raise ValueError(
                "Your model contains layers that can only be run eagerly "
                "(`dynamic=True`). Leave out `run_eagerly=False`."
            )
        if self._run_eagerly is not None:
            return bool(self._run_eagerly)
        return self.dynamic or tf.config.functions_run_eagerly()

    @run_eagerly.setter
    def run_eagerly(self, value):
        self.__dict__["_run_eagerly"] = value
        self._forget_functions()

    @property
    def jit_compile(self):
        """Whether XLA compiles the steps, or None."""
        return self._jit_compile

    @jit_compile.setter
    def jit_compile(self, value):
        if value == self._jit_compile:
            return
        self.__dict__["_jit_compile"] = value
        self._forget_functions()

    @property
    def steps_per_execution(self):
        """How many steps run in one call: as given to `compile`, else 1."""
        return (
            1
            if self.autotune_steps_per_execution
            else (self._steps_per_execution)
        )

    @steps_per_execution.setter
    def steps_per_execution(self, value):
        self.__dict__["_steps_per_execution"] = value

    @property
    def autotune_steps_per_execution(self):
        """Whether the loop chooses how many steps run in one call."""
        return self._steps_per_execution in (None, "auto")

    @autotune_steps_per_execution.setter
    def autotune_steps_per_execution(self, value):
        self.__dict__["_steps_per_execution"] = "auto" if value else 1

    def _forget_functions(self):
        self.__dict__.update(
            _functions={},
            train_function=None,
            test_function=None,
            predict_function=None,
        )

    def _step_function(self, mode):
        """The `StepFunction` of train, test or predict, kept."""
        key = (mode, tf.config.functions_run_eagerly())
        if key not in self._functions:
            step = getattr(self, f"{mode}_step")
            self._functions[key] = StepFunction(
                self,
                step,
                self.run_eagerly,
                self._jit_compile,
                gather=mode == "predict",
                random=self._step_random() if mode == "train" else None,
            )
        return self._functions[key]

    def _step_random(self):
        """Where the random numbers of training stand, kept by the model."""
        own = self.__dict__
        if own.get("_random_steps") is None:
            with self.strategy_scope():
                own["_random_steps"] = StepRandom()
        return own["_random_steps"]

    def _train_step_graph(self):
        """Returns the graph of a traced training step; None without one."""
        return self._step_function("train").graph

    def make_train_function(self, force=False):
        """Returns a function of an iterator that runs training steps.

        Args:
            force: Whether to make a new one.
        """
        return self._make_function("train", force)

    def make_test_function(self, force=False):
        """Returns a function of an iterator that runs evaluation steps."""
        return self._make_function("test", force)

    def make_predict_function(self, force=False):
        """Returns a function of an iterator that runs prediction steps."""
        return self._make_function("predict", force)

    def _make_function(self, mode, force):
        name = f"{mode}_function"
        if self.__dict__.get(name) is None or force:
            step = self._step_function(mode)

            def run(iterator):
                outputs, _, ended = step.run_iterator(
                    iterator, int(self.steps_per_execution)
                )
                if ended and outputs is None:
                    raise StopIteration
                return outputs

            self.__dict__[name] = self._functions[name] = run
        return self.__dict__[name]

    def _runner(self, mode):
        """What runs steps, and whether it wants an iterator."""
        name = f"{mode}_function"
        function = getattr(self, f"make_{name}")()
        if function is self._functions.get(name):
            return self._step_function(mode), False
        # The user's own: of an overridden method, or set as an attribute.
        self.__dict__[name] = function
        return function, True

    @contextlib.contextmanager
    def undone_if_it_fails(self, mode=None):
        """Makes a first step that fails leave no trace.

        Else a wrong batch would fix the model's shapes, and which metrics
        its targets ask for.
        """
        compiled = (self.compiled_loss, self.compiled_metrics)
        if mode == "predict":
            compiled = ()
        unsettled = [c for c in compiled if getattr(c, "built", True) is False]
        if self.built and not unsettled:
            yield
            return
        before = Snapshot([*tracking.all_layers(self), *unsettled])
        try:
            yield
        except Exception:
            before.restore()
            self._forget_functions()
            raise

    def _block_size(self, mode):
        """How many steps run in one call: as given, or found and kept."""
        if not self.autotune_steps_per_execution:
            return BlockSize(int(self._steps_per_execution))
        # Each worker would find another number, and wait for the others.
        if self.run_eagerly or strategies.has_several_workers(
            self.distribute_strategy
        ):
            return BlockSize(1)
        key = ("block size", mode)
        size = self._functions.get(key)
        if size is None:
            size = self._functions[key] = BlockSize()
        size.begin()
        return size
