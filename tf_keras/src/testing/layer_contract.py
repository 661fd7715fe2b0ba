"""What every layer keeps: the author gives one layer and one input shape."""

import copy
import json
import os
import pickle

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.core.dtype_policy import global_policy, policy_scope

_FILES = ("model.keras", "model.h5")


class _Subclassed(tf_keras.Model):
    """A model whose `call` is Python."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def call(self, inputs):
        return self.layer(inputs)


class LayerContract(tf.test.TestCase):
    """Checks a layer. A test inherits it and writes `make_layer`.

    Attributes:
        input_shape: Shape of the inputs with the batch axis, or a list of
            shapes for a layer that takes several; or write `make_inputs`.
        input_dtype: Dtype of the inputs.
        passes_mask: What becomes of the input's mask: True, it leaves with
            the output; False, it ends here; None, the layer takes care of
            masks in its own way and tests it itself.
        jit_compile: True, or the reason why XLA can't compile the layer.
        half_tolerance: How far float16 and bfloat16 outputs may be from
            float32's, relative and absolute.
        has_gradient: Whether gradients flow to the inputs.
        is_portable: Whether files bring the layer back without Python code.
        computes_floats: False, if outputs are integers, strings or counts,
            whatever the dtype of the layer's policy is.
        training: The training flag of all calls; None for none.
    """

    __test__ = False  # pytest collects subclasses only.

    input_shape = None
    input_dtype = "float32"
    passes_mask = False
    jit_compile = True
    half_tolerance = 5e-2
    has_gradient = True
    is_portable = True
    computes_floats = True
    training = None

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.__test__ = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls is LayerContract:
            cls.skipTest(cls, "the contract itself, without a layer")

    def setUp(self):
        super().setUp()
        # Not `clear_session`: collecting garbage takes longer than a test.
        tf_keras.backend.reset_uids()
        tf_keras.utils.set_random_seed(7)

    # What a test gives ---------------------------------------------------

    def make_layer(self):
        """Returns a new layer."""
        raise NotImplementedError

    def make_inputs(self):
        """Returns an array, or a list of arrays; the same at each call."""
        if isinstance(self.input_shape, list):
            return [
                self._array(shape, seed)
                for seed, shape in enumerate(self.input_shape)
            ]
        return self._array(self.input_shape, 0)

    def _array(self, shape, seed):
        random = np.random.RandomState(seed)
        if self.input_dtype == "string":
            return random.choice(["a", "b", "c d", "e"], shape).astype(object)
        if tf.as_dtype(self.input_dtype).is_integer:
            return random.randint(0, 4, shape).astype(self.input_dtype)
        return random.uniform(-1, 1, shape).astype(self.input_dtype)

    # Helpers -------------------------------------------------------------

    def built_layer(self, dtype=None):
        """Returns a built layer with random weights, and its outputs.

        Args:
            dtype: The policy for it and for layers inside of it; None for
                the global one.
        """
        with policy_scope(dtype or global_policy()):
            layer = self.make_layer()
        inputs = self.make_inputs()
        self.call(layer, inputs)
        random = np.random.RandomState(11)
        layer.set_weights(
            [
                random.uniform(0.2, 1, w.shape).astype(w.dtype)
                if tf.as_dtype(w.dtype).is_floating
                else w
                for w in layer.get_weights()
            ]
        )
        return layer, self.call(layer, inputs)

    def call(self, layer, inputs):
        """Calls a layer or a model, under the training flag if there is one."""
        if self.training is None:
            return layer(inputs)
        return layer(inputs, training=self.training)

    def symbolic_inputs(self, batch_size=None):
        """Returns `Input`s like the inputs."""

        def symbolic(value):
            value = tf.convert_to_tensor(value)
            return tf_keras.Input(
                value.shape[1:],
                batch_size=batch_size and value.shape[0],
                dtype=value.dtype,
            )

        return tf.nest.map_structure(symbolic, self.make_inputs())

    def make_model(self, layer):
        """Returns a graph model of the layer alone."""
        inputs = self.symbolic_inputs()
        return tf_keras.Model(inputs, self.call(layer, inputs))

    def check_same(self, outputs, expected, tolerance=1e-5):
        """Checks that two nests of tensors are equal."""
        outputs, expected = tf.nest.flatten(outputs), tf.nest.flatten(expected)
        self.assertEqual(len(outputs), len(expected))
        for one, other in zip(outputs, expected):
            self.assertEqual(one.dtype, other.dtype)
            self.assertAllClose(one, other, rtol=tolerance, atol=tolerance)

    # The calls -----------------------------------------------------------

    def test_eager_traced_and_symbolic_calls_agree(self):
        layer, expected = self.built_layer()
        traced = tf.function(lambda x: self.call(layer, x))
        self.check_same(traced(self.make_inputs()), expected)
        symbolic = self.call(layer, self.symbolic_inputs(batch_size=True))
        for symbol, value in zip(
            tf.nest.flatten(symbolic), tf.nest.flatten(expected)
        ):
            self.assertTrue(symbol.shape.is_compatible_with(value.shape))
            self.assertEqual(symbol.dtype, value.dtype)

    def test_takes_an_unknown_batch_size(self):
        layer, expected = self.built_layer()
        model = self.make_model(layer)
        self.check_same(self.call(model, self.make_inputs()), expected)
        inputs = self.symbolic_inputs()
        for symbol, value in zip(
            tf.nest.flatten(self.call(layer, inputs)), tf.nest.flatten(expected)
        ):
            self.assertEqual(symbol.shape.rank, value.shape.rank)
            self.assertTrue(symbol.shape.is_compatible_with(value.shape))

    def test_tells_the_shape_of_its_outputs(self):
        layer, expected = self.built_layer()
        for batch_size in (None, True):
            inputs = self.symbolic_inputs(batch_size)
            shapes = layer.compute_output_shape(
                tf.nest.map_structure(lambda x: x.shape, inputs)
            )
            tf.nest.map_structure(
                lambda shape, value: self.assertTrue(
                    tf.TensorShape(shape).is_compatible_with(value.shape),
                    f"{shape} for {value.shape}",
                ),
                shapes,
                expected,
            )

    def test_gradients_agree(self):
        layer, expected = self.built_layer()
        if not self.has_gradient:
            return
        inputs = tf.nest.map_structure(tf.constant, self.make_inputs())

        def gradients(inputs):
            sources = [*tf.nest.flatten(inputs), *layer.trainable_weights]
            with tf.GradientTape() as tape:
                tape.watch(tf.nest.flatten(inputs))
                outputs = self.call(layer, inputs)
                loss = tf.add_n(
                    [
                        tf.reduce_sum(tf.square(y))
                        for y in tf.nest.flatten(outputs)
                    ]
                )
            return [
                tf.convert_to_tensor(gradient)
                for gradient in tape.gradient(loss, sources)
                if gradient is not None
            ]

        eager = gradients(inputs)
        self.assertLen(
            eager, len(tf.nest.flatten(inputs)) + len(layer.trainable_weights)
        )
        self.check_same(tf.function(gradients)(inputs), eager, 1e-4)

    def test_xla_agrees(self):
        if self.jit_compile is not True:
            self.skipTest(f"XLA can't compile it: {self.jit_compile}")
        layer, expected = self.built_layer()
        compiled = tf.function(lambda x: self.call(layer, x), jit_compile=True)
        self.check_same(compiled(self.make_inputs()), expected, 1e-4)

    # Copies --------------------------------------------------------------

    def test_config_and_weights_come_back(self):
        layer, expected = self.built_layer()
        config = tf_keras.layers.serialize(layer)
        if self.is_portable:
            config = json.loads(json.dumps(config))
        again = tf_keras.layers.deserialize(config)
        self.call(again, self.make_inputs())
        again.set_weights(layer.get_weights())
        self.check_same(self.call(again, self.make_inputs()), expected)
        self.assertEqual(again.get_config(), layer.get_config())
        self.assertEqual(
            [w.name for w in again.weights], [w.name for w in layer.weights]
        )

    def test_copies_and_pickles_are_equal_and_separate(self):
        layer, expected = self.built_layer()
        copies = [copy.deepcopy(layer)]
        if self.is_portable:
            copies.append(pickle.loads(pickle.dumps(layer)))
        for copied in copies:
            self.check_same(self.call(copied, self.make_inputs()), expected)
            copied.set_weights([w + w for w in copied.get_weights()])
            self.check_same(self.call(layer, self.make_inputs()), expected)

    def test_comes_back_from_every_kind_of_file(self):
        layer, expected = self.built_layer()
        model = self.make_model(layer)
        folder = self.get_temp_dir()
        for file in _FILES:
            path = os.path.join(folder, file)
            model.save(path)
            again = tf_keras.models.load_model(path, safe_mode=self.is_portable)
            self.check_same(self.call(again, self.make_inputs()), expected)
        path = os.path.join(folder, "served")
        model.export(path)
        loaded = tf.saved_model.load(path)
        served = loaded.serve(self.make_inputs())
        self.check_same(
            tf.nest.flatten(served), tf.nest.flatten(expected), 1e-4
        )

    def test_comes_back_as_a_saved_model(self):
        layer, expected = self.built_layer()

        class Holder(tf.Module):
            def __init__(self, call, specs):
                super().__init__()
                self.layer = layer
                self.run = tf.function(call, input_signature=[specs])

        specs = tf.nest.map_structure(
            lambda x: tf.TensorSpec([None, *x.shape[1:]], x.dtype),
            tf.nest.map_structure(tf.convert_to_tensor, self.make_inputs()),
        )
        holder = Holder(lambda x: self.call(layer, x), specs)
        path = os.path.join(self.get_temp_dir(), "saved")
        tf.saved_model.save(holder, path)
        again = tf.saved_model.load(path)
        self.check_same(
            tf.nest.flatten(again.run(self.make_inputs())),
            tf.nest.flatten(expected),
        )

    def test_stands_in_models_of_every_kind(self):
        layer, expected = self.built_layer()
        inputs = self.make_inputs()
        models = [tf_keras.models.clone_model(self.make_model(layer))]
        if not isinstance(inputs, list):
            shape = (None, *inputs.shape[1:])
            first = tf_keras.layers.InputLayer(
                batch_input_shape=shape,
                dtype=tf.convert_to_tensor(inputs).dtype.name,
            )
            config = layer.get_config()
            models.append(
                tf_keras.Sequential([first, type(layer).from_config(config)])
            )
            models.append(_Subclassed(type(layer).from_config(config)))
            self.call(models[-1], inputs)
        for model in models:
            model.set_weights(layer.get_weights())
            self.check_same(self.call(model, inputs), expected)
        self.assertEqual(
            [w.shape for w in layer.get_weights()],
            [w.shape for w in models[0].get_weights()],
        )

    # Dtypes --------------------------------------------------------------

    def test_computes_in_16_bits_over_float32_weights(self):
        self._skip_without_floats()
        _, expected = self.built_layer()
        for dtype in ("float16", "bfloat16"):
            layer, outputs = self.built_layer(f"mixed_{dtype}")
            for weight in layer.trainable_weights:
                self.assertEqual(weight.dtype, tf.float32)
            self.check_half(outputs, expected, dtype)

    def _skip_without_floats(self):
        if not self.computes_floats:
            self.skipTest("its outputs don't follow the policy")

    def test_computes_in_16_bits_alone(self):
        self._skip_without_floats()
        name = "test_computes_in_16_bits_over_float32_weights"
        if getattr(type(self), name) is not getattr(LayerContract, name):
            self.skipTest(f"excused from it as from {name}")
        _, expected = self.built_layer()
        for dtype in ("float16", "bfloat16"):
            _, outputs = self.built_layer(dtype)
            self.check_half(outputs, expected, dtype)

    def check_half(self, outputs, expected, dtype):
        """Checks outputs in 16 bits against those in float32."""
        for one, other in zip(
            tf.nest.flatten(outputs), tf.nest.flatten(expected)
        ):
            self.assertEqual(one.dtype.name, dtype)
            self.assertAllClose(
                tf.cast(one, tf.float32),
                other,
                rtol=self.half_tolerance,
                atol=self.half_tolerance,
            )

    def test_computes_in_64_bits(self):
        self._skip_without_floats()
        _, expected = self.built_layer()
        layer, outputs = self.built_layer("float64")
        for weight in layer.trainable_weights:
            self.assertEqual(weight.dtype, tf.float64)
        for one, other in zip(
            tf.nest.flatten(outputs), tf.nest.flatten(expected)
        ):
            self.assertEqual(one.dtype, tf.float64)
            self.assertAllClose(one, tf.cast(other, tf.float64), 1e-4, 1e-4)

    # Masks ---------------------------------------------------------------

    def test_passes_or_ends_a_mask(self):
        layer, _ = self.built_layer()
        inputs = tf.nest.map_structure(tf.constant, self.make_inputs())
        mask = None
        for tensor in tf.nest.flatten(inputs):
            mask = tf.ones(tensor.shape[:2], tf.bool)
            tensor._keras_mask = mask
        if self.passes_mask is None:
            return
        outputs = self.call(layer, inputs)
        for output in tf.nest.flatten(outputs):
            found = getattr(output, "_keras_mask", None)
            if self.passes_mask:
                self.assertAllEqual(found, mask)
            else:
                self.assertIsNone(found)
