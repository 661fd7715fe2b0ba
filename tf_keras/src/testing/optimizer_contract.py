"""What every optimizer keeps: the author gives its update in NumPy."""

import copy
import pickle

import numpy as np
import tensorflow as tf

_STEPS = 4


class OptimizerContract:
    """Checks an optimizer. A test inherits it beside `tf.test.TestCase`.

    The test writes `make_optimizer(**kwargs)` and `updates(value, gradients,
    learning_rate)`, which yields the value after each gradient, computed in
    float64 as the paper says. `learning_rate` is that of `make_optimizer`.
    """

    learning_rate = 0.1
    slots = ()  # What the optimizer keeps for a matrix, by name.

    def make_optimizer(self, **kwargs):
        raise NotImplementedError

    def updates(self, value, gradients, learning_rate):
        raise NotImplementedError

    # Numbers -----------------------------------------------------------------

    def _values(self):
        random = np.random.RandomState(0)
        shapes = ((3, 2), (2,), ())
        return [np.asarray(random.normal(size=shape)) for shape in shapes]

    def _gradients(self, value, seed):
        random = np.random.RandomState(seed)
        return [random.normal(size=value.shape) for _ in range(_STEPS)]

    def _expected(self, values, gradients, learning_rate=None):
        rate = learning_rate or self.learning_rate
        return [
            list(self.updates(value, of_value, rate))[-1]
            for value, of_value in zip(values, gradients)
        ]

    def _train(self, optimizer, dtype=tf.float32, jit_compile=None):
        """The variables after some steps, and what they should be."""
        values = self._values()
        gradients = [self._gradients(v, i) for i, v in enumerate(values)]
        variables = [tf.Variable(v, dtype=dtype, name="v") for v in values]
        optimizer.build(variables)

        def step(gradients):
            optimizer.apply_gradients(zip(gradients, variables))

        if jit_compile is not None:
            step = tf.function(step, jit_compile=jit_compile)
        for of_step in zip(*gradients):
            step([tf.constant(gradient, dtype) for gradient in of_step])
        return variables, self._expected(values, gradients)

    def test_agrees_with_numpy(self):
        optimizer = self.make_optimizer()
        variables, expected = self._train(optimizer)
        for variable, value in zip(variables, expected):
            self.assertAllClose(variable, value, rtol=1e-5, atol=1e-6)
        self.assertEqual(int(optimizer.iterations), _STEPS)

    def test_agrees_with_numpy_in_double_precision(self):
        for jit_compile in (None, False):  # Eagerly, and in a graph.
            variables, expected = self._train(
                self.make_optimizer(), tf.float64, jit_compile
            )
            for variable, value in zip(variables, expected):
                self.assertAllClose(variable, value, rtol=1e-6, atol=1e-7)

    def test_graphs_and_xla_agree(self):
        for jit_compile in (False, True):
            optimizer = self.make_optimizer()
            variables, expected = self._train(
                optimizer, jit_compile=jit_compile
            )
            for variable, value in zip(variables, expected):
                self.assertAllClose(variable, value, rtol=1e-4, atol=1e-5)

    def test_half_precision_stays_half_and_finite(self):
        for dtype in (tf.float16, tf.bfloat16):
            variables, _ = self._train(self.make_optimizer(), dtype)
            for variable in variables:
                self.assertEqual(variable.dtype, dtype)
                finite = tf.math.is_finite(tf.cast(variable, tf.float32))
                self.assertTrue(bool(tf.reduce_all(finite)))

    def test_sparse_gradients_sum_rows_that_stand_twice(self):
        value = np.random.RandomState(1).normal(size=(5, 2))
        rows = [[1, 1, 3], [0, 3, 0], [4, 1, 1], [2, 2, 2]]
        random = np.random.RandomState(2)
        parts = [random.normal(size=(3, 2)) for _ in rows]
        dense = []
        for of_step, part in zip(rows, parts):
            gradient = np.zeros_like(value)
            np.add.at(gradient, of_step, part)
            dense.append(gradient)
        for run in (lambda f: f, tf.function):
            variable = tf.Variable(value, dtype=tf.float32)
            optimizer = self.make_optimizer()
            optimizer.build([variable])

            @run
            def step(part, of_step):
                slices = tf.IndexedSlices(part, of_step, (5, 2))
                optimizer.apply_gradients([(slices, variable)])

            for part, of_step in zip(parts, rows):
                step(tf.constant(part, tf.float32), tf.constant(of_step))
            expected = self._expected([value], [dense])[0]
            self.assertAllClose(variable, expected, rtol=1e-5, atol=1e-6)

    def test_follows_a_learning_rate_set_later(self):
        variable = tf.Variable([1.0, 2.0])
        optimizer = self.make_optimizer()
        optimizer.build([variable])
        optimizer.learning_rate = 0.02
        gradient = np.array([0.3, -0.2])
        optimizer.apply_gradients(
            [(tf.constant(gradient, tf.float32), variable)]
        )
        expected = self._expected([np.array([1.0, 2.0])], [[gradient]], 0.02)[0]
        self.assertAllClose(variable, expected, rtol=1e-5, atol=1e-6)

    # State -------------------------------------------------------------------

    def test_state_has_the_recorded_names(self):
        for make_state, scope in (("build", ""), ("meet", "opt/")):
            optimizer = self.make_optimizer(name="opt")
            weight = tf.Variable(np.ones((3, 2)), name="w")
            getattr(optimizer, make_state)([weight])
            names = [variable.name for variable in optimizer.variables]
            expected = [f"{scope}{slot}/w:0" for slot in self.slots]
            self.assertEqual(names, ["iteration:0", *expected])

    def test_variables_met_late_get_state_and_the_others_keep_theirs(self):
        early, late = (tf.Variable([1.0, 2.0], name=n) for n in "ab")
        alone = tf.Variable([1.0, 2.0])
        optimizer, of_alone = self.make_optimizer(), self.make_optimizer()
        gradient = tf.constant([0.3, -0.2])
        for _ in range(2):
            optimizer.apply_gradients([(gradient, early)])
            of_alone.apply_gradients([(gradient, alone)])
        optimizer.apply_gradients([(gradient, early), (gradient, late)])
        of_alone.apply_gradients([(gradient, alone)])
        self.assertAllClose(early, alone)
        self.assertNotAllClose(late, [1.0, 2.0])

    def test_copies_and_pickles_go_on_alike(self):
        optimizer = self.make_optimizer()
        variables, _ = self._train(optimizer)
        values = [variable.numpy() for variable in variables]
        gradients = [tf.ones_like(variable) for variable in variables]
        copies = [
            copy.deepcopy(optimizer),
            pickle.loads(pickle.dumps(optimizer)),
        ]
        results = []
        for one in (optimizer, *copies):
            for variable, value in zip(variables, values):
                variable.assign(value)
            one.apply_gradients(zip(gradients, variables))
            results.append([variable.numpy() for variable in variables])
        for result in results[1:]:
            self.assertAllClose(result, results[0])

    def test_saved_state_goes_on_alike(self):
        optimizer = self.make_optimizer()
        variables, _ = self._train(optimizer)
        values = [variable.numpy() for variable in variables]
        store = {}
        optimizer.save_own_variables(store)
        again = self.make_optimizer()
        again.build(variables)
        again.load_own_variables(store)
        gradients = [tf.ones_like(variable) for variable in variables]
        optimizer.apply_gradients(zip(gradients, variables))
        expected = [variable.numpy() for variable in variables]
        for variable, value in zip(variables, values):
            variable.assign(value)
        again.apply_gradients(zip(gradients, variables))
        self.assertAllClose([v.numpy() for v in variables], expected)

    def test_config_makes_the_optimizer_again(self):
        optimizer = self.make_optimizer(clipnorm=1.0, use_ema=True)
        config = optimizer.get_config()
        again = type(optimizer).from_config(config)
        self.assertEqual(again.get_config(), config)
