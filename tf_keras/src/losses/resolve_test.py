"""Tests of names and configs of losses."""

import tensorflow as tf
from absl.testing import parameterized

import tf_keras.losses
from tf_keras.src.losses import regression, resolve


class ResolveTest(tf.test.TestCase, parameterized.TestCase):
    def test_names_of_functions_and_classes_resolve(self):
        self.assertIs(resolve.get("mse"), regression.mean_squared_error)
        self.assertIs(resolve.get("MSE"), regression.mean_squared_error)
        self.assertIs(resolve.get("huber_loss"), regression.huber)
        self.assertIsInstance(resolve.get("Huber"), regression.Huber)
        self.assertIsNone(resolve.get(None))

    def test_every_function_of_the_face_is_a_name(self):
        for name, value in vars(tf_keras.losses).items():
            if callable(value) and name not in (
                "Reduction",
                "get",
                "serialize",
                "deserialize",
            ):
                found = resolve.get(name)
                self.assertTrue(found is value or isinstance(found, value))

    def test_unknown_names_offer_the_nearest(self):
        with self.assertRaisesRegex(ValueError, "'mean_squared_error'"):
            resolve.get("mean_square_error")

    def test_other_things_are_refused(self):
        with self.assertRaisesRegex(ValueError, "identifier: 5"):
            resolve.get(5)

    @parameterized.parameters(False, True)
    def test_configs_make_the_loss_again(self, short):
        loss = regression.Huber(delta=0.5)
        config = resolve.serialize(loss, use_legacy_format=short)
        again = resolve.deserialize(config, use_legacy_format=short)
        self.assertEqual(again.get_config(), loss.get_config())

    def test_functions_are_their_name(self):
        config = resolve.serialize(regression.mean_squared_error)
        self.assertEqual(config["config"], "mean_squared_error")
        self.assertIs(resolve.get(config), regression.mean_squared_error)


if __name__ == "__main__":
    tf.test.main()
