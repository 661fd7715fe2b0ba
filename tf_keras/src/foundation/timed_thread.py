"""TimedThread: does something again and again, in a thread."""

import threading

from tf_keras.src.foundation.messages import warn


class TimedThread:
    """Calls `on_interval` again and again in a thread, until stopped.

    Args:
        interval: Time between two calls, in seconds.
        **kwargs: Arguments of `threading.Thread`; `daemon` is True.

    Example:

    >>> class Clock(TimedThread):
    ...     def on_interval(self):
    ...         print("tick")
    >>> with Clock(interval=60.0):
    ...     pass  # Ticks once a minute, and stops here.
    """

    def __init__(self, interval, **kwargs):
        self.interval = interval
        self.daemon = kwargs.pop("daemon", True)
        self.thread_kwargs = kwargs
        self.thread = None
        self.thread_stop_event = None

    def on_interval(self):
        """What to do; subclasses write it."""
        raise NotImplementedError(
            f"{type(self).__name__} needs an `on_interval(self)` method."
        )

    def _run(self, stop_event):
        while not stop_event.wait(self.interval):
            self.on_interval()

    def start(self):
        """Starts the thread."""
        if self.is_alive():
            warn("This TimedThread runs already; `start` does nothing.")
            return
        # An event of its own: a thread that is stopping must not miss it.
        self.thread_stop_event = threading.Event()
        self.thread = threading.Thread(
            target=self._run,
            args=(self.thread_stop_event,),
            daemon=self.daemon,
            **self.thread_kwargs,
        )
        self.thread.start()

    def stop(self):
        """Tells the thread to stop; it finishes what it is doing."""
        if self.thread_stop_event is not None:
            self.thread_stop_event.set()

    def is_alive(self):
        """Whether the thread runs."""
        return self.thread is not None and self.thread.is_alive()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
