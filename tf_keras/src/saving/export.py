"""ExportArchive: a serving artifact of chosen endpoints."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.messages import print_msg
from tf_keras.src.foundation.tf_internals import AutoTrackable, Trackable
from tf_keras.src.saving.atomic_folders import replacing_folder

_DEFAULT_ENDPOINT = "serve"


class ExportArchive:
    """Writes a SavedModel for serving, made of endpoints of your choice.

    `Model.export(path)` is enough for one endpoint that predicts. An
    archive can hold several: functions, with the layers and variables that
    they use. Plain `tf.saved_model.load` reads it, without this package.

    Example:

    >>> archive = ExportArchive()
    >>> archive.track(model)
    >>> archive.add_endpoint(
    ...     name="serve",
    ...     fn=model.call,
    ...     input_signature=[tf.TensorSpec((None, 3), tf.float32)],
    ... )
    >>> archive.write_out("path/to/folder")
    """

    def __init__(self):
        self._endpoints = {}
        self._signatures = {}
        self._collections = {}
        self._tracked = []
        self._root = AutoTrackable()
        self.variables = []
        self.trainable_variables = []
        self.non_trainable_variables = []

    def track(self, resource):
        """Takes the variables and tables of an object into the archive.

        Everything that endpoints use must be tracked.

        Args:
            resource: A layer, model, `tf.Module` or other trackable object.

        Raises:
            ValueError: If it is none, or a layer that isn't built.
        """
        if not isinstance(resource, Trackable):
            raise ValueError(
                "Invalid resource type. Expected an instance of a TensorFlow "
                "`Trackable`, such as a `Layer` or `Model`. Received instead "
                f"an object of type {type(resource)}: {resource!r}"
            )
        if isinstance(resource, Layer):
            _check_built(resource)
        self._tracked.append(resource)
        for name in (
            "variables",
            "trainable_variables",
            "non_trainable_variables",
        ):
            known = getattr(self, name)
            known += [
                variable
                for variable in getattr(resource, name, ())
                if not any(variable is other for other in known)
            ]

    def add_endpoint(self, name, fn, input_signature=None):
        """Adds a function that the archive serves.

        Args:
            name: Its name in the artifact.
            fn: A function of tensors that uses tracked objects only. A
                `tf.function` that was called needs no `input_signature`.
            input_signature: The types of the arguments, a list of
                `tf.TensorSpec` or nests of them.

        Raises:
            ValueError: If the name is taken, or the types aren't known.
        """
        if name in self._endpoints:
            raise ValueError(f"Endpoint name {name!r} is already taken.")
        if input_signature is not None:
            function = tf.function(fn, input_signature=input_signature)
            signature = function.get_concrete_function()
        else:
            if not hasattr(fn, "get_concrete_function"):
                raise ValueError(
                    "If the `fn` argument is not a `tf.function`, you must "
                    "provide an `input_signature` argument: the shape and "
                    "dtype of each argument of the function, as in "
                    "`input_signature=[tf.TensorSpec((None, 3), "
                    "tf.float32)]`."
                )
            function = fn
            signature = _only_trace(fn, name)
        self._endpoints[name] = function
        self._signatures[name] = signature

    def add_variable_collection(self, name, variables):
        """Puts variables into the artifact as an attribute, to be reused.

        Args:
            name: The attribute's name, as of the object that
                `tf.saved_model.load` returns.
            variables: A list, tuple or set of `tf.Variable`.

        Raises:
            ValueError: For something else.
        """
        if not isinstance(variables, (list, tuple, set)):
            raise ValueError(
                "Expected `variables` to be a list, tuple or set. Received "
                f"instead an object of type {type(variables)}."
            )
        if not all(isinstance(value, tf.Variable) for value in variables):
            raise ValueError(
                "Expected all of `variables` to be `tf.Variable` instances. "
                f"Found: {sorted({type(v).__name__ for v in variables})}"
            )
        self._collections[name] = list(variables)

    def write_out(self, filepath, options=None):
        """Writes the artifact. A folder that is there is replaced.

        Args:
            filepath: The folder.
            options: `tf.saved_model.SaveOptions`, or None.

        Raises:
            ValueError: If there is no endpoint, or one uses what isn't
                tracked.
        """
        if not self._endpoints:
            raise ValueError(
                "No endpoints have been set yet. Call add_endpoint()."
            )
        root = self._made_root()
        signatures = {
            name: function
            for name, function in self._signatures.items()
            if _may_be_signature(function)
        }
        default = next(
            (n for n in (_DEFAULT_ENDPOINT, *signatures) if n in signatures),
            None,
        )
        if default is not None:
            signatures["serving_default"] = signatures[default]
        try:
            with replacing_folder(str(filepath)) as temporary:
                tf.saved_model.save(
                    root, temporary, signatures=signatures, options=options
                )
        except AssertionError as error:
            raise ValueError(
                "An endpoint uses variables or tables that aren't tracked. "
                "Call `track()` with the layer or object that owns them. "
                f"{str(error)[:500]}"
            ) from error
        print_msg(self._report(filepath))

    def _made_root(self):
        root = self._root
        for name, function in self._endpoints.items():
            setattr(root, name, function)
        for name, variables in self._collections.items():
            setattr(root, name, variables)
        root.variables = self.variables
        root.trainable_variables = self.trainable_variables
        root.non_trainable_variables = self.non_trainable_variables
        # Tables and files that endpoints use live in the artifact too.
        root._misc_assets = [
            found
            for resource in self._tracked
            for found in _tables_and_assets(resource)
        ]
        return root

    def _report(self, filepath):
        lines = [
            f"Saved artifact at '{filepath}'. The following endpoints are "
            "available:"
        ]
        for name, function in self._signatures.items():
            lines.append(
                f"* Endpoint '{name}'\n{function.pretty_printed_signature()}"
            )
        return "\n\n".join(lines) + "\n"


def _check_built(layer):
    if not layer.built:
        raise ValueError(
            f"The layer provided ({layer.name}) has not yet been built. It "
            "must be built before export: call it on data, or use `build`."
        )


def _only_trace(function, name):
    traces = function._list_all_concrete_functions()
    if not traces:
        raise ValueError(
            f"The function of endpoint {name!r} was never called, so the "
            "types of its arguments aren't known. Call it on example data "
            "before, or pass `input_signature`."
        )
    return traces[0]


def _may_be_signature(function):
    """Whether TensorFlow can serve it: a function of named tensors."""
    _, kwargs = function.structured_input_signature
    args, _ = function.structured_input_signature
    return all(
        isinstance(spec, tf.TypeSpec)
        for spec in tf.nest.flatten((args, kwargs))
    )


def _tables_and_assets(resource):
    kinds = (
        tf.saved_model.experimental.TrackableResource,
        tf.saved_model.Asset,
    )
    return [
        found
        for found in tf.train.TrackableView(resource).descendants()
        if isinstance(found, kinds)
    ]


def export_model(model, filepath):
    """Writes a model as a SavedModel with the endpoint `serve`.

    Args:
        model: The model or layer, built.
        filepath: The folder.

    Raises:
        ValueError: If the model isn't built, or the types of its inputs
            aren't known.
    """
    _check_built(model)
    archive = ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        _DEFAULT_ENDPOINT, model.__call__, _input_signature(model)
    )
    archive.write_out(filepath)


def _input_signature(model):
    inputs = getattr(model, "_nested_inputs", None)
    if inputs is not None:
        specs = tf.nest.map_structure(_spec_of_input, inputs)
        return [specs]
    saved = model.save_spec() if hasattr(model, "save_spec") else None
    if saved is None:
        raise ValueError(
            f"The types of the inputs of {model.name!r} aren't known. Call "
            "it on data before export, or use an `ExportArchive` and give "
            "`add_endpoint` an `input_signature`."
        )
    args, _ = saved
    specs = tf.nest.flatten(args)
    named = [
        tf.TensorSpec(spec.shape, spec.dtype, spec.name or f"input_{index}")
        if isinstance(spec, tf.TensorSpec)
        else spec
        for index, spec in enumerate(specs, start=1)
    ]
    return tf.nest.pack_sequence_as(args, named)


def _spec_of_input(tensor):
    spec = tensor.type_spec
    if not isinstance(spec, tf.TensorSpec):
        return spec
    name = tensor._keras_history.layer.name
    return tf.TensorSpec(spec.shape, spec.dtype, name)
