"""What an optimizer of before 2.11 keeps: numbers, a count, and slots."""

import contextlib
import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src import initializers
from tf_keras.src.distribute.replica_values import parts
from tf_keras.src.distribute.strategies import beside, has_strategy
from tf_keras.src.foundation.names import snake_case
from tf_keras.src.foundation.tf_internals import (
    CheckpointInitialValueCallable,
    Trackable,
)
from tf_keras.src.optimizers.schedules import LearningRateSchedule
from tf_keras.src.serialization.to_config import serialize_keras_object


class SlotState(Trackable):
    """The variables of an optimizer, under the names that checkpoints hold.

    Three kinds: the count of steps; hyperparameters, such as
    `learning_rate`, which read as attributes; and slots, which stand beside
    the variables of a model.
    """

    def _start_state(self, name):
        self._name = name or snake_case(type(self).__name__)
        self._use_locking = True
        self._hyper = {}
        self._slots = {}
        self._slot_names = []
        self._weights = []
        self._iterations = None
        self._deferred_slot_restorations = {}
        self._restored_slots = {}
        self._hypers_created = False
        self._distribution_strategy = (
            tf.distribute.get_strategy() if has_strategy() else None
        )
        self._known = []
        self._known_ids = set()
        self._pending_values = None

    # Hyperparameters ---------------------------------------------------------

    def _set_hyper(self, name, value):
        """Sets a number, a tensor, a schedule, or a function without arguments.

        A number becomes a variable before the first step.
        """
        before = self._hyper.get(name)
        is_number = not isinstance(value, LearningRateSchedule) and not (
            callable(value) and not tf.is_tensor(value)
        )
        if isinstance(before, tf.Variable) and is_number:
            before.assign(tf.cast(value, before.dtype))
        else:
            self._hyper[name] = value

    def _get_hyper(self, name, dtype=None):
        """Returns a variable or a schedule; in a dtype, a tensor."""
        if not self._hypers_created:
            self._create_hypers()
        value = self._hyper[name]
        if isinstance(value, LearningRateSchedule):
            return value
        if callable(value) and not tf.is_tensor(value):
            value = value()
        return value if dtype is None else tf.cast(value, dtype)

    def _create_hypers(self):
        """Makes variables of those that are numbers."""
        if self._hypers_created:
            return
        self._hypers_created = True
        for name, value in sorted(self._hyper.items()):
            if tf.is_tensor(value) or callable(value):
                continue
            self._hyper[name] = self.add_weight(
                name,
                shape=[],
                trainable=False,
                initializer=value,
                aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
            )

    def _serialize_hyperparameter(self, hyperparameter_name):
        """Returns a number, or the config of a schedule."""
        value = self._hyper[hyperparameter_name]
        if isinstance(value, LearningRateSchedule):
            return serialize_keras_object(value)
        if callable(value) and not tf.is_tensor(value):
            return value()
        return value.numpy() if tf.is_tensor(value) else value

    def __getattr__(self, name):
        """Hyperparameters read as attributes; `lr` is `learning_rate`."""
        hyper = vars(self).get("_hyper", {})
        key = "learning_rate" if name == "lr" else name
        if key in hyper:
            return self._get_hyper(key)
        raise AttributeError(
            f"{type(self).__name__!r} object has no attribute {name!r}"
        )

    def __setattr__(self, name, value):
        key = "learning_rate" if name == "lr" else name
        if key in vars(self).get("_hyper", ()):
            self._set_hyper(key, value)
        else:
            super().__setattr__(name, value)

    def __dir__(self):
        names = {*super().__dir__(), *self._hyper}
        return sorted(names | {"lr"} if "learning_rate" in names else names)

    # Variables ---------------------------------------------------------------

    def add_weight(
        self,
        name,
        shape,
        dtype=None,
        initializer="zeros",
        trainable=None,
        synchronization=tf.VariableSynchronization.AUTO,
        aggregation=tf.VariableAggregation.NONE,
    ):
        """Returns a variable that checkpoints hold under its name.

        Args:
            name: A name.
            shape: The shape.
            dtype: The dtype, float32 by default.
            initializer: The first value, or what makes it: a name or a
                function of shape and dtype.
            trainable: Whether it is trained; false by default.
            synchronization: When replicas bring their values together.
            aggregation: How they do.
        """
        dtype = tf.as_dtype(dtype or tf.float32)
        make = self._maker_of_values(initializer)
        with tf.init_scope(), self._scope_of_strategy(), self._scope():
            variable = tf.Variable(
                lambda: make(shape, dtype),
                name=name,
                dtype=dtype,
                trainable=bool(trainable),
                synchronization=synchronization,
                aggregation=aggregation,
            )
        self._track_trackable(variable, name, overwrite=True)
        return variable

    def _maker_of_values(self, initializer):
        if isinstance(initializer, str):
            initializer = initializers.get(initializer)
        if callable(initializer) and not tf.is_tensor(initializer):
            return lambda shape, dtype: initializer(shape, dtype=dtype)
        return lambda shape, dtype: tf.cast(initializer, dtype)

    def _scope(self):
        return tf.name_scope(f"{self._name}/")

    def _scope_of_strategy(self):
        strategy = self._distribution_strategy
        if strategy is None or has_strategy():  # In it, maybe in a replica.
            return contextlib.nullcontext()
        return strategy.scope()

    @property
    def iterations(self):
        """The count of steps taken, an int64 variable."""
        if self._iterations is None:
            self._iterations = self.add_weight(
                "iter",
                shape=[],
                dtype=tf.int64,
                aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
            )
            self._weights.append(self._iterations)
        return self._iterations

    @iterations.setter
    def iterations(self, variable):
        if self._iterations is not None:
            raise RuntimeError(
                "`iterations` can't become another variable once there is "
                "one. Set it first, or assign a value: "
                f"`optimizer.iterations.assign(value)`. Received: {variable}"
            )
        self._iterations = variable
        self._weights.append(variable)
        self._track_trackable(variable, "iter")

    @property
    def weights(self):
        """The variables of the state: the count of steps, then the slots."""
        return self._weights

    def variables(self):
        """Returns the variables of the state, as `weights`."""
        return self._weights

    def get_weights(self):
        """Returns the values of `weights`, as arrays."""
        return [variable.numpy() for variable in self.weights]

    def set_weights(self, weights):
        """Sets the values of `weights`.

        Args:
            weights: Arrays in the order of `weights`. Those of Keras before
                2.0.6 lack the count of steps, which is 0 then.

        Raises:
            ValueError: If the number of arrays or a shape differs.
        """
        variables = self.weights
        if len(weights) == len(variables) - 1:
            weights = [np.array(0), *weights]
        if len(weights) != len(variables):
            raise ValueError(
                f"Optimizer {self._name} has {len(variables)} weights. "
                f"Received a list of {len(weights)}. An optimizer gets its "
                "slots in the first step, or by `build(variables)`."
            )
        for variable, value in zip(variables, weights):
            if not variable.shape.is_compatible_with(np.shape(value)):
                raise ValueError(
                    f"Weight {variable.name!r} of optimizer {self._name} has "
                    f"shape {variable.shape}. Received a value of shape "
                    f"{np.shape(value)}."
                )
        for variable, value in zip(variables, weights):
            variable.assign(value)

    def save_own_variables(self, store):
        """Writes the values of `weights` to a dict of arrays.

        Args:
            store: A mutable mapping from `"0"`, `"1"`, ... to arrays.
        """
        for index, value in enumerate(self.get_weights()):
            store[str(index)] = value

    def load_own_variables(self, store):
        """Reads what `save_own_variables` wrote.

        Args:
            store: The mapping. Published releases write nothing there, and
                nothing is read then.
        """
        count = len(store.keys())
        if count == len(self.weights):
            self.set_weights([store[str(index)][()] for index in range(count)])
        elif count:
            warnings.warn(
                f"The state of optimizer {self._name!r} is not loaded: it has "
                f"{len(self.weights)} variables, the file has {count}.",
                stacklevel=2,
            )

    # Slots -------------------------------------------------------------------

    def build(self, var_list):
        """Makes the state for variables. Calling it first is not needed.

        Args:
            var_list: The variables to be updated.
        """
        variables = list(var_list)
        if self._iterations is not None and self._known_ids.issuperset(
            map(id, variables)
        ):
            return
        with tf.init_scope():
            self._create_in_order(variables)
            for variable in variables:
                if id(variable) not in self._known_ids:
                    self._known_ids.add(id(variable))
                    self._known.append(variable)
            values, self._pending_values = self._pending_values, None
            if values and len(values) == len(self.weights):
                self.set_weights(values)

    def _create_in_order(self, variables):
        """Slots that a checkpoint made stand where a step would put them."""
        self._weights = [
            weight
            for weight in self._weights
            if id(weight) not in self._restored_slots
        ]
        self._create_all_weights(variables)
        self._weights.extend(self._restored_slots.values())

    def _create_all_weights(self, var_list):
        """Makes the count, the hyperparameters and the slots."""
        _ = self.iterations
        self._create_hypers()
        self._create_slots(var_list)

    def _create_slots(self, var_list):
        """Makes slots by `add_slot`; a subclass with state writes it."""

    def add_slot(self, var, slot_name, initializer="zeros", shape=None):
        """Returns a variable beside `var`, made at the first call.

        Args:
            var: A variable of the model.
            slot_name: What is kept there, such as `"momentum"`.
            initializer: The first value, or what makes it: a name or a
                function of shape and dtype.
            shape: Its shape; that of `var` by default.
        """
        if slot_name not in self._slot_names:
            self._slot_names.append(slot_name)
        slots = self._slots.setdefault(_var_key(var), {})
        for part in parts(var):
            self._slots[_var_key(part)] = slots
        if slot_name not in slots:
            slot = self._make_slot(var, slot_name, initializer, shape)
            slots[slot_name] = slot
            self._restore_slot_variable(slot_name, var, slot)
            self._weights.append(slot)
        elif id(slots[slot_name]) in self._restored_slots:
            self._weights.append(self._restored_slots.pop(id(slots[slot_name])))
        return slots[slot_name]

    def _make_slot(self, var, slot_name, initializer, shape):
        def value():
            static = var.shape if shape is None else tf.TensorShape(shape)
            if static.is_fully_defined():
                return make(static, dtype=var.dtype)
            return make(tf.shape(var), dtype=var.dtype)

        make = self._maker_of_values(initializer)
        is_saved = isinstance(initializer, CheckpointInitialValueCallable)
        name = var.name.partition(":")[0]
        # A name that ends with "/" is taken as it is, wherever we are.
        with tf.init_scope(), beside(var), tf.name_scope(f"{self._name}/"):
            return tf.Variable(
                initializer if is_saved else value,
                name=f"{name}/{slot_name}",
                dtype=var.dtype,
                trainable=False,
            )

    def get_slot(self, var, slot_name):
        """Returns the variable that stands beside `var` under a name.

        Raises:
            KeyError: If there is none.
        """
        return self._slots[_var_key(var)][slot_name]

    def get_slot_names(self):
        """Returns the names of all slots."""
        return self._slot_names

    # Checkpoints -------------------------------------------------------------

    def _restore_slot_variable(self, slot_name, variable, slot_variable):
        key = (slot_name, _var_key(variable))
        positions = self._deferred_slot_restorations.pop(key, [])
        for position in sorted(positions, key=lambda each: -each.restore_uid):
            position.restore(slot_variable)

    def _create_or_restore_slot_variable(
        self,
        slot_variable_position,
        slot_name,
        variable,
        slot_variable_shape=None,
    ):
        """Called by TensorFlow for each slot that a checkpoint holds."""
        key = _var_key(variable)
        slot = self._slots.get(key, {}).get(slot_name)
        if slot is None and slot_variable_position.is_simple_variable():
            self._make_dependency("iter")
            saved = CheckpointInitialValueCallable(slot_variable_position)
            slot = self.add_slot(
                variable, slot_name, saved, slot_variable_shape
            )
            self._restored_slots[id(slot)] = slot
        if slot is None:
            deferred = self._deferred_slot_restorations
            deferred.setdefault((slot_name, key), []).append(
                slot_variable_position
            )
            return None
        slot_variable_position.restore(slot)
        return slot

    def _lookup_dependency(self, name, cached_dependencies=None):
        """What a checkpoint holds exists as soon as it is asked for."""
        if cached_dependencies is not None:  # Else it is being tracked.
            self._make_dependency(name)
        return super()._lookup_dependency(name)

    def _make_dependency(self, name):
        if name == "iter":
            _ = self.iterations
        elif name in self._hyper:
            self._create_hypers()


def _var_key(var):
    """What identifies a variable, or its part on one device."""
    return var._unique_id
