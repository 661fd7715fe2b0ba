"""Writes whole models as SavedModels, and shows layers to TensorFlow."""

import contextlib
import threading

import tensorflow as tf

from tf_keras.src.core import hooks, tracking
from tf_keras.src.foundation.tf_internals import (
    AutoTrackable,
    save_and_list_nodes,
    tracked_dict,
    tracked_list,
)
from tf_keras.src.saving.atomic_folders import replacing_folder
from tf_keras.src.saving.saved_model import metadata_file
from tf_keras.src.saving.saved_model.call_functions import (
    CallFunctions,
    Recorder,
    in_both_modes,
    takes_training,
    tracing,
)
from tf_keras.src.saving.saved_model.describe import describe, named_specs

_current = threading.local()


def save(
    model,
    path,
    include_optimizer=True,
    signatures=None,
    options=None,
    save_traces=True,
):
    """Writes a model as a SavedModel. A folder that is there is replaced.

    Args:
        model: The model or layer.
        path: The folder.
        include_optimizer: Whether to write how the model was compiled, and
            the optimizer's state.
        signatures: Functions to serve, as of `tf.saved_model.save`.
        options: `tf.saved_model.SaveOptions`, or None.
        save_traces: Whether to write the calls of layers. Without them
            classes of the user's own are needed to load the model.

    Raises:
        ValueError: If the types of the model's inputs aren't known yet.
    """
    check_called(model)
    session = _Session(model, include_optimizer, save_traces)
    with replacing_folder(path) as temporary:
        with _in_session(session):
            nodes = save_and_list_nodes(model, temporary, signatures, options)
        described = [
            metadata_file.Node(
                index,
                place,
                node._object_identifier,
                {
                    **session.input_shape_of(node),
                    **describe(node, index == 0, include_optimizer),
                },
            )
            for index, (node, place) in enumerate(nodes)
            if _is_described(node, place)
        ]
        metadata_file.write(temporary, described)


def _is_described(node, place):
    # Other versions of Keras read layers by way of these names as well.
    return tracking.is_layer(node) and place != ""


def check_called(model):
    """Raises ValueError if the types of a model's inputs aren't known."""
    if not hasattr(model, "save_spec") or model.save_spec() is not None:
        return
    if hasattr(model.call, "get_concrete_function"):
        return
    raise ValueError(
        f"Model {model.name!r} cannot be saved as a SavedModel because the "
        "input shape is not available: it was never called. Call it on data, "
        "`model(inputs)`, run `fit`, `evaluate` or `predict`, or for a "
        "`Sequential` use `build(input_shape)`."
    )


@contextlib.contextmanager
def _in_session(session):
    before = getattr(_current, "session", None)
    _current.session = session
    try:
        yield
    finally:
        _current.session = before


def view(layer, parts, cache):
    """Returns what a SavedModel shows of a layer.

    Args:
        layer: A layer, model or metric.
        parts: A dict from the names of attributes to what is saved of them.
        cache: The dict that TensorFlow hands to all objects of one save.
    """
    session = getattr(_current, "session", None) or cache.get(_KEY)
    if session is None:  # A program called `tf.saved_model.save` itself.
        session = cache[_KEY] = _Session(layer)
    shown = session.view(layer)
    parts = {k: v for k, v in parts.items() if not _is_unused(v)}
    return {**parts, **shown}


_KEY = AutoTrackable()


def _is_unused(value):
    """Whether a layer was never built: nobody could make it again."""
    return (
        tracking.is_layer(value)
        and not tracking.is_metric(value)
        and not any(
            getattr(layer, "built", True)
            for layer in tracking.all_layers(value)
        )
    )


class _Session:
    """One save: which calls were traced, which functions stand for losses."""

    def __init__(self, root, include_optimizer=True, save_traces=True):
        self._root = root
        self._include_optimizer = include_optimizer
        self._save_traces = save_traces
        self._functions = {}
        self._traced = set()
        self._recorders = []
        self._losses = {}
        self._empty, self._empty_dict = tracked_list([]), tracked_dict({})
        self._children = {}

    def view(self, layer):
        if id(layer) not in self._children:
            self._children[id(layer)] = self._made_view(layer)
        return self._children[id(layer)]

    def _made_view(self, layer):
        if not self._save_traces or layer._object_identifier == (
            "_tf_keras_input_layer"
        ):
            return self._compiled_parts(layer)
        shown = AutoTrackable()
        if getattr(layer, "_is_metric", False):
            shown.variables = self._list(layer.weights)
            return {"keras_api": shown, "variables": shown.variables}
        if layer._must_restore_from_config:
            return {"keras_api": shown}
        for name, value in self._state(layer).items():
            setattr(shown, name, value)
        functions = self._functions_of(layer)
        names = ["variables", "trainable_variables", "regularization_losses"]
        children = {name: getattr(shown, name) for name in names}
        children.update(functions)
        for name, function in functions.items():
            setattr(shown, name, function)
        children.pop("call_and_return_conditional_losses", None)
        return {**children, **self._compiled_parts(layer), "keras_api": shown}

    def _compiled_parts(self, layer):
        if layer is self._root and not self._include_optimizer:
            return {"optimizer": self._empty}
        return {}

    def _state(self, layer):
        regularizers = [
            self._loss_function(loss)
            for below in tracking.all_layers(layer)
            for loss in getattr(below, "_callable_losses", ())
        ]
        is_rnn = layer._object_identifier == "_tf_keras_rnn_layer"
        below = tracking.layers_in(layer._tracked_objects())
        state = {
            "variables": layer.weights,
            "trainable_variables": layer.trainable_weights,
            "non_trainable_variables": layer.non_trainable_weights,
            "layers": [
                part
                for part in getattr(layer, "layers", below)
                if not _is_unused(part)
            ],
            "metrics": layer.metrics,
            "regularization_losses": regularizers,
            "layer_regularization_losses": [
                self._loss_function(loss) for loss in layer._callable_losses
            ],
        }
        if is_rnn:
            state["states"] = layer._states or []
        found = {name: self._list(values) for name, values in state.items()}
        found["layer_metrics"] = self._empty_dict
        if layer._metrics:
            found["layer_metrics"] = {m.name: m for m in layer._metrics}
        return found

    def _list(self, values):
        values = tf.nest.flatten(values)
        return tracked_list(values) if values else self._empty

    def _loss_function(self, loss):
        """A function for a penalty on weights, once for each penalty."""
        if id(loss) not in self._losses:

            def run():
                return loss()

            run.__name__ = f"loss_fn_{len(self._losses)}"
            function = tf.function(run, autograph=False, input_signature=[])
            function.get_concrete_function()
            self._losses[id(loss)] = function, loss
        return self._losses[id(loss)][0]

    # Calls ---------------------------------------------------------------

    def input_shape_of(self, layer):
        """What metadata tells of the shape with which a layer was called.

        For layers that others build, which keep no note of it.
        """
        for recorder in self._recorders:
            for args, _ in recorder.calls(layer):
                flat = tf.nest.flatten(args[:1])
                if flat and all(isinstance(x, tf.TensorSpec) for x in flat):
                    shape = tf.nest.map_structure(lambda x: x.shape, args[0])
                    return {"build_input_shape": shape}
        return {}

    def _functions_of(self, layer):
        if id(layer) not in self._traced:
            self._trace(layer)
        return self._functions.get(id(layer), {})

    def _trace(self, root):
        """Traces the calls of a layer and of all below it."""
        calls = _calls_of_root(root)
        self._traced.update(id(below) for below in tracking.all_layers(root))
        if calls is None or root.dynamic:
            return
        recorder = Recorder(root)
        with recorder():
            functions = CallFunctions(root, calls)
        self._recorders.append(recorder)
        self._functions[id(root)] = _named(functions)
        if hasattr(root, "save_spec"):
            self._functions[id(root)]["_default_save_signature"] = (
                _default_signature(root, functions)
            )
        implied = _implied_by_config(root)
        for layer in tracking.all_layers(root)[1:]:
            found = recorder.calls(layer)
            if found and id(layer) not in implied:
                self._functions[id(layer)] = _named(CallFunctions(layer, found))


def _implied_by_config(root):
    """Ids of the layers whose calls a SavedModel does without.

    Those are the nodes of graphs of layers, if their classes are ours: no
    attribute leads to them, and whoever reads the file makes them from their
    configs. Tracing each would take most of the time of a save.
    """
    members = {
        id(layer)
        for network in tracking.all_layers(root)
        for layer in getattr(network, "_graph_layers", None) or ()
    }
    return {
        id(layer)
        for layer in tracking.all_layers(root)
        if getattr(layer, "_must_restore_from_config", False)
        or (id(layer) in members and _is_ours(layer))
    }


def _is_ours(layer):
    return not hasattr(layer, "save_spec") and not any(
        below._call_spec.needs_autograph
        or hasattr(below, "function")
        or hasattr(below, "_saved_signature")
        for below in tracking.all_layers(layer)
        if hasattr(below, "_call_spec")
    )


def _named(functions):
    return {
        "__call__": functions.call,
        "call_and_return_all_conditional_losses": functions.with_losses,
        "call_and_return_conditional_losses": functions.without_penalty,
    }


def _calls_of_root(root):
    """The types of arguments with which a SavedModel's root is called."""
    if hasattr(root, "save_spec"):
        spec = root.save_spec()
        if spec is None:
            return None
        (inputs,), kwargs = named_specs(spec)
    else:
        shapes = root._build_input_shape
        if shapes is None:
            return None
        inputs, kwargs = _specs_of_shapes(root, shapes), {}
    calls = [((inputs,), kwargs)]
    if root._call_spec.expects_training:
        return in_both_modes(calls)
    return calls


def _specs_of_shapes(layer, shapes):
    dtype = layer.compute_dtype or "float32"
    if isinstance(shapes, dict):
        return {k: _specs_of_shapes(layer, v) for k, v in shapes.items()}
    try:
        shape = tf.TensorShape(shapes)
    except (TypeError, ValueError):
        return [_specs_of_shapes(layer, shape) for shape in shapes]
    if shape.rank:
        shape = [None, *shape[1:]]
    return tf.TensorSpec(shape, dtype)


def _default_signature(model, functions):
    """What `tf.saved_model.save` serves of a model: its prediction."""
    (inputs,), kwargs = named_specs(model.save_spec())
    training = {"training": False} if takes_training(model) else {}

    def _wrapped_model(inputs, **kwargs):
        outputs = functions.call(inputs, **kwargs, **training)
        return _named_outputs(model, outputs)

    function = tf.function(_wrapped_model, autograph=False)
    with tracing(model):
        return function.get_concrete_function(inputs, **kwargs)


def _named_outputs(model, outputs):
    """Outputs by the names that a signature gives them."""
    names = getattr(model, "output_names", None)
    flat = tf.nest.flatten(outputs)
    if not names:
        if isinstance(outputs, dict):
            return outputs
        names = [f"output_{index}" for index in range(1, len(flat) + 1)]
    return dict(zip(names, flat))


hooks.answer("saved_model_view", view)
