"""Tests of dtype policies."""

import tensorflow as tf

from tf_keras.src.core import dtype_policy
from tf_keras.src.core.dtype_policy import Policy
from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation import config as settings


class PolicyTest(tf.test.TestCase):
    def test_dtypes_of_names(self):
        for name, compute, variable in (
            ("float32", "float32", "float32"),
            ("float64", "float64", "float64"),
            ("int32", "int32", "int32"),
            ("string", "string", "string"),
            ("mixed_float16", "float16", "float32"),
            ("mixed_bfloat16", "bfloat16", "float32"),
            ("_infer", None, None),
        ):
            policy = Policy(name)
            self.assertEqual(policy.name, name)
            self.assertEqual(policy.compute_dtype, compute)
            self.assertEqual(policy.variable_dtype, variable)

    def test_refuses_other_names(self):
        with self.assertRaisesRegex(ValueError, "'flaot32'.*mixed_float16"):
            Policy("flaot32")
        with self.assertRaisesRegex(TypeError, "'float32'"):
            Policy(tf.float32)
        with self.assertRaisesRegex(TypeError, "3"):
            Policy(3)

    def test_is_equal_by_name(self):
        self.assertEqual(Policy("float32"), Policy("float32"))
        self.assertNotEqual(Policy("float32"), Policy("float16"))
        self.assertLen({Policy("float32"), Policy("float32")}, 1)

    def test_config_comes_back(self):
        policy = Policy("mixed_float16")
        self.assertEqual(policy.get_config(), {"name": "mixed_float16"})
        self.assertEqual(Policy.from_config(policy.get_config()), policy)
        old = {"name": "mixed_float16", "loss_scale": None}
        self.assertEqual(Policy.from_config(old), policy)

    def test_prints(self):
        self.assertEqual(repr(Policy("float32")), '<Policy "float32">')


class GlobalPolicyTest(tf.test.TestCase):
    def tearDown(self):
        dtype_policy.set_global_policy(None)
        settings.set_floatx("float32")
        super().tearDown()

    def test_follows_floatx(self):
        self.assertEqual(dtype_policy.global_policy().name, "float32")
        settings.set_floatx("float64")
        self.assertEqual(dtype_policy.global_policy().name, "float64")
        self.assertEqual(Layer().dtype, "float64")

    def test_is_what_layers_get(self):
        dtype_policy.set_global_policy("mixed_bfloat16")
        self.assertEqual(Layer().compute_dtype, "bfloat16")
        self.assertEqual(Layer(dtype="float32").compute_dtype, "float32")
        dtype_policy.set_global_policy(None)
        self.assertEqual(Layer().compute_dtype, "float32")

    def test_must_compute_in_floating_point(self):
        with self.assertRaisesRegex(ValueError, "floating point.*int32"):
            dtype_policy.set_global_policy("int32")

    def test_scope_restores(self):
        with dtype_policy.policy_scope("mixed_float16"):
            self.assertEqual(Layer().compute_dtype, "float16")
        self.assertEqual(Layer().compute_dtype, "float32")


class SerializeTest(tf.test.TestCase):
    def test_a_plain_policy_is_its_name(self):
        self.assertEqual(dtype_policy.serialize(Policy("float64")), "float64")
        self.assertIsNone(dtype_policy.serialize(Policy("_infer")))

    def test_what_serialize_gives_deserialize_takes(self):
        for name in ("float32", "mixed_float16", "mixed_bfloat16"):
            policy = Policy(name)
            config = dtype_policy.serialize(policy)
            self.assertEqual(dtype_policy.deserialize(config), policy)

    def test_layers_take_every_form(self):
        for dtype in (
            "mixed_float16",
            Policy("mixed_float16"),
            dtype_policy.serialize(Policy("mixed_float16")),
            {"class_name": "Policy", "config": {"name": "mixed_float16"}},
            {"class_name": "PolicyV1", "config": {"name": "mixed_float16"}},
        ):
            self.assertEqual(Layer(dtype=dtype).compute_dtype, "float16")
        self.assertEqual(Layer(dtype=tf.float16).dtype, "float16")

    def test_refuses_a_class_it_does_not_know(self):
        with self.assertRaisesRegex(ValueError, "'Polcy'"):
            dtype_policy.deserialize({"class_name": "Polcy", "config": {}})

    def test_a_users_own_policy_comes_back(self):
        class Mine(Policy):
            pass

        config = {"class_name": "Mine", "config": {"name": "float16"}}
        policy = dtype_policy.deserialize(config, {"Mine": Mine})
        self.assertIsInstance(policy, Mine)


if __name__ == "__main__":
    tf.test.main()
