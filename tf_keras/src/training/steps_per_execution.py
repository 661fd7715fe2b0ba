"""StepsPerExecutionTuner: finds how many steps a call should run."""

from tf_keras.src.foundation.timed_thread import TimedThread


class StepsPerExecutionTuner:
    """Changes a variable as long as training gets faster by it.

    For training loops of one's own, whose function runs as many steps in a
    call as the variable says: a thread looks at how fast the optimizer's
    count of steps grows. `fit` needs no tuner: under
    `compile(steps_per_execution="auto")`, and by default, it measures each
    call and lets it run for about a twentieth of a second.

    Args:
        optimizer: The optimizer, whose `iterations` are counted.
        spe_variable: The `tf.Variable`, an integer.
        interval: Time between two looks, in seconds.
        change_spe_interval: After how many looks the variable is changed.
        change_threshold: By which fraction the speed must grow for a change
            to go on in the same direction.

    Example:

    >>> steps = tf.Variable(1, dtype=tf.int64)
    >>> tuner = StepsPerExecutionTuner(SGD(), steps)
    >>> tuner.start()
    >>> tuner.stop()
    """

    def __init__(
        self,
        optimizer,
        spe_variable,
        interval=5,
        change_spe_interval=10,
        change_threshold=0.1,
    ):
        self.optimizer = optimizer
        self.interval = interval
        self.change_spe_interval = change_spe_interval
        self.spe_change_threshold = change_threshold
        self._variable = spe_variable
        self._thread = _Looks(interval, self)
        self._forget()

    def _forget(self):
        self._looks = []
        self._speed_before = 0.0
        self._factor = 1.5

    @property
    def steps_per_execution(self):
        """The number of steps, as an integer."""
        return int(self._variable)

    @steps_per_execution.setter
    def steps_per_execution(self, value):
        self._variable.assign(value)

    def start(self):
        """Starts to look and to change, from one step on."""
        self._forget()
        self.steps_per_execution = 1
        self._thread.start()

    def stop(self):
        """Stops; the variable keeps the number that was found."""
        self._thread.stop()

    def look(self):
        """Notes how far training is, and changes the variable in time."""
        self._looks.append(int(self.optimizer.iterations))
        if len(self._looks) > self.change_spe_interval:
            elapsed = self.interval * (len(self._looks) - 1)
            self._change((self._looks[-1] - self._looks[0]) / elapsed)
            self._looks = self._looks[-1:]

    def _change(self, speed):
        if speed <= 0:
            return  # Training has paused, as for a validation.
        gain = speed / self._speed_before - 1 if self._speed_before else 1.0
        if gain < -self.spe_change_threshold:
            self._factor = 1 / self._factor  # It was better before.
        elif gain < self.spe_change_threshold:
            return
        self._speed_before = speed
        wanted = self.steps_per_execution * self._factor
        # Always by one step at least.
        rounded = int(wanted) if self._factor < 1 else int(-(-wanted // 1))
        self.steps_per_execution = max(1, rounded)


class _Looks(TimedThread):
    """The thread of a tuner."""

    def __init__(self, interval, tuner):
        super().__init__(interval)
        self._tuner = tuner

    def on_interval(self):
        self._tuner.look()
