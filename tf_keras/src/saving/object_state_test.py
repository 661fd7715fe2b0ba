"""Tests of carrying arrays from objects to stores and back."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.saving.object_state import load_state, save_state


class Scale(Layer):
    """Two weights."""

    def __init__(self, size=2):
        super().__init__()
        self.size = size
        self.a = self.add_weight("a", (size,), initializer="ones")
        self.b = self.add_weight("b", (3,), initializer="zeros")
        self.built = True


class OwnLoader(Scale):
    """Loads by its own names, and may fail halfway."""

    fails = False

    def save_own_variables(self, store):
        store["first"] = self.a.numpy()

    def load_own_variables(self, store):
        self.a.assign(store["first"])
        if self.fails:
            raise ValueError("not today")


class Pair(Layer):
    """A plain layer and one with its own loader."""

    def __init__(self, own_class=OwnLoader):
        super().__init__()
        self.z = Scale()
        self.own = own_class()


def saved(root):
    stores = {}
    save_state(root, lambda path: stores.setdefault(path, {}))
    return stores


class ObjectStateTest(tf.test.TestCase):
    def test_sets_what_was_saved(self):
        source, target = Pair(), Pair()
        source.z.a.assign([5.0, 6.0])
        source.own.a.assign([7.0, 8.0])
        load_state(target, lambda path, _: saved(source).get(path), "here")
        self.assertAllEqual(target.z.a, [5.0, 6.0])
        self.assertAllEqual(target.own.a, [7.0, 8.0])

    def test_saves_variables_of_modules_by_name(self):
        class Module(tf.Module):
            def __init__(self):
                super().__init__()
                self.weight = tf.Variable(1.0)

        source, target = Layer(), Layer()
        source.module, target.module = Module(), Module()
        source.module.weight.assign(4.0)
        stores = saved(source)
        self.assertEqual(stores["module"], {"weight": 4.0})
        load_state(target, lambda path, _: stores.get(path), "here")
        self.assertEqual(target.module.weight.numpy(), 4.0)

    def test_sets_nothing_if_a_shape_differs(self):
        stores = saved(Pair())
        stores["z"]["0"] = np.full((2,), 9.0, "float32")
        stores["z"]["1"] = np.zeros((4,), "float32")
        target = Pair()
        message = r"here: z: array '1' has shape \(4,\).*b:0.*\(3,\)"
        with self.assertRaisesRegex(ValueError, message):
            load_state(target, lambda path, _: stores.get(path), "here")
        self.assertAllEqual(target.z.a, [1.0, 1.0])

    def test_undoes_what_a_loader_did_before_it_failed(self):
        stores = saved(Pair())
        stores["own"]["first"] = np.array([3.0, 3.0], "float32")
        target = Pair()
        target.own.fails = True
        with self.assertRaisesRegex(ValueError, "not today"):
            load_state(target, lambda path, _: stores.get(path), "here")
        self.assertAllEqual(target.own.a, [1.0, 1.0])

    def test_says_which_object_has_another_count(self):
        stores = saved(Pair())
        del stores["z"]["1"]
        message = "z: Scale 'scale.*' expected 2 variables, but received 1"
        with self.assertRaisesRegex(ValueError, message):
            load_state(Pair(), lambda path, _: stores.get(path), "here")

    def test_says_which_object_is_not_built(self):
        target = Layer()
        target.part = Layer()
        stores = {"": {}, "part": {"0": np.zeros(2)}}
        with self.assertRaisesRegex(ValueError, "is not built yet"):
            load_state(target, lambda path, _: stores.get(path), "here")

    def test_refuses_text_for_numbers(self):
        stores = saved(Pair())
        stores["z"]["0"] = np.array([b"x", b"y"])
        with self.assertRaisesRegex(ValueError, "holds .S1.*float32"):
            load_state(Pair(), lambda path, _: stores.get(path), "here")

    def test_takes_another_width_of_float(self):
        stores = saved(Pair())
        stores["z"]["0"] = np.array([1.5, 2.5], "float64")
        target = Pair()
        load_state(target, lambda path, _: stores.get(path), "here")
        self.assertAllEqual(target.z.a, [1.5, 2.5])

    def test_can_skip_what_does_not_fit(self):
        stores = saved(Pair())
        stores["z"]["1"] = np.zeros((4,), "float32")
        stores["own"]["first"] = np.array([3.0, 3.0], "float32")
        target = Pair()
        with self.assertWarnsRegex(UserWarning, "Not loaded. here: z"):
            load_state(target, lambda path, _: stores.get(path), "here", skip_mismatch=True)
        self.assertAllEqual(target.own.a, [3.0, 3.0])


if __name__ == "__main__":
    tf.test.main()
