"""Tests of which TensorFlow functions a file may name."""

import tensorflow as tf

from tf_keras.src.core.pure_ops import find_pure_op


class FindPureOpTest(tf.test.TestCase):
    def test_finds_functions_that_only_compute(self):
        for name in (
            "math.add",
            "concat",
            "__operators__.add",
            "__operators__.getitem",
            "nn.relu",
            "strings.length",
            "io.decode_png",
            "compat.v1.floor_div",
            "linalg.matmul",
            "sparse.map_values",
            "ragged.stack",
        ):
            self.assertTrue(callable(find_pure_op(name)), name)
        self.assertIs(find_pure_op("math.add"), tf.math.add)

    def test_refuses_what_does_more(self):
        for name in (
            "io.read_file",
            "io.write_file",
            "py_function",
            "numpy_function",
            "load_op_library",
            "load_library",
            "saved_model.load",
            "data.Dataset",
            "print",
            "debugging.assert_equal",
            "function",
            "config.run_functions_eagerly",
            "compat.v1.gfile.GFile",
            "keras.backend.abs",
            "io.gfile.remove",
            "sysconfig.get_lib",
            "raw_ops.ReadFile",
            "__builtins__.eval",
            "math.__class__",
            "os.system",
            "",
            "while_loop",
        ):
            with self.assertRaisesRegex(ValueError, "TensorFlow function"):
                find_pure_op(name)

    def test_offers_the_nearest_name(self):
        with self.assertRaisesRegex(
            ValueError, "'math.reduce_summ'.*'math.red"
        ):
            find_pure_op("math.reduce_summ")


if __name__ == "__main__":
    tf.test.main()
