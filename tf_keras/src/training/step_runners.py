"""The functions that run a model's steps: made once, kept, thrown away."""

import contextlib

import tensorflow as tf

from tf_keras.src.core import tracking
from tf_keras.src.core.layer_state import Snapshot
from tf_keras.src.distribute import strategies
from tf_keras.src.training.loop import BlockSize
from tf_keras.src.training.step_function import StepFunction


class StepRunners:
    """What `Model` has to make and keep functions that run its steps."""

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
            )
        return self._functions[key]

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
        strategy = self.distribute_strategy
        if self.run_eagerly or strategies.has_several_workers(strategy):
            # Each worker would find another number, and wait for the others.
            return BlockSize(1)
        key = ("block size", mode)
        size = self._functions.get(key)
        if size is None:
            size = self._functions[key] = BlockSize()
        size.begin()
        return size
