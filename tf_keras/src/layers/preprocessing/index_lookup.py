"""IndexLookup: vocabulary tables, which string and integer lookups share."""

import json
import os

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.preprocessing.adaptable import PreprocessingLayer
from tf_keras.src.layers.preprocessing.category_encoding import (
    checked_mode,
    encode,
    encoded_dtype,
    encoded_shape,
)
from tf_keras.src.layers.preprocessing.hashing import with_dtype
from tf_keras.src.serialization.safe_mode import is_safe
from tf_keras.src.serialization.to_config import PathOfContents

_MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")
_FILE = "vocabulary.txt"
# Beside it, where tokens hold ends of lines; published releases can't read such
# vocabularies.
_JSON_FILE = "vocabulary.json"


class IndexLookup(PreprocessingLayer):
    """Tokens to indices, and back.

    The first indices belong to the mask (in mode `"int"`, if there is one)
    and to tokens out of the vocabulary. Tokens of the vocabulary follow, the
    most frequent first.

    Args as of `StringLookup`; `vocabulary_dtype` is the tokens' dtype.
    """

    def __init__(
        self,
        max_tokens,
        num_oov_indices,
        mask_token,
        oov_token,
        vocabulary_dtype,
        vocabulary=None,
        idf_weights=None,
        invert=False,
        output_mode="int",
        sparse=False,
        pad_to_max_tokens=False,
        **kwargs,
    ):
        mode = checked_mode(output_mode, _MODES, self)
        # Of a config: how long vectors are until the vocabulary is there.
        expected_size = kwargs.pop("vocabulary_size", None)
        # SavedModels tell in this way of a vocabulary that they hold apart.
        was_given = kwargs.pop("has_input_vocabulary", False)
        if invert:
            kwargs.setdefault("dtype", None)
            if kwargs["dtype"] is None:
                kwargs["dtype"] = vocabulary_dtype
            super().__init__(**kwargs)
        else:
            super().__init__(**with_dtype(kwargs, mode, sparse, self))
        self._check_arguments(
            max_tokens, num_oov_indices, pad_to_max_tokens, invert, mode
        )
        self.invert = invert
        self.max_tokens = max_tokens
        self.num_oov_indices = num_oov_indices
        self.mask_token = mask_token
        self.oov_token = oov_token
        self.output_mode = mode
        self.sparse = sparse
        self.pad_to_max_tokens = pad_to_max_tokens
        self.vocabulary_dtype = tf.as_dtype(vocabulary_dtype).name
        self.input_vocabulary = _plain(vocabulary)
        self.input_idf_weights = _plain(idf_weights)
        self._has_idf = mode == "tf_idf"
        if not self._has_idf:
            self._check_idf((), idf_weights)
        state = self.__dict__
        state["_tokens"] = None  # The vocabulary without special tokens.
        state["_expected_size"] = expected_size
        state["_was_given"] = bool(vocabulary is not None or was_given)
        state["_counts"] = state["_documents"] = state["_table"] = None
        if self._has_idf:
            self.idf_weights = tf.Variable(
                np.zeros((0,), "float32"),
                shape=tf.TensorShape([None]),
                dtype=tf.float32,
                trainable=False,
                name="Variable",
            )
            if vocabulary is None:
                self.num_documents = tf.Variable(
                    np.int64(0), trainable=False, name="Variable"
                )
        if vocabulary is not None:
            self.set_vocabulary(vocabulary, idf_weights)
        else:
            self._make_tables([])

    def _check_arguments(self, max_tokens, oov_count, pads, invert, mode):
        name = type(self).__name__
        if max_tokens is not None and max_tokens <= 1:
            raise ValueError(
                f"{name} needs a `max_tokens` above 1, or None for no limit. "
                f"Received: max_tokens={max_tokens}."
            )
        if pads and max_tokens is None:
            raise ValueError(
                f"{name} needs `max_tokens` to pad to, for "
                "pad_to_max_tokens=True."
            )
        if oov_count < 0:
            raise ValueError(
                f"{name} needs a `num_oov_indices` that is no less than 0. "
                f"Received: num_oov_indices={oov_count}."
            )
        if invert and mode != "int":
            raise ValueError(
                f"{name} inverts with output_mode='int' only. Received: "
                f"output_mode={mode!r}."
            )

    # The vocabulary ------------------------------------------------------

    def _special_tokens(self):
        """The tokens of the first indices."""
        special = []
        if self.mask_token is not None and self.output_mode == "int":
            special.append(self.mask_token)
        return special + [self.oov_token] * self.num_oov_indices

    def _oov_start(self):
        has_mask = self.mask_token is not None and self.output_mode == "int"
        return 1 if has_mask else 0

    def _token_start(self):
        return self._oov_start() + self.num_oov_indices

    def get_vocabulary(self, include_special_tokens=True):
        """Returns the tokens, a list in the order of their indices.

        Args:
            include_special_tokens: Whether to list mask and unknown tokens.
        """
        tokens = [self._python_token(token) for token in self._tokens or ()]
        if not include_special_tokens:
            return tokens
        return self._special_tokens() + tokens

    def _python_token(self, token):
        if isinstance(token, bytes):
            return token.decode(getattr(self, "encoding", None) or "utf-8")
        return token.item() if isinstance(token, np.generic) else token

    def vocabulary_size(self):
        """Returns how many indices there are, special tokens included."""
        return len(self._tokens or ()) + self._token_start()

    def vocab_size(self):
        """Does what `vocabulary_size` does; the name of old programs."""
        return self.vocabulary_size()

    def set_vocabulary(self, vocabulary, idf_weights=None):
        """Sets the vocabulary, instead of learning it.

        Args:
            vocabulary: Tokens, or the path of a text file with a token on
                each line. Special tokens may be in front.
            idf_weights: The weight of each token, for mode `"tf_idf"`.

        Raises:
            ValueError: For repeated or misplaced tokens, for too many of
                them, and if weights do not fit.
            RuntimeError: If it was called before in a graph.
        """
        tokens = self._read(vocabulary)
        special = self._special_tokens()
        count = len(special)
        if count and tokens[:count] == special:
            tokens = tokens[count:]
            idf = idf_weights
            if idf is not None and len(idf) == len(tokens) + count:
                idf_weights = list(idf)[count:]
        self._check_tokens(tokens)
        self._check_idf(tokens, idf_weights)
        self._make_tables(tokens)
        if self._has_idf:
            self._set_idf([float(x) for x in idf_weights])
        self._is_adapted = True

    def _read(self, vocabulary):
        if isinstance(vocabulary, str):
            if not tf.io.gfile.exists(vocabulary):
                raise ValueError(
                    f"The vocabulary file {vocabulary!r} of layer "
                    f"{self.name!r} does not exist."
                )
            with tf.io.gfile.GFile(vocabulary, "r") as file:
                lines = file.read().split("\n")
            tokens = lines[:-1] if lines and not lines[-1] else lines
            return [self._token_of(line) for line in tokens]
        if tf.is_tensor(vocabulary):
            vocabulary = vocabulary.numpy()
        if isinstance(vocabulary, np.ndarray):
            vocabulary = vocabulary.tolist()
        tokens = [self._python_token(token) for token in vocabulary]
        if not tokens:
            raise ValueError(
                f"Layer {self.name!r} needs a vocabulary that is not empty. "
                f"Received: vocabulary={vocabulary}."
            )
        return [self._token_of(token) for token in tokens]

    def _token_of(self, token):
        """A token of the kind that the vocabulary holds."""
        return str(token) if self.vocabulary_dtype == "string" else int(token)

    def _check_tokens(self, tokens):
        seen, repeated = set(), []
        for token in tokens:
            if token in seen:
                repeated.append(token)
            seen.add(token)
        if repeated:
            raise ValueError(
                "The passed vocabulary has at least one repeated term. Please "
                f"uniquify your dataset. The repeated terms are: {repeated}."
            )
        special = [self.mask_token] if self.mask_token is not None else []
        if self.invert:  # Otherwise one more token, as in published Keras.
            special.append(self.oov_token)
        misplaced = [token for token in special if token in seen]
        if misplaced:
            raise ValueError(
                "Special tokens of a vocabulary stand at its start, in the "
                f"order {self._special_tokens()}. Found {misplaced} in "
                "another place."
            )
        size = len(tokens) + self._token_start()
        if self.max_tokens is not None and size > self.max_tokens:
            raise ValueError(
                "Attempted to set a vocabulary larger than the maximum vocab "
                f"size. Passed vocab size is {size}, max vocab size is "
                f"{self.max_tokens}."
            )

    def _check_idf(self, tokens, weights):
        if not self._has_idf:
            if weights is not None:
                raise ValueError(
                    "`idf_weights` go with output_mode='tf_idf'. Received: "
                    f"output_mode={self.output_mode!r}."
                )
            return
        if weights is None or len(weights) != len(tokens):
            raise ValueError(
                "output_mode='tf_idf' needs `idf_weights`, one for each token "
                f"of the vocabulary. Received: {len(tokens)} tokens and "
                f"idf_weights={weights}."
            )

    def _make_tables(self, tokens):
        self.__dict__["_tokens"] = list(tokens)
        start = self._token_start()
        dtype = tf.as_dtype(self.vocabulary_dtype)
        keys, values = list(tokens), list(range(start, start + len(tokens)))
        if self.invert:
            special = self._special_tokens()
            keys, values = special + keys, [*range(len(special)), *values]
            default = self.oov_token
        elif self.mask_token is not None:
            # A masked token leaves no trace in other modes.
            place = 0 if self.output_mode == "int" else 2**31 - 1
            keys, values = keys + [self.mask_token], values + [place]
        self._table = None
        if not keys:  # TensorFlow has no empty tables.
            return
        with tf.init_scope():
            words = tf.constant(keys, dtype, shape=(len(keys),))
            places = tf.constant(values, tf.int64, shape=(len(values),))
            if self.invert:
                pairs, default = (places, words), tf.constant(default, dtype)
            else:
                pairs, default = (words, places), tf.constant(-1, tf.int64)
            self._table = tf.lookup.StaticHashTable(
                tf.lookup.KeyValueTensorInitializer(*pairs), default
            )

    def _set_idf(self, weights):
        """Keeps the weights of all indices: unknown tokens get the mean."""
        mean = float(np.mean(weights)) if len(weights) else 1.0
        whole = [mean] * self._token_start() + list(weights)
        if self.pad_to_max_tokens:
            whole += [0.0] * (self.max_tokens - len(whole))
        self.idf_weights.assign(np.asarray(whole, "float32"))

    # Learning ------------------------------------------------------------

    def build(self, input_shape):
        super().build(input_shape)

    def _prepare_tables(self):
        """Makes the tables that count tokens while learning."""
        if self._counts is not None:
            return
        with tf.init_scope():
            dtype = tf.as_dtype(self.vocabulary_dtype)
            for name in ("_counts", "_documents"):
                table = tf.lookup.experimental.MutableHashTable(
                    dtype, tf.int64, default_value=0
                )
                self.__dict__[name] = table

    def adapt(self, data, batch_size=None, steps=None):
        """Learns the vocabulary from data: the most frequent tokens.

        Args:
            data: A `tf.data.Dataset`, which is streamed, or an array.
            batch_size: As of `PreprocessingLayer.adapt`.
            steps: How many batches to read of a dataset.

        Raises:
            ValueError: If the vocabulary was given to the constructor.
        """
        if self.input_vocabulary is not None:
            raise ValueError(
                f"Layer {self.name!r} can't `adapt`: its vocabulary was given "
                "to the constructor."
            )
        self.reset_state()
        self._prepare_tables()
        super().adapt(data, batch_size=batch_size, steps=steps)

    def update_state(self, data):
        """Takes in one batch.

        Args:
            data: A tensor of tokens, the batch axis first.
        """
        self._prepare_tables()
        data = self._standardized(data, self.vocabulary_dtype)
        _count(self._counts, _values(data))
        if self._has_idf:
            rows = _as_rows(data)
            self.num_documents.assign_add(tf.cast(rows.nrows(), tf.int64))
            _count(self._documents, _once_a_row(rows))

    def _keeps_tables(self, save_type):
        """Whether published releases count it among layers with weights.

        The config of a SavedModel tells what was learnt, as if it was given.
        """
        return not self._was_given and (
            save_type == "checkpoint" or not self._tokens
        )

    def finalize_state(self):
        """Makes the vocabulary from what was counted."""
        if self._counts is None:
            return
        tokens, counts = (x.numpy() for x in self._counts.export())
        # The most frequent first; of equals the last by name.
        order = np.lexsort((tokens, counts))[::-1]
        special = {self.mask_token, self.oov_token}
        found = tokens[order].tolist()
        if self.vocabulary_dtype == "string":
            encoding = getattr(self, "encoding", None) or "utf-8"
            found = [token.decode(encoding) for token in found]
        found = [token for token in found if token not in special]
        if self.max_tokens is not None:
            found = found[: self.max_tokens - self._token_start()]
        self._make_tables(found)
        self._is_adapted = True
        if self._has_idf:
            dtype = tf.as_dtype(self.vocabulary_dtype)
            words = tf.constant(found, dtype, shape=(len(found),))
            seen = self._documents.lookup(words).numpy()
            total = self.num_documents.numpy()
            self._set_idf(np.log1p(total / (1.0 + seen)))
        self.__dict__["_counts"] = self.__dict__["_documents"] = None
        self.__dict__["_adapt_function"] = None

    def reset_state(self):
        """Forgets what was counted."""
        if self.input_vocabulary is not None:
            return
        self.__dict__["_counts"] = self.__dict__["_documents"] = None
        self.__dict__["_adapt_function"] = None
        if self._has_idf:
            self.num_documents.assign(0)

    # Calling -------------------------------------------------------------

    def call(self, inputs):
        is_int = self.invert or self.output_mode == "int"
        depth = None if is_int else self._known_depth()
        wanted = tf.int64 if self.invert else self.vocabulary_dtype
        inputs = self._standardized(inputs, wanted)
        if isinstance(inputs, tf.SparseTensor):
            indices = inputs.with_values(self._lookup(inputs.values))
        elif isinstance(inputs, tf.RaggedTensor):
            indices = tf.ragged.map_flat_values(self._lookup, inputs)
        else:
            indices = self._lookup(inputs)
        if self.invert:
            return indices
        return encode(
            indices,
            self.output_mode,
            depth,
            self.compute_dtype,
            self.sparse,
            idf_weights=self.idf_weights if self._has_idf else None,
        )

    def _known_depth(self):
        depth = self._depth()
        if depth is None or self._has_idf and not self._is_expected():
            raise RuntimeError(
                f"Layer {self.name!r} has no vocabulary yet, so the size of "
                f"its vectors is unknown. Received: output_mode="
                f"{self.output_mode!r}. Call `adapt` or `set_vocabulary` "
                "first, or pass `max_tokens` and `pad_to_max_tokens=True`."
            )
        return depth

    def _depth(self):
        if self.pad_to_max_tokens:
            return self.max_tokens
        if not self._tokens and self._expected_size:
            return self._expected_size
        return self.vocabulary_size() if self._is_expected() else None

    def _is_expected(self):
        """Whether the size of the vocabulary is known."""
        return bool(self._tokens or self._is_adapted or self._expected_size)

    def _standardized(self, inputs, wanted):
        wanted = tf.as_dtype(wanted)
        composite = (tf.Tensor, tf.SparseTensor, tf.RaggedTensor)
        if isinstance(inputs, (list, tuple)) and not self.invert:
            inputs = (
                tf.ragged.constant(inputs)
                if _is_ragged(inputs)
                else tf.convert_to_tensor(inputs)
            )
        if not isinstance(inputs, composite):
            inputs = tf.convert_to_tensor(inputs)
        if inputs.dtype == wanted:
            return inputs
        if tf.string in (wanted, inputs.dtype):
            raise ValueError(
                f"Layer {self.name!r} takes tokens of dtype {wanted.name}. "
                f"Received: {inputs.dtype.name}."
            )
        return tf.cast(inputs, wanted)

    def _lookup(self, values):
        if not (self._tokens or self._is_adapted):
            values = self._refused(values)
        if self._table is None:
            found = tf.fill(tf.shape(values), tf.constant(-1, tf.int64))
        else:
            found = self._table.lookup(values)
        if self.invert:
            return found
        is_unknown = tf.equal(found, -1)
        if self.num_oov_indices == 0:
            message = (
                f"Layer {self.name!r} has num_oov_indices=0 and found tokens "
                "that are not in its vocabulary."
            )
            unknown = tf.boolean_mask(values, is_unknown)
            with tf.control_dependencies(
                [
                    tf.debugging.Assert(
                        tf.equal(tf.size(unknown), 0), [message, unknown]
                    )
                ]
            ):
                return tf.identity(found)
        return tf.where(is_unknown, self._oov_index(values), found)

    def _refused(self, values):
        """Fails as soon as values come: a graph may be made before."""
        message = (
            f"Layer {self.name!r} has no vocabulary yet. Call `adapt` or "
            "`set_vocabulary` first; functions that were traced before keep "
            "what they saw, so `compile` models anew."
        )
        if tf.executing_eagerly():
            raise tf.errors.FailedPreconditionError(None, None, message)
        with tf.control_dependencies([tf.debugging.Assert(False, [message])]):
            return tf.identity(values)

    def _oov_index(self, values):
        start = tf.constant(self._oov_start(), tf.int64)
        count = self.num_oov_indices
        if count == 1:
            return start
        if values.dtype == tf.string:
            bins = tf.strings.to_hash_bucket_fast(values, count)
        else:
            bins = tf.math.floormod(tf.cast(values, tf.int64), count)
        return bins + start

    def compute_output_shape(self, input_shape):
        """Returns the shape of the outputs."""
        mode = "int" if self.invert else self.output_mode
        return encoded_shape(input_shape, mode, self._depth())

    def compute_output_signature(self, input_spec):
        """Returns the shape and dtype of the outputs."""
        shape = self.compute_output_shape(input_spec.shape)
        dtype = self.vocabulary_dtype
        if not self.invert:
            dtype = encoded_dtype(self.output_mode, self.compute_dtype)
        kind = tf.SparseTensorSpec if self.sparse else tf.TensorSpec
        return kind(shape, dtype)

    # Files ---------------------------------------------------------------

    def save_own_variables(self, store):
        """Puts weights into a file; the vocabulary is an asset."""
        if self._has_idf:
            store["idf_weights"] = self.idf_weights.numpy()

    def load_own_variables(self, store):
        """Sets weights from a file."""
        if self._has_idf and "idf_weights" in store.keys():
            self.idf_weights.assign(np.asarray(store["idf_weights"]))

    def save_assets(self, dir_path):
        """Writes the vocabulary, unless the config holds it.

        Args:
            dir_path: A directory.
        """
        if self.input_vocabulary is not None:
            return
        tokens = self.get_vocabulary(include_special_tokens=False)
        with tf.io.gfile.GFile(os.path.join(dir_path, _FILE), "w") as file:
            file.write("".join(f"{token}\n" for token in tokens))
        if any("\n" in str(token) for token in tokens):
            path = os.path.join(dir_path, _JSON_FILE)
            with tf.io.gfile.GFile(path, "w") as file:
                file.write(json.dumps(tokens))

    def load_assets(self, dir_path):
        """Reads what `save_assets` wrote.

        Args:
            dir_path: A directory.
        """
        if self.input_vocabulary is not None:
            return
        path = os.path.join(dir_path, _JSON_FILE)
        is_json = tf.io.gfile.exists(path)
        if not is_json:
            path = os.path.join(dir_path, _FILE)
        with tf.io.gfile.GFile(path, "r") as file:
            text = file.read()
        lines = json.loads(text) if is_json else text.split("\n")[:-1]
        self._make_tables([self._token_of(line) for line in lines])
        self._is_adapted = bool(lines)

    def __getstate__(self):
        state = super().__getstate__()
        for name in ("_counts", "_documents", "_table"):
            state[name] = None
        # A table can't be copied; it is made anew from the tokens.
        for name in ("_tracked", "_self_unconditional_dependency_names"):
            state[name] = {
                key: value
                for key, value in state.get(name, {}).items()
                if key != "_table"
            }
        name = "_self_unconditional_checkpoint_dependencies"
        state[name] = [
            reference
            for reference in state.get(name, ())
            if reference.name != "_table"
        ]
        return state

    def __setstate__(self, state):
        super().__setstate__(state)
        self._make_tables(self._tokens or [])

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        known = self.input_vocabulary is not None or self._tokens
        config.update(
            invert=self.invert,
            max_tokens=self.max_tokens,
            num_oov_indices=self.num_oov_indices,
            oov_token=self.oov_token,
            mask_token=self.mask_token,
            output_mode=self.output_mode,
            sparse=self.sparse,
            pad_to_max_tokens=self.pad_to_max_tokens,
            vocabulary_dtype=self.vocabulary_dtype,
            idf_weights=_listed(self.input_idf_weights),
            vocabulary=self._vocabulary_in_config(),
            vocabulary_size=(
                self.vocabulary_size() if known else self._expected_size
            ),
        )
        return config

    def _vocabulary_in_config(self):
        if not isinstance(self.input_vocabulary, str):
            return _listed(self.input_vocabulary)
        path = PathOfContents(self.input_vocabulary)
        path.contents = self.get_vocabulary(include_special_tokens=False)
        return path

    @classmethod
    def from_config(cls, config):
        """Makes a layer from what `get_config` returned."""
        refuse_path(config)
        return super().from_config(config)


def refuse_path(config):
    """Raises ValueError, in safe mode, for a vocabulary that is a path.

    Args:
        config: The config of a layer. A live layer's may hold its path.
    """
    vocabulary = config.get("vocabulary")
    is_live = isinstance(vocabulary, PathOfContents)
    if isinstance(vocabulary, str) and not is_live and is_safe():
        raise ValueError(
            f"The config of layer {config.get('name')!r} asks for the file "
            f"{vocabulary!r} as its vocabulary. It is not read: a config "
            "should hold the tokens themselves. If you trust its author, "
            "pass `safe_mode=False` to the loading function."
        )


def _is_ragged(value):
    if not isinstance(value, (list, tuple)) or not value:
        return False
    lengths = {
        len(row) if isinstance(row, (list, tuple)) else -1 for row in value
    }
    return len(lengths) > 1


def _plain(value):
    if value is None or isinstance(value, str):
        return value
    if tf.is_tensor(value):
        value = value.numpy()
    value = value.tolist() if isinstance(value, np.ndarray) else list(value)
    return [v.decode("utf-8") if isinstance(v, bytes) else v for v in value]


def _listed(value):
    return list(value) if isinstance(value, (list, tuple)) else value


def _values(data):
    if isinstance(data, tf.SparseTensor):
        return data.values
    if isinstance(data, tf.RaggedTensor):
        return data.flat_values
    return tf.reshape(data, [-1])


def _count(table, tokens):
    unique, _, counts = tf.unique_with_counts(tokens, out_idx=tf.int64)
    table.insert(unique, table.lookup(unique) + counts)


def _as_rows(data):
    """A ragged tensor with a row for each document."""
    if isinstance(data, tf.SparseTensor):
        return tf.RaggedTensor.from_sparse(data)
    if isinstance(data, tf.RaggedTensor):
        return data if data.ragged_rank == 1 else data.merge_dims(1, -1)
    if data.shape.rank == 1:
        # A flat array is one document for each token.
        data = tf.expand_dims(data, -1)
    rows = tf.reshape(data, [tf.shape(data)[0], -1])
    return tf.RaggedTensor.from_tensor(rows)


def _once_a_row(rows):
    """The tokens of rows, each once a row."""
    _, ids = tf.unique(rows.flat_values, out_idx=tf.int64)
    row_of = tf.cast(rows.value_rowids(), tf.int64)
    width = tf.size(ids, out_type=tf.int64) + 1
    pairs, places = tf.unique(row_of * width + ids, out_idx=tf.int64)
    first = tf.math.unsorted_segment_min(
        tf.range(tf.size(places, out_type=tf.int64)),
        places,
        tf.size(pairs, out_type=tf.int64),
    )
    return tf.gather(rows.flat_values, first)
