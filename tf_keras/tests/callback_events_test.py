"""Every event that callbacks see, in order, with the keys of its logs."""

import numpy as np
import tensorflow as tf

import tf_keras as keras

X = np.ones((20, 3), "float32")
Y = np.ones((20, 2), "float32")
MOMENTS = [
    f"on_{mode}{part}_{end}"
    for mode in ("train", "test", "predict")
    for part in ("", "_batch")
    for end in ("begin", "end")
] + ["on_epoch_begin", "on_epoch_end"]


class Log(keras.callbacks.Callback):
    """Notes each moment: its name without `on_`, its number, its keys."""

    def __init__(self):
        super().__init__()
        self.events = []


def _note(moment):
    def note(self, *args, logs=None):
        *number, logs = (*args, logs) if logs is not None else args
        entry = " ".join([moment.removeprefix("on_"), *map(str, number)])
        keys = ",".join(logs)
        self.events.append(f"{entry}: {keys}" if keys else entry)
        for value in logs.values():
            assert isinstance(value, (float, np.ndarray)), type(value)

    return note


for _moment in MOMENTS:
    setattr(Log, _moment, _note(_moment))


def _model():
    model = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])
    model.compile("sgd", "mse", metrics=["mae"])
    return model


def _batches(mode, count, keys):
    return [
        event
        for number in range(count)
        for event in (
            f"{mode}_batch_begin {number}",
            f"{mode}_batch_end {number}: {keys}",
        )
    ]


def _generator():
    while True:
        yield X[:8], Y[:8]
        yield X[:8], Y[:8]
        yield X[:4], Y[:4]


class _Batches(keras.utils.Sequence):
    def __len__(self):
        return 3

    def __getitem__(self, index):
        rows = slice(8 * index, 8 * index + 8)
        return X[rows], Y[rows]


FIT = [
    "train_begin",
    *(
        event
        for epoch in range(2)
        for event in (
            f"epoch_begin {epoch}",
            *_batches("train", 3, "loss,mae"),
            f"epoch_end {epoch}: loss,mae",
        )
    ),
    "train_end: loss,mae",
]


class CallbackEventsTest(tf.test.TestCase):
    def check(self, method, expected, *args, **options):
        log = Log()
        getattr(_model(), method)(*args, callbacks=[log], verbose=0, **options)
        self.assertEqual(log.events, expected)

    def test_fit_with_validation(self):
        all_keys = "loss,mae,val_loss,val_mae"
        expected = [
            "train_begin",
            *(
                event
                for epoch in range(2)
                for event in (
                    f"epoch_begin {epoch}",
                    *_batches("train", 3, "loss,mae"),
                    "test_begin",
                    *_batches("test", 2, "loss,mae"),
                    "test_end: loss,mae",
                    f"epoch_end {epoch}: {all_keys}",
                )
            ),
            f"train_end: {all_keys}",
        ]
        self.check(
            "fit",
            expected,
            X,
            Y,
            batch_size=8,
            epochs=2,
            validation_data=(X[:16], Y[:16]),
        )

    def test_evaluate(self):
        expected = [
            "test_begin",
            *_batches("test", 3, "loss,mae"),
            "test_end: loss,mae",
        ]
        self.check("evaluate", expected, X, Y, batch_size=8)

    def test_predict(self):
        expected = [
            "predict_begin",
            *_batches("predict", 3, "outputs"),
            "predict_end",
        ]
        self.check("predict", expected, X, batch_size=8)

    def test_the_events_are_the_same_whatever_the_data(self):
        data = tf.data.Dataset.from_tensor_slices((X, Y)).batch(8)
        self.check("fit", FIT, X, Y, batch_size=8, epochs=2)
        self.check("fit", FIT, data, epochs=2)
        self.check("fit", FIT, data.filter(lambda x, y: True), epochs=2)
        self.check("fit", FIT, _generator(), epochs=2, steps_per_epoch=3)
        self.check("fit", FIT, _Batches(), epochs=2)

    def test_a_stop_ends_the_epoch_after_the_running_batch(self):
        class Stop(keras.callbacks.Callback):
            def on_train_batch_end(self, batch, logs=None):
                self.model.stop_training = batch == 1

        log = Log()
        _model().fit(
            X, Y, batch_size=8, epochs=2, verbose=0, callbacks=[log, Stop()]
        )
        expected = [
            "train_begin",
            "epoch_begin 0",
            *_batches("train", 2, "loss,mae"),
            "epoch_end 0: loss,mae",
            "train_end: loss,mae",
        ]
        self.assertEqual(log.events, expected)

    def test_several_steps_per_execution_are_one_event(self):
        log = Log()
        model = _model()
        model.compile("sgd", "mse", steps_per_execution=2)
        model.fit(X, Y, batch_size=5, verbose=0, callbacks=[log])
        expected = [
            "train_begin",
            "epoch_begin 0",
            "train_batch_begin 0",
            "train_batch_end 1: loss",
            "train_batch_begin 2",
            "train_batch_end 3: loss",
            "epoch_end 0: loss",
            "train_end: loss",
        ]
        self.assertEqual(log.events, expected)


if __name__ == "__main__":
    tf.test.main()
