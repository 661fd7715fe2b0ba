"""The one door to TensorFlow names that are not public.

Each line says what we need it for. When TensorFlow moves, this file moves.
"""

import inspect
import typing
import weakref

import tensorflow as tf
from tensorflow.python.autograph.core.ag_ctx import (
    ControlStatusCtx,
    Status,
    control_status_ctx,
)
from tensorflow.python.autograph.impl.api import tf_convert
from tensorflow.python.distribute.merge_call_interim import (
    strategy_supports_no_merge_call as strategy_supports_no_merge_call,
)
from tensorflow.python.eager import context
from tensorflow.python.eager.polymorphic_function.atomic_function import (
    InterpolateRuntimeError as _Explained,
)
from tensorflow.python.eager.polymorphic_function.polymorphic_function import (
    UnliftedInitializerVariable,
)
from tensorflow.python.eager.record import could_possibly_record
from tensorflow.python.framework import ops, tensor_util, type_spec
from tensorflow.python.framework.composite_tensor import (
    CompositeTensor as CompositeTensor,
)
from tensorflow.python.framework.constant_op import convert_to_eager_tensor
from tensorflow.python.framework.func_graph import FuncGraph as FuncGraph
from tensorflow.python.framework.ops import EagerTensor as EagerTensor
from tensorflow.python.ops import control_flow_util, control_flow_v2_func_graphs
from tensorflow.python.ops.resource_variable_ops import (
    ResourceVariable as ResourceVariable,
)
from tensorflow.python.ops.resource_variable_ops import (
    eager_safe_variable_handle,
)
from tensorflow.python.saved_model import (
    loader_impl,
    nested_structure_coder,
    revived_types,
)
from tensorflow.python.saved_model import save as saved_model_save
from tensorflow.python.saved_model.load import load_partial as load_partial
from tensorflow.python.trackable import autotrackable, data_structures
from tensorflow.python.trackable.base import (
    CheckpointInitialValueCallable as CheckpointInitialValueCallable,
)
from tensorflow.python.trackable.base import Trackable as Trackable
from tensorflow.python.types.core import Tensor as TensorType
from tensorflow.python.util import dispatch, keras_deps
from tensorflow.python.util.tf_export import get_canonical_name_for_symbol

# What `tf.Variable` makes, outside and inside of a `tf.function`.
PLAIN_VARIABLES = frozenset((ResourceVariable, UnliftedInitializerVariable))

# A decorator of functions that symbolic tensors keep as one operation.
dispatchable = dispatch.add_dispatch_support

# Lists, dicts and tuples in attributes become tracked wrappers of themselves,
# with a checkpoint dependency under the attribute's name.
track_attribute = data_structures.sticky_attribute_assignment
NoDependency = data_structures.NoDependency
TrackableDataStructure = data_structures.TrackableDataStructure

# The static shape that a symbolic shape tensor holds, as far as it is known.
constant_value_as_shape = tensor_util.constant_value_as_shape
constant_value = tensor_util.constant_value


def answer_type_spec(cls, function):
    """Tells TensorFlow's functions how to ask for the type of an object."""
    type_spec.register_type_spec_from_value_converter(
        cls, function, allow_subclass=True
    )


def autograph(function):
    """Converts Python control flow on tensors, as `tf.function` would."""
    return tf_convert(function, control_status_ctx())


def quick_call(function):
    """Returns a function of a list of dense tensors, which are known to fit.

    It calls a concrete function. What such a call else does before, to check
    and to sort its arguments, takes longer than a small graph.
    """
    captured = function.captured_inputs
    inner, ctx = function._inference_function, context.context()
    name, count = inner.name, len(inner.function_type.flat_outputs)
    pack, explain = function.function_type.pack_output, _Explained(inner)
    if any(map(callable, function._captured_inputs)):  # They may change.
        return lambda tensors: function._call_flat(
            tensors, function.captured_inputs
        )

    def call(tensors):
        if could_possibly_record() or not ctx.executing_eagerly():
            return function._call_flat(tensors, captured)
        with explain:
            return pack(ctx.call_function(name, [*tensors, *captured], count))

    return call


# The sizes of an eager tensor in a tuple, without a TensorShape being made.
sizes_of = EagerTensor._shape_tuple


def tensor_of_array(array):
    """Returns a copy of a NumPy array as a tensor, by the shortest way."""
    if not context.executing_eagerly():
        return tf.convert_to_tensor(array)
    return convert_to_eager_tensor(array, context.context())


def autograph_enabled():
    """A scope in which `autograph` converts, also in an unconverted graph."""
    return ControlStatusCtx(status=Status.ENABLED)


# What layers over `tf.feature_column` are made with.
DenseColumn = tf.__internal__.feature_column.DenseColumn
FeatureColumn = tf.__internal__.feature_column.FeatureColumn
FeatureTransformationCache = (
    tf.__internal__.feature_column.FeatureTransformationCache
)
SequenceDenseColumn = tf.__internal__.feature_column.SequenceDenseColumn
StateManager = tf.__internal__.feature_column.StateManager
deserialize_feature_column = (
    tf.__internal__.feature_column.deserialize_feature_column
)
serialize_feature_column = (
    tf.__internal__.feature_column.serialize_feature_column
)

# Ops called on objects that TensorFlow doesn't know fall back to these.
GlobalOpDispatcher = dispatch.GlobalOpDispatcher
OpDispatcher = dispatch.OpDispatcher


def answer_saved_object(identifier, cls, make, set_child):
    """Tells `tf.saved_model.load` how to bring back objects of a class."""
    registration = revived_types.VersionedTypeRegistration(
        object_factory=lambda proto: make(),
        version=2,
        min_producer_version=1,
        min_consumer_version=1,
        setter=set_child,
    )
    revived_types.register_revived_type(
        identifier, lambda obj: isinstance(obj, cls), [registration]
    )


def op_name(function):
    """The public name of a TensorFlow function, `"math.add"`, or None."""
    return get_canonical_name_for_symbol(function, add_prefix_to_v1_names=True)


def is_dispatched_op(function):
    """Whether TensorFlow made a function open to new kinds of tensors."""
    return hasattr(function, dispatch.FALLBACK_DISPATCH_ATTR)


# Objects whose attributes checkpoints follow, without being a tf.Module.
AutoTrackable = autotrackable.AutoTrackable


def clear_kernel_cache():
    """Drops compiled kernels, and with them functions no longer in use."""
    context.context().clear_kernel_cache()


def is_compiled_by_xla():
    """Whether what is traced now is part of a function with `jit_compile`."""
    return not context.executing_eagerly() and (
        control_flow_util.GraphOrParentsInXlaContext(ops.get_default_graph())
    )


class Unset(typing.NamedTuple):
    """Stands for the first value of a variable that gets one before it is read.

    Attributes:
        shape: A `tf.TensorShape`.
        dtype: A `tf.DType`.
    """

    shape: tf.TensorShape
    dtype: tf.DType


def make_variable(initial_value, name=None, dtype=None, shape=None, **options):
    """Returns what `tf.Variable` with these arguments does, made quickly.

    To tell of a variable in messages, TensorFlow builds a kernel for each new
    name, which takes longer than all the rest. Here all names share one.
    The first value may be `Unset`.
    """
    if (
        not isinstance(initial_value, (EagerTensor, Unset))
        or not initial_value.dtype == (dtype or initial_value.dtype)
        or (shape is not None and initial_value.shape != shape)
        or not context.executing_eagerly()
        or ops.get_default_graph()._variable_creator_stack
    ):
        if isinstance(initial_value, Unset):
            initial_value = tf.zeros(initial_value.shape, initial_value.dtype)
        return tf.Variable(
            initial_value, name=name, dtype=dtype, shape=shape, **options
        )
    shape, dtype = initial_value.shape, initial_value.dtype
    scope, name = tf.get_current_name_scope(), name or "Variable"
    name = f"{scope}/{name}" if scope else name
    handle = eager_safe_variable_handle(
        initial_value, shape, None, "Variable", graph_mode=False
    )
    if isinstance(initial_value, EagerTensor):
        tf.raw_ops.AssignVariableOp(resource=handle, value=initial_value)
    variable = ResourceVariable.__new__(ResourceVariable)
    handle._parent_trackable = weakref.ref(variable)
    handle._name, handle._unique_id = f"{name}:0", f"{name}_{ops.uid()}"
    super(ResourceVariable, variable).__init__(
        shape=shape,
        dtype=dtype,
        handle=handle,
        name=name,
        unique_id=handle._unique_id,
        handle_name=name,
        in_graph_mode=False,
        **options,
    )
    return variable


_BRANCHES = (
    control_flow_v2_func_graphs.CondBranchFuncGraph,
    control_flow_v2_func_graphs.WhileBodyFuncGraph,
    control_flow_v2_func_graphs.WhileCondFuncGraph,
)


def traced_graph():
    """The graph that is being traced, around branches and loops; or None."""
    if context.executing_eagerly():
        return None
    graph = ops.get_default_graph()
    while isinstance(graph, _BRANCHES):
        graph = graph.outer_graph
    return graph


def quietly_retraced(function):
    """A tf.function that may be made anew for each model, without a warning.

    TensorFlow counts the traces of one piece of code, whoever it belongs to.
    """
    function._omit_frequent_tracing_warning = True
    return function


def save_and_list_nodes(root, folder, signatures, options):
    """Writes a SavedModel; returns its objects in order, and their paths.

    Returns:
        A list of `(object, path)`; the root's path is `"root"`.
    """
    nodes, paths = saved_model_save.save_and_return_nodes(
        root, folder, signatures, options
    )
    return [
        (node, ".".join(["root", *(ref.name for ref in paths[node])]))
        if node in paths
        else (node, "")
        for node in nodes
    ]


def read_saved_model(folder):
    """Returns the proto of a SavedModel; raises OSError if it is none."""
    return loader_impl.parse_saved_model(folder)


def restored_objects(status):
    """The objects that a checkpoint restored, by what `read` returned."""
    return list(status._checkpoint.object_by_proto_id.values())


def tracked_list(values):
    """A list, as TensorFlow saves it."""
    return data_structures.ListWrapper(list(values))


def tracked_dict(values):
    """A dict, as TensorFlow saves it."""
    return data_structures.wrap_or_unwrap(dict(values))


# What types a saved function takes, from its proto.
decoded_structure = nested_structure_coder.decode_proto


def signature_of_saved(function):
    """The signature of a function that a SavedModel held."""
    defaults = function._default_values
    return inspect.Signature(
        [
            inspect.Parameter(
                p.name, p.kind, default=defaults.get(p.name, p.empty)
            )
            for p in function.function_type.parameters.values()
        ]
    )


# TensorFlow asks Keras for these: what is being called now, and for TensorFlow
# Lite, how to load a model and to forget what went before.
answer_call_context = keras_deps.register_call_context_function
answer_clear_session = keras_deps.register_clear_session_function
answer_load_model = keras_deps.register_load_model_function
