"""What a layer starts with, and how a build that failed is undone."""

import contextlib

from tf_keras.src.core.call_context import context

# Where a layer stands in graphs; a copy stands in none.
_NOT_COPIED = ("_inbound_nodes", "_outbound_nodes", "_losses", "_call_spec")


def initial_state():
    """Returns the attributes of a layer whose constructor is yet to run."""
    return {
        "_tracked": {},
        "_trainable_weights": [],
        "_non_trainable_weights": [],
        "_callable_losses": [],
        "_metrics": [],
        "_losses": [],
        "_losses_call": -1,
        "_last_call": -1,
        "_inbound_nodes": [],
        "_outbound_nodes": [],
        "built": False,
        "_settled": False,
        "_build_input_shape": None,
        "_seen_output_shape": None,
        "_input_spec": None,
        "_supports_masking": False,
        "_stateful": False,
        "_trainable": True,
        "_dynamic": False,
        "_activity_regularizer": None,
        # Layers of files from before TensorFlow 2 do.
        "_sums_activity_penalty": False,
        "_initial_weights": None,
    }


def copied_state(layer):
    """Returns the attributes that a copy or a pickle of a layer holds."""
    state = dict(vars(layer))
    for key in _NOT_COPIED:
        state.pop(key, None)
    return state


def note_build(layer):
    """Keeps what a layer is before it is built, until the call ends."""
    context.built.append((layer, state_of(layer)))


def state_of(thing):
    """Returns the attributes of an object; later changes don't reach them."""
    return {
        key: value.copy() if type(value) in (list, dict, set) else value
        for key, value in vars(thing).items()
    }


class Snapshot:
    """What objects are now, to make them so again.

    Args:
        things: Layers and other objects that hold state in attributes.
    """

    def __init__(self, things):
        self._states = [(thing, state_of(thing)) for thing in things]

    def restore(self):
        """Makes the objects what they were."""
        for thing, state in self._states:
            vars(thing).clear()
            vars(thing).update(state)


@contextlib.contextmanager
def all_or_nothing(caller, layers):
    """Makes layers what they were if one of several calls inside fails.

    Args:
        caller: The layer that makes the calls.
        layers: The layers that are called on symbolic tensors.
    """
    built_before = len(context.built)
    counts = [len(layer._inbound_nodes) for layer in layers]
    context.layers.append(caller)
    try:
        yield
    except Exception:
        undo_builds(built_before)
        for layer, count in zip(layers, counts):
            _forget_nodes(layer, count)
        raise
    finally:
        context.layers.pop()
        if not context.layers:
            context.built.clear()


def _forget_nodes(layer, count):
    """Forgets the calls of a layer after the first `count`."""
    for node in layer._inbound_nodes[count:]:
        for before in node.parent_nodes:
            before.layer._outbound_nodes.remove(node)
    del layer._inbound_nodes[count:]


def undo_builds(count):
    """Makes layers what they were, after a call that failed.

    Args:
        count: How many builds were noted before that call.
    """
    while len(context.built) > count:
        layer, before = context.built.pop()
        nodes = layer._inbound_nodes, layer._outbound_nodes
        vars(layer).clear()
        vars(layer).update(before)
        vars(layer)["_inbound_nodes"], vars(layer)["_outbound_nodes"] = nodes
