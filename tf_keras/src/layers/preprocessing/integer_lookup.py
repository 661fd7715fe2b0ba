"""IntegerLookup: integers to indices."""

import numpy as np

from tf_keras.src.layers.preprocessing.index_lookup import IndexLookup


class IntegerLookup(IndexLookup):
    """Turns integers into indices of a vocabulary, given or learnt.

    Args:
        max_tokens: The most indices there may be, special ones included.
        num_oov_indices: How many indices integers out of the vocabulary
            share, by their remainder; 0 to refuse such integers.
        mask_token: An integer that stands for nothing: index 0 in mode
            `"int"`, no trace in others.
        oov_token: What unknown indices become, with `invert`.
        vocabulary: Integers, or the path of a text file with one on each
            line.
        vocabulary_dtype: `"int64"` or `"int32"`.
        idf_weights: The weight of each integer, for mode `"tf_idf"`.
        invert: Whether to turn indices into the integers of the vocabulary.
        output_mode: As of `StringLookup`.
        sparse: As of `StringLookup`.
        pad_to_max_tokens: As of `StringLookup`.
        **kwargs: `name`, `dtype`.

    Input shape:
        As of `StringLookup`.

    Raises:
        ValueError: If arguments do not fit together.
        tf.errors.InvalidArgumentError: For an unknown integer without an
            index for such.

    Example:

    >>> IntegerLookup(vocabulary=[12, 36])([[12, 7, 36]]).numpy()
    array([[1, 0, 2]])
    """

    def __init__(
        self,
        max_tokens=None,
        num_oov_indices=1,
        mask_token=None,
        oov_token=-1,
        vocabulary=None,
        vocabulary_dtype="int64",
        idf_weights=None,
        invert=False,
        output_mode="int",
        sparse=False,
        pad_to_max_tokens=False,
        **kwargs,
    ):
        # Programs of TensorFlow 2.4 have another name for it.
        max_tokens = kwargs.pop("max_values", max_tokens)
        if vocabulary_dtype not in ("int64", "int32"):
            raise ValueError(
                "IntegerLookup has the vocabulary_dtypes 'int64' and 'int32'. "
                f"Received: vocabulary_dtype={vocabulary_dtype!r}."
            )
        super().__init__(
            max_tokens=max_tokens,
            num_oov_indices=num_oov_indices,
            mask_token=None if mask_token is None else int(mask_token),
            oov_token=None if oov_token is None else int(oov_token),
            vocabulary_dtype=vocabulary_dtype,
            vocabulary=_integers(vocabulary),
            idf_weights=idf_weights,
            invert=invert,
            output_mode=output_mode,
            sparse=sparse,
            pad_to_max_tokens=pad_to_max_tokens,
            **kwargs,
        )

    def get_config(self):
        """Returns what the layer was made with."""
        return super().get_config()


def _integers(vocabulary):
    if isinstance(vocabulary, np.ndarray):
        return vocabulary.astype("int64")
    return vocabulary
