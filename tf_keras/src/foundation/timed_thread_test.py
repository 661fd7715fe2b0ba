"""Tests of doing something again and again."""

import threading

import tensorflow as tf

from tf_keras.src.foundation.timed_thread import TimedThread


class _Counter(TimedThread):
    def __init__(self, **kwargs):
        super().__init__(interval=0.001, **kwargs)
        self.thrice = threading.Event()
        self.count = 0

    def on_interval(self):
        self.count += 1
        if self.count == 3:
            self.thrice.set()


class TimedThreadTest(tf.test.TestCase):
    def test_calls_again_and_again_until_stopped(self):
        counter = _Counter()
        self.assertFalse(counter.is_alive())
        with counter:
            self.assertTrue(counter.thrice.wait(10))
        counter.thread.join(10)
        self.assertFalse(counter.is_alive())

    def test_starts_again(self):
        counter = _Counter(daemon=False)
        for _ in range(2):
            counter.count = 0
            counter.thrice.clear()
            counter.start()
            self.assertTrue(counter.thrice.wait(10))
            counter.stop()
            counter.thread.join(10)


if __name__ == "__main__":
    tf.test.main()
