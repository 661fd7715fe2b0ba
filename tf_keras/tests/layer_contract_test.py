"""Tests that every public layer has a test by the contract of layers."""

import ast
import inspect
import pathlib

import tensorflow as tf

import tf_keras

LAYERS = pathlib.Path(tf_keras.__file__).parent / "src" / "layers"

# Classes of the face that no test makes by itself, and why.
OTHERS = {
    "AbstractRNNCell": "a base class of users' cells",
    "GRUCell": "runs inside of a recurrent layer",
    "InputLayer": "holds a symbolic tensor and is never called",
    "LSTMCell": "runs inside of a recurrent layer",
    "Layer": "the base class",
    "MultiHeadAttention": "takes two inputs; the test wraps it in a layer",
    "SimpleRNNCell": "runs inside of a recurrent layer",
    "StackedRNNCells": "runs inside of a recurrent layer",
    "Wrapper": "a base class",
}
# Layers whose tests are still to come; each leaves the list with its test.
TO_COME = {
    "HashedCrossing",
    "IntegerLookup",
    "RandomBrightness",
    "RandomContrast",
    "RandomCrop",
    "RandomFlip",
    "RandomHeight",
    "RandomRotation",
    "RandomTranslation",
    "RandomWidth",
    "RandomZoom",
    "StringLookup",
    "TextVectorization",
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
        self.assertNotIn("InputLayer", layers_under_contract())


if __name__ == "__main__":
    tf.test.main()
