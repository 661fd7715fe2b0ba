"""StringLookup: strings to indices."""

from tf_keras.src.layers.preprocessing.index_lookup import IndexLookup


class StringLookup(IndexLookup):
    """Turns strings into indices of a vocabulary, given or learnt.

    Args:
        max_tokens: The most indices there may be, special ones included.
        num_oov_indices: How many indices tokens out of the vocabulary share,
            by hash; 0 to refuse such tokens.
        mask_token: A token that stands for nothing: index 0 in mode `"int"`,
            no trace in others.
        oov_token: What unknown indices become, with `invert`.
        vocabulary: Tokens, or the path of a text file with one on each line.
        idf_weights: The weight of each token, for mode `"tf_idf"`.
        encoding: How strings are encoded.
        invert: Whether to turn indices into strings.
        output_mode: `"int"` for the index, a mode of `CategoryEncoding`, or
            `"tf_idf"` for counts times weights.
        sparse: Whether to return a `tf.SparseTensor`, in other modes.
        pad_to_max_tokens: Whether vectors have the length `max_tokens` also
            for a smaller vocabulary.
        **kwargs: `name`, `dtype`.

    Input shape:
        Any in mode `"int"`, else `(batch,)` or `(batch, n)`; dense, sparse or
        ragged.

    Raises:
        ValueError: If arguments do not fit together.
        tf.errors.InvalidArgumentError: For an unknown token without an index
            for such.

    Example:

    >>> StringLookup(vocabulary=["a", "b"])([["a", "z", "b"]]).numpy()
    array([[1, 0, 2]])
    """

    def __init__(
        self,
        max_tokens=None,
        num_oov_indices=1,
        mask_token=None,
        oov_token="[UNK]",
        vocabulary=None,
        idf_weights=None,
        encoding="utf-8",
        invert=False,
        output_mode="int",
        sparse=False,
        pad_to_max_tokens=False,
        **kwargs,
    ):
        kwargs.pop("vocabulary_dtype", None)
        self.encoding = encoding
        super().__init__(
            max_tokens=max_tokens,
            num_oov_indices=num_oov_indices,
            mask_token=mask_token,
            oov_token=oov_token,
            vocabulary_dtype="string",
            vocabulary=vocabulary,
            idf_weights=idf_weights,
            invert=invert,
            output_mode=output_mode,
            sparse=sparse,
            pad_to_max_tokens=pad_to_max_tokens,
            **kwargs,
        )

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        del config["vocabulary_dtype"]
        return {**config, "encoding": self.encoding}
