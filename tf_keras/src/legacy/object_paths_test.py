"""Tests of where files of other releases hold arrays."""

import h5py
import numpy as np
import tensorflow as tf

from tf_keras import layers, models
from tf_keras.src.legacy.object_paths import group_at, optimizer_of_keras_3
from tf_keras.src.saving.safe_hdf5 import Group


class Own(models.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(2)
        self.second = layers.Dense(2)

    def call(self, inputs):
        return self.second(self.first(inputs))


class ObjectPathsTest(tf.test.TestCase):
    def found(self, path, *places, model=None):
        """Which of the places, each with arrays, holds those of a path."""
        name = f"{self.id()}{places}"
        with h5py.File(name, "w", driver="core", backing_store=False) as file:
            for place in places:
                file[f"{place}/vars/0"] = np.ones(2)
            group = group_at(path, model, Group(file, "file"))
            return group and group.where.removeprefix("file/")

    def test_files_of_today_stay_as_they_are(self):
        found = self.found("layers/dense_1", "layers/dense", "layers/dense_1")
        self.assertEqual(found, "layers/dense_1/vars")
        self.assertIsNone(self.found("layers/dense_1", "layers/dense"))

    def test_2_12_called_layers_otherwise_and_numbered_names(self):
        top = "_layer_checkpoint_dependencies"
        places = [f"{top}/dense_{n}" for n in (7, 10, 9)] + [f"{top}/conv"]
        for path, wanted in (
            ("layers/dense", "dense_7"),
            ("layers/dense_1", "dense_9"),
            ("layers/dense_2", "dense_10"),
            ("layers/conv", "conv"),
        ):
            found = self.found(path, *places)
            self.assertEqual(found, f"{top}/{wanted}/vars")
        self.assertIsNone(self.found("layers/dense_3", *places))

    def test_2_12_called_layers_of_own_classes_by_attribute(self):
        model = Own()
        model.build((None, 3))
        for path, wanted in (("dense", "first"), ("dense_1", "second")):
            found = self.found(f"layers/{path}", "first", "second", model=model)
            self.assertEqual(found, f"{wanted}/vars")

    def test_keras_3_dropped_underscores(self):
        found = self.found("a/_metric", "a/metric")
        self.assertEqual(found, "a/metric/vars")


class Store(dict):
    """Arrays by number, with headers."""

    def __init__(self, *shapes):
        super().__init__((str(i), shape) for i, shape in enumerate(shapes))

    dtypes = "f" * 99

    def shape_and_dtype(self, name):
        return self[name], np.dtype(self.dtypes[int(name)])


class OptimizerOfKeras3Test(tf.test.TestCase):
    def order(self, own, *shapes):
        variables = [tf.Variable(tf.zeros(shape)) for shape in own]
        return optimizer_of_keras_3(variables, Store(*shapes))

    def test_the_learning_rate_is_left_out(self):
        own = [(), (2,), (2,)]
        self.assertEqual(self.order(own, (), (), (2,), (2,)), ["0", "2", "3"])

    def test_the_weights_of_a_model_may_be_scalars(self):
        own = [(), (), ()]
        self.assertEqual(self.order(own, (), (), (), ()), ["0", "2", "3"])

    def test_the_last_of_nadam_is_left_out(self):
        own = [(), (2,), (2,)]
        found = self.order(own, (), (), (2,), (2,), ())
        self.assertEqual(found, ["0", "2", "3"])

    def test_numbers_that_adafactor_does_not_use_are_left_out(self):
        own = [(), (3,), (2,), (3, 2), (2,)]
        file = [(), (), (3,), (2,), (3, 2), (), (), (2,)]
        self.assertEqual(self.order(own, *file), ["0", "2", "3", "4", "7"])

    def test_the_numbers_of_a_loss_scale_stand_in_front(self):
        store = Store(*[()] * 6, (2,), (2,))
        store.dtypes = "qfqfqfff"
        own = [tf.Variable(tf.zeros(shape)) for shape in [(), (2,), (2,)]]
        self.assertEqual(optimizer_of_keras_3(own, store), ["4", "6", "7"])

    def test_a_count_alone_stays_one(self):
        self.assertEqual(self.order([(), (2,)], (), ()), None)
        self.assertEqual(self.order([(), (2,), (2,)], (), ()), ["0"])

    def test_states_of_today_stay_as_they_are(self):
        self.assertIsNone(self.order([(), (), ()], (), (), ()))
        self.assertIsNone(self.order([(), (2,)], (), (2,)))
        self.assertIsNone(self.order([(), (2,), (2,)], ()))


if __name__ == "__main__":
    tf.test.main()
