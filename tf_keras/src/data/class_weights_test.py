"""Tests of class weights."""

import numpy as np
import tensorflow as tf

from tf_keras.src.data.class_weights import ClassWeights

_WEIGHTS = {0: 1.0, 1: 2.0, 2: 5.0}


class ClassWeightsTest(tf.test.TestCase):
    def test_integer_labels(self):
        weigh = ClassWeights(_WEIGHTS)
        self.assertAllEqual(weigh(0, np.array([2, 0, 1]))[2], [5, 1, 2])
        self.assertAllEqual(weigh(0, np.array([[2], [0]]))[2], [5, 1])

    def test_labels_in_between_count_as_the_nearest(self):
        weights = ClassWeights(_WEIGHTS)(0, np.array([0.4, 0.9, 1.6]))[2]
        self.assertAllEqual(weights, [1, 2, 5])

    def test_no_classes_weigh_nothing(self):
        self.assertAllEqual(ClassWeights({})(0, np.array([3, 4]))[2], [1, 1])

    def test_refuses_what_is_no_dict(self):
        for given in ([1.0, 2.0], np.array([1.0, 2.0])):
            with self.assertRaisesRegex(TypeError, "class_weight.*dict"):
                ClassWeights(given)

    def test_one_hot_labels(self):
        weights = ClassWeights(_WEIGHTS)(0, np.eye(3)[[1, 2]])[2]
        self.assertAllEqual(weights, [2, 5])

    def test_labels_of_every_time_step(self):
        weigh = ClassWeights(_WEIGHTS)
        expected = [[1, 2], [5, 5]]
        steps = np.array([[0, 1], [2, 2]])
        self.assertAllEqual(weigh(0, np.eye(3)[steps])[2], expected)
        self.assertAllEqual(weigh(0, steps[..., None])[2], expected)

    def test_multiplies_sample_weights(self):
        weigh = ClassWeights(_WEIGHTS)
        found = weigh(0, np.array([2, 0]), np.array([0.5, 3.0]))[2]
        self.assertAllEqual(found, [2.5, 3.0])

    def test_an_output_by_name_or_place(self):
        y = {"a": np.array([0, 1]), "b": np.array([1, 0])}
        found = ClassWeights({"b": {0: 3.0, 1: 4.0}}, ["a", "b"])(0, y)[2]
        self.assertAllEqual(found["a"], [1, 1])
        self.assertAllEqual(found["b"], [4, 3])
        y = (y["a"], y["b"])
        found = ClassWeights([None, {0: 3.0, 1: 4.0}])(0, y)[2]
        self.assertAllEqual(found[1], [4, 3])
        found = ClassWeights({"b": {0: 3.0, 1: 4.0}}, ["a", "b"])(0, y)[2]
        self.assertAllEqual(found[1], [4, 3])

    def test_whole_numbers_over_time_are_classes_of_steps(self):
        weigh = ClassWeights({0: 2.0, 1: 3.0})
        found = weigh(0, np.array([[0, 1, 1], [1, 0, 0]]))[2]
        self.assertAllEqual(found, [[2, 3, 3], [3, 2, 2]])
        # As many steps as classes: one-hot only if each row is.
        found = weigh(0, np.array([[1, 1], [0, 0]]))[2]
        self.assertAllEqual(found, [[3, 3], [2, 2]])
        found = weigh(0, np.array([[0, 1], [1, 0]]))[2]
        self.assertAllEqual(found, [3, 2])

    def test_works_in_the_graph_of_a_dataset(self):
        weigh = ClassWeights(_WEIGHTS)
        data = tf.data.Dataset.from_tensors((tf.ones(2), [2, 1])).map(weigh)
        self.assertAllEqual(next(iter(data))[2], [5, 2])

    def test_refuses_gaps_between_classes(self):
        with self.assertRaisesRegex(ValueError, "keys from 0 to one less"):
            ClassWeights({0: 1.0, 2: 1.0})

    def test_refuses_labels_without_weight(self):
        with self.assertRaisesRegex(ValueError, "classes 0 to 3"):
            ClassWeights(_WEIGHTS)(0, np.array([0, 3]))

    def test_refuses_one_table_for_several_outputs(self):
        with self.assertRaisesRegex(ValueError, "several outputs"):
            ClassWeights(_WEIGHTS)(0, [np.zeros(1), np.zeros(1)])


if __name__ == "__main__":
    tf.test.main()
