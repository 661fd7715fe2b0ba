"""What a traced step depends on: the types of a batch's tensors."""

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import EagerTensor, sizes_of


def signature(batch, is_static=False):
    """Returns a key, equal for batches that one traced step can take.

    Args:
        batch: A nest of tensors or of their `tf.TypeSpec`.
        is_static: Whether the number of rows counts.
    """
    leaves = tuple(
        [_leaf_key(leaf, is_static) for leaf in tf.nest.flatten(batch)]
    )
    return leaves, structure(batch)


def _leaf_key(leaf, is_static):
    if leaf is None:
        return None
    if type(leaf) is EagerTensor:
        sizes = sizes_of(leaf)
        if sizes and not is_static:
            return (leaf.dtype, None, *sizes[1:])
        return (leaf.dtype, *sizes)
    if isinstance(leaf, tf.TensorSpec):
        if leaf.shape.rank is None:
            return (leaf.dtype, "any rank")
        return (leaf.dtype, *leaf.shape.as_list())
    if not isinstance(leaf, tf.TypeSpec):
        leaf = spec_of(leaf)
    return leaf


def structure(value):
    """Returns the nest of a batch, as a key."""
    if isinstance(value, (tuple, list)):
        return (type(value), *map(structure, value))
    if isinstance(value, dict):
        return tuple([(key, structure(value[key])) for key in sorted(value)])
    return None


def specs_of(batch, is_static=False):
    """Returns the types of a batch's tensors, in its nest.

    Args:
        batch: A nest of tensors or of their `tf.TypeSpec`; these stay.
        is_static: Whether to keep the number of rows, as XLA needs it.
    """
    return tf.nest.map_structure(lambda leaf: spec_of(leaf, is_static), batch)


def spec_of(leaf, is_static=False):
    """Returns the type of a leaf of a batch, for any number of rows.

    Args:
        leaf: A tensor of any kind, a `tf.TypeSpec`, or None.
        is_static: Whether to keep the number of rows.
    """
    if leaf is None or isinstance(leaf, tf.TypeSpec):
        return leaf
    spec = tf.type_spec_from_value(leaf)
    return spec if is_static else _for_any_rows(spec)


def _for_any_rows(spec):
    if isinstance(spec, tf.TensorSpec):
        if not spec.shape.rank:
            return tf.TensorSpec(spec.shape, spec.dtype)
        return tf.TensorSpec([None, *spec.shape[1:]], spec.dtype)
    if isinstance(spec, tf.RaggedTensorSpec):
        return tf.RaggedTensorSpec(
            [None, *spec.shape[1:]],
            spec.dtype,
            spec.ragged_rank,
            spec.row_splits_dtype,
        )
    if isinstance(spec, tf.SparseTensorSpec):
        return tf.SparseTensorSpec([None, *spec.shape[1:]], spec.dtype)
    parts = getattr(spec, "_value_specs", None)
    if parts is not None:  # The replicas' parts of a batch.
        return type(spec)(*map(_for_any_rows, parts))
    return spec


class WideSpecs:
    """The types under which batches are traced: sizes that vary are open.

    The first batch is traced as it is, and the second of other sizes for any
    such sizes: texts of all lengths need two traces.
    """

    def __init__(self):
        self._widest = {}

    def widen(self, batch):
        """Returns the types of a batch, with those sizes open that varied.

        Args:
            batch: A nest of tensors or of their `tf.TypeSpec`.
        """
        specs = specs_of(batch)
        kind = _kind(specs)
        known = self._widest.setdefault(kind, specs)
        if known is not specs and known is not None:
            specs = tf.nest.map_structure(_common, known, specs)
            self._widest[kind] = specs
        return specs

    def stay_narrow(self, batch):
        """Lets batches like this one be traced size by size."""
        self._widest[_kind(specs_of(batch))] = None


def _kind(specs):
    leaves = [
        (leaf.dtype, leaf.shape.rank) if _is_dense(leaf) else leaf
        for leaf in tf.nest.flatten(specs)
    ]
    return (*leaves, structure(specs))


def _is_dense(spec):
    return isinstance(spec, tf.TensorSpec) and spec.shape.rank is not None


def _common(one, other):
    if not _is_dense(one):
        return one
    sizes = zip(one.shape, other.shape)
    sizes = [size if size == wanted else None for size, wanted in sizes]
    return tf.TensorSpec(sizes, one.dtype)
