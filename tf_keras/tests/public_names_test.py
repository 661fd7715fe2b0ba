"""Tests that the faces show the public API of tf_keras 2.21, and no more.

`public_api.json` holds what the published package shows: for each name, its
signature, methods and aliases. A face may lack names that are not built yet;
what it shows must be right.
"""

import importlib
import inspect
import json
import pathlib
import re

import tensorflow as tf

from tf_keras.src.testing.faces import built_faces

# What we add to the published API.
OURS = {
    "backend.size",
    "callbacks.SwapEMAWeights",
    "datasets.digits",
    "datasets.digits.load_data",
}
# Published classes that hide their arguments behind a metaclass.
HIDDEN = {"mixed_precision.LossScaleOptimizer"}
MARKS = {classmethod: "@classmethod ", staticmethod: "@staticmethod "}


def read_recorded():
    """The record of every public name, aliases included."""
    path = pathlib.Path(__file__).parent / "public_api.json"
    by_name = {}
    for name, record in json.loads(path.read_text()).items():
        by_name[name] = (name, record)
        for alias in (record or {}).get("aliases", ()):
            by_name[alias] = (name, record)
    return by_name


def default_text(value):
    if callable(value) and getattr(value, "__name__", None):
        return f"<{value.__name__}>"
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))


def signature_text(function, is_bound=False):
    """A signature without annotations: `(units, activation=None, **kwargs)`."""
    parts = []
    needs_star = True
    parameters = list(inspect.signature(function).parameters.values())
    for parameter in parameters[1 if is_bound else 0 :]:
        if parameter.kind is parameter.KEYWORD_ONLY and needs_star:
            parts.append("*")
        if parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_POSITIONAL):
            needs_star = False
        stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}
        text = stars.get(parameter.kind, "") + parameter.name
        if parameter.default is not parameter.empty:
            text += "=" + default_text(parameter.default)
        parts.append(text)
    return f"({', '.join(parts)})"


def constructor_text(cls):
    for name in ("__init__", "__new__"):
        if getattr(cls, name) is not getattr(object, name):
            return signature_text(getattr(cls, name), is_bound=True)
    return "()"


def method_text(cls, name):
    """The signature of a method with its decorator, or None."""
    found = inspect.getattr_static(cls, name, None)
    for kind, mark in MARKS.items():
        if isinstance(found, kind):
            return mark + signature_text(getattr(cls, name))
    return signature_text(found, is_bound=True) if callable(found) else None


class PublicNamesTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recorded = read_recorded()
        cls.shown = {}
        for face in built_faces():
            cls.shown[face] = importlib.import_module(f"tf_keras.{face}")
            for name, value in vars(cls.shown[face]).items():
                if not name.startswith("__") or name == "__internal__":
                    cls.shown[f"{face}.{name}"] = value

    def check(self, differences):
        if differences:
            self.fail("\n" + "\n".join(differences))

    def pairs(self):
        """Every name shown and recorded: `(name, object, record)`."""
        for name, value in self.shown.items():
            if name in self.recorded and self.recorded[name][1] is not None:
                yield name, value, self.recorded[name][1]

    def test_shows_no_name_that_is_not_public(self):
        self.check(
            [
                f"tf_keras.{name} is neither recorded nor in OURS"
                for name in sorted(self.shown.keys() - self.recorded - OURS)
            ]
        )

    def test_every_name_has_a_docstring(self):
        without = []
        for name, value in self.shown.items():
            # A class without a docstring shows that of its base.
            own = vars(value) if inspect.isclass(value) else {}
            doc = own.get("__doc__", "") if own else value.__doc__
            first = (doc or "").partition("\n")[0]
            if not first.strip() or len(first) > 79:
                without.append(f"tf_keras.{name}: {first!r}")
        self.check(without)

    def test_classes_are_classes_and_functions_are_functions(self):
        self.check(
            [
                f"tf_keras.{name}: class is {inspect.isclass(value)}"
                for name, value, record in self.pairs()
                if inspect.isclass(value) != (record.get("kind") == "class")
            ]
        )

    def test_signatures_agree(self):
        different = []
        for name, value, record in self.pairs():
            read = (
                constructor_text if inspect.isclass(value) else signature_text
            )
            if name in HIDDEN:
                continue
            if record["signature"] not in (None, read(value)):
                different.append(
                    f"tf_keras.{name}: {read(value)}\n"
                    f"  recorded: {record['signature']}"
                )
        self.check(different)

    def test_methods_agree(self):
        different = []
        for name, value, record in self.pairs():
            for method, wanted in record.get("methods", {}).items():
                found = method_text(value, method)
                if found != wanted:
                    different.append(
                        f"tf_keras.{name}.{method}: {found}\n"
                        f"  recorded: {wanted}"
                    )
            for attribute in record.get("properties", ()):
                if inspect.getattr_static(value, attribute, self) is self:
                    different.append(f"tf_keras.{name}.{attribute}: missing")
        self.check(different)

    def test_aliases_are_one_object(self):
        self.check(
            [
                f"tf_keras.{name} is not tf_keras.{self.recorded[name][0]}"
                for name, value, _ in self.pairs()
                if self.shown.get(self.recorded[name][0], value) is not value
            ]
        )

    def test_notices_another_signature(self):
        def function(first, *rest, second=1, third=function_default): ...

        self.assertEqual(
            signature_text(function),
            "(first, *rest, second=1, third=<function_default>)",
        )

        class Class:
            @classmethod
            def make(cls, config, *, deep=True): ...

        self.assertEqual(
            method_text(Class, "make"), "@classmethod (config, *, deep=True)"
        )
        self.assertEqual(constructor_text(Class), "()")


def function_default():
    """Stands in a signature above."""


if __name__ == "__main__":
    tf.test.main()
