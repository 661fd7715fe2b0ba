"""TextVectorization: text to indices."""

import re
import string

import tensorflow as tf

from tf_keras.src.foundation.names import nearest
from tf_keras.src.layers.preprocessing.adaptable import PreprocessingLayer
from tf_keras.src.layers.preprocessing.category_encoding import checked_mode
from tf_keras.src.layers.preprocessing.index_lookup import refuse_path
from tf_keras.src.layers.preprocessing.string_lookup import StringLookup
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object

_STANDARDIZE = (
    "lower_and_strip_punctuation",
    "lower",
    "strip_punctuation",
)
_SPLIT = ("whitespace", "character")
_MODES = ("int", "multi_hot", "count", "tf_idf")
_MARKS = string.punctuation.encode()
_PUNCTUATION = f"[{re.escape(string.punctuation)}]"


class TextVectorization(PreprocessingLayer):
    """Turns each text into indices of its words, or one vector.

    A text is standardised, split, joined to n-grams, and its tokens are
    looked up in a vocabulary, given or learnt: index 0 is for padding (in
    mode `"int"`), the next for unknown tokens.

    Args:
        max_tokens: The most indices there may be, special ones included.
        standardize: `"lower_and_strip_punctuation"`, `"lower"`,
            `"strip_punctuation"`, None, or a function of a tensor of strings.
        split: `"whitespace"`, `"character"`, None, or a function that returns
            a ragged tensor.
        ngrams: How many tokens to join at most, or a tuple of numbers of
            tokens to join; None for single tokens.
        output_mode: `"int"` for indices, `"multi_hot"`, `"count"` or
            `"tf_idf"` for a vector a text, as of `StringLookup`.
        output_sequence_length: How many indices a text gets, in mode `"int"`:
            more are cut off, fewer are padded. None for the longest text's.
        pad_to_max_tokens: Whether vectors have the length `max_tokens` also
            for a smaller vocabulary.
        vocabulary: Tokens, or the path of a text file with one on each line.
        idf_weights: The weight of each token, for mode `"tf_idf"`.
        sparse: Whether to return a `tf.SparseTensor`, in other modes than
            `"int"`.
        ragged: Whether to return a `tf.RaggedTensor`, in mode `"int"`.
        encoding: How strings are encoded.
        **kwargs: `name`.

    Input shape:
        `(batch,)` or `(batch, 1)`, strings.

    Output shape:
        `(batch, tokens)`.

    Raises:
        ValueError: If arguments do not fit together.

    Example:

    >>> layer = TextVectorization(vocabulary=["the", "fox"])
    >>> layer(["The fox!", "a fox"]).numpy()
    array([[2, 3],
           [1, 3]])
    """

    def __init__(
        self,
        max_tokens=None,
        standardize="lower_and_strip_punctuation",
        split="whitespace",
        ngrams=None,
        output_mode="int",
        output_sequence_length=None,
        pad_to_max_tokens=False,
        vocabulary=None,
        idf_weights=None,
        sparse=False,
        ragged=False,
        encoding="utf-8",
        **kwargs,
    ):
        expected_size = kwargs.pop("vocabulary_size", None)  # Of a config.
        if kwargs.get("dtype") not in (None, "string", tf.string):
            raise ValueError(
                "TextVectorization takes strings. Received: "
                f"dtype={kwargs['dtype']}; leave it out."
            )
        kwargs["dtype"] = "string"
        mode = checked_mode(output_mode, _MODES, self)
        self._check_name("standardize", standardize, _STANDARDIZE)
        self._check_name("split", split, _SPLIT)
        self._check_lengths(mode, ngrams, output_sequence_length, ragged)
        super().__init__(**kwargs)
        self.max_tokens = max_tokens
        self.standardize = standardize
        self.split = split
        self.__dict__["_given_ngrams"] = ngrams  # What the config holds.
        self.ngrams = (
            tuple(range(1, ngrams + 1)) if isinstance(ngrams, int) else ngrams
        )
        self.output_mode = mode
        self.output_sequence_length = output_sequence_length
        self.ragged = ragged
        self.sparse = sparse
        self.pad_to_max_tokens = pad_to_max_tokens
        self.encoding = encoding
        self._lookup_layer = StringLookup(
            max_tokens=max_tokens,
            vocabulary=vocabulary,
            idf_weights=idf_weights,
            pad_to_max_tokens=pad_to_max_tokens,
            mask_token="",
            output_mode=mode,
            sparse=sparse,
            encoding=encoding,
            vocabulary_size=expected_size,
        )

    def _check_name(self, argument, value, names):
        if value is None or callable(value) or value in names:
            return
        raise ValueError(
            f"Unknown {argument} {value!r} of TextVectorization."
            f"{nearest(str(value), names)} Expected one of {list(names)}, None "
            "or a function."
        )

    def _check_lengths(self, mode, ngrams, length, ragged):
        is_count = isinstance(ngrams, int) and ngrams > 0
        is_tuple = isinstance(ngrams, (tuple, list)) and all(
            isinstance(n, int) and n > 0 for n in ngrams
        )
        if not (ngrams is None or is_count or is_tuple):
            raise ValueError(
                "The `ngrams` of TextVectorization are None, a positive "
                f"integer or a tuple of them. Received: ngrams={ngrams}."
            )
        if length is not None and (
            mode != "int" or not isinstance(length, int) or length <= 0
        ):
            raise ValueError(
                "`output_sequence_length` is a positive integer and goes with "
                f"output_mode='int'. Received: output_sequence_length={length}"
                f", output_mode={mode!r}."
            )
        if ragged and (mode != "int" or length is not None):
            raise ValueError(
                "ragged=True goes with output_mode='int' and without an "
                f"`output_sequence_length`. Received: output_mode={mode!r}, "
                f"output_sequence_length={length}."
            )

    # The vocabulary ------------------------------------------------------

    def get_vocabulary(self, include_special_tokens=True):
        """Returns the tokens, a list in the order of their indices.

        Args:
            include_special_tokens: Whether to list those of padding and of
                unknown tokens.
        """
        return self._lookup_layer.get_vocabulary(include_special_tokens)

    def vocabulary_size(self):
        """Returns how many indices there are, special tokens included."""
        return self._lookup_layer.vocabulary_size()

    def set_vocabulary(self, vocabulary, idf_weights=None):
        """Sets the vocabulary, instead of learning it.

        Args:
            vocabulary: Tokens, or the path of a text file with one a line.
            idf_weights: The weight of each token, for mode `"tf_idf"`.
        """
        self._lookup_layer.set_vocabulary(vocabulary, idf_weights)

    def adapt(self, data, batch_size=None, steps=None):
        """Learns the vocabulary from texts: the most frequent tokens.

        Args:
            data: A `tf.data.Dataset`, which is streamed, or an array.
            batch_size: As of `PreprocessingLayer.adapt`.
            steps: How many batches to read of a dataset.

        Raises:
            ValueError: If the vocabulary was given to the constructor.
        """
        if self._lookup_layer.input_vocabulary is not None:
            raise ValueError(
                f"Layer {self.name!r} can't `adapt`: its vocabulary was given "
                "to the constructor."
            )
        self.reset_state()
        self._lookup_layer._prepare_tables()
        super().adapt(data, batch_size=batch_size, steps=steps)

    def update_state(self, data):
        """Takes in one batch of texts.

        Args:
            data: A tensor of strings.
        """
        data = _strings(data)
        if self._counts_words(data):
            # One long text is split in half the time that many short ones are.
            text = tf.reshape(tf.strings.reduce_join(data, separator=" "), [1])
            text = self._standardized(text)
            words = tf.raw_ops.StringSplitV2(input=text, sep="").values
        else:
            words = self._tokens_of(data)
        self._lookup_layer.update_state(words)

    def _counts_words(self, data):
        """Whether it does not matter which text a word stands in."""
        return (
            self.split == "whitespace"
            and self.ngrams is None
            and not callable(self.standardize)
            and not self._lookup_layer._has_idf
            and isinstance(data, tf.Tensor)
            and (data.shape.rank == 1 or data.shape[1:] == (1,))
        )

    def finalize_state(self):
        """Makes the vocabulary from what was counted."""
        self._lookup_layer.finalize_state()
        self.__dict__["_adapt_function"] = None

    def reset_state(self):
        """Forgets what was counted."""
        self._lookup_layer.reset_state()
        self.__dict__["_adapt_function"] = None

    # Calling -------------------------------------------------------------

    def _tokens_of(self, inputs):
        """Standardises and splits texts; a ragged tensor unless not split."""
        if isinstance(inputs, (list, tuple)):
            inputs = tf.convert_to_tensor(inputs)
        inputs = self._standardized(inputs)
        if self.split is not None:
            inputs = self._split(inputs)
        if self.ngrams is not None:
            inputs = tf.strings.ngrams(
                inputs, ngram_width=self.ngrams, separator=" "
            )
        return inputs

    def _standardized(self, inputs):
        inputs = _strings(inputs)
        if callable(self.standardize):
            return self.standardize(inputs)
        if self.standardize in ("lower", "lower_and_strip_punctuation"):
            inputs = _on_strings(tf.strings.lower, inputs)
        if self.standardize is not None and "strip" in self.standardize:
            inputs = _on_strings(_without_punctuation, inputs)
        return inputs

    def _split(self, inputs):
        rank = inputs.shape.rank
        if rank is not None and rank > 1:
            if inputs.shape[-1] != 1 and not isinstance(
                inputs, tf.RaggedTensor
            ):
                raise ValueError(
                    "TextVectorization splits one text a row. Received: "
                    f"inputs of shape {inputs.shape}. Reshape them to "
                    "(batch,) or (batch, 1)."
                )
            if not isinstance(inputs, tf.RaggedTensor):
                inputs = tf.squeeze(inputs, axis=-1)
        if callable(self.split):
            return self.split(inputs)
        if self.split == "whitespace":
            return tf.strings.split(inputs)
        return tf.strings.unicode_split(inputs, "UTF-8")

    def call(self, inputs):
        tokens = self._tokens_of(inputs)
        indices = self._lookup_layer(tokens)
        if self.output_mode != "int" or self.ragged:
            return indices
        if isinstance(indices, tf.RaggedTensor):
            shape = None
            if self.output_sequence_length is not None:
                shape = [None] * indices.shape.rank
                shape[-1] = self.output_sequence_length
            return indices.to_tensor(default_value=0, shape=shape)
        if self.output_sequence_length is None:
            return indices
        return self._cut_or_padded(indices)

    def _cut_or_padded(self, indices):
        length = self.output_sequence_length
        indices = indices[..., :length]
        missing = length - tf.shape(indices)[-1]
        paddings = [[0, 0]] * (indices.shape.rank - 1) + [[0, missing]]
        indices = tf.pad(indices, paddings)
        indices.set_shape((*indices.shape[:-1], length))
        return indices

    def compute_output_shape(self, input_shape):
        """Returns the shape of the outputs."""
        shape = tf.TensorShape(input_shape)
        batch = shape[:1] if shape.rank else tf.TensorShape([])
        if self.output_mode == "int":
            if self.split is None and self.output_sequence_length is None:
                return shape
            return batch.concatenate([self.output_sequence_length])
        return batch.concatenate([self._lookup_layer._depth()])

    def compute_output_signature(self, input_spec):
        """Returns the shape and dtype of the outputs."""
        shape = self.compute_output_shape(input_spec.shape)
        return tf.TensorSpec(shape, self._lookup_layer.compute_dtype)

    # Files ---------------------------------------------------------------

    def save_own_variables(self, store):
        """Puts weights into a file; the vocabulary is an asset."""
        self._lookup_layer.save_own_variables(store)

    def load_own_variables(self, store):
        """Sets weights from a file."""
        self._lookup_layer.load_own_variables(store)

    def save_assets(self, dir_path):
        """Writes the vocabulary, unless the config holds it.

        Args:
            dir_path: A directory.
        """
        self._lookup_layer.save_assets(dir_path)

    def load_assets(self, dir_path):
        """Reads what `save_assets` wrote.

        Args:
            dir_path: A directory.
        """
        self._lookup_layer.load_assets(dir_path)

    def get_config(self):
        """Returns what the layer was made with."""
        lookup = self._lookup_layer.get_config()
        config = super().get_config()
        config.update(
            max_tokens=self.max_tokens,
            standardize=_serialized(self.standardize),
            split=_serialized(self.split),
            ngrams=self._given_ngrams,
            output_mode=self.output_mode,
            output_sequence_length=self.output_sequence_length,
            pad_to_max_tokens=self.pad_to_max_tokens,
            sparse=self.sparse,
            ragged=self.ragged,
            vocabulary=lookup["vocabulary"],
            idf_weights=lookup["idf_weights"],
            encoding=self.encoding,
            vocabulary_size=self.vocabulary_size(),
        )
        return config

    @classmethod
    def from_config(cls, config):
        """Makes a layer from what `get_config` returned."""
        refuse_path(config)
        config = dict(config)
        for name in ("standardize", "split"):
            if isinstance(config.get(name), dict):
                config[name] = deserialize_keras_object(config[name])
        if isinstance(config.get("ngrams"), list):
            config["ngrams"] = tuple(config["ngrams"])
        was_given = config.pop("has_input_vocabulary", False)
        layer = cls(**config)
        layer._lookup_layer.__dict__["_was_given"] |= was_given
        return layer


def _serialized(value):
    return serialize_keras_object(value) if callable(value) else value


def _strings(inputs):
    composite = (tf.Tensor, tf.SparseTensor, tf.RaggedTensor)
    if not isinstance(inputs, composite):
        inputs = tf.convert_to_tensor(inputs)
    if inputs.dtype != tf.string:
        raise ValueError(
            "TextVectorization takes strings. Received: inputs of dtype "
            f"{inputs.dtype.name}."
        )
    return inputs


def _without_punctuation(texts):
    if tf.executing_eagerly() and texts.shape == (1,):
        # Python strips one long text in a third of the time.
        return tf.constant([texts.numpy()[0].translate(None, _MARKS)])
    return tf.strings.regex_replace(texts, _PUNCTUATION, "")


def _on_strings(function, inputs):
    if isinstance(inputs, tf.RaggedTensor):
        return tf.ragged.map_flat_values(function, inputs)
    return function(inputs)
