"""Model: layers that are trained, evaluated and saved together."""

import contextlib
import warnings

import tensorflow as tf

from tf_keras.src.callbacks.callback_list import CallbackList, to_numbers
from tf_keras.src.core import hooks, tracking
from tf_keras.src.core.layer import Layer
from tf_keras.src.data.batch import unpack_x_y_sample_weight
from tf_keras.src.data.handler import DataHandler
from tf_keras.src.data.validation_split import train_validation_split
from tf_keras.src.foundation.messages import is_interactive_logging_enabled
from tf_keras.src.foundation.tracebacks import hide_own_frames, shorten
from tf_keras.src.training import generator_methods
from tf_keras.src.training.compile import (
    CompileArguments,
    compile_from_config,
    make_optimizer,
)
from tf_keras.src.training.compiled_losses import CompiledLosses
from tf_keras.src.training.compiled_metrics import CompiledMetrics
from tf_keras.src.training.loop import Loop
from tf_keras.src.training.model_files import ModelFiles
from tf_keras.src.training.model_parts import ModelParts
from tf_keras.src.training.on_batch import OnBatch, as_logs
from tf_keras.src.training.save_spec import SaveSpec
from tf_keras.src.training.step_function import join_outputs
from tf_keras.src.training.step_runners import StepRunners
from tf_keras.src.training.subclass_build import build_by_calling
from tf_keras.src.training.validation import Validation

_CONSTRUCTOR = frozenset(("trainable", "name", "dtype", "dynamic", "autocast"))


class Model(StepRunners, OnBatch, ModelParts, ModelFiles, SaveSpec, Layer):
    """Layers that are trained, evaluated and saved together.

    `Model(inputs, outputs)` makes a model of the layers between two nests of
    symbolic tensors. A subclass makes its layers in `__init__` and uses them
    in `call`.

    Args:
        *args: `inputs` and `outputs`, for a model that is a graph of layers.
        **kwargs: `inputs`, `outputs`, `name`, `trainable`, `dtype`.

    Raises:
        TypeError: For an unknown argument.

    Example:

    >>> inputs = Input((3,))
    >>> model = Model(inputs, layers.Dense(1)(inputs))
    >>> model.compile("sgd", "mse")
    >>> history = model.fit(np.ones((8, 3)), np.ones((8, 1)), verbose=0)
    """

    _object_identifier = "_tf_keras_model"

    def __new__(cls, *args, **kwargs):
        if cls is Model and _is_graph(args, kwargs):
            return super().__new__(hooks.ask("graph_model_class"))
        return super().__new__(cls, *args, **kwargs)

    def __init__(self, *args, **kwargs):
        graph_class = hooks.ask("graph_model_class")
        if _is_graph(args, kwargs) and not isinstance(self, graph_class):
            # A subclass that calls `super().__init__(inputs, outputs)`.
            _put_base(type(self), graph_class)
            graph_class.__init__(self, *args, **kwargs)
            return
        unknown = kwargs.keys() - _CONSTRUCTOR
        if unknown or args:
            raise TypeError(
                f"{type(self).__name__} got unexpected arguments: "
                f"{sorted(unknown) or args}. A Model takes `inputs` and "
                "`outputs`, `name`, `trainable`, `dtype`; a subclass keeps "
                "its own arguments to itself."
            )
        self.__dict__.update(_initial_state())
        super().__init__(**kwargs)
        # The scope of the default one would cost each variable made in it.
        if tf.distribute.has_strategy():
            strategy = tf.distribute.get_strategy()
            self.__dict__["_distribute_strategy"] = strategy

    def __setattr__(self, name, value):
        if "_is_compiled" not in self.__dict__ and tracking.holds_layer(value):
            raise RuntimeError(
                "It looks like you are subclassing `Model` and you forgot to "
                "call `super().__init__()`. Always start with this line."
            )
        super().__setattr__(name, value)

    # What it is made of --------------------------------------------------

    def build(self, input_shape):
        """Makes the weights of a subclassed model without data.

        Args:
            input_shape: A shape with the batch axis, or a nest of shapes.

        Raises:
            ValueError: If the model can't be called on float inputs of it.
        """
        if not self.built:
            build_by_calling(self, input_shape)
        super().build(input_shape)

    def _run_build(self, input_shape):
        # Layers are built by the call that is under way.
        if type(self).build is not Model.build:
            self.build(input_shape)
            self.__dict__["_save_spec"] = None  # The call knows it better.

    def call(self, inputs, training=None, mask=None):
        """Computes the outputs. Subclasses override it.

        Args:
            inputs: A tensor or a nest of tensors.
            training: Whether layers train.
            mask: The mask of the inputs.
        """
        raise NotImplementedError(
            f"{type(self).__name__} has no `call` method. A subclass of "
            "`Model` writes `call(self, inputs)`, or is made from `inputs` "
            "and `outputs`."
        )

    _is_graph_network = False  # Asked by libraries that depend on this one.

    def __call__(self, *args, **kwargs):
        try:
            outputs = super().__call__(*args, **kwargs)
        except Exception as error:
            shorten(error)
            raise
        if self._save_spec is None:
            self._note_save_spec(args, kwargs)
        return outputs

    # Compiling -------------------------------------------------------------

    def compile(
        self,
        optimizer="rmsprop",
        loss=None,
        metrics=None,
        loss_weights=None,
        weighted_metrics=None,
        run_eagerly=None,
        steps_per_execution=None,
        jit_compile=None,
        pss_evaluation_shards=0,
        **kwargs,
    ):
        """Says how the model is trained.

        Args:
            optimizer: An optimizer or its name.
            loss: A loss, name or function; for several outputs a list, or a
                dict by their names.
            metrics: A list of metrics, names or functions; for several
                outputs a list of lists, or a dict by their names.
            loss_weights: Numbers that weight the outputs' losses.
            weighted_metrics: As `metrics`; these count sample weights.
            run_eagerly: Whether to run steps in Python, to debug them.
            steps_per_execution: How many steps run in one call; None to let
                the loop choose, `"auto"` the same.
            jit_compile: Whether XLA compiles the steps.
            pss_evaluation_shards: Shards of exact evaluation under a
                parameter server.
            **kwargs: `gradient_accumulation_steps`, over how many steps the
                optimizer gathers gradients before their mean is used; and
                arguments of old programs, ignored or refused.

        Raises:
            TypeError: For an unknown argument.
            ValueError: For an unknown name, or arguments that contradict.
        """
        given = {
            "optimizer": optimizer,
            "loss": loss,
            "metrics": metrics,
            "loss_weights": loss_weights,
            "weighted_metrics": weighted_metrics,
            "run_eagerly": run_eagerly,
            "steps_per_execution": steps_per_execution,
            "jit_compile": jit_compile,
        }
        from_serialized = kwargs.pop("from_serialized", False)
        accumulation_steps = kwargs.get("gradient_accumulation_steps")
        arguments = CompileArguments(self, given, kwargs)
        names = self.__dict__.get("output_names")
        with self.strategy_scope():
            made_optimizer = make_optimizer(optimizer, self, accumulation_steps)
            made_loss = loss
            if not isinstance(loss, CompiledLosses):
                made_loss = CompiledLosses(loss, loss_weights, names)
            made_metrics = CompiledMetrics(
                metrics, weighted_metrics, names, from_serialized
            )
        # All checked: from here on nothing fails halfway.
        self.optimizer = made_optimizer
        self.__dict__.update(
            compiled_loss=made_loss,
            compiled_metrics=made_metrics,
            loss=loss,
            _compile_arguments=arguments,
            _run_eagerly=run_eagerly,
            _jit_compile=jit_compile,
            _pss_evaluation_shards=pss_evaluation_shards or 0,
            _steps_per_execution=arguments.given["steps_per_execution"],
            _is_compiled=True,
        )
        self._forget_functions()

    def _check_compiled(self):
        if not self._is_compiled:
            raise RuntimeError(
                "You must compile your model before training/testing. Use "
                "`model.compile(optimizer, loss)`."
            )

    def get_compile_config(self):
        """Returns the arguments of `compile` as plain data, or None."""
        if not self._is_compiled or self._compile_arguments is None:
            return None
        return self._compile_arguments.get_config()

    def compile_from_config(self, config):
        """Compiles the model as `get_compile_config` says."""
        compile_from_config(self, config)

    @property
    def metrics(self):
        """The metrics: of the losses, of `compile`, and of layers."""
        found = []
        if self._is_compiled:
            if self.compiled_loss is not None:
                found += self.compiled_loss.metrics
            if self.compiled_metrics is not None:
                found += self.compiled_metrics.metrics
        return tracking.without_repetition(found + super().metrics)

    @property
    def metrics_names(self):
        """The names of `metrics`: the keys of logs. Known after a batch."""
        return [metric.name for metric in self.metrics]

    def reset_metrics(self):
        """Sets all metrics to their start."""
        for metric in self.metrics:
            metric.reset_state()

    reset_metrics.is_plain = True  # Unlike what a subclass writes.

    def reset_states(self):
        """Sets the state of all stateful layers to its start."""
        for layer in self.layers:
            if hasattr(layer, "reset_states") and layer.stateful:
                layer.reset_states()

    @property
    def distribute_strategy(self):
        """The `tf.distribute.Strategy` under which the model was made."""
        return self._distribute_strategy or tf.distribute.get_strategy()

    def strategy_scope(self):
        """Returns the scope of the model's strategy; an idle one without."""
        strategy = self._distribute_strategy
        return (
            contextlib.nullcontext() if strategy is None else (strategy.scope())
        )

    @property
    def distribute_reduction_method(self):
        """How outputs of replicas become one: `"auto"`."""
        return "auto"

    @property
    def state_updates(self):
        """Empty: assignments run as part of `call`."""
        warnings.warn("`Model.state_updates` is empty.", stacklevel=2)
        return []

    # Steps -----------------------------------------------------------------

    def train_step(self, data):
        """One step of training. Override it for an own one.

        Args:
            data: A batch, `(x, y, sample_weight)` or less.

        Returns:
            A dict of what to log.
        """
        x, y, sample_weight = unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, sample_weight)
        self._check_target(y, loss)
        self.optimizer.minimize(loss, self.trainable_variables, tape=tape)
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def test_step(self, data):
        """One step of evaluation. Override it for an own one.

        Args:
            data: A batch, `(x, y, sample_weight)` or less.

        Returns:
            A dict of what to log.
        """
        x, y, sample_weight = unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        self.compute_loss(x, y, y_pred, sample_weight)
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def predict_step(self, data):
        """One step of prediction. Override it for an own one.

        Args:
            data: A batch, `x` or a tuple that starts with it.

        Returns:
            The outputs.
        """
        x, _, _ = unpack_x_y_sample_weight(data)
        return self(x, training=False)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):
        """Returns the number that training minimises.

        Args:
            x: The inputs.
            y: The targets.
            y_pred: The outputs.
            sample_weight: Weights of samples.
        """
        del x
        return self.compiled_loss(
            y, y_pred, sample_weight, regularization_losses=self.losses
        )

    def compute_metrics(self, x, y, y_pred, sample_weight):
        """Updates the metrics of `compile` and returns all values.

        Args:
            x: The inputs.
            y: The targets.
            y_pred: The outputs.
            sample_weight: Weights of samples.
        """
        del x
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        return self.get_metrics_result()

    def get_metrics_result(self):
        """Returns the metrics' values as a dict."""
        results = {}
        for metric in self.metrics:
            result = metric.result()
            if isinstance(result, dict):
                results.update(result)
            else:
                results[metric.name] = result
        return results

    def _of_whole_pass(self, logs, step):
        """The last step's logs; the metrics, if a step tells of them all.

        An own step that returns `{"loss": loss}` tells of its batch alone,
        where the metric of that name has counted all batches.
        """
        cls = type(self)
        is_own = getattr(cls, step) is not getattr(Model, step) or (
            cls.compute_metrics is not Model.compute_metrics
        )
        if not is_own or not isinstance(logs, dict):
            return logs
        metrics = self.get_metrics_result()
        return metrics if metrics.keys() == logs.keys() else logs

    def _check_target(self, y, loss):
        if self.loss and y is None:
            raise ValueError(
                f"Target data is missing. Your model {self.name!r} was "
                f"compiled with loss={self.loss}, and therefore expects "
                "target data to be provided in `fit()`."
            )
        has_own_loss = type(self).compute_loss is not Model.compute_loss
        if loss is None or not (self.loss or self.losses or has_own_loss):
            raise ValueError(
                f"No loss found for model {self.name!r}. You may have "
                "forgotten to provide a `loss` argument in `compile()`."
            )

    # Training ----------------------------------------------------------------

    @hide_own_frames
    def fit(
        self,
        x=None,
        y=None,
        batch_size=None,
        epochs=1,
        verbose="auto",
        callbacks=None,
        validation_split=0.0,
        validation_data=None,
        shuffle=True,
        class_weight=None,
        sample_weight=None,
        initial_epoch=0,
        steps_per_epoch=None,
        validation_steps=None,
        validation_batch_size=None,
        validation_freq=1,
        max_queue_size=10,
        workers=1,
        use_multiprocessing=False,
    ):
        """Trains the model for a number of epochs.

        Args:
            x: Inputs: arrays or tensors, or a nest of them; a
                `tf.data.Dataset`, generator or `utils.Sequence` of batches
                `(x, y)` or `(x, y, sample_weight)`.
            y: Targets, where `x` is arrays.
            batch_size: Rows of a batch of arrays; 32 by default.
            epochs: The epoch after which to stop.
            verbose: 0 for silence, 1 for a bar, 2 for a line an epoch.
            callbacks: A list of `callbacks.Callback`.
            validation_split: The share of arrays, from the end, to keep for
                validation, in [0, 1).
            validation_data: Data to evaluate after epochs: `(x, y)` or
                `(x, y, sample_weight)` of arrays, or as `x`.
            shuffle: Whether to shuffle arrays before each epoch; `"batch"`
                keeps batches together.
            class_weight: A dict from classes to weights.
            sample_weight: Weights of rows, where `x` is arrays.
            initial_epoch: The number of the first epoch.
            steps_per_epoch: Batches of an epoch.
            validation_steps: Batches of a validation.
            validation_batch_size: Rows of a batch of validation arrays.
            validation_freq: After how many epochs to validate, or a list of
                epochs, from 1.
            max_queue_size: How many batches are read ahead.
            workers: How many workers read a `Sequence`.
            use_multiprocessing: Whether these are processes.

        Returns:
            A `History`, whose `history` holds the logs of all epochs.

        Raises:
            RuntimeError: If the model isn't compiled.
            ValueError: If data or arguments don't fit.
        """
        self._check_compiled()
        if epochs <= 0:
            raise ValueError(
                f"`epochs` must be positive. Received: epochs={epochs}."
            )
        if validation_split and validation_data is None:
            (x, y, sample_weight), validation_data = train_validation_split(
                (x, y, sample_weight), validation_split=validation_split
            )
        runner, wants_iterator = self._runner("train")
        with (
            self.strategy_scope(),
            DataHandler(
                x=x,
                y=y,
                sample_weight=sample_weight,
                batch_size=batch_size,
                steps_per_epoch=steps_per_epoch,
                initial_epoch=initial_epoch,
                epochs=epochs,
                shuffle=shuffle,
                class_weight=class_weight,
                max_queue_size=max_queue_size,
                workers=workers,
                use_multiprocessing=use_multiprocessing,
                model=self,
                arrays_as_dataset=wants_iterator,
            ) as handler,
        ):
            validate = Validation(
                self,
                validation_data,
                validation_batch_size or batch_size,
                validation_steps,
                validation_freq,
                (max_queue_size, workers, use_multiprocessing),
            )
            callbacks = self._callback_list(
                callbacks, verbose, epochs, handler.inferred_steps
            )
            self.stop_training = False
            try:
                logs = self._run_epochs(handler, runner, callbacks, validate)
            except BaseException:  # Ctrl-C too: files and threads are ended.
                callbacks.abandon()
                raise
            finally:
                validate.close()
            self._finalize_weights()
            callbacks.on_train_end(logs=logs)
        return self.history

    def _callback_list(self, callbacks, verbose, epochs, steps):
        if isinstance(callbacks, CallbackList):
            return callbacks
        if verbose == "auto":
            verbose = 1 if is_interactive_logging_enabled() else 2
        return CallbackList(
            callbacks,
            add_history=epochs is not None,
            add_progbar=verbose != 0,
            model=self,
            verbose=verbose,
            epochs=epochs or 1,
            steps=steps,
        )

    def _run_epochs(self, handler, runner, callbacks, validate):
        logs = None
        loop = Loop(
            runner, handler, callbacks, "train", self._block_size("train"), self
        )
        callbacks.on_train_begin()
        callbacks.resume(handler)
        for epoch, data in handler.enumerate_epochs():
            self.reset_metrics()
            callbacks.on_epoch_begin(epoch)
            outputs = loop.run_epoch(data, epoch)
            if outputs is None and logs is not None:
                break  # The data ended with the epoch before, and has said so.
            if outputs is None:
                raise ValueError(
                    "Expected data that is not empty, and got no batch in "
                    f"epoch {epoch + 1}. Check the argument `x` of `fit`."
                )
            outputs = self._of_whole_pass(outputs, "train_step")
            logs = dict(to_numbers(as_logs(outputs)))
            if validate.is_due(epoch):
                logs.update(validate(callbacks))
            callbacks.on_epoch_end(epoch, logs)
            if self.stop_training:
                break
        return logs

    def prepare_training(self):
        """Makes the optimizer's variables before a training step is traced.

        Made while it is traced, each would pass through `tf.function`. An own
        `train_step` may train what it likes, and makes them there.

        Raises:
            ValueError: If a strategy is current that the model isn't of.
        """
        if self._distribute_strategy is None:
            if tf.distribute.has_strategy():
                raise ValueError(
                    f"Model {self.name!r} was made outside of the scope of a "
                    f"{type(tf.distribute.get_strategy()).__name__}, and so "
                    "can't be trained inside of it. Make and compile it "
                    "inside of `with strategy.scope():`."
                )
            inner = getattr(self.optimizer, "inner_optimizer", self.optimizer)
            if (
                self.built
                and type(self).train_step is Model.train_step
                and hasattr(inner, "meet")  # Optimizers of old have not.
            ):
                inner.meet(self.trainable_variables)

    def _finalize_weights(self):
        optimizer = self.optimizer
        if self.built and hasattr(optimizer, "finalize_variable_values"):
            optimizer.finalize_variable_values(self.trainable_variables)

    # Evaluation and prediction -------------------------------------------

    @hide_own_frames
    def evaluate(
        self,
        x=None,
        y=None,
        batch_size=None,
        verbose="auto",
        sample_weight=None,
        steps=None,
        callbacks=None,
        max_queue_size=10,
        workers=1,
        use_multiprocessing=False,
        return_dict=False,
        **kwargs,
    ):
        """Returns loss and metrics on data. Arguments as of `fit`.

        Args:
            x, y, sample_weight: The data.
            batch_size: Rows of a batch of arrays; 32 by default.
            verbose: 0 for silence, 1 for a bar, 2 for a line.
            steps: How many batches to read.
            callbacks: A list of `callbacks.Callback`.
            max_queue_size, workers, use_multiprocessing: As of `fit`.
            return_dict: Whether to return a dict by metrics' names.
            **kwargs: Nothing.

        Returns:
            A dict, a list in the order of `metrics_names`, or the loss alone.

        Raises:
            RuntimeError: If the model isn't compiled.
            ValueError: If data or arguments don't fit.
        """
        self._check_compiled()
        handler = kwargs.pop("_use_handler", None)
        if kwargs:
            raise TypeError(f"Invalid keyword arguments: {list(kwargs)}.")
        if handler is None:
            data, watchers = (x, y, sample_weight), (callbacks, verbose)
            batch = self._as_one_batch(
                "test", data, batch_size, steps, watchers
            )
            if batch is not None:
                return self._on_batch("test", batch, True, return_dict)
        runner, wants_iterator = self._runner("test")
        with self.strategy_scope():
            handler = handler or DataHandler(
                x=x,
                y=y,
                sample_weight=sample_weight,
                batch_size=batch_size,
                steps_per_epoch=steps,
                max_queue_size=max_queue_size,
                workers=workers,
                use_multiprocessing=use_multiprocessing,
                model=self,
                arrays_as_dataset=wants_iterator,
            )
            with handler:
                logs = self._run_once(
                    runner, handler, callbacks, verbose, "test"
                )
        return self._report(as_logs(logs), return_dict)

    def _run_once(self, runner, handler, callbacks, verbose, mode):
        """One pass over data, for evaluate and predict."""
        callbacks = self._callback_list(
            callbacks, verbose, None, handler.inferred_steps
        )
        loop = Loop(
            runner, handler, callbacks, mode, self._block_size(mode), self
        )
        begin = getattr(callbacks, f"on_{mode}_begin")
        begin()
        outputs = None
        for _, data in handler.enumerate_epochs():
            if mode == "test":
                self.reset_metrics()
            outputs = loop.run_epoch(data)
        if outputs is None and mode == "test" and handler.has_read:
            outputs = {}  # Data of a validation that ended, and has said so.
        if outputs is None or (mode == "predict" and not outputs):
            raise ValueError(
                "Expected data that is not empty, and got no batch. Check "
                "the argument `x`."
            )
        if mode == "test":
            outputs = self._of_whole_pass(outputs, "test_step")
            callbacks.on_test_end(logs=as_logs(outputs))
            return outputs
        callbacks.on_predict_end()
        return outputs if callbacks.collect else None

    @hide_own_frames
    def predict(
        self,
        x,
        batch_size=None,
        verbose="auto",
        steps=None,
        callbacks=None,
        max_queue_size=10,
        workers=1,
        use_multiprocessing=False,
    ):
        """Returns the outputs for data, as NumPy arrays.

        Args:
            x: Inputs, as of `fit`.
            batch_size: Rows of a batch of arrays; 32 by default.
            verbose: 0 for silence, 1 for a bar, 2 for a line.
            steps: How many batches to read.
            callbacks: A list of `callbacks.Callback`. One with the attribute
                `collect = False` takes the outputs of each batch, so that
                more can be predicted than fits in memory.
            max_queue_size, workers, use_multiprocessing: As of `fit`.

        Returns:
            Arrays in the nest of the model's outputs; None if a callback has
            taken them.

        Raises:
            ValueError: If data or arguments don't fit.
        """
        data, watchers = (x, None, None), (callbacks, verbose)
        batch = self._as_one_batch("predict", data, batch_size, steps, watchers)
        if batch is not None:
            return self._predict_batch(batch)
        runner, wants_iterator = self._runner("predict")
        with (
            self.strategy_scope(),
            DataHandler(
                x=x,
                batch_size=batch_size,
                steps_per_epoch=steps,
                max_queue_size=max_queue_size,
                workers=workers,
                use_multiprocessing=use_multiprocessing,
                model=self,
                arrays_as_dataset=wants_iterator,
            ) as handler,
        ):
            outputs = self._run_once(
                runner, handler, callbacks, verbose, "predict"
            )
        return outputs and to_numbers(join_outputs(outputs))

    fit_generator = generator_methods.fit_generator
    evaluate_generator = generator_methods.evaluate_generator
    predict_generator = generator_methods.predict_generator

    # Showing and saving ----------------------------------------------------

    def get_config(self):
        """Returns what the model was made with, as a dict."""
        return super().get_config()

    get_config.reads_constructor = True

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes a model from what `get_config` returned.

        Args:
            config: The dict.
            custom_objects: A dict from names to the user's own classes.
        """
        if cls is Model and "layers" in config:
            return hooks.ask("graph_model_class").from_config(
                config, custom_objects
            )
        return super().from_config(config)


def _initial_state():
    return {
        "_is_compiled": False,
        "_compile_arguments": None,
        "_save_spec": None,
        "_random_steps": None,
        "_functions": {},
        "_run_eagerly": None,
        "_jit_compile": None,
        "_steps_per_execution": None,
        "_distribute_strategy": None,
        "optimizer": None,
        "loss": None,
        "compiled_loss": None,
        "compiled_metrics": None,
        "train_function": None,
        "test_function": None,
        "predict_function": None,
        "history": None,
        "inputs": None,
        "outputs": None,
        "input_names": None,
        "output_names": None,
        "stop_training": False,
    }


def _is_graph(args, kwargs):
    """Whether arguments are inputs and outputs of a graph of layers."""
    return (
        len(args) == 2
        or (len(args) == 1 and "outputs" in kwargs)
        or ("inputs" in kwargs and "outputs" in kwargs)
    )


def _put_base(cls, graph_class):
    """Makes a subclass of `Model` one of the graph model's class."""
    if cls is object or issubclass(cls, graph_class):
        return
    if Model in cls.__bases__:
        cls.__bases__ = tuple(
            graph_class if base is Model else base for base in cls.__bases__
        )
        return
    for base in cls.__bases__:
        if issubclass(base, Model):
            _put_base(base, graph_class)
