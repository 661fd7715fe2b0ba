"""Tests of matching what the user nested to the model's outputs."""

import tensorflow as tf

from tf_keras.src.training import output_nests

A, B = tf.zeros((2, 1)), tf.zeros((2, 3))
NAMES = ["a", "b"]


class NamesTest(tf.test.TestCase):
    def test_a_list_gets_numbers(self):
        found = output_nests.names_of_outputs([A, (B, A)])
        self.assertEqual(found, ["output_1", "output_2_1", "output_2_2"])
        self.assertEqual(output_nests.names_of_outputs(A), ["output_1"])

    def test_a_dict_gives_its_keys_in_order(self):
        found = output_nests.names_of_outputs({"q": A, "p": [A, B]})
        self.assertEqual(found, ["p_1", "p_2", "q"])
        found = output_nests.names_of_outputs([A, {"k": B, "j": [A]}])
        self.assertEqual(found, ["output_1", "output_2_j_1", "output_2_k"])


class SpreadTest(tf.test.TestCase):
    def spread(self, values, outputs=(A, B)):
        return output_nests.spread(values, outputs, NAMES, "loss")

    def test_one_value_is_for_all(self):
        self.assertEqual(self.spread("mse"), ["mse", "mse"])
        self.assertEqual(self.spread(None), [None, None])

    def test_a_list_goes_by_place_and_a_dict_by_name(self):
        self.assertEqual(self.spread(["mse", None]), ["mse", None])
        self.assertEqual(self.spread({"b": "mse"}), [None, "mse"])

    def test_a_list_of_another_length_is_refused(self):
        with self.assertRaisesRegex(ValueError, "`loss`.*2 outputs.*3"):
            self.spread(["mse"] * 3)

    def test_a_list_of_two_for_one_output_is_refused(self):
        @tf.function
        def trace(output):
            with self.assertRaisesRegex(ValueError, "each of the 1 outputs"):
                output_nests.spread(["mse", "mae"], output, ["a"], "loss")

        trace.get_concrete_function(tf.TensorSpec((None, 1)))

    def test_an_unknown_name_is_refused_and_the_nearest_offered(self):
        with self.assertRaisesRegex(ValueError, "'out_a'.*mean 'output_a'"):
            output_nests.spread({"out_a": 1}, [A, B], ["output_a", "z"], "loss")

    def test_a_nest_like_that_of_the_outputs(self):
        found = self.spread(["mse", {"q": "mae"}], [A, {"q": B}])
        self.assertEqual(found, ["mse", "mae"])

    def test_a_list_beside_a_dict_follows_the_sorted_keys(self):
        found = self.spread(["mse", "mae"], {"b": A, "a": B})
        self.assertEqual(found, ["mse", "mae"])


class FlattenLikeTest(tf.test.TestCase):
    def flatten(self, values, outputs=(A, B)):
        return output_nests.flatten_like(values, outputs, NAMES, "y")

    def test_takes_lists_dicts_and_nothing(self):
        self.assertEqual(self.flatten([1, 2]), [1, 2])
        self.assertEqual(self.flatten({"b": 2, "a": 1}), [1, 2])
        self.assertEqual(self.flatten({"b": 2}), [None, 2])
        self.assertEqual(self.flatten(None), [None, None])

    def test_takes_dicts_beside_dicts(self):
        outputs = {"a": A, "b": B}
        self.assertEqual(self.flatten({"b": 2, "a": 1}, outputs), [1, 2])
        self.assertEqual(self.flatten({"a": 1}, outputs), [1, None])

    def test_refuses_unknown_names(self):
        for outputs in ((A, B), {"a": A, "b": B}):
            with self.assertRaisesRegex(ValueError, r"\['c'\] in `y`"):
                self.flatten({"a": 1, "c": 2}, outputs)

    def test_refuses_another_count(self):
        with self.assertRaisesRegex(ValueError, "2 outputs.*`y` holds 1"):
            self.flatten(A)


class MatchTest(tf.test.TestCase):
    def test_targets_and_weights_get_a_last_axis_and_the_dtype(self):
        true, pred, weights = output_nests.match(
            tf.zeros(2, tf.float64), B, tf.ones(2, tf.int32)
        )
        self.assertEqual(true.shape, (2, 1))
        self.assertEqual(weights.shape, (2, 1))
        self.assertEqual((true.dtype, weights.dtype), (tf.float32,) * 2)
        self.assertIs(pred, B)

    def test_class_numbers_stay_integers(self):
        true, _, _ = output_nests.match(tf.constant([1, 2]), B, None)
        self.assertEqual(true.dtype, tf.int32)


if __name__ == "__main__":
    tf.test.main()
