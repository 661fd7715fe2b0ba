"""Tests of Layer: its seven steps, and what authors see of it."""

import copy
import pickle
import threading

import numpy as np
import tensorflow as tf

from tf_keras.src.backend import scopes
from tf_keras.src.core.dtype_policy import policy_scope
from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer


class Affine(Layer):
    """`inputs @ kernel + bias`."""

    def __init__(self, units=2, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(
            "kernel", (input_shape[-1], self.units), initializer="ones"
        )
        self.bias = self.add_weight("bias", (self.units,), initializer="zeros")
        super().build(input_shape)

    def call(self, inputs):
        return tf.matmul(inputs, self.kernel) + self.bias


class Stack(Layer):
    """Two layers, one after the other."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.first, self.second = Affine(3), Affine(2)

    def call(self, inputs):
        return self.second(self.first(inputs))


class Tell(Layer):
    """Notes the training flag it got."""

    def call(self, inputs, training=None):
        self.seen = training
        return inputs


class TellDefault(Tell):
    """The same, with another default."""

    def call(self, inputs, training=True):
        self.seen = training
        return inputs


class Around(Layer):
    """Calls a layer, without taking `training`."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, inputs):
        return self.inner(inputs)


class NameTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        scopes.clear_session()

    def test_automatic_names_count(self):
        class GlobalMaxPooling2D(Layer):
            pass

        self.assertEqual(
            [GlobalMaxPooling2D().name for _ in range(3)],
            [
                "global_max_pooling2d",
                "global_max_pooling2d_1",
                "global_max_pooling2d_2",
            ],
        )

    def test_names_start_again_after_clear_session(self):
        self.assertEqual(Affine().name, "affine")
        scopes.clear_session()
        self.assertEqual(Affine().name, "affine")

    def test_keeps_a_given_name(self):
        self.assertEqual(Layer(name="a b").name, "a b")

    def test_refuses_a_name_that_is_no_string(self):
        with self.assertRaisesRegex(TypeError, "string.*3"):
            Layer(name=3)

    def test_name_is_read_only(self):
        with self.assertRaisesRegex(AttributeError, '"name".*read-only'):
            Layer().name = "other"

    def test_weights_carry_the_names_of_layers(self):
        stack = Stack(name="stack")
        stack(np.ones((2, 4), "float32"))
        self.assertEqual(
            [weight.name for weight in stack.weights],
            [
                "stack/affine/kernel:0",
                "stack/affine/bias:0",
                "stack/affine_1/kernel:0",
                "stack/affine_1/bias:0",
            ],
        )

    def test_outer_name_scopes_are_in_front(self):
        with tf.name_scope("outer"):
            layer = Affine(name="inner")
            layer(np.ones((2, 4), "float32"))
        self.assertEqual(layer.kernel.name, "outer/inner/kernel:0")

    def test_a_name_that_is_no_scope_is_made_one(self):
        layer = Affine(name="a b")
        layer(np.ones((2, 4), "float32"))
        symbolic = Affine(name="c d")
        symbolic(Input((4,)))
        self.assertLen(layer.weights, 2)
        self.assertLen(symbolic.weights, 2)


class BuildTest(tf.test.TestCase):
    def test_builds_on_the_first_call(self):
        layer = Affine()
        self.assertFalse(layer.built)
        self.assertEqual(layer.weights, [])
        outputs = layer(np.ones((2, 3), "float32"))
        self.assertTrue(layer.built)
        self.assertAllEqual(outputs, 3 * np.ones((2, 2)))

    def test_builds_once(self):
        counts = []

        class Counted(Affine):
            def build(self, input_shape):
                counts.append(input_shape)
                super().build(input_shape)

        layer = Counted()
        for rows in (2, 3):
            layer(np.ones((rows, 4), "float32"))
        self.assertEqual(counts, [tf.TensorShape([2, 4])])

    def test_builds_by_shape(self):
        for shape in ((None, 3), [None, 3], tf.TensorShape([None, 3])):
            layer = Affine()
            layer.build(shape)
            self.assertTrue(layer.built)
            self.assertEqual(layer.kernel.shape, (3, 2))
            layer(np.ones((2, 3), "float32"))
            self.assertLen(layer.weights, 2)

    def test_old_build_that_sets_built_itself(self):
        class Old(Layer):
            def build(self, input_shape):
                self.scale = self.add_weight("scale", (), initializer="ones")
                self.built = True

        layer = Old()
        layer(np.ones((2, 3), "float32"))
        self.assertTrue(layer.built)
        self.assertLen(layer.weights, 1)

    def test_build_that_forgets_both(self):
        class Forgets(Layer):
            def build(self, input_shape):
                self.scale = self.add_weight("scale", ())

        layer = Forgets()
        for _ in range(2):
            layer(np.ones((2, 3), "float32"))
        self.assertLen(layer.weights, 1)
        self.assertTrue(layer.built)

    def test_build_gets_nested_shapes(self):
        shapes = []

        class Nested(Layer):
            def build(self, input_shape):
                shapes.append(input_shape)

        Nested()([tf.ones((2, 3)), {"key": tf.ones((4,))}])
        self.assertEqual(
            shapes, [[tf.TensorShape([2, 3]), {"key": tf.TensorShape([4])}]]
        )

    def test_sublayers_made_in_build_are_found(self):
        class Lazy(Layer):
            def build(self, input_shape):
                self.inner = Affine(input_shape[-1])
                super().build(input_shape)

            def call(self, inputs):
                return self.inner(inputs)

        layer = Lazy()
        layer(np.ones((2, 3), "float32"))
        self.assertLen(layer.weights, 2)

    def test_initial_weights_are_set(self):
        kernel, bias = np.full((3, 2), 5.0), np.ones(2)
        layer = Affine(weights=[kernel, bias])
        outputs = layer(np.ones((1, 3), "float32"))
        self.assertAllEqual(outputs, [[16.0, 16.0]])

    def test_a_built_layer_knows_its_build_config(self):
        layer = Affine()
        self.assertIsNone(layer.get_build_config())
        layer.build((None, 3))
        config = layer.get_build_config()
        self.assertEqual(config, {"input_shape": (None, 3)})
        other = Affine(name="other")
        other.build_from_config(config)
        self.assertEqual(other.kernel.name, "other/kernel:0")


class FailedCallTest(tf.test.TestCase):
    def test_failed_build_leaves_the_layer_as_it_was(self):
        class Picky(Layer):
            def build(self, input_shape):
                self.scale = self.add_weight("scale", (input_shape[-1],))
                self.extra = [Affine()]
                if input_shape[-1] != 3:
                    raise ValueError("three, please")
                super().build(input_shape)

        layer = Picky()
        before = dict(vars(layer))
        with self.assertRaisesRegex(ValueError, "three, please"):
            layer(np.ones((2, 4), "float32"))
        self.assertEqual(vars(layer).keys(), before.keys())
        self.assertFalse(layer.built)
        self.assertEqual(layer.weights, [])
        layer(np.ones((2, 3), "float32"))
        self.assertEqual(layer.scale.shape, (3,))

    def test_failed_first_call_unbuilds_layers_below(self):
        class Fails(Stack):
            def call(self, inputs):
                outputs = super().call(inputs)
                if inputs.shape[-1] == 4:
                    raise ValueError("not four")
                return outputs

        layer = Fails()
        with self.assertRaisesRegex(ValueError, "not four"):
            layer(np.ones((2, 4), "float32"))
        self.assertFalse(layer.first.built)
        self.assertEqual(layer.weights, [])
        layer(np.ones((2, 5), "float32"))
        self.assertEqual(layer.first.kernel.shape, (5, 3))

    def test_failed_symbolic_call_records_nothing(self):
        layer = Affine()
        inputs = Input((4,))
        with self.assertRaises((ValueError, TypeError)):
            layer(inputs[:, 0])
        self.assertEqual(layer.inbound_nodes, [])
        self.assertFalse(layer.built)
        self.assertEqual(layer(inputs).shape, (None, 2))

    def test_failed_later_call_keeps_the_weights(self):
        layer = Stack()
        layer(np.ones((2, 4), "float32"))
        with self.assertRaises(Exception):
            layer(np.ones((2, 5), "float32"))
        self.assertLen(layer.weights, 4)
        layer(np.ones((2, 4), "float32"))

    def test_failed_call_in_a_function_leaves_the_context_clean(self):
        class Fails(Layer):
            def call(self, inputs):
                raise ValueError("always")

        with self.assertRaisesRegex(ValueError, "always"):
            tf.function(Around(Fails()))(tf.ones(2))
        tell = Tell()
        tell(tf.ones(2))
        self.assertIsNone(tell.seen)


class SignatureTest(tf.test.TestCase):
    def test_further_arguments_by_place_and_name(self):
        class Three(Layer):
            def call(self, first, second, third=10.0):
                return first + second + third

        one = tf.constant(1.0)
        self.assertAllEqual(Three()(one, one), 12.0)
        self.assertAllEqual(Three()(one, one, one), 3.0)
        self.assertAllEqual(Three()(one, second=one, third=one), 3.0)
        self.assertAllEqual(Three()(first=one, second=one), 12.0)

    def test_nested_first_argument(self):
        class Sum(Layer):
            def call(self, inputs):
                return inputs["a"] + inputs["b"][0]

        one = np.ones(2, "float32")
        self.assertAllEqual(Sum()({"a": one, "b": [one]}), [2.0, 2.0])
        outputs = Sum()({"a": Input((2,)), "b": [Input((2,))]})
        self.assertEqual(outputs.shape, (None, 2))

    def test_named_tuples_keep_their_type(self):
        import collections

        Pair = collections.namedtuple("Pair", ["left", "right"])

        class Swap(Layer):
            def call(self, inputs):
                return Pair(inputs.right, inputs.left)

        outputs = Swap()(Pair(tf.zeros(2), tf.ones(2)))
        self.assertIsInstance(outputs, Pair)
        self.assertAllEqual(outputs.left, [1.0, 1.0])

    def test_any_keywords(self):
        class Any(Layer):
            def call(self, inputs, **kwargs):
                self.seen = kwargs
                return inputs

        layer = Any()
        layer(tf.ones(2), scale=3, training=True)
        self.assertEqual(layer.seen, {"scale": 3, "training": True})

    def test_arrays_and_numbers_become_tensors(self):
        layer = Layer()
        self.assertIsInstance(layer(np.ones(2)), tf.Tensor)
        self.assertIsInstance(layer(3.0), tf.Tensor)
        self.assertIsInstance(layer([1, 2])[0], tf.Tensor)
        self.assertIsInstance(layer({"a": np.ones(2)})["a"], tf.Tensor)

    def test_first_argument_must_be_there(self):
        with self.assertRaisesRegex(ValueError, "first argument.*'affine"):
            Affine()()

    def test_super_init_must_have_run(self):
        class Forgets(Layer):
            def __init__(self):
                self.units = 3

        with self.assertRaisesRegex(
            RuntimeError, r"super\(\).__init__\(\).*Forgets"
        ):
            Forgets()(tf.ones(2))

    def test_unknown_constructor_argument(self):
        with self.assertRaisesRegex(TypeError, "colour"):
            Affine(colour=3)

    def test_returns_none_numbers_and_nests_as_they_are(self):
        class Mixed(Layer):
            def call(self, inputs):
                return {"x": inputs, "number": 3, "none": None}

        outputs = Mixed()(tf.ones(2))
        self.assertEqual(outputs["number"], 3)
        self.assertIsNone(outputs["none"])

    def test_call_set_on_the_object_is_used(self):
        layer = Affine()
        layer.call = lambda inputs: inputs + 1.0
        self.assertAllEqual(layer(tf.zeros(2)), [1.0, 1.0])


class TrainingTest(tf.test.TestCase):
    def tearDown(self):
        scopes.clear_session()
        super().tearDown()

    def test_explicit_argument_wins(self):
        layer = TellDefault()
        layer(tf.ones(2), training=False)
        self.assertIs(layer.seen, False)
        layer(tf.ones(2), False)
        self.assertIs(layer.seen, False)

    def test_outer_calls_flag_reaches_the_inner_layer(self):
        inner = Tell()
        Around(Around(inner))(tf.ones(2), training=True)
        self.assertIs(inner.seen, True)
        default = TellDefault()
        Around(default)(tf.ones(2), training=False)
        self.assertIs(default.seen, False)

    def test_default_of_call_is_last(self):
        layer = TellDefault()
        layer(tf.ones(2))
        self.assertIs(layer.seen, True)
        plain = Tell()
        plain(tf.ones(2))
        self.assertIsNone(plain.seen)

    def test_learning_phase_goes_before_the_default(self):
        layer = TellDefault()
        with self.assertWarns(UserWarning):
            scopes.set_learning_phase(0)
        layer(tf.ones(2))
        self.assertEqual(layer.seen, False)
        layer(tf.ones(2), training=True)
        self.assertEqual(layer.seen, True)

    def test_tensor_flag_passes(self):
        class Choose(Layer):
            def call(self, inputs, training=None):
                return tf.cond(
                    tf.cast(training, tf.bool),
                    lambda: inputs + 1.0,
                    lambda: inputs,
                )

        layer = Around(Choose())
        self.assertAllEqual(
            layer(tf.zeros(2), training=tf.constant(True)), [1, 1]
        )
        self.assertAllEqual(
            layer(tf.zeros(2), training=tf.constant(False)), [0, 0]
        )

    def test_flag_is_gone_after_the_call(self):
        Around(Tell())(tf.ones(2), training=True)
        layer = Tell()
        layer(tf.ones(2))
        self.assertIsNone(layer.seen)


class ModesTest(tf.test.TestCase):
    def test_agrees_in_every_mode(self):
        x = np.arange(6, dtype="float32").reshape(2, 3)
        layer = Stack()
        eager = layer(x)
        self.assertAllClose(tf.function(layer)(x), eager)
        mapped = tf.data.Dataset.from_tensors(x).map(layer)
        self.assertAllClose(next(iter(mapped)), eager)
        self.assertEqual(layer(Input((3,))).shape, (None, 2))

    def test_first_call_may_be_in_a_function(self):
        layer = Stack()
        x = np.ones((2, 3), "float32")
        traced = tf.function(layer)(x)
        self.assertLen(layer.weights, 4)
        self.assertAllClose(layer(x), traced)

    def test_first_call_may_be_in_dataset_map(self):
        layer = Affine()
        dataset = tf.data.Dataset.from_tensors(np.ones((2, 3), "float32"))
        outputs = next(iter(dataset.map(layer)))
        self.assertAllEqual(outputs, 3 * np.ones((2, 2)))
        self.assertLen(layer.weights, 2)

    def test_gradients_agree_with_plain_tensorflow(self):
        random = np.random.RandomState(0)
        x = random.normal(size=(5, 4)).astype("float32")
        layer = Stack()
        layer(x)
        values = [random.normal(size=weight.shape) for weight in layer.weights]
        layer.set_weights(values)
        plain = [tf.Variable(value, dtype="float32") for value in values]
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(layer(x) ** 2)
        with tf.GradientTape() as plain_tape:
            hidden = x @ plain[0] + plain[1]
            plain_loss = tf.reduce_sum((hidden @ plain[2] + plain[3]) ** 2)
        self.assertAllClose(loss, plain_loss, rtol=1e-6)
        self.assertAllClose(
            tape.gradient(loss, layer.trainable_weights),
            plain_tape.gradient(plain_loss, plain),
            rtol=1e-6,
        )

    def test_a_function_around_a_layer_traces_once_a_signature(self):
        traces = []
        layer = Stack()

        @tf.function
        def run(x):
            traces.append(x.shape)
            return layer(x)

        for _ in range(3):
            run(tf.ones((2, 3)))
        self.assertLen(traces, 2)  # Variables are made in the first trace.
        run(tf.ones((4, 3)))
        self.assertLen(traces, 3)

    def test_a_dynamic_layer_runs_eagerly_and_infers_by_shape(self):
        class Dynamic(Layer):
            def __init__(self):
                super().__init__(dynamic=True)

            def call(self, inputs):
                return inputs * float(tf.reduce_sum(inputs))

            def compute_output_shape(self, input_shape):
                return input_shape

        layer = Dynamic()
        self.assertTrue(layer.dynamic)
        self.assertTrue(Around(layer).dynamic)
        self.assertAllEqual(layer(tf.ones(2)), [2.0, 2.0])
        self.assertEqual(layer(Input((3,))).shape, (None, 3))
        self.assertEqual(Around(layer)(Input((3,))).shape, (None, 3))

    def test_a_dynamic_layer_without_shape_says_what_to_write(self):
        with self.assertRaisesRegex(
            NotImplementedError, "'eager'.*compute_output_shape"
        ):
            Layer(dynamic=True, name="eager")(Input((3,)))


class ShapesTest(tf.test.TestCase):
    def test_finds_the_output_shape_by_calling(self):
        layer = Stack()
        shape = layer.compute_output_shape((None, 4))
        self.assertEqual(shape, tf.TensorShape([None, 2]))
        self.assertEqual(
            layer.compute_output_shape([7, 4]), tf.TensorShape([7, 2])
        )

    def test_nested_output_shapes(self):
        class Split(Layer):
            def call(self, inputs):
                return {"a": inputs[:, :1], "b": [inputs[:, 1:]]}

        self.assertEqual(
            Split().compute_output_shape((None, 3)),
            {"a": tf.TensorShape([None, 1]), "b": [tf.TensorShape([None, 2])]},
        )

    def test_nested_input_shapes(self):
        class Sum(Layer):
            def call(self, inputs):
                return inputs[0] + inputs[1]

        self.assertEqual(
            Sum().compute_output_shape([(None, 3), (None, 3)]),
            tf.TensorShape([None, 3]),
        )

    def test_signature_has_the_compute_dtype(self):
        signature = Affine(dtype="mixed_bfloat16").compute_output_signature(
            tf.TensorSpec((None, 3), "float32")
        )
        self.assertEqual(signature, tf.TensorSpec((None, 2), "bfloat16"))

    def test_does_not_disturb_the_graph(self):
        layer = Affine()
        layer.compute_output_shape((None, 3))
        self.assertEqual(layer.inbound_nodes, [])


class SpecTest(tf.test.TestCase):
    def test_checks_the_input(self):
        layer = Layer(name="picky")
        layer.input_spec = InputSpec(ndim=2)
        layer(tf.ones((2, 3)))
        with self.assertRaisesRegex(ValueError, "picky.*ndim=2.*ndim=3"):
            layer(tf.ones((2, 3, 4)))
        with self.assertRaisesRegex(ValueError, "picky.*ndim=2"):
            layer(Input((2, 3)))

    def test_must_be_an_input_spec(self):
        with self.assertRaisesRegex(TypeError, "InputSpec.*3"):
            Layer().input_spec = 3


class ConfigTest(tf.test.TestCase):
    def test_reads_constructor_arguments_from_attributes(self):
        layer = Affine(7, name="seven", trainable=False)
        config = layer.get_config()
        self.assertEqual(
            config,
            {
                "name": "seven",
                "trainable": False,
                "dtype": "float32",
                "units": 7,
            },
        )
        again = Affine.from_config(config)
        self.assertEqual(again.get_config(), config)

    def test_old_get_config_updates_the_bases_dict(self):
        class Old(Layer):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self._units = units

            def get_config(self):
                config = super().get_config()
                config.update({"units": self._units})
                return config

        config = Old(3, name="old").get_config()
        self.assertEqual(list(config), ["name", "trainable", "dtype", "units"])
        self.assertEqual(Old.from_config(config)._units, 3)

    def test_tells_which_argument_is_no_plain_data(self):
        class Loses(Layer):
            def __init__(self, units, lock):
                super().__init__()

        with self.assertRaisesRegex(NotImplementedError, "Loses.*'lock'"):
            Loses(3, threading.Lock()).get_config()

    def test_tells_which_config_does_not_fit(self):
        with self.assertRaisesRegex(TypeError, "Affine.*colour"):
            Affine.from_config({"colour": 3})

    def test_holds_the_input_shape_of_a_first_layer(self):
        for given in (
            {"input_shape": (3,), "batch_size": 5},
            {"batch_input_shape": (5, 3)},
            {"input_dim": 3, "batch_size": 5},
        ):
            config = Affine(**given).get_config()
            self.assertEqual(config["batch_input_shape"], (5, 3))

    def test_activity_regularizer_is_in_the_config(self):
        config = Affine(activity_regularizer="l2").get_config()
        again = Affine.from_config(config)
        self.assertAllClose(again.activity_regularizer(tf.ones(3)), 0.03)

    def test_dynamic_is_in_the_config(self):
        self.assertTrue(Layer(dynamic=True).get_config()["dynamic"])


class CopyTest(tf.test.TestCase):
    def check_separate(self, layer, copied, x):
        self.assertAllClose(copied(x), layer(x))
        self.assertEqual(copied.name, layer.name)
        copied.set_weights([w + 1 for w in copied.get_weights()])
        self.assertNotAllClose(copied(x), layer(x))

    def test_deep_copies_are_equal_and_separate(self):
        for dtype in (None, "mixed_bfloat16"):
            layer = Stack(dtype=dtype)
            x = np.ones((2, 3), "float32")
            layer(x)
            self.check_separate(layer, copy.deepcopy(layer), x)

    def test_pickles_are_equal_and_separate(self):
        layer = Affine()
        x = np.ones((2, 3), "float32")
        layer(x)
        self.check_separate(layer, pickle.loads(pickle.dumps(layer)), x)

    def test_a_copy_stands_in_no_graph(self):
        layer = Affine()
        layer(Input((3,)))
        copied = copy.deepcopy(layer)
        self.assertEqual(copied.inbound_nodes, [])
        self.assertLen(layer.inbound_nodes, 1)

    def test_an_unbuilt_layer_is_copied(self):
        copied = copy.deepcopy(Affine(4))
        self.assertEqual(copied(tf.ones((1, 3))).shape, (1, 4))

    def test_a_copied_penalty_is_of_the_copied_weight(self):
        layer = Layer()
        layer.scale = layer.add_weight(
            "scale", (), initializer="ones", regularizer="l2"
        )
        copied = copy.deepcopy(layer)
        copied.scale.assign(10.0)
        self.assertAllClose(layer.losses, [0.01])
        self.assertAllClose(copied.losses, [1.0])


class AttributeTest(tf.test.TestCase):
    def test_dtypes(self):
        layer = Layer(dtype="mixed_float16")
        self.assertEqual(layer.dtype, "float32")
        self.assertEqual(layer.variable_dtype, "float32")
        self.assertEqual(layer.compute_dtype, "float16")
        self.assertEqual(layer.dtype_policy.name, "mixed_float16")
        with policy_scope("float64"):
            self.assertEqual(Layer().dtype, "float64")

    def test_casts_floating_inputs_to_the_compute_dtype(self):
        layer = Layer()
        self.assertEqual(layer(tf.ones(2, tf.float64)).dtype, tf.float32)
        self.assertEqual(layer(tf.ones(2, tf.int64)).dtype, tf.int64)
        nest = layer({"a": tf.ones(2, tf.float64)})
        self.assertEqual(nest["a"].dtype, tf.float32)
        ragged = layer(tf.ragged.constant([[1.0], []], dtype="float64"))
        self.assertEqual(ragged.dtype, tf.float32)

    def test_casts_only_the_first_argument(self):
        class Two(Layer):
            def call(self, first, second):
                return first, second

        first, second = Two()(tf.ones(2, "float64"), tf.ones(2, "float64"))
        self.assertEqual(first.dtype, tf.float32)
        self.assertEqual(second.dtype, tf.float64)

    def test_does_not_cast_without_autocast(self):
        layer = Layer(autocast=False)
        self.assertEqual(layer(tf.ones(2, tf.float64)).dtype, tf.float64)

    def test_stateful_of_any_layer_below(self):
        holder = Layer()
        holder.part = Layer()
        self.assertFalse(holder.stateful)
        holder.part.stateful = True
        self.assertTrue(holder.stateful)

    def test_refuses_a_trainable_that_is_no_boolean(self):
        with self.assertRaisesRegex(TypeError, "trainable.*yes"):
            Layer(trainable="yes")

    def test_read_only_properties_say_so(self):
        for name in ("weights", "dtype", "losses", "input_shape"):
            with self.assertRaisesRegex(AttributeError, f'"{name}"'):
                setattr(Layer(), name, None)

    def test_updates_are_empty_and_run_at_once(self):
        layer = Layer()
        count = tf.Variable(0)
        layer.add_update(lambda: count.assign_add(1))
        self.assertAllEqual(count, 1)
        self.assertEqual(layer.updates, [])

    def test_is_a_module(self):
        stack = Stack(name="stack")
        stack(np.ones((2, 3), "float32"))
        self.assertIsInstance(stack, tf.Module)
        self.assertEqual(set(stack.submodules), {stack.first, stack.second})
        module = tf.Module()
        module.part = stack
        self.assertLen(module.trainable_variables, 4)


if __name__ == "__main__":
    tf.test.main()
