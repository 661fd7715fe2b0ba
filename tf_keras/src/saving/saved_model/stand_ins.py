"""Stand-ins: layers whose class nobody knows, run by what was saved of them."""

import inspect

from tf_keras.src.core import collected_losses, dtype_policy
from tf_keras.src.core.call_spec import CallSpec
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.tracking import all_layers
from tf_keras.src.foundation.tf_internals import signature_of_saved
from tf_keras.src.serialization import registry

# Children that tell about a layer, and are no attributes of it.
_SAVED = (
    "__call__",
    "_default_save_signature",
    "call_and_return_all_conditional_losses",
    "keras_api",
    "non_trainable_variables",
    "optimizer",
    "regularization_losses",
    "signatures",
    "trainable_variables",
    "variables",
)


class StandIn:
    """What stand-ins of layers and of models share.

    Attributes are those of the layer that was saved; `call` runs its graph
    functions.
    """

    def __init__(self, node):
        metadata = node.metadata
        super().__init__(
            name=metadata.get("name"),
            trainable=metadata.get("trainable", True),
            dtype=_policy(metadata.get("dtype")),
        )
        self.__dict__.update(
            _saved={}, _metadata=metadata, _saved_signature=None
        )
        self.supports_masking = True

    def set_child(self, name, value):
        """Takes a part of the layer that was saved; the loader calls it."""
        if name in _SAVED:
            self._saved[name] = value
        else:
            setattr(self, name, value)

    def finish(self):
        """Settles weights and losses once all parts are there."""
        known = {id(variable) for variable in self.weights}
        for name in ("trainable_variables", "non_trainable_variables"):
            for variable in self._listed(name):
                if id(variable) not in known:
                    own = self._trainable_weights
                    if name != "trainable_variables":
                        own = self._non_trainable_weights
                    own.append(variable)
        below = {
            id(function)
            for layer in all_layers(self)[1:]
            if isinstance(layer, StandIn)
            for function in layer._listed("regularization_losses")
        }
        covered = sum(
            len(getattr(layer, "_callable_losses", ()))
            for layer in all_layers(self)[1:]
            if not isinstance(layer, StandIn)
        )
        own = [
            function
            for function in self._listed("regularization_losses")
            if id(function) not in below
        ]
        self._callable_losses.extend(own[covered:])
        self.built = True
        if self._function() is not None:
            signature = signature_of_saved(self._function())
            self.__dict__["_saved_signature"] = signature
            self.__dict__["_call_spec"] = _call_spec(signature)

    def _listed(self, name):
        shown = self._saved.get("keras_api")
        found = self._saved.get(name)
        if found is None:
            found = getattr(shown, name, None)
        return list(found) if found is not None else []

    def _function(self):
        return self._saved.get("call_and_return_all_conditional_losses")

    def call(self, inputs, *args, **kwargs):
        """Runs the call that was saved."""
        function = self._function()
        if function is None:
            raise ValueError(
                f"Layer {self.name!r} is a stand-in: its class "
                f"{self._metadata.get('class_name')!r} is not known, and its "
                "call was not saved (`save_traces=False`). Pass the class in "
                "`custom_objects`."
            )
        kwargs = {
            name: value
            for name, value in kwargs.items()
            if name in self._saved_signature.parameters
            and (value is not None or name == "mask")
        }
        outputs, losses = function(inputs, *args, **kwargs)
        for loss in losses:
            collected_losses.keep(self, loss)
        return outputs

    def get_config(self):
        """Returns the config that was saved."""
        return dict(self._metadata.get("config") or {})

    @property
    def metadata(self):
        """What the file tells about the layer, a dict."""
        return self._metadata


class RevivedLayer(StandIn, Layer):
    """A layer whose class nobody knows."""


def stand_in_class(node, where):
    """Returns the class of a stand-in, named as the class that it stands for.

    Args:
        node: The metadata of a node.
        where: The file, for messages.
    """
    metadata = node.metadata
    name = str(metadata.get("class_name") or "Revived").rpartition(">")[2]
    is_model = "save_spec" in metadata or node.identifier in (
        "_tf_keras_model",
        "_tf_keras_network",
        "_tf_keras_sequential",
    )
    if not is_model:
        return type(name, (RevivedLayer,), {})
    return type(name, (StandIn, registry.published("keras.models", "Model")), {})


def _policy(dtype):
    return dtype_policy.deserialize(dtype) if dtype is not None else None


def _call_spec(signature):
    """What a call takes that has the signature of a saved function."""

    def call(self):
        """Has the signature alone."""

    this = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    call.__signature__ = signature.replace(
        parameters=[this, *signature.parameters.values()]
    )
    return CallSpec(call)
