"""Merge of Keras 1, which is a layer of its own for each mode today.

A Sequential could begin with a Merge of other models. It becomes a functional
model with the same layers, each once.
"""

_BY_MODE = {
    "ave": "Average",
    "concat": "Concatenate",
    "cos": "Dot",
    "dot": "Dot",
    "max": "Maximum",
    "mul": "Multiply",
    "sum": "Add",
}


def merge_of_today(config, inbound_nodes):
    """Returns the configs of the layers that do what a Merge did.

    Args:
        config: The config of a Merge, without layers.
        inbound_nodes: Its calls.

    Raises:
        ValueError: For a mode that no layer knows.
    """
    old = config["config"]
    name = old["name"]
    if old.get("mode_type", "raw") != "raw":
        return [_entry("Lambda", name, _lambda_config(old), inbound_nodes)]
    mode = old.get("mode", "sum")
    if mode not in _BY_MODE:
        raise ValueError(
            f"Layer {name!r} is a Merge with mode={mode!r}, which no layer of "
            f"today does. Expected one of {sorted(_BY_MODE)}."
        )
    new = {"name": name}
    if mode == "concat":
        new["axis"] = old.get("concat_axis", -1)
    elif mode in ("cos", "dot"):
        new["axes"] = _axes(name, old.get("dot_axes", -1))
        new["normalize"] = mode == "cos"
    if mode != "cos":
        return [_entry(_BY_MODE[mode], name, new, inbound_nodes)]
    dot = f"{name}_dot"
    expand = {"name": name, "function": "expand_dims"}
    calls = [[[dot, i, 0, {"axis": 1}]] for i in range(len(inbound_nodes))]
    # A call of an op layer is its one reference, without a list around it.
    calls = [call[0] for call in calls]
    return [
        _entry("Dot", dot, {**new, "name": dot}, inbound_nodes),
        _entry("TFOpLambda", name, expand, calls),
    ]


def _entry(class_name, name, config, inbound_nodes):
    return {
        "class_name": class_name,
        "name": name,
        "config": config,
        "inbound_nodes": inbound_nodes,
    }


def _axes(name, axes):
    if not isinstance(axes, (list, tuple)):
        return axes
    flat = [
        axis[0] if isinstance(axis, (list, tuple)) and len(axis) == 1 else axis
        for axis in axes
    ]
    if any(isinstance(axis, (list, tuple)) for axis in flat):
        raise ValueError(
            f"Layer {name!r} is a Merge that sums over several axes "
            f"(dot_axes={axes}), which `Dot` does not. Use a layer of your "
            "own with `tf.einsum`."
        )
    return flat


def _lambda_config(old):
    config = {
        "name": old["name"],
        "function": old["mode"],
        "function_type": old["mode_type"],
        "arguments": old.get("arguments") or {},
    }
    for key, new in (("output_shape", "output_shape"), ("output_mask", "mask")):
        if old.get(key) is not None:
            config[new] = old[key]
            config[f"{new}_type"] = old.get(f"{key}_type", "raw")
    return config


def begins_with_merge(layers):
    """Whether a Sequential's list of layers begins with a Merge of models."""
    if not layers:
        return False
    first = layers[0]
    if first["class_name"] == "Merge":
        return bool(first["config"].get("layers"))
    inner = first["config"]
    is_list = first["class_name"] == "Sequential"
    return is_list and begins_with_merge(_listed(inner))


def _listed(config):
    return config["layers"] if isinstance(config, dict) else config


def as_functional(config):
    """Returns a Sequential that begins with a Merge as a functional model.

    Args:
        config: Its list of layers.
    """
    graph = _Graph()
    output = graph.sequential(_listed(config))
    name = config.get("name") if isinstance(config, dict) else None
    return {
        "class_name": "Model",
        "config": {
            "name": name or "sequential",
            "layers": graph.entries,
            "input_layers": graph.inputs,
            "output_layers": [output],
        },
    }


class _Graph:
    """Layers by name, in the order in which they are met."""

    def __init__(self):
        self.entries = []
        self.inputs = []
        self.calls = {}

    def sequential(self, layers):
        """Adds a list of layers; returns the reference of its output."""
        first, *rest = layers
        if first["class_name"] == "Merge" and first["config"].get("layers"):
            output = self.merge(first)
        elif first["class_name"] == "Sequential" and begins_with_merge([first]):
            output = self.sequential(_listed(first["config"]))
        else:
            output = self.first(first)
        for layer in rest:
            output = self.call(layer, [output])
        return output

    def merge(self, config):
        inner = dict(config["config"])
        branches = [self.branch(layer) for layer in inner.pop("layers")]
        return self.call({**config, "config": inner}, branches)

    def branch(self, config):
        if config["class_name"] == "Sequential":
            return self.sequential(_listed(config["config"]))
        if config["class_name"] in ("Model", "Functional"):
            return self.functional(config["config"])
        return self.first(config)

    def functional(self, config):
        """Adds the layers of a functional branch; its first output."""
        for entry in config["layers"]:
            if entry["name"] not in self.calls:
                self.calls[entry["name"]] = list(entry["inbound_nodes"])
                self.entries.append(entry)
                if entry["class_name"] == "InputLayer":
                    self.inputs.append([entry["name"], 0, 0])
        return config["output_layers"][0]

    def first(self, config):
        """Adds the first layer of a branch, with an input of its own."""
        name = _name_of(config)
        if config["class_name"] == "InputLayer":
            return self.input(config)
        shape, dtype = _input_of(config)
        start = f"{name}_input"
        inner = {"name": start, "batch_input_shape": shape, "dtype": dtype}
        self.input({"class_name": "InputLayer", "config": inner})
        return self.call(config, [[start, 0, 0]])

    def input(self, config):
        name = _name_of(config)
        if name not in self.calls:
            self.calls[name] = []
            self.inputs.append([name, 0, 0])
            self.entries.append({**config, "name": name, "inbound_nodes": []})
        return [name, 0, 0]

    def call(self, config, inputs):
        """Adds a call, and its layer if it is new; returns its output."""
        name = _name_of(config)
        if name not in self.calls:
            self.calls[name] = []
            self.entries.append(
                {**config, "name": name, "inbound_nodes": self.calls[name]}
            )
        calls = self.calls[name]
        if inputs not in calls:
            calls.append(inputs)
        is_model = config["class_name"] in ("Sequential", "Model")
        return [name, calls.index(inputs) + int(is_model), 0]


def _name_of(config):
    inner = config["config"]
    if isinstance(inner, dict):
        return inner["name"]
    return f"sequential_of_{_name_of(inner[0])}"


def _input_of(config):
    inner = config["config"]
    if config["class_name"] == "Sequential":
        return _input_of(_listed(inner)[0])
    if config["class_name"] in ("Model", "Functional"):
        wanted = inner["input_layers"][0][0]
        found = [e for e in inner["layers"] if e["name"] == wanted]
        return _input_of(found[0])
    dtype = inner.get("input_dtype") or inner.get("dtype") or "float32"
    return inner["batch_input_shape"], dtype
