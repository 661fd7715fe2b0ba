"""Tests of IntegerLookup."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.preprocessing.integer_lookup import IntegerLookup
from tf_keras.src.testing.layer_contract import LayerContract


class IntegerLookupTest(tf.test.TestCase):
    def test_learns_and_looks_up(self):
        layer = IntegerLookup(mask_token=0)
        layer.adapt(np.array([5, 7, 7, 0, 0, 0]))
        self.assertEqual(layer.get_vocabulary(), [0, -1, 7, 5])
        self.assertAllEqual(layer([[0, 5, 9]]), [[0, 3, 1]])

    def test_shares_unknown_integers_out_by_their_remainder(self):
        layer = IntegerLookup(vocabulary=[12, 36], num_oov_indices=2)
        self.assertAllEqual(layer([4, 5, 12]), [0, 1, 2])


class IntegerLookupContractTest(LayerContract):
    input_shape = (2, 3)
    input_dtype = "int64"
    has_gradient = False
    jit_compile = "hash tables have no XLA kernels"
    computes_floats = False

    def make_layer(self):
        return IntegerLookup(vocabulary=[1, 3])


if __name__ == "__main__":
    tf.test.main()
