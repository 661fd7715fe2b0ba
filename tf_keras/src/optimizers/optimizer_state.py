"""What an optimizer remembers: steps, slots, and how both come back."""

import functools
import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src.distribute.replica_values import parts
from tf_keras.src.distribute.strategies import beside
from tf_keras.src.foundation.config import floatx
from tf_keras.src.foundation.kernels import zeros
from tf_keras.src.foundation.tf_internals import (
    AutoTrackable,
    NoDependency,
    make_variable,
)


def _for_all_variables(build):
    """Wraps a `build`, so that it can be called again with new variables.

    It gets all variables then, those it has met first, and the slots that
    these have already are handed out again instead of made.
    """

    @functools.wraps(build)
    def build_all(self, var_list):
        if self._is_building:  # A call of super().build().
            return build(self, var_list)
        return self._build_once(build, var_list)

    return build_all


class CallableList(list):
    """A list that gives itself when called, as `variables()` once did."""

    def __call__(self):
        """Returns the list."""
        return self


class OptimizerState(AutoTrackable):
    """The variables of an optimizer: a count of steps, and slots.

    A slot is a variable beside a variable of the model, such as its momentum.
    """

    def _start_state(self):
        """Attributes that checkpoints don't follow, then the count."""
        vars(self).update(
            _is_building=False,
            _index_dict={},
            _known=[],
            _known_ids=set(),
            _constraints={},
            _slots={},
            _slots_of_before={},
            _pending_values=None,
        )
        self._variables = []
        self._make_iterations()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "build" in vars(cls):
            cls.build = _for_all_variables(cls.build)

    def _make_iterations(self):
        with tf.init_scope():
            self._iterations = state_variable(0, "iteration", tf.int64)
            vars(self)["_one"] = tf.constant(1, tf.int64)
        self._variables.append(self._iterations)

    @property
    def iterations(self):
        """The count of steps taken, an int64 variable."""
        return self._iterations

    @iterations.setter
    def iterations(self, variable):
        if self._index_dict:
            raise RuntimeError(
                "`iterations` can't become another variable once the "
                "optimizer has state. Set it first, or assign a value: "
                f"`optimizer.iterations.assign(value)`. Received: {variable}"
            )
        self._variables[0] = variable
        self._iterations = variable

    @property
    def variables(self):
        """All variables of the optimizer's state; `variables()` works too."""
        return CallableList(self._variables)

    def build(self, var_list):
        """Gives each variable its place; a subclass makes slots.

        Args:
            var_list: The variables to be updated, all that were met so far.
        """
        for index, variable in enumerate(var_list):
            for part in (variable, *parts(variable)):
                self._index_dict[self._var_key(part)] = index

    build = _for_all_variables(build)

    def meet(self, var_list):
        """Gives state to variables that a step meets for the first time.

        It stands in the optimizer's name scope then, `Adam/m/kernel`; what a
        call of `build` makes does not, `m/kernel`.

        Args:
            var_list: Variables, with a gradient or without.
        """
        if self._known_ids.issuperset(map(id, var_list)):
            return
        scope = f"{self.name or type(self).__name__}/"
        with tf.init_scope(), tf.name_scope(scope):
            self.build(var_list)

    def _build_once(self, build, var_list):
        by_id = {id(variable): variable for variable in var_list}
        new = [var for key, var in by_id.items() if key not in self._known_ids]
        if not new:
            return
        known = self._known + new
        vars(self).update(
            _is_building=True,
            _slots_of_before={key: list(v) for key, v in self._slots.items()},
        )
        self._built = False
        try:
            with tf.init_scope():
                build(self, known)
        finally:
            vars(self).update(_is_building=False, _slots_of_before={})
        self._built = True
        vars(self).update(_known=known, _known_ids=set(map(id, known)))
        for variable in new:
            if getattr(variable, "constraint", None) is not None:
                self._constraints[id(variable)] = variable.constraint
        # At once, also while a step is traced.
        with tf.init_scope():
            self._adopt_pending_values()

    def build_again(self):
        """Makes the slots that an option set late asks for."""
        known = self._known
        vars(self).update(_known=[], _known_ids=set())
        self.build(known)

    def add_variable_from_reference(
        self, model_variable, variable_name, shape=None, initial_value=None
    ):
        """Returns a variable of state beside a variable of the model.

        Args:
            model_variable: The variable to be updated.
            variable_name: What the state is, as `"momentum"`.
            shape: Its shape; that of the model's variable by default.
            initial_value: Its first value; zeros by default.
        """
        key = (variable_name, self._var_key(model_variable))
        before = self._slots_of_before.get(key)
        if before:
            return before.pop(0)
        dtype = model_variable.dtype
        if initial_value is None:
            initial_value = _zeros(model_variable, shape)
        elif isinstance(initial_value, tf.Variable):
            initial_value = tf.convert_to_tensor(initial_value, dtype)
        name = model_variable.name.partition(":")[0]
        with beside(model_variable):
            slot = make_variable(
                initial_value,
                name=f"{variable_name}/{name}",
                dtype=dtype,
                trainable=False,
                shape=model_variable.shape if shape is None else None,
            )
        self._slots.setdefault(key, []).append(slot)
        self._variables.append(slot)
        return slot

    def add_variable(self, shape, dtype=None, initializer="zeros", name=None):
        """Returns a variable of state that belongs to no other variable.

        Args:
            shape: Its shape.
            dtype: Its dtype, `floatx()` by default.
            initializer: `"zeros"`, `"ones"`, or a function of shape and
                dtype.
            name: Its name.
        """
        before = self._slots_of_before.get((name, None))
        if before:
            return before.pop(0)
        if isinstance(initializer, str):
            initializer = {"zeros": tf.zeros, "ones": tf.ones}[initializer]
        dtype = tf.as_dtype(dtype or floatx())
        with tf.init_scope():
            variable = make_variable(
                initializer(shape, dtype=dtype),
                name=name,
                dtype=dtype,
                trainable=False,
            )
        self._slots.setdefault((name, None), []).append(variable)
        self._variables.append(variable)
        return variable

    def add_slots(self, var_list, *names, **initial_values):
        """Returns, for each name, a list of a variable for each variable.

        Args:
            var_list: The variables to be updated.
            *names: What the state is, as `"m", "v"`.
            **initial_values: The number to start with, for a name; else 0.

        The lists are not tracked: `variables` holds the same variables, and
        plain lists are quicker to look into.
        """
        lists = tuple([] for _ in names)
        for variable in var_list:
            for name, slots in zip(names, lists):
                start = None
                if name in initial_values:
                    start = tf.cast(
                        tf.fill(tf.shape(variable), initial_values[name]),
                        variable.dtype,
                    )
                slots.append(
                    self.add_variable_from_reference(
                        variable, name, initial_value=start
                    )
                )
        lists = [NoDependency(slots) for slots in lists]
        return lists if len(names) > 1 else lists[0]

    def _var_key(self, variable):
        """What identifies a variable, or its part on one device."""
        return variable._unique_id

    def index_of(self, variable):
        """Returns the place of a variable in the lists that `build` made."""
        return self._index_dict[variable._unique_id]

    def get_weights(self):
        """Returns the values of all variables of the state, as arrays."""
        return [variable.numpy() for variable in self._variables]

    def set_weights(self, weights):
        """Sets the values of all variables of the state.

        Args:
            weights: Arrays in the order of `variables`.

        Raises:
            ValueError: If the optimizer is not built, or counts or shapes
                differ.
        """
        if not self._index_dict:
            raise ValueError(
                "The optimizer has no state yet. Call "
                "`optimizer.build(variables)` before `set_weights()`."
            )
        if len(weights) != len(self._variables):
            raise ValueError(
                f"The optimizer has {len(self._variables)} variables. "
                f"Received {len(weights)} values."
            )
        for variable, value in zip(self._variables, weights):
            if not variable.shape.is_compatible_with(np.shape(value)):
                raise ValueError(
                    f"Optimizer variable {variable.name!r} has shape "
                    f"{variable.shape}. Received a value of shape "
                    f"{np.shape(value)}."
                )
            variable.assign(value)
        self.state_was_set()

    def state_was_set(self):
        """Computes what depends on the state, after all of it was set."""

    def save_own_variables(self, store):
        """Writes the values of all variables to a dict of arrays.

        Args:
            store: A mutable mapping from `"0"`, `"1"`, ... to arrays.
        """
        for index, variable in enumerate(self._variables):
            store[str(index)] = variable.numpy()

    save_own_variables.puts_in_order = True

    def load_own_variables(self, store):
        """Reads what `save_own_variables` wrote.

        Args:
            store: The mapping. If its size is another than that of the
                state, nothing is read, with a warning.
        """
        if len(store.keys()) != len(self._variables):
            warnings.warn(
                f"The state of optimizer {self.name!r} is not loaded: it has "
                f"{len(self._variables)} variables, the file has "
                f"{len(store.keys())}. Training goes on from the loaded "
                "weights with a fresh optimizer.",
                stacklevel=2,
            )
            return
        for index, variable in enumerate(self._variables):
            variable.assign(store[str(index)])
        self.state_was_set()

    # So that files may set the variables themselves, without copies.
    load_own_variables.sets_in_order = True

    def __deepcopy__(self, memo):
        """A copy with own state, for the same (or the copied) variables."""
        copy = type(self).from_config(self._live_config())
        memo[id(self)] = copy
        if self._known:
            copy.build([memo.get(id(var), var) for var in self._known])
            copy.set_weights(self.get_weights())
        return copy

    def __reduce__(self):
        values = self.get_weights()
        return _unpickle, (type(self), self._live_config(), values)

    def _adopt_pending_values(self):
        """Takes up the state that was pickled, once there are variables."""
        values, self.__dict__["_pending_values"] = self._pending_values, None
        if values is None:
            return
        shapes = [tuple(variable.shape) for variable in self._variables]
        if shapes == [value.shape for value in values]:
            self.set_weights(values)


def _unpickle(cls, config, values):
    optimizer = cls.from_config(config)
    optimizer._iterations.assign(values[0])
    if len(values) > 1:
        vars(optimizer)["_pending_values"] = values
    return optimizer


def state_variable(value, name, dtype):
    return make_variable(
        value,
        name=name,
        dtype=dtype,
        trainable=False,
        aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
    )


def _zeros(variable, shape):
    if shape is None:
        shape = variable.shape
        if not shape.is_fully_defined():
            return tf.zeros_like(variable)
    return zeros(tf.TensorShape(shape), variable.dtype)
