"""Tests of reading arrays."""

import os

import numpy as np
import tensorflow as tf

from tf_keras.src.data import array_adapter
from tf_keras.src.data.array_adapter import ArrayAdapter


def _batches(adapter, index=0, max_steps=2):
    take, found = adapter.read_pass(index), []
    while (block := take(max_steps)) is not None:
        found += [adapter.batch(block, step) for step in range(block.steps)]
    return found


def _rows(adapter, index=0, max_steps=2):
    return [batch.numpy().tolist() for batch in _batches(adapter, index)]


class ArrayAdapterTest(tf.test.TestCase):
    def test_last_batch_holds_the_rest(self):
        adapter = ArrayAdapter(np.arange(7), batch_size=3)
        self.assertEqual(_rows(adapter), [[0, 1, 2], [3, 4, 5], [6]])
        self.assertEqual(adapter.steps, 3)

    def test_whole_batches_come_in_one_block(self):
        adapter = ArrayAdapter(np.arange(7), batch_size=2)
        take = adapter.read_pass(0)
        sizes = []
        while (block := take(10)) is not None:
            sizes.append((block.first_row, block.steps, block.batch_size))
        self.assertEqual(sizes, [(0, 3, 2), (6, 1, 1)])

    def test_shuffles_each_pass_anew_and_uses_each_row_once(self):
        adapter = ArrayAdapter(np.arange(50), batch_size=8, shuffle=True)
        first, second = (sum(_rows(adapter, index), []) for index in (0, 1))
        self.assertAllEqual(sorted(first), np.arange(50))
        self.assertAllEqual(sorted(second), np.arange(50))
        self.assertNotEqual(first, second)
        self.assertNotEqual(first, sorted(first))

    def test_the_global_seed_decides_the_order(self):
        def order():
            tf.random.set_seed(3)
            return _rows(ArrayAdapter(np.arange(20), shuffle=True))

        self.assertEqual(order(), order())

    def test_shuffles_whole_batches(self):
        tf.random.set_seed(1)
        adapter = ArrayAdapter(np.arange(11), batch_size=2, shuffle="batch")
        *whole, last = _rows(adapter)
        self.assertEqual(last, [10])
        self.assertAllEqual(
            sorted(whole), [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]
        )

    def test_floats_become_floatx_and_integers_stay(self):
        data = {
            "half": np.ones(2, "float16"),
            "double": np.ones(2, "float64"),
            "small": np.ones(2, "int8"),
            "tensor": tf.ones(2, tf.float64),
            "text": np.array(["a", "b"]),
        }
        (batch,) = _batches(ArrayAdapter(data))
        dtypes = {name: value.dtype.name for name, value in batch.items()}
        self.assertEqual(
            dtypes,
            {
                "half": "float32",
                "double": "float32",
                "small": "int8",
                "tensor": "float64",
                "text": "string",
            },
        )

    def test_lists_of_numbers_are_arrays_and_lists_of_arrays_tuples(self):
        x, y = _batches(ArrayAdapter([np.ones((2, 3)), [1, 2]], [3.5, 4.5]))[0]
        self.assertIsInstance(x, tuple)
        self.assertAllEqual(x[1], [1, 2])
        self.assertAllEqual(y, [3.5, 4.5])

    def test_batch_has_the_parts_that_were_given(self):
        x = np.ones((2, 3))
        self.assertIsInstance(_batches(ArrayAdapter(x))[0], tf.Tensor)
        self.assertLen(_batches(ArrayAdapter(x, x))[0], 2)
        self.assertLen(_batches(ArrayAdapter(x, x, np.ones(2)))[0], 3)

    def test_missing_weights_of_an_output_are_ones(self):
        x = np.ones((2, 3))
        adapter = ArrayAdapter(x, [x, x], [None, np.array([5.0, 6.0])])
        _, _, (first, second) = _batches(adapter)[0]
        self.assertAllEqual(first, [1, 1])
        self.assertAllEqual(second, [5, 6])

    def test_refuses_arrays_of_different_length(self):
        with self.assertRaisesRegex(ValueError, "x with 4; y with 3"):
            ArrayAdapter(np.ones(4), np.ones(3))

    def test_refuses_empty_arrays(self):
        with self.assertRaisesRegex(ValueError, "not empty"):
            ArrayAdapter(np.ones((0, 2)))

    def test_refuses_what_is_no_array(self):
        with self.assertRaisesRegex(ValueError, "can read `x` of type"):
            ArrayAdapter(object())

    def test_ragged_rows_stay_ragged(self):
        ragged = tf.ragged.constant([[1], [2, 3], [4]])
        batches = _batches(ArrayAdapter(ragged, batch_size=2))
        self.assertEqual(
            [batch.to_list() for batch in batches], [[[1], [2, 3]], [[4]]]
        )

    def test_dataset_gives_the_same_batches_in_the_same_order(self):
        tf.random.set_seed(5)
        adapter = ArrayAdapter(np.arange(9), batch_size=2, shuffle=True)
        expected = _rows(adapter, 0) + _rows(adapter, 1)
        found = [batch.numpy().tolist() for batch in adapter.make_dataset(2)]
        self.assertEqual(found, expected)

    def test_sparse_rows_come_as_a_dataset(self):
        sparse = tf.sparse.from_dense([[1, 0], [0, 2], [3, 0]])
        adapter = ArrayAdapter(sparse, batch_size=2)
        self.assertTrue(adapter.has_sparse)
        dense = [tf.sparse.to_dense(part) for part in adapter.make_dataset()]
        self.assertAllEqual(dense[0], [[1, 0], [0, 2]])
        self.assertAllEqual(dense[1], [[3, 0]])


class _Recorder:
    """An array-like that, like h5py, wants row numbers to increase."""

    def __init__(self, array):
        self._array = array
        self.shape, self.dtype = array.shape, array.dtype
        self.largest_read = 0

    def __getitem__(self, chosen):
        if not isinstance(chosen, slice):
            assert np.all(np.diff(chosen) > 0), "Not increasing."
        found = self._array[chosen]
        self.largest_read = max(self.largest_read, len(found))
        return found


class SlicedArrayTest(tf.test.TestCase):
    def test_reads_a_memmap_in_chunks(self):
        path = os.path.join(self.get_temp_dir(), "rows.bin")
        memmap = np.memmap(path, "float32", "w+", shape=(10, 3))
        memmap[:] = np.arange(30).reshape(10, 3)
        adapter = ArrayAdapter(memmap, batch_size=4)
        self.assertFalse(adapter.is_in_memory)
        self.assertAllEqual(tf.concat(_batches(adapter), 0), memmap)

    def test_reads_an_array_like_in_the_order_of_the_pass(self):
        array = np.arange(40, dtype="float64").reshape(20, 2)
        likeness = _Recorder(array)
        adapter = ArrayAdapter(likeness, batch_size=3, shuffle=True)
        found = tf.concat(_batches(adapter, 1), 0)
        self.assertAllEqual(found, array[adapter.epoch_order(1)])
        self.assertLessEqual(likeness.largest_read, 6)

    def test_large_arrays_are_never_tensors_whole(self):
        self._resident, array_adapter.RESIDENT_BYTES = (
            array_adapter.RESIDENT_BYTES,
            100,
        )
        self.addCleanup(
            setattr, array_adapter, "RESIDENT_BYTES", self._resident
        )
        array = np.arange(200.0).reshape(50, 4)
        adapter = ArrayAdapter(array, batch_size=7, shuffle=True)
        self.assertFalse(adapter.is_in_memory)
        found = tf.concat(_batches(adapter), 0)
        self.assertAllEqual(found, array[adapter.epoch_order(0)])

    def test_dataset_of_slices_gives_the_same_rows(self):
        array = np.arange(20.0).reshape(10, 2)
        adapter = ArrayAdapter(_Recorder(array), batch_size=4, shuffle=True)
        found = tf.concat(list(adapter.make_dataset()), 0)
        self.assertAllEqual(found, array[adapter.epoch_order(0)])


class OtherLibrariesTest(tf.test.TestCase):
    def test_reads_pandas_without_importing_it(self):
        class Series:
            iloc = None

            def to_numpy(self):
                return np.array([1.0, 2.0])

        (batch,) = _batches(ArrayAdapter({"a": Series()}))
        self.assertAllEqual(batch["a"], [[1.0], [2.0]])

    def test_reads_scipy_without_importing_it(self):
        class Matrix:
            shape = (2, 3)
            row, col, data = np.array([1, 0]), np.array([2, 1]), np.ones(2)

            def tocoo(self):
                return self

        adapter = ArrayAdapter(Matrix())
        (batch,) = adapter.make_dataset()
        self.assertAllEqual(tf.sparse.to_dense(batch), [[0, 1, 0], [0, 0, 1]])


if __name__ == "__main__":
    tf.test.main()
