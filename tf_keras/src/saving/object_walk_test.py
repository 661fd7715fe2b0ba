"""Tests of the walk through an object and all it holds."""

import tensorflow as tf

import tf_keras as keras
from tf_keras.src.core.layer import Layer
from tf_keras.src.saving.object_walk import walk


class Leaf(Layer):
    """A layer with nothing in it."""


class Holder(Layer):
    """A layer that holds what it is given."""

    def __init__(self, **parts):
        super().__init__()
        for name, part in parts.items():
            setattr(self, name, part)


class HolderModel(keras.Model):
    """A model that holds what it is given."""

    def __init__(self, **parts):
        super().__init__()
        for name, part in parts.items():
            setattr(self, name, part)


def paths(root):
    return [path for path, _ in walk(root)]


class ObjectWalkTest(tf.test.TestCase):
    def test_goes_from_z_to_a_and_deep_first(self):
        root = Holder(a=Leaf(), z=Holder(p=Leaf(), q=Leaf()))
        self.assertEqual(paths(root), ["", "z", "z/q", "z/p", "a"])

    def test_numbers_items_by_their_class(self):
        root = Holder(parts=[Leaf(), Holder(), Leaf(), Leaf()])
        self.assertEqual(
            paths(root),
            ["", "parts/leaf", "parts/holder", "parts/leaf_1", "parts/leaf_2"],
        )

    def test_keeps_the_order_of_a_dict(self):
        first, second = Leaf(), Leaf()
        root = Holder(table={"b": first, "a": second})
        found = dict(walk(root))
        self.assertIs(found["table/leaf"], first)
        self.assertIs(found["table/leaf_1"], second)

    def test_visits_an_object_once(self):
        shared = Leaf()
        root = Holder(items=[shared, Leaf(), shared, Leaf()], a=shared)
        self.assertEqual(
            paths(root), ["", "items/leaf", "items/leaf_1", "items/leaf_2"]
        )

    def test_visits_what_is_deep_in_an_item_before_the_next_item(self):
        shared = Leaf()
        root = Holder(items=[Holder(part=shared), shared])
        self.assertEqual(paths(root), ["", "items/holder", "items/holder/part"])

    def test_ends_in_a_circle(self):
        one, other = Holder(), Holder()
        one.part, other.part = other, one
        self.assertEqual(paths(one), ["", "part"])

    def test_shows_a_models_layers_under_one_name(self):
        root = HolderModel(zeta=Leaf(), alpha=Leaf())
        self.assertEqual(paths(root), ["", "zeta", "layers/leaf"])

    def test_shows_metrics_and_optimizer_of_a_compiled_model(self):
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
        model.compile("sgd", "mse", metrics=["mae"])
        model.train_on_batch(tf.ones((2, 3)), tf.ones((2, 2)))
        self.assertEqual(
            paths(model),
            [
                "",
                "optimizer",
                "metrics/mean",
                "metrics/mean_metric_wrapper",
                "layers/dense",
            ],
        )

    def test_visits_nests_in_nests_last(self):
        root = Holder(z=[Leaf(), [Leaf(), {"k": Leaf()}]], a=Leaf())
        self.assertEqual(
            paths(root),
            ["", "z/leaf", "a", "z/list/leaf", "z/list/dict/leaf"],
        )

    def test_visits_modules_with_variables_last(self):
        class Module(tf.Module):
            def __init__(self):
                super().__init__()
                self.weight = tf.Variable(1.0)
                self.layer = Leaf()

        root = Holder(z=Module(), a=Leaf())
        self.assertEqual(paths(root), ["", "a", "z", "z/layer"])

    def test_knows_a_users_property_that_shows_a_part(self):
        class Shows(Holder):
            __module__ = "users_code"

            @property
            def view(self):
                return self._hidden

            @property
            def fresh(self):
                return Leaf()

        self.assertEqual(paths(Shows(_hidden=Leaf())), ["", "view"])

    def test_follows_a_chain_of_any_length(self):
        root = Holder()
        for _ in range(1100):
            root = Holder(part=root)
        self.assertLen(paths(root), 1101)


if __name__ == "__main__":
    tf.test.main()
