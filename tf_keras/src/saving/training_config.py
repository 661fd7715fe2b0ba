"""How a model was compiled, as HDF5 files hold it."""

import inspect
import warnings

from tf_keras.src.saving import hdf5_weights, old_files
from tf_keras.src.saving.object_state import (
    assign,
    misfit_of_array,
    set_derived,
)
from tf_keras.src.saving.object_walk import own_variables, walk
from tf_keras.src.saving.short_config import deserialize
from tf_keras.src.serialization import registry, short_form
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import (
    address_in_files,
    serialize_keras_object,
)

# Published releases register their optimizers under this package.
_PACKAGE = "Custom>"
_WEIGHTS = "optimizer_weights"
_PARTS = "optimizer_parts"
_SCALING = ("LossScaleOptimizer", "LossScaleOptimizerV3")


def write(model):
    """Returns how a model was compiled, as plain data.

    Args:
        model: A compiled model.
    """
    given = model.get_compile_config() or {}
    compiled = model.compiled_metrics
    return {
        "loss": _map(short, model.loss),
        "metrics": _metrics(compiled, "metrics"),
        "weighted_metrics": _metrics(compiled, "weighted_metrics"),
        "loss_weights": given.get("loss_weights"),
        "optimizer_config": _optimizer_config(model.optimizer),
    }


def _map(function, nest):
    """Applies a function to the leaves of lists, tuples and dicts."""
    if isinstance(nest, dict):
        return {key: _map(function, value) for key, value in nest.items()}
    if isinstance(nest, (list, tuple)):
        return [_map(function, value) for value in nest]
    return function(nest)


def short(value):
    """Returns the short config of a loss, metric or optimizer."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    config = short_form.serialize_keras_object(value)
    return _map(_plain, config)


def _plain(value):
    """What JSON holds of a value inside of a short config."""
    if inspect.isroutine(value):
        return registry.get_registered_name(value)
    return serialize_keras_object(value)


def _metrics(compiled, what):
    """The metrics as made for each output; as given, before any batch."""
    if compiled is None:
        return None
    return _map(short, compiled.for_files()[what])


def _optimizer_config(optimizer):
    config = short(optimizer)
    address = address_in_files(optimizer)
    if address is None:
        return config
    is_new = config["config"].get("is_legacy_optimizer") is False
    config["class_name"] = _PACKAGE + address[1] if is_new else address[1]
    return config


def optimizer_variables(model):
    """Returns the state of a model's optimizer as a list of variables."""
    variables = getattr(getattr(model, "optimizer", None), "variables", ())
    return list(variables() if callable(variables) else variables)


def read(config, custom_objects=None):
    """Returns the arguments of `compile` that a file holds.

    Args:
        config: What `write` returned.
        custom_objects: A dict from names to the user's own.
    """

    def made(face):
        def make(value):
            if isinstance(value, str):
                own = registry.get_registered_object(value, custom_objects)
                return value if own is None else own
            if isinstance(value, dict):
                return deserialize(face, _with_function(value), custom_objects)
            return value

        return make

    return {
        "optimizer": _optimizer(config["optimizer_config"], custom_objects),
        "loss": _map_configs(made("losses"), config.get("loss")),
        "metrics": _map_configs(made("metrics"), config.get("metrics")),
        "weighted_metrics": _map_configs(
            made("metrics"), config.get("weighted_metrics")
        ),
        "loss_weights": config.get("loss_weights"),
        # Files of 2.0 to 2.3 hold metrics as the user gave them; later ones
        # by output, under names that begin with the output's.
        "from_serialized": any(
            isinstance(metric, (list, tuple)) and _has_configs(metric)
            for name in ("metrics", "weighted_metrics")
            for metric in config.get(name) or ()
        ),
    }


def _with_function(config):
    """A metric's config where the name of its function reads as one."""
    inner = config.get("config")
    if not isinstance(inner, dict) or not isinstance(inner.get("fn"), str):
        return config
    function = {
        "module": "builtins",
        "class_name": "function",
        "config": inner["fn"],
        "registered_name": "function",
    }
    return {**config, "config": {**inner, "fn": function}}


def _optimizer(config, custom_objects):
    if config["class_name"] not in _SCALING:
        return deserialize("optimizers", config, custom_objects)
    inner = dict(config["config"].get("inner_optimizer") or {})
    if "class_name" in inner and "module" not in inner:
        inner["class_name"] = inner["class_name"].removeprefix(_PACKAGE)
        inner["module"] = "keras.optimizers"
        config = {
            **config,
            "config": {**config["config"], "inner_optimizer": inner},
        }
    # Public beside the optimizers, since it stands around one.
    full = {"module": "keras.mixed_precision", "registered_name": None}
    return deserialize_keras_object(
        {**full, **config, "class_name": _SCALING[0]}, custom_objects
    )


def _map_configs(function, nest):
    """As `_map`, where a dict may be the config of one object."""
    if isinstance(nest, dict) and not {"class_name", "config"} <= set(nest):
        return {k: _map_configs(function, v) for k, v in nest.items()}
    if isinstance(nest, (list, tuple)):
        return [_map_configs(function, value) for value in nest]
    return function(nest)


def save_optimizer(model, file):
    """Writes the state of a compiled model's optimizer.

    Args:
        model: The model.
        file: An `h5py.File`.
    """
    variables = optimizer_variables(model)
    if variables:
        group = file.create_group(_WEIGHTS)
        hdf5_weights.write_variables(group, variables)
    for path, variable in _parts(model.optimizer):
        file[f"{_PARTS}/{path}"] = variable.numpy()


def _parts(optimizer):
    """Yields `(path, variable)` of what stands beside the optimizer's state.

    The loss scale is such: published releases leave it out of HDF5, and pass
    over the group in which we keep it.
    """
    for path, value in walk(optimizer):
        if not hasattr(type(value), "save_own_variables"):
            for name, variable in own_variables(value).items():
                yield f"{path}/{name}", variable


def _has_configs(nest):
    """Whether metrics stand in a file as configs, and not as names alone."""
    if isinstance(nest, dict):
        is_config = {"class_name", "config"} <= set(nest)
        return is_config or any(map(_has_configs, nest.values()))
    return isinstance(nest, list) and any(map(_has_configs, nest))


def load_optimizer(model, root, origin):
    """Sets the state of a compiled model's optimizer; warns if it can't.

    Args:
        model: The model.
        root: The file, a `safe_hdf5.Group`.
        origin: Which release wrote it.
    """
    group = root.group(_WEIGHTS)
    if group is None:
        return
    if hasattr(model.optimizer, "build"):
        model.optimizer.build(model.trainable_variables)
    names = group.names("weight_names") or []
    variables = optimizer_variables(model)
    if len(names) == 1 < len(variables):  # There was no state but the count.
        variables = variables[:1]
    layers = hdf5_weights.paired(model, root.group("model_weights"))
    old = old_files.first_answer(
        "optimizer_arrays", model, group, names, layers, origin
    )
    if old is not None and not any(map(_misfit_of_pair, old)):
        for variable, array in old:
            variable.assign(array)
        set_derived(model.optimizer)
        return
    pairs = [
        (variable, group, name) for variable, name in zip(variables, names)
    ]
    problem = None
    if len(names) != len(variables):
        problem = f"it has {len(variables)} variables, the file {len(names)}"
    parts = root.group(_PARTS)
    if parts is not None:
        pairs += [(v, parts, path) for path, v in _parts(model.optimizer)]
    for variable, place, name in pairs:
        problem = problem or misfit_of_array(place, name, variable)
    if problem is None:
        assign(pairs)
        set_derived(model.optimizer)
        return
    warnings.warn(
        f"{group.where}: the state of the optimizer is not loaded: {problem}. "
        "Training goes on from the loaded weights with a fresh optimizer.",
        stacklevel=6,
    )


def _misfit_of_pair(pair):
    variable, array = pair
    return misfit_of_array({"": array}, "", variable)
