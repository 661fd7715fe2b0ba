"""Tests that every public layer has a test by the contract of layers."""

import ast
import inspect
import pathlib

import tensorflow as tf

import tf_keras

LAYERS = pathlib.Path(tf_keras.__file__).parent / "src" / "layers"

# Classes of the face that are no finished layers.
OTHERS = {
    "AbstractRNNCell": "a base class of users' cells",
    "InputLayer": "holds a symbolic tensor and is never called",
    "Layer": "the base class",
    "RNN": "runs a cell; the tests of cells and of their layers cover it",
    "Wrapper": "a base class",
}
# Layers whose tests are still to come; each leaves the list with its test.
TO_COME = {
    "Bidirectional",
    "ConvLSTM1D",
    "ConvLSTM2D",
    "ConvLSTM3D",
    "GRU",
    "GRUCell",
    "LSTMCell",
    "SimpleRNN",
    "SimpleRNNCell",
    "StackedRNNCells",
    "TimeDistributed",
}


def layers_under_contract():
    """Names of the classes that `make_layer` of a contract's test makes."""
    names = set()
    for file in LAYERS.rglob("*_test.py"):
        for test in ast.parse(file.read_text(encoding="utf-8")).body:
            bases = getattr(test, "bases", ())
            if any(getattr(b, "id", "") == "LayerContract" for b in bases):
                names |= _made_layers(test)
    return names


def _made_layers(test):
    for function in test.body:
        if getattr(function, "name", "") == "make_layer":
            return {
                node.value.func.id
                for node in ast.walk(function)
                if isinstance(node, ast.Return)
                and isinstance(node.value, ast.Call)
                and isinstance(node.value.func, ast.Name)
            }
    return set()


def public_layers():
    """The layers of the face, by the names of their classes."""
    return {
        value.__name__
        for value in vars(tf_keras.layers).values()
        if inspect.isclass(value) and issubclass(value, tf_keras.layers.Layer)
    }


class LayerContractTest(tf.test.TestCase):
    def test_every_public_layer_keeps_the_contract(self):
        missing = (
            public_layers() - layers_under_contract() - set(OTHERS) - TO_COME
        )
        self.assertEmpty(missing)

    def test_no_layer_is_excused_that_has_a_test(self):
        self.assertEmpty(TO_COME & layers_under_contract())

    def test_notices_a_layer_without_a_test(self):
        self.assertIn("Dense", layers_under_contract())
        self.assertNotIn("Wrapper", layers_under_contract())


if __name__ == "__main__":
    tf.test.main()
