"""Tests of names and configs of optimizers."""

import tensorflow as tf

from tf_keras.src.optimizers import resolve, schedules
from tf_keras.src.optimizers.adam import Adam
from tf_keras.src.optimizers.adamw import AdamW
from tf_keras.src.optimizers.lion import Lion
from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.optimizers.sgd import SGD
from tf_keras.src.serialization.registry import custom_object_scope


class _Own(SGD):
    pass


class ResolveTest(tf.test.TestCase):
    def test_names_resolve_in_any_case(self):
        for name in ("adam", "Adam", "ADAM"):
            self.assertIs(type(resolve.get(name)), Adam)
        self.assertIs(type(resolve.get("adamw")), AdamW)
        self.assertIs(type(resolve.get(SGD)), SGD)
        optimizer = SGD(0.5)
        self.assertIs(resolve.get(optimizer), optimizer)

    def test_unknown_names_offer_the_nearest(self):
        with self.assertRaisesRegex(ValueError, "Did you mean 'adam'"):
            resolve.get("adm")

    def test_other_things_are_refused(self):
        for thing in (None, 5):
            with self.assertRaisesRegex(ValueError, "identifier"):
                resolve.get(thing)
        with self.assertRaisesRegex(ValueError, "TensorFlow 1"):
            resolve.get(tf.compat.v1.train.GradientDescentOptimizer(0.1))
        with self.assertRaisesRegex(TypeError, "bogus"):
            resolve.get("adam", bogus=1)

    def test_configs_make_the_optimizer_again(self):
        optimizer = Adam(schedules.CosineDecay(0.1, 10), clipnorm=1.0)
        for short in (False, True):
            config = resolve.serialize(optimizer, use_legacy_format=short)
            again = resolve.deserialize(config, use_legacy_format=short)
            self.assertEqual(again.get_config(), optimizer.get_config())
        self.assertEqual(config["class_name"], "Custom>Adam")

    def test_short_configs_of_files_make_ours(self):
        config = resolve.serialize(Lion(0.5), use_legacy_format=True)
        self.assertIs(type(resolve.deserialize(config)), Lion)

    def test_short_configs_say_which_optimizer_they_mean(self):
        config = {"class_name": "ADAM", "config": {}}
        self.assertIs(type(resolve.deserialize(config)), Adam)
        config["config"] = {"is_legacy_optimizer": False}
        again = resolve.deserialize(config, use_legacy_optimizer=True)
        self.assertIs(type(again), Adam)

    def test_short_configs_of_scaled_losses_come_back(self):
        optimizer = LossScaleOptimizer(Adam(), initial_scale=4.0)
        config = resolve.serialize(optimizer, use_legacy_format=True)
        self.assertEqual(config["class_name"], "LossScaleOptimizerV3")
        again = resolve.deserialize(config, use_legacy_format=True)
        self.assertIs(type(again.inner_optimizer), Adam)
        self.assertEqual(again.initial_scale, 4.0)

    def test_a_users_own_wins(self):
        with custom_object_scope({"adam": _Own}):
            self.assertIs(type(resolve.get("adam")), _Own)
        config = {"class_name": "_Own", "config": {"learning_rate": 0.5}}
        again = resolve.deserialize(config, {"_Own": _Own})
        self.assertIs(type(again), _Own)


if __name__ == "__main__":
    tf.test.main()
