"""Tests that every public layer has a test by the contract of layers."""

import ast
import inspect
import pathlib

import tensorflow as tf

import tf_keras

LAYERS = pathlib.Path(tf_keras.__file__).parent / "src" / "layers"

FACES = (
    tf_keras.layers,
    tf_keras.layers.experimental,
    tf_keras.layers.experimental.preprocessing,
)
# Base classes, without a `call` that computes.
BASES = {"AbstractRNNCell", "Layer", "PreprocessingLayer"}
# Never called: it holds a symbolic tensor.
NOT_CALLED = {"InputLayer"}


def layers_under_contract():
    """Names of the classes that `make_layer` of a contract's test makes.

    A subclass that the test's file writes stands for its base.
    """
    names = set()
    for file in LAYERS.rglob("*_test.py"):
        body = ast.parse(file.read_text(encoding="utf-8")).body
        bases = {
            node.name: {base.id for base in node.bases if hasattr(base, "id")}
            for node in body
            if isinstance(node, ast.ClassDef)
        }
        for test in body:
            if "LayerContract" in bases.get(getattr(test, "name", ""), ()):
                for name in _made_layers(test):
                    names |= {name, *bases.get(name, ())}
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
    """The layers of the faces, by the names of their classes."""
    return {
        value.__name__
        for face in FACES
        for value in vars(face).values()
        if inspect.isclass(value) and issubclass(value, tf_keras.layers.Layer)
    }


class LayerContractTest(tf.test.TestCase):
    def test_every_public_layer_keeps_the_contract(self):
        missing = public_layers() - layers_under_contract()
        self.assertEqual(missing, BASES | NOT_CALLED)

    def test_notices_a_layer_without_a_test(self):
        self.assertIn("Dense", layers_under_contract())
        self.assertNotIn("InputLayer", layers_under_contract())


if __name__ == "__main__":
    tf.test.main()
