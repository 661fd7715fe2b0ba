"""Tests of how the calls of a graph are ordered and run."""

import random

import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer
from tf_keras.src.models.layer_graph import LayerGraph, Plan

# The order of layers in published tf_keras 2.21 for the graph of each seed.
PUBLISHED_ORDERS = """
i0 i1 a0 a2 a5
i0 d0 d1 a2 d4
i0 d0 a1
i0 d0
i0 d0 d2 d1
i2 i0 i1 a0 a1 a4
i0 d3 d5 i1 i2 a6
i1 i0 a3
i0 d0 d2 a3 d1
i0 d0 d1 d5 i1 d6
i2 i1 i0 a2
i1 i0 a0
i1 d1 d2 i0
i1 i0 d2
i0 d0 d1 d6 d2
i0 d1 d2
i1 i0 d0 d1
i0 d2 d3 i1 i2 d4
i0 d0 d1
i2 i0 a0 i1 a1
i0 i1 a0 i2 d6
i0 d1
i0 d0 d1 a2
i1 i0 d0
i2 i0 i1 a3
i1 i0 a0 a1
i1 i0 a0 d1 i2 d2
i1 i0 i2 d4
i0 d0 d1 a2
i2 i0 i1 d0
i2 i0 i1 d6
i0 d0 d4 d2
i0 d1 d2 d3
i1 i2 a1 a0 i0 a2 a3
i2 i0 i1 d2 a0
i2 i1 a1 i0 a0 a4
i1 i0 a0 d1 d2
i2 i0 d0 d2 i1 a4
i2 i0 i1 d1 d4
i0 d1
i0 i1 d3
i0 i1 d0
i1 d1 i0 i2 d0 a2
i0 d0
i0 i1 a0 d2
i0 i1 a5 d1
i0 d4 d0
i0 i1 d2 d0
i1 i0 i2 d3
i0 d0 d3 d1
i0 d0 i1 a4 d5
i0 d1 d0 a2 a6 a5 d7
i0 i1 d1
i2 i0 i1 d8 d5
i0 d0 d2 a4
i0 d0 a1 d2 a3
i2 d0 i0 i1 d1
i0 d1 d0
i2 d0 i0 i1 d3 d2
i0 d0 d1 a2
""".split("\n")[1:-1]


class Same(Layer):
    """Returns its input."""

    def call(self, inputs):
        return inputs * 1.0


class Sum(Layer):
    """Adds its inputs."""

    def call(self, inputs):
        return tf.add_n(inputs)


def random_graph(seed):
    """The graph of a seed: inputs and outputs."""
    choice = random.Random(seed)
    count = choice.randint(1, 3)
    tensors = [Input((3,), name=f"i{k}") for k in range(count)]
    inputs, layers = list(tensors), []
    for j in range(choice.randint(3, 9)):
        kind = choice.random()
        if kind < 0.5 or len(tensors) < 2:
            layers.append(Same(name=f"d{j}"))
            tensors.append(layers[-1](choice.choice(tensors)))
        elif kind < 0.7 and layers:
            layer = choice.choice(layers)
            tensors.append(layer(choice.choice(tensors)))
        else:
            a, b = choice.sample(range(len(tensors)), 2)
            tensors.append(Sum(name=f"a{j}")([tensors[a], tensors[b]]))
    outputs = choice.sample(tensors[count:], choice.randint(1, 2))
    return inputs, outputs


class OrderTest(tf.test.TestCase):
    def test_is_the_published_one_on_random_graphs(self):
        for seed, line in enumerate(PUBLISHED_ORDERS):
            graph = LayerGraph(*random_graph(seed))
            with self.subTest(seed=seed):
                self.assertEqual(
                    [layer.name for layer in graph.layers], line.split()
                )

    def test_each_call_comes_after_what_it_uses(self):
        for seed in range(20):
            graph = LayerGraph(*random_graph(seed))
            done = set()
            for node in graph.nodes:
                self.assertLessEqual(set(node.parent_nodes), done)
                done.add(node)

    def test_depths_count_from_the_outputs(self):
        x = Input((3,))
        a = Same()(x)
        y = Sum()([Same()(a), a])
        graph = LayerGraph([x], [y])
        self.assertEqual(graph.depths[y.node], 0)
        self.assertEqual(graph.depths[a.node], 2)
        self.assertEqual(graph.depths[x.node], 3)
        self.assertLen(graph.nodes_by_depth[1], 1)


class RefusalTest(tf.test.TestCase):
    def test_disconnected_graph(self):
        x, z = Input((3,), name="x"), Input((3,), name="z")
        y = Sum(name="sum")([Same()(x), Same(name="lost")(z)])
        with self.assertRaisesRegex(
            ValueError, "(?s)Graph disconnected.*'lost'|'z'.*model's inputs"
        ):
            LayerGraph([x], [y])

    def test_cyclic_graph(self):
        first, second = Same(name="first"), Same(name="second")
        x = Input((3,))
        a = first(x)
        b = second(a)
        # No call can make a cycle; a damaged graph could.
        first.inbound_nodes[0]._symbolic[0] = (0, b)
        with self.assertRaisesRegex(ValueError, "cycle.*'(first|second)'"):
            LayerGraph([x], [b])

    def test_two_layers_of_one_name(self):
        x = Input((3,))
        y = Same(name="twin")(Same(name="twin")(x))
        with self.assertRaisesRegex(ValueError, '"twin" is used 2 times'):
            LayerGraph([x], [y])


class PlanTest(tf.test.TestCase):
    def test_runs_shared_layers_and_many_outputs(self):
        class Scale(Layer):
            def __init__(self, factor):
                super().__init__()
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

        x, z = Input((2,)), Input((2,))
        double, triple = Scale(2.0), Scale(3.0)
        a = double(x)
        outputs = [double(a), Sum()([a, triple(z)]), a]
        plan = Plan(LayerGraph([x, z], outputs), [x, z], outputs)
        values = plan.run([tf.ones((1, 2)), tf.ones((1, 2))])
        self.assertAllEqual([v[0, 0] for v in values], [4.0, 5.0, 2.0])

    def test_forgets_values_that_nobody_needs(self):
        x = Input((2,))
        y = x
        for _ in range(5):
            y = Same()(y)
        plan = Plan(LayerGraph([x], [y]), [x], [y])
        frees = [len(step.frees) for step in plan.steps]
        self.assertEqual(sum(frees), 5)
        self.assertEqual(max(frees), 1)

    def test_runs_calls_with_keywords_and_constants(self):
        class Mix(Layer):
            def call(self, inputs, other=None, scale=1.0):
                return inputs[0] + scale * other["b"]

        x, z = Input((2,)), Input((2,))
        y = Mix()([x], other={"b": z}, scale=10.0)
        plan = Plan(LayerGraph([x, z], [y]), [x, z], [y])
        (value,) = plan.run([tf.ones((1, 2)), tf.ones((1, 2))])
        self.assertAllEqual(value, [[11.0, 11.0]])


if __name__ == "__main__":
    tf.test.main()
