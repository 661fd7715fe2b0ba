"""What a layer's call() accepts: first argument, training, mask."""

import inspect

POSITIONAL = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
)


class CallSpec:
    """The signature of one class's `call`, read once.

    Attributes:
        first_name: The name of the first argument, `"inputs"`.
        names: The positional arguments after the first.
        expects_training: Whether it takes `training`.
        expects_mask: Whether it takes `mask`.
        needs_autograph: Whether Python control flow on tensors in it may
            need to be converted: our own layers have none.
        default_training: The default of `training`, or None.
    """

    def __init__(self, function):
        self.function = function
        self.needs_autograph = not function.__module__.startswith(
            "tf_keras.src."
        )
        parameters = list(inspect.signature(function).parameters.values())[1:]
        positional = [p.name for p in parameters if p.kind in POSITIONAL]
        self.first_name = positional[0] if positional else "inputs"
        self.names = positional[1:]
        self.has_kwargs = any(
            p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters
        )
        by_name = {p.name: p for p in parameters}
        self.expects_training = "training" in by_name or self.has_kwargs
        self.expects_mask = "mask" in by_name or self.has_kwargs
        self.default_training = _default(by_name.get("training"))
        self.training_index = self._index("training")
        self.mask_index = self._index("mask")

    def _index(self, name):
        """The place of an argument among those after the first, or None."""
        return self.names.index(name) if name in self.names else None

    def given(self, name, index, args, kwargs):
        """Returns the argument that the caller gave, or None."""
        if name in kwargs:
            return kwargs[name]
        if index is not None and index < len(args):
            return args[index]
        return None

    def put(self, name, index, value, args, kwargs):
        """Returns args with an argument set; changes `kwargs` in place."""
        if index is not None and index < len(args):
            return args[:index] + (value,) + args[index + 1 :]
        kwargs[name] = value
        return args


def _default(parameter):
    if parameter is None or parameter.default is parameter.empty:
        return None
    return parameter.default


def call_spec_of(cls):
    """Returns the `CallSpec` of a class, kept until its `call` changes."""
    spec = cls.__dict__.get("_call_spec_of_class")
    if spec is None or spec.function is not cls.call:
        spec = CallSpec(cls.call)
        cls._call_spec_of_class = spec
    return spec
