"""What a SavedModel's metadata tells about a layer, model or metric."""

import tensorflow as tf

from tf_keras.src.core import dtype_policy
from tf_keras.src.saving import training_config
from tf_keras.src.saving.file_version import KERAS_VERSION
from tf_keras.src.saving.saved_model.tables import learnt_vocabulary
from tf_keras.src.saving.short_config import shorten
from tf_keras.src.serialization.registry import get_registered_name
from tf_keras.src.serialization.to_config import serialize_keras_object


def describe(layer, is_root=False, include_optimizer=True):
    """Returns the metadata of an object, plain but for TensorFlow's types.

    Args:
        layer: A layer, model or metric.
        is_root: Whether it is what was saved, and not a part of it.
        include_optimizer: Whether to tell how a model was compiled.
    """
    kind = layer._object_identifier
    if kind == "_tf_keras_metric":
        return {
            "name": layer.name,
            "dtype": _dtype(layer),
            **training_config.short(layer),
        }
    if kind == "_tf_keras_input_layer":
        config = _class_and_config(layer)
        inner = config["config"]
        kept = ("name", "dtype", "sparse", "ragged", "batch_input_shape")
        return {**{k: inner.get(k) for k in kept}, **config}
    found = {
        "name": layer.name,
        "trainable": layer.trainable,
        "expects_training_arg": layer._call_spec.expects_training,
        "dtype": _dtype(layer),
        "batch_input_shape": getattr(layer, "_batch_input_shape", None),
        "stateful": layer.stateful,
        "must_restore_from_config": layer._must_restore_from_config,
        "preserve_input_structure_in_config": (
            layer._preserve_input_structure_in_config
        ),
        "autocast": layer._autocast,
        **_class_and_config(layer),
    }
    spec = layer.input_spec
    if spec is not None:
        found["input_spec"] = tf.nest.map_structure(_input_spec, spec)
    if layer._activity_regularizer is not None:
        found["activity_regularizer"] = _in_short_form(
            serialize_keras_object(layer._activity_regularizer)
        )
    if layer._build_input_shape is not None:
        found["build_input_shape"] = _shapes(layer._build_input_shape)
    if hasattr(layer, "save_spec"):
        del found["stateful"]
        found.update(_of_model(layer, found, is_root, include_optimizer))
    return found


def _class_and_config(layer):
    """The class and the config, or the class alone where there is no config."""
    try:
        config = shorten(serialize_keras_object(layer))
    except NotImplementedError:
        return {"class_name": get_registered_name(type(layer))}
    config = {key: config[key] for key in ("class_name", "config")}
    return _with_vocabularies(layer, _in_short_form(config))


def _with_vocabularies(layer, config):
    """A config that tells what lookup layers have learnt.

    Their tables hold it too, but not in the way of published releases.
    """
    inner = {**config["config"], **learnt_vocabulary(layer)}
    if hasattr(layer, "_graph_layers"):
        by_name = {below.name: below for below in layer.layers}
        inner["layers"] = [
            _with_vocabularies(by_name[each["config"]["name"]], each)
            if each["config"].get("name") in by_name
            else each
            for each in inner["layers"]
        ]
    return {**config, "config": inner}


def _in_short_form(value):
    """A config without modules at any depth: all that other versions read."""
    if isinstance(value, (list, tuple)):
        return type(value)(_in_short_form(item) for item in value)
    if not isinstance(value, dict):
        return value
    if not {"module", "class_name", "config"} <= set(value):
        return {key: _in_short_form(item) for key, item in value.items()}
    if value["module"] == "builtins":
        return value["config"]  # A function, by its name.
    registered = value.get("registered_name")
    name = registered if ">" in (registered or "") else value["class_name"]
    return {"class_name": name, "config": _in_short_form(value["config"])}


def _dtype(layer):
    """The dtype of plain policies; the config of mixed ones."""
    return _in_short_form(dtype_policy.serialize(layer.dtype_policy))


def _input_spec(spec):
    if spec is None:
        return None
    config = spec.get_config()
    shape = config.get("shape")
    config["shape"] = None if shape is None else tuple(shape)
    return {"class_name": "InputSpec", "config": config}


def _shapes(shapes):
    if isinstance(shapes, dict):
        return {key: _shapes(shape) for key, shape in shapes.items()}
    is_shape = isinstance(shapes, tf.TensorShape) or all(
        size is None or isinstance(size, int) for size in shapes
    )
    return tf.TensorShape(shapes) if is_shape else [_shapes(s) for s in shapes]


def _of_model(model, found, is_root, include_optimizer):
    more = {"is_graph_network": hasattr(model, "_graph_layers")}
    spec = model.save_spec(dynamic_batch=False)
    if spec is not None:
        args, kwargs = named_specs(spec)
        more["full_save_spec"] = (args, kwargs)
        more["save_spec"] = args[0]
    if not is_root:
        return more
    more["keras_version"] = KERAS_VERSION
    more["backend"] = "tensorflow"
    more["model_config"] = {
        key: found[key] for key in ("class_name", "config") if key in found
    }
    if include_optimizer and getattr(model, "optimizer", None):
        more["training_config"] = training_config.write(model)
    return more


def named_specs(spec):
    """Gives names to the types of a model's arguments.

    They are the names of a signature's inputs: those of input layers, the
    keys of dicts, or `input_1`, `input_2`...

    Args:
        spec: What `Model.save_spec` returned.
    """
    (inputs, *_), kwargs = spec
    if isinstance(inputs, dict):
        named = {key: _with_name(inputs[key], key) for key in inputs}
    else:
        flat = enumerate(tf.nest.flatten(inputs), start=1)
        named = tf.nest.pack_sequence_as(
            inputs, [_with_name(each, f"input_{index}") for index, each in flat]
        )
    others = {key: _with_name(kwargs[key], key) for key in kwargs}
    return [named], others


def _with_name(spec, name):
    if isinstance(spec, tf.TensorSpec):
        return tf.TensorSpec(spec.shape, spec.dtype, spec.name or name)
    return spec
