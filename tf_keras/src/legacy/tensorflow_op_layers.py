"""TensorFlowOpLayer of TensorFlow 2.0 to 2.3 as calls of public functions.

The layer held the name of an operation, its inputs that were constants, by
their place, and its attributes.
"""

# Operations whose inputs are the arguments of a function, one by one.
_FUNCTIONS = {
    "Abs": "math.abs",
    "Add": "math.add",
    "AddV2": "math.add",
    "BiasAdd": "nn.bias_add",
    "Cos": "math.cos",
    "Elu": "nn.elu",
    "Equal": "math.equal",
    "Exp": "math.exp",
    "ExpandDims": "expand_dims",
    "FloorDiv": "math.floordiv",
    "FloorMod": "math.floormod",
    "Greater": "math.greater",
    "GreaterEqual": "math.greater_equal",
    "Less": "math.less",
    "LessEqual": "math.less_equal",
    "Log": "math.log",
    "MatMul": "linalg.matmul",
    "BatchMatMulV2": "linalg.matmul",
    "Max": "math.reduce_max",
    "Maximum": "math.maximum",
    "Mean": "math.reduce_mean",
    "Min": "math.reduce_min",
    "Minimum": "math.minimum",
    "Mul": "math.multiply",
    "Neg": "math.negative",
    "Pow": "math.pow",
    "Prod": "math.reduce_prod",
    "RealDiv": "math.divide",
    "Relu": "nn.relu",
    "Relu6": "nn.relu6",
    "Reshape": "reshape",
    "Rsqrt": "math.rsqrt",
    "Sigmoid": "math.sigmoid",
    "Sin": "math.sin",
    "Softmax": "nn.softmax",
    "Softplus": "math.softplus",
    "Sqrt": "math.sqrt",
    "Square": "math.square",
    "SquaredDifference": "math.squared_difference",
    "Sub": "math.subtract",
    "Sum": "math.reduce_sum",
    "Tanh": "math.tanh",
    "Tile": "tile",
    "Transpose": "transpose",
}
# Operations that join all inputs but, maybe, a last one: the axis.
_JOINS = {"ConcatV2": "concat", "Pack": "stack"}
_FLAGS = {
    "adj_x": "adjoint_a",
    "adj_y": "adjoint_b",
    "keep_dims": "keepdims",
    "transpose_a": "transpose_a",
    "transpose_b": "transpose_b",
}


def op_layer_of_today(config):
    """Returns the config of an op layer that computes the same.

    Args:
        config: The config of a TensorFlowOpLayer in a graph, with its calls.

    Raises:
        ValueError: For an operation that is not known here, or a config that
            is damaged.
    """
    inner = config["config"]
    node = inner.get("node_def")
    if not isinstance(node, dict) or not isinstance(node.get("op"), str):
        raise ValueError(
            f"Layer {config.get('name')!r} is a TensorFlowOpLayer that names "
            "no operation in a form known here."
        )
    op = node["op"]
    function = _FUNCTIONS.get(op) or _JOINS.get(op)
    if function is None:
        raise ValueError(
            f"Layer {config.get('name')!r} computes the TensorFlow operation "
            f"{op!r}, which old files may not ask for here. Known ones are "
            f"{sorted({*_FUNCTIONS, *_JOINS})}. Pass a layer of yours in "
            "`custom_objects` as 'TensorFlowOpLayer'."
        )
    constants = {
        int(place): value
        for place, value in (inner.get("constants") or {}).items()
    }
    attributes = node.get("attr") or {}
    calls = [
        _call(op, list(call), constants, attributes)
        for call in config.get("inbound_nodes", [])
    ]
    name = config.get("name") or inner.get("name")
    new = {"name": name, "trainable": True, "function": function}
    return {
        **config,
        "class_name": "TFOpLambda",
        "config": new,
        "inbound_nodes": calls,
    }


def _call(op, tensors, constants, attributes):
    tensors = [list(tensor[:3]) for tensor in tensors]
    inputs, waiting = [], iter(tensors)
    for place in range(len(tensors) + len(constants)):
        if place in constants:
            inputs.append(constants[place])
        else:
            inputs.append(next(waiting))
    named = {
        _FLAGS[key]: value["b"]
        for key, value in attributes.items()
        if key in _FLAGS and isinstance(value, dict) and value.get("b")
    }
    if op == "ConcatV2":
        named["axis"] = inputs.pop()
    elif op == "Pack":
        named["axis"] = int(attributes.get("axis", {}).get("i", 0))
    if op in _JOINS:
        return [[*tensor, named] for tensor in inputs]
    first, *rest = inputs
    if _is_constant(first, tensors):
        return ["_CONSTANT_VALUE", -1, first, {**named, "_POSITIONAL": rest}]
    return [*first, {**named, "_POSITIONAL": rest}]


def _is_constant(value, tensors):
    return not any(value is tensor for tensor in tensors)
