"""Models whose SavedModels hold more than weights, by name."""

import os

import numpy as np
import tensorflow as tf


def texts(keras):
    """Words to numbers, by vocabularies that were adapted."""
    layers = keras.layers
    inputs = keras.Input((1,), dtype="string", name="text")
    vectorize = layers.TextVectorization(output_sequence_length=4)
    vectorize.adapt(tf.constant([["a b b"], ["c b é"], ["b c"]]))
    lookup = layers.StringLookup(output_mode="multi_hot")
    lookup.adapt(tf.constant([["a b"], ["c b"], ["a b"]]))
    hidden = layers.Embedding(8, 3)(vectorize(inputs))
    hidden = layers.GlobalAveragePooling1D()(hidden)
    outputs = layers.Concatenate()([hidden, lookup(inputs)])
    return keras.Model(inputs, layers.Dense(2)(outputs))


def weighted_texts(keras):
    """Weights of words, as TF-IDF counts them, and numbers back to words."""
    layers = keras.layers
    inputs = keras.Input((1,), dtype="string", name="text")
    vectorize = layers.TextVectorization(output_mode="tf_idf")
    vectorize.adapt(tf.constant([["a b b"], ["c b é"], ["b c"]]))
    lookup = layers.StringLookup(vocabulary=["a b", "c d"])
    back = layers.StringLookup(vocabulary=["u", "v"], invert=True)
    return keras.Model(
        inputs, {"weights": vectorize(inputs), "words": back(lookup(inputs))}
    )


def numbers(keras):
    """Numbers scaled, put in bins and looked up, as data taught it."""
    layers = keras.layers
    inputs = keras.Input((3,), name="numbers")
    normalize = layers.Normalization()
    normalize.adapt(np.arange(12.0).reshape(4, 3))
    bins = layers.Discretization(num_bins=3)
    bins.adapt(np.arange(20.0))
    lookup = layers.IntegerLookup(output_mode="multi_hot")
    lookup.adapt(np.array([[1], [2], [2], [7]]))
    whole = layers.Lambda(lambda x: tf.cast(x, "int64"))(inputs)
    both = layers.Concatenate()(
        [normalize(inputs), tf.cast(bins(inputs), "float32"), lookup(whole)]
    )
    return keras.Model(inputs, layers.Dense(2)(both))


def stateful(keras):
    """A recurrent layer that goes on where the last batch ended."""
    layers = keras.layers
    inputs = keras.Input(batch_shape=(2, 3, 2))
    hidden = layers.LSTM(4, stateful=True, return_sequences=True)(inputs)
    return keras.Model(inputs, layers.GRU(3, stateful=True)(hidden))


def masked(keras):
    """Masks from an embedding and from a value, of two inputs; a dict out."""
    layers = keras.layers
    words = keras.Input((5,), name="words")
    steps = keras.Input((5, 2), name="steps")
    read = layers.LSTM(3)(layers.Embedding(9, 4, mask_zero=True)(words))
    seen = layers.GRU(3)(layers.Masking(0.5)(steps))
    both = layers.Dense(2)(layers.Add()([read, seen]))
    outputs = {"sum": both, "product": layers.Multiply()([read, seen])}
    return keras.Model({"words": words, "steps": steps}, outputs)


def code(keras):
    """A model of code: inputs by name, a list of outputs, a number it keeps."""
    layers = keras.layers

    class Counting(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = layers.Dense(3, activity_regularizer="l2")
            self.seen = self.add_weight("seen", (), trainable=False)
            self.named = {"a": layers.Dense(2), "b": [layers.Dense(1)]}

        def call(self, inputs, training=False):
            x = self.dense(inputs["left"]) * inputs["right"]
            if training:
                self.seen.assign_add(1.0)
                x = x * 2.0
            return [self.named["a"](x), self.named["b"][0](x) + self.seen]

    return Counting()


MAKERS = (texts, weighted_texts, numbers, stateful, masked, code)


def data_of(name):
    """Returns the inputs for the model of a name, as tensors."""
    random = np.random.RandomState(7)
    if "texts" in name:
        return tf.constant([["a b"], ["c x b"], ["é"]])
    if name == "numbers":
        return tf.constant([[1.0, 2.0, 7.0], [3.0, 11.0, 19.0]])
    if name == "stateful":
        return tf.constant(random.rand(2, 3, 2), "float32")
    if name == "code":
        pair = tf.constant(random.rand(2, 3, 3), "float32")
        return {"left": pair[0], "right": pair[1]}
    steps = random.rand(2, 5, 2).astype("float32")
    steps[:, 3:] = 0.5
    words = tf.constant([[1.0, 2, 0, 0, 0], [3.0, 4, 5, 0, 0]])
    return {"words": words, "steps": tf.constant(steps)}


def write(keras, folder):
    """Writes each model, called twice, and what it answers from then on."""
    for make in MAKERS:
        name = make.__name__
        keras.utils.set_random_seed(3)
        model = make(keras)
        for _ in range(2):
            model(data_of(name))
        model.save(os.path.join(folder, name), save_format="tf")
        np.savez(os.path.join(folder, f"{name}.npz"), *_answers(model, name))


def _answers(model, name):
    kinds = [{}, {}, {"training": True}] if name == "code" else [{}, {}]
    return [
        np.char.encode(value.astype(str), "utf-8")
        if (value := np.array(each)).dtype.kind == "O"
        else value
        for kwargs in kinds
        for each in tf.nest.flatten(model(data_of(name), **kwargs))
    ]


def read(keras, folder):
    """Reads what `write` wrote; returns what differs, line by line."""
    loaders = {"load_model": keras.models.load_model, "plain": _plain}
    return [
        f"{make.__name__}, {kind}: {found}"
        for make in MAKERS
        for kind, load in loaders.items()
        if (found := _difference(load, folder, make.__name__))
    ]


def _plain(path):
    return tf.saved_model.load(path)


def _difference(load, folder, name):
    expected = np.load(os.path.join(folder, f"{name}.npz"))
    try:
        found = _answers(load(os.path.join(folder, name)), name)
    except Exception as error:  # Every kind of failure is a finding.
        return f"{type(error).__name__}: {str(error)[:700]}"
    for key, value in zip(expected.files, found):
        wanted = expected[key]
        if wanted.dtype.kind == "S":
            if (wanted != value).any():
                return f"{value} is not {wanted}"
        elif not np.allclose(wanted, value, rtol=1e-4, atol=1e-5):
            return f"{value} is not {wanted}"
    return ""
