"""Tests of who is called at which moment, and with what."""

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.callbacks.callback_list import CallbackList, to_numbers
from tf_keras.src.callbacks.history import History
from tf_keras.src.callbacks.lambda_callback import LambdaCallback
from tf_keras.src.callbacks.progbar_logger import ProgbarLogger
from tf_keras.src.testing.toy_model import ToyModel

_PARAMS = {"verbose": 0, "epochs": 1, "steps": None}


class _TrainBatches(Callback):
    def __init__(self):
        super().__init__()
        self.seen = []

    def on_train_batch_end(self, batch, logs=None):
        self.seen.append((batch, logs))


class _OlderName(Callback):
    def __init__(self):
        super().__init__()
        self.seen = []

    def on_batch_begin(self, batch, logs=None):
        self.seen.append(("begin", batch, logs))

    def on_batch_end(self, batch, logs=None):
        self.seen.append(("end", batch, logs))


class _Epochs(Callback):
    def on_epoch_end(self, epoch, logs=None):
        logs["added"] = epoch


class _LoudBar(ProgbarLogger):
    def on_train_batch_end(self, batch, logs=None):
        super().on_train_batch_end(batch, logs)


def _listens(*callbacks):
    moments = CallbackList(list(callbacks), model=ToyModel(), **_PARAMS)
    return tuple(
        moments.listens_to_batches(mode)
        for mode in ("train", "test", "predict")
    )


class CallbackListTest(tf.test.TestCase):
    def test_adds_history_and_bar_after_the_users(self):
        users = Callback()
        moments = CallbackList([users], add_history=True, add_progbar=True)
        kinds = [type(callback) for callback in moments.callbacks]
        self.assertEqual(kinds, [Callback, History, ProgbarLogger])

    def test_adds_no_second_history_or_bar(self):
        mine = [History(), ProgbarLogger()]
        moments = CallbackList(mine, add_history=True, add_progbar=True)
        self.assertEqual(moments.callbacks, mine)

    def test_gives_model_params_and_history(self):
        model, users = ToyModel(), Callback()
        CallbackList([users], add_history=True, model=model, **_PARAMS)
        self.assertIs(users.model, model)
        self.assertEqual(users.params, _PARAMS)
        self.assertIsInstance(model.history, History)

    def test_knows_who_must_see_each_batch(self):
        self.assertEqual(_listens(), (False, False, False))
        self.assertEqual(_listens(Callback(), History()), (False,) * 3)
        self.assertEqual(_listens(ProgbarLogger()), (False,) * 3)
        self.assertEqual(_listens(_Epochs()), (False,) * 3)
        self.assertEqual(_listens(_TrainBatches()), (True, False, False))
        self.assertEqual(_listens(_OlderName()), (True, False, False))
        self.assertEqual(_listens(_LoudBar()), (True, False, False))
        self.assertEqual(
            _listens(LambdaCallback(on_test_batch_end=print)),
            (False, True, False),
        )

    def test_batch_logs_are_numbers(self):
        listener = _TrainBatches()
        moments = CallbackList([listener])
        moments.on_train_batch_end(3, {"loss": tf.constant(0.5)})
        self.assertEqual(listener.seen, [(3, {"loss": 0.5})])
        self.assertIs(type(listener.seen[0][1]["loss"]), float)

    def test_logs_are_an_empty_dict_without_values(self):
        listener = _OlderName()
        moments = CallbackList([listener])
        moments.on_train_batch_begin(0)
        self.assertEqual(listener.seen, [("begin", 0, {})])

    def test_tensors_reach_those_who_take_them(self):
        listener = _TrainBatches()
        listener._supports_tf_logs = True
        value = tf.constant(0.5)
        CallbackList([listener]).on_train_batch_end(0, {"loss": value})
        self.assertIs(listener.seen[0][1]["loss"], value)

    def test_what_a_callback_adds_reaches_the_history(self):
        model = ToyModel()
        moments = CallbackList([_Epochs()], add_history=True, model=model)
        moments.on_train_begin()
        moments.on_epoch_end(4, {"loss": tf.constant(2.0)})
        self.assertEqual(model.history.history, {"loss": [2.0], "added": [4]})
        self.assertEqual(model.history.epoch, [4])

    def test_nested_logs_and_outputs_become_numpy(self):
        logs = {"a": {"b": tf.constant(1)}, "outputs": [tf.ones((2, 1))]}
        numbers = to_numbers(logs)
        self.assertEqual(numbers["a"], {"b": 1})
        self.assertIsInstance(numbers["outputs"][0], np.ndarray)

    def test_appended_callback_listens(self):
        moments = CallbackList()
        self.assertFalse(moments.listens_to_batches("train"))
        moments.append(_TrainBatches())
        self.assertTrue(moments.listens_to_batches("train"))

    def test_refuses_what_is_no_callback(self):
        with self.assertRaisesRegex(TypeError, "Pass an object"):
            CallbackList([History])
        with self.assertRaisesRegex(TypeError, "must hold"):
            CallbackList([print])

    def test_makes_logs_of_outputs(self):
        model = ToyModel()
        model.metrics_names = ["loss", "mae"]
        moments = CallbackList(model=model)
        logs = moments.make_logs(model, {}, [1.0, 2.0], "test", "val_")
        self.assertEqual(logs, {"val_loss": 1.0, "val_mae": 2.0})
        self.assertEqual(
            moments.make_logs(model, {}, [3.0], "predict"), {"outputs": [3.0]}
        )


if __name__ == "__main__":
    tf.test.main()
