"""The walks of ARCHITECTURE.md, counted.

A walk's calls are those of Python functions in files of this package; a move
is a call from one such file to another, or back from TensorFlow into ours.
"""

import pathlib
import sys

import numpy as np
import tensorflow as tf

import tf_keras

_PACKAGE = str(pathlib.Path(tf_keras.__file__).parent)


class Walk:
    """Counts calls and moves inside of a `with` block.

    Attributes:
        calls: How many functions of ours were called.
        moves: How many of these calls led to another file of ours.
        route: The calls, as `file:function`, for whoever looks.
    """

    def __init__(self):
        self.calls = self.moves = 0
        self.route = []
        self._files = []

    def __enter__(self):
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)

    def _note(self, frame, event, _):
        file = frame.f_code.co_filename
        if event not in ("call", "return") or not file.startswith(_PACKAGE):
            return
        if file == __file__:
            return
        if event == "return":
            if self._files:
                self._files.pop()
            return
        self.calls += 1
        before = self._files[-1] if self._files else None
        self.moves += before is not None and before != file
        self._files.append(file)
        self.route.append(f"{file[len(_PACKAGE) :]}:{frame.f_code.co_name}")


def compiled_model():
    """Two Dense layers, Adam, one metric; runs eagerly."""
    model = tf_keras.Sequential(
        [
            tf_keras.layers.Dense(4, activation="relu", input_shape=(3,)),
            tf_keras.layers.Dense(1),
        ]
    )
    model.compile("adam", "mse", metrics=["mae"], run_eagerly=True)
    return model


class WalkTest(tf.test.TestCase):
    def check(self, name, walk, calls, moves):
        print(f"{name}: {walk.calls} calls, {walk.moves} moves")
        self.assertGreater(walk.calls, 0)
        self.assertLessEqual(walk.calls, calls)
        self.assertLessEqual(walk.moves, moves)

    def test_a_built_dense_called_eagerly(self):
        layer = tf_keras.layers.Dense(2)
        x = tf.ones((2, 3))
        for _ in range(2):
            layer(x)
        with Walk() as walk:
            layer(x)
        self.check("Dense", walk, calls=45, moves=25)

    def test_a_train_step(self):
        model = compiled_model()
        batch = (tf.ones((2, 3)), tf.ones((2, 1)))
        for _ in range(2):
            model.train_step(batch)
        with Walk() as walk:
            model.train_step(batch)
        self.check("train_step", walk, calls=350, moves=150)

    def test_a_fit_of_one_batch(self):
        model = compiled_model()
        x, y = np.ones((2, 3), "float32"), np.ones((2, 1), "float32")
        for _ in range(2):
            model.fit(x, y, verbose=0)
        with Walk() as walk:
            model.fit(x, y, verbose=0)
        self.check("fit", walk, calls=600, moves=250)

    def test_counts_what_it_should(self):
        with Walk() as walk:
            tf_keras.losses.mean_squared_error(tf.ones(2), tf.ones(2))
        self.assertIn("mean_squared_error", " ".join(walk.route))
        with Walk() as nothing:
            tf.ones(2) + 1.0
        self.assertEqual(nothing.calls, 0)


if __name__ == "__main__":
    tf.test.main()
