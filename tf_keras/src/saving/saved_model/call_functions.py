"""The calls of layers as graph functions, which a SavedModel can hold."""

import contextlib
import inspect
import re

import tensorflow as tf

from tf_keras.src.core.call_context import context
from tf_keras.src.core.tracking import all_layers
from tf_keras.src.foundation.tf_internals import (
    autograph,
    autograph_enabled,
    quietly_retraced,
)

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]")
# Arguments of a call that are neither tensors nor these can't be saved.
_PLAIN = (bool, int, float, str, type(None), tf.DType, tf.TensorShape)


class CallFunctions:
    """What a SavedModel holds of the call of one layer.

    Attributes:
        call: Returns the outputs.
        with_losses: Returns the outputs and the losses that the call adds.
        without_penalty: The same, without the penalty on the outputs.
    """

    def __init__(self, layer, calls):
        name = _NOT_IN_NAMES.sub("_", layer.name)
        stem = f"{name}_layer_call"
        losses = f"{stem}_and_return_conditional_losses"
        signature = _signature(layer)
        if layer._activity_regularizer is None:
            run = _runner(layer, losses, signature)
            self.with_losses = self.without_penalty = run
        else:
            self.with_losses = _runner(
                layer, f"{stem}_and_return_all_conditional_losses", signature
            )
            self.without_penalty = _runner(layer, losses, signature, False)
        self.call = _function(
            lambda *args, **kwargs: self.with_losses(*args, **kwargs)[0],
            f"{stem}_fn",
            signature,
        )
        adds_training = takes_training(layer) and (
            not layer._call_spec.expects_training
        )
        for args, kwargs in in_both_modes(calls) if adds_training else calls:
            for function in {self.with_losses, self.without_penalty, self.call}:
                function.get_concrete_function(*args, **kwargs)


def _function(run, name, signature):
    run.__name__ = run.__qualname__ = name
    run.__signature__ = signature
    return quietly_retraced(tf.function(run, autograph=False))


def _signature(layer):
    """The signature of `layer.call`; without a training flag it predicts."""
    signature = getattr(layer, "_saved_signature", None)
    signature = signature or inspect.signature(layer.call)
    parameters = [
        p.replace(default=False, annotation=p.empty)
        if p.name == "training" and p.default in (None, p.empty)
        else p.replace(annotation=p.empty)
        for p in signature.parameters.values()
    ]
    if takes_training(layer) and "training" not in signature.parameters:
        # For the layers below; other versions of Keras always pass it then.
        flag = inspect.Parameter(
            "training", inspect.Parameter.KEYWORD_ONLY, default=False
        )
        is_open = parameters and parameters[-1].kind is flag.VAR_KEYWORD
        parameters.insert(len(parameters) - bool(is_open), flag)
    return signature.replace(
        parameters=parameters, return_annotation=signature.empty
    )


def takes_training(layer):
    """Whether a layer or one below it tells training from prediction."""
    return any(
        below._call_spec.expects_training
        for below in all_layers(layer)
        if getattr(below, "_call_spec", None) is not None
        and not getattr(below, "_is_metric", False)
    )


def in_both_modes(calls):
    """The types of calls, each for training and for prediction."""
    return [
        (args, {**kwargs, "training": training})
        for args, kwargs in calls
        for training in (True, False)
    ]


def _runner(layer, name, signature, penalty=True):
    """A function that calls a layer and returns outputs and losses."""
    names = list(signature.parameters)

    def run(*args, **kwargs):
        if 1 < len(args) <= len(names):
            # `__call__` of some layers takes fewer arguments by their place.
            kwargs = {**dict(zip(names[1:], args[1:])), **kwargs}
            args = args[:1]
        regularizer = layer._activity_regularizer
        try:
            if not penalty:
                layer.__dict__["_activity_regularizer"] = None
            with tracing(layer), autograph_enabled():
                outputs = layer(*args, **kwargs)
                return outputs, losses_of_call(layer)
        finally:
            layer.__dict__["_activity_regularizer"] = regularizer

    return _function(run, name, signature)


@contextlib.contextmanager
def tracing(layer):
    """The block in which calls of a layer are traced to be saved.

    What layers note about their calls is theirs again afterwards.
    """
    noted = ("_losses", "_losses_call", "_last_call", "_seen_output_shape")
    before = [
        (below, {key: vars(below).get(key) for key in noted})
        for below in all_layers(layer)
        if hasattr(below, "_losses")
    ]
    saving, context.saving = context.saving, True
    try:
        yield
    finally:
        context.saving = saving
        for below, state in before:
            vars(below).update(state)


def losses_of_call(layer):
    """The loss tensors that the last call of a layer has added."""
    return [
        loss
        for below in all_layers(layer)
        if getattr(below, "_losses_call", -1) >= layer._last_call
        for loss in below._losses
    ]


class Recorder:
    """Notes with which arguments the layers below one are called.

    Args:
        root: The layer. Its own calls are not noted.
    """

    def __init__(self, root):
        self._root = root
        self._calls = {}

    @contextlib.contextmanager
    def __call__(self):
        """The block in which calls are noted."""
        layers = [
            layer
            for layer in all_layers(self._root)[1:]
            if hasattr(type(layer), "call")
            and not getattr(layer, "_is_metric", False)
        ]
        for layer in layers:
            layer.__dict__["call"] = self._noting(layer)
        try:
            yield
        finally:
            for layer in layers:
                layer.__dict__.pop("call", None)

    def _noting(self, layer):
        call = layer.call
        converts = layer._call_spec.needs_autograph

        @tf.autograph.experimental.do_not_convert
        def noted(*args, **kwargs):
            self._note(layer, args, kwargs)
            with autograph_enabled():
                return (autograph(call) if converts else call)(*args, **kwargs)

        return noted

    def _note(self, layer, args, kwargs):
        found = type_of_call(args, kwargs)
        known = self._calls.setdefault(id(layer), [])
        if found is not None and found not in known:
            known.append(found)

    def calls(self, layer):
        """The types of the arguments of a layer's calls, each once."""
        return self._calls.get(id(layer), [])


def type_of_call(args, kwargs):
    """The types of a call's arguments, or None if they can't be saved."""
    for value in tf.nest.flatten((args, kwargs)):
        if not tf.is_tensor(value) and not isinstance(value, _PLAIN):
            return None

    def spec(value):
        return tf.type_spec_from_value(value) if tf.is_tensor(value) else value

    return tf.nest.map_structure(spec, (args, kwargs))
