"""Tests of DenseFeatures."""

import json

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.feature_columns.dense_features import DenseFeatures
from tf_keras.src.testing.layer_contract import LayerContract

NUMBERS = tf.feature_column.numeric_column("numbers", shape=(2,))
WORD = tf.feature_column.categorical_column_with_vocabulary_list(
    "word", ["x", "y"], num_oov_buckets=1
)
VECTOR = tf.feature_column.embedding_column(WORD, 3)
FEATURES = {
    "numbers": tf.constant([[1.0, 2.0], [3.0, 4.0]]),
    "word": tf.constant([["y"], ["q"]]),
}


@tf_keras.saving.register_keras_serializable()
class NumberFeatures(DenseFeatures):
    """Takes the numbers alone, which is what the contract can give."""

    def call(self, inputs):
        return super().call({"numbers": inputs})


class DenseFeaturesContractTest(LayerContract):
    input_shape = (3, 2)

    def make_layer(self):
        return NumberFeatures([NUMBERS])


class DenseFeaturesTest(tf.test.TestCase):
    def test_joins_columns_sorted_by_name(self):
        one_hot = tf.feature_column.indicator_column(WORD)
        layer = DenseFeatures([VECTOR, one_hot, NUMBERS])
        parts = {}
        outputs = layer(FEATURES, cols_to_output_tensors=parts)
        table = layer.get_weights()[0]
        self.assertAllClose(
            outputs,
            np.concatenate(
                [FEATURES["numbers"], table[[1, 2]], np.eye(3)[[1, 2]]], 1
            ),
        )
        self.assertAllClose(parts[VECTOR], table[[1, 2]])
        self.assertEqual(
            layer.weights[0].name,
            "dense_features/word_embedding/embedding_weights:0",
        )

    def test_tells_shapes_and_configs(self):
        layer = DenseFeatures([NUMBERS, VECTOR])
        self.assertEqual(layer.compute_output_shape((7, 3)), (7, 5))
        config = json.loads(json.dumps(layer.get_config()))
        again = DenseFeatures.from_config(config)
        layer(FEATURES), again(FEATURES)
        again.set_weights(layer.get_weights())
        self.assertAllClose(again(FEATURES), layer(FEATURES))

    def test_trains_in_a_model_of_features(self):
        model = tf_keras.Sequential(
            [DenseFeatures([NUMBERS, VECTOR]), tf_keras.layers.Dense(1)]
        )
        model.compile("sgd", "mse")
        model(FEATURES)
        before = model.get_weights()[0]
        model.fit(FEATURES, np.ones((2, 1)), verbose=0)
        after = model.get_weights()[0]
        self.assertAllClose(after[0], before[0])  # "x" did not come.
        self.assertNotAllClose(after[1], before[1])

    def test_refuses_what_is_no_dense_column(self):
        for columns, message in (
            ([], "empty"),
            ([3], "must be a FeatureColumn"),
            ([WORD], "embedding_column"),
            ([NUMBERS, NUMBERS], "Duplicate"),
            ({"a": NUMBERS}, "iterable"),
        ):
            with self.assertRaisesRegex(ValueError, message):
                DenseFeatures(columns)
        with self.assertRaisesRegex(ValueError, "dictionary"):
            DenseFeatures(NUMBERS)(tf.ones((2, 2)))
        with self.assertRaisesRegex(ValueError, "numbers"):
            DenseFeatures(NUMBERS)({"other": tf.ones((2, 2))})


if __name__ == "__main__":
    tf.test.main()
