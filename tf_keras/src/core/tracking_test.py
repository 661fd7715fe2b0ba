"""Tests of what a layer finds in its attributes."""

import os

import tensorflow as tf

from tf_keras.src.core.layer import Layer


class Leaf(Layer):
    """Two weights, one of them not trainable."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.kernel = self.add_weight("kernel", (2,))
        self.count = self.add_weight("count", (), trainable=False)


def names(weights):
    return [weight.name.split(":")[0] for weight in weights]


class FindsTest(tf.test.TestCase):
    def test_finds_layers_in_every_kind_of_nest(self):
        holder = Layer()
        leaves = [Leaf(name=f"leaf{i}") for i in range(6)]
        holder.alone = leaves[0]
        holder.list = [leaves[1], 3, "text"]
        holder.dict = {"b": leaves[2]}
        holder.tuple = (leaves[3], None)
        holder.nest = [{"deep": (leaves[4], [leaves[5]])}]
        self.assertEqual(list(holder._flatten_layers())[1:], leaves)
        self.assertLen(holder.trainable_weights, 6)
        self.assertLen(holder.non_trainable_weights, 6)

    def test_finds_what_a_list_or_dict_gets_later(self):
        holder = Layer()
        holder.list = []
        holder.dict = {}
        holder.list.append(Leaf(name="first"))
        holder.dict["key"] = Leaf(name="second")
        holder.list += [Leaf(name="third")]
        self.assertEqual(
            {layer.name for layer in holder._flatten_layers()},
            {holder.name, "first", "second", "third"},
        )

    def test_finds_variables_in_every_kind_of_nest(self):
        holder = Layer()
        holder.alone = tf.Variable(1.0, name="alone")
        holder.list = [tf.Variable(1.0, name="list", trainable=False)]
        holder.dict = {"key": tf.Variable(1.0, name="dict")}
        holder.tuple = (tf.Variable(1.0, name="tuple"),)
        self.assertEqual(
            names(holder.trainable_weights), ["alone", "dict", "tuple"]
        )
        self.assertEqual(names(holder.non_trainable_weights), ["list"])

    def test_finds_variables_appended_later(self):
        holder = Layer()
        holder.list = [tf.Variable(1.0, name="a")]
        holder.list.append(tf.Variable(1.0, name="b"))
        self.assertEqual(names(holder.weights), ["a", "b"])

    def test_finds_through_a_plain_module(self):
        holder = Layer()
        holder.module = tf.Module()
        holder.module.variable = tf.Variable(1.0, name="variable")
        holder.module.leaf = Leaf(name="leaf")
        holder.module.inner = tf.Module()
        holder.module.inner.deep = tf.Variable(
            1.0, name="deep", trainable=False
        )
        self.assertEqual(
            set(names(holder.weights)), {"variable", "kernel", "count", "deep"}
        )
        self.assertEqual(
            set(names(holder.trainable_weights)), {"variable", "kernel"}
        )

    def test_finds_variables_of_a_plain_trackable_for_checkpoints_only(self):
        holder = Layer()
        holder.plain = tf.train.Checkpoint(inner=tf.Variable(2.0))
        self.assertEqual(holder.weights, [])
        path = tf.train.Checkpoint(layer=holder).write(
            os.path.join(self.get_temp_dir(), "checkpoint")
        )
        saved = [name for name, _ in tf.train.list_variables(path)]
        self.assertIn("layer/plain/inner/.ATTRIBUTES/VARIABLE_VALUE", saved)

    def test_counts_what_is_held_twice_once(self):
        holder = Layer()
        leaf = Leaf()
        holder.first = leaf
        holder.second = [leaf, {"again": leaf}]
        holder.variable = leaf.kernel
        self.assertLen(holder.weights, 2)
        self.assertLen(list(holder._flatten_layers()), 2)

    def test_metrics_are_found_apart_from_layers(self):
        class Count(Layer):
            _is_metric = True

        holder = Layer()
        count = Count(name="count")
        holder.count = count
        holder.leaf = Leaf()
        self.assertEqual(holder.metrics, [count])
        self.assertNotIn(count, list(holder._flatten_layers()))

    def test_leaves_a_no_dependency_list_alone(self):
        holder = Layer()
        holder._self_setattr_tracking = False
        holder.plain = [Leaf()]
        self.assertIs(type(holder.plain), list)
        self.assertEqual(holder.weights, [])


class ForgetsTest(tf.test.TestCase):
    def test_replaced_attribute_is_gone(self):
        holder = Layer()
        holder.part = Leaf(name="old")
        holder.part = Leaf(name="new")
        self.assertEqual(
            [layer.name for layer in holder._flatten_layers()][1:], ["new"]
        )
        self.assertLen(holder.weights, 2)

    def test_replaced_by_a_plain_value_is_gone(self):
        holder = Layer()
        holder.part = Leaf()
        holder.variable = tf.Variable(1.0)
        holder.part = None
        holder.variable = 3
        self.assertEqual(holder.weights, [])

    def test_deleted_attribute_is_gone(self):
        holder = Layer()
        holder.part = Leaf()
        holder.variable = tf.Variable(1.0)
        holder.list = [tf.Variable(2.0)]
        del holder.part, holder.variable, holder.list
        self.assertEqual(holder.weights, [])
        self.assertFalse(hasattr(holder, "part"))

    def test_variable_held_by_two_attributes_stays_with_the_other(self):
        holder = Layer()
        holder.first = holder.second = tf.Variable(1.0, name="both")
        del holder.first
        self.assertEqual(names(holder.weights), ["both"])

    def test_removed_list_items_are_gone(self):
        holder = Layer()
        holder.list = [Leaf(name="a"), Leaf(name="b")]
        holder.list.pop()
        self.assertLen(holder.weights, 2)


class TrainableTest(tf.test.TestCase):
    def test_freezes_all_below_and_is_live(self):
        holder = Layer()
        holder.inner = Layer()
        holder.inner.leaf = leaf = Leaf()
        holder.trainable = False
        self.assertFalse(leaf.trainable)
        self.assertEqual(holder.trainable_weights, [])
        self.assertEqual(
            names(holder.non_trainable_weights), ["kernel", "count"]
        )
        leaf.trainable = True
        self.assertEqual(names(leaf.trainable_weights), ["kernel"])
        self.assertEqual(holder.trainable_weights, [])
        holder.trainable = True
        self.assertEqual(names(holder.trainable_weights), ["kernel"])

    def test_frozen_part_of_a_trained_whole(self):
        holder = Layer()
        holder.first, holder.second = Leaf(name="first"), Leaf(name="second")
        holder.first.trainable = False
        self.assertLen(holder.trainable_weights, 1)
        self.assertLen(holder.non_trainable_weights, 3)

    def test_freezes_through_modules_and_nests(self):
        holder = Layer()
        holder.module = tf.Module()
        holder.module.leaf = in_module = Leaf()
        holder.nest = [{"leaf": Leaf()}]
        holder.trainable = False
        self.assertFalse(in_module.trainable)
        self.assertFalse(holder.nest[0]["leaf"].trainable)

    def test_constructor_argument(self):
        leaf = Leaf(trainable=False)
        self.assertEqual(leaf.trainable_weights, [])
        self.assertTrue(leaf.kernel.trainable)

    def test_order_of_a_layers_weights(self):
        class Whole(Layer):
            def __init__(self):
                super().__init__()
                self.leaf = Leaf()
                self.state = self.add_weight("state", (), trainable=False)
                self.own = self.add_weight("own", ())

        self.assertEqual(
            names(Whole().weights), ["own", "kernel", "state", "count"]
        )


class CheckpointTest(tf.test.TestCase):
    def test_object_paths_are_attribute_names(self):
        holder = Layer()
        holder.leaf = Leaf()
        holder.list = [Leaf(), {"key": Leaf()}]
        path = tf.train.Checkpoint(layer=holder).write(
            os.path.join(self.get_temp_dir(), "checkpoint")
        )
        saved = {
            name.removesuffix("/.ATTRIBUTES/VARIABLE_VALUE")
            for name, _ in tf.train.list_variables(path)
        }
        for place in ("leaf", "list/0", "list/1/key"):
            for weight in ("kernel", "count"):
                self.assertIn(f"layer/{place}/{weight}", saved)

    def test_values_come_back(self):
        holder, other = Layer(), Layer()
        holder.list, other.list = [Leaf()], [Leaf()]
        holder.list[0].kernel.assign([1.0, 2.0])
        path = tf.train.Checkpoint(layer=holder).write(
            os.path.join(self.get_temp_dir(), "checkpoint")
        )
        tf.train.Checkpoint(layer=other).read(path).assert_consumed()
        self.assertAllEqual(other.list[0].kernel, [1.0, 2.0])

    def test_deleted_attribute_leaves_the_checkpoint(self):
        holder = Layer()
        holder.leaf = Leaf()
        del holder.leaf
        path = tf.train.Checkpoint(layer=holder).write(
            os.path.join(self.get_temp_dir(), "checkpoint")
        )
        saved = [name for name, _ in tf.train.list_variables(path)]
        self.assertNotIn("leaf", "".join(saved))


if __name__ == "__main__":
    tf.test.main()
