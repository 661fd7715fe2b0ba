"""Reads an iterator in a thread of its own, some items ahead."""

import collections
import math
import threading


class ReadAhead:
    """An iterator over another one, which a thread reads ahead.

    The thread works while nobody asks for items. Whoever asks when none is
    ready reads the next one itself: handing each item from thread to thread
    would take longer than many a generator takes to make it.

    An error of the other iterator is raised where its item would have come.

    Args:
        iterator: What to read; never by two threads at once.
        size: How many items may lie ready.
        limit: How many items the thread may read at all; more with `allow`.
            None for no limit.
    """

    def __init__(self, iterator, size=10, limit=None):
        self._iterator = iterator
        self._size = max(1, size)
        self._allowed = math.inf if limit is None else limit
        self._ready = collections.deque()
        self._changed = threading.Condition()
        self._reading = threading.Lock()
        self._held_back = False
        self._closed = False
        self._ended = False
        self._thread = threading.Thread(target=self._read_ahead, daemon=True)
        self._thread.start()

    def allow(self, count):
        """Lets `count` more items be read; None lifts the limit."""
        with self._changed:
            self._allowed += math.inf if count is None else count
            self._changed.notify()

    def hold_back(self, held_back=True):
        """Lets the thread rest while its reader takes many items."""
        with self._changed:
            self._held_back = held_back
            if not held_back:
                self._changed.notify()

    def _read_ahead(self):
        while self._may_go_on():
            with self._reading:
                # Its reader may have read the last item meanwhile.
                if self._closed or not self._read_one():
                    return

    def _may_go_on(self):
        """Waits until an item may be read; false once all is over."""
        with self._changed:
            while not self._closed and (
                self._held_back
                or len(self._ready) >= self._size
                or self._allowed <= 0
            ):
                self._changed.wait()
            return not self._closed

    def _read_one(self):
        """Reads an item or an error; returns whether more may follow."""
        if self._iterator is None:
            return False
        try:
            found = (next(self._iterator), None)
            with self._changed:
                self._allowed -= 1
        # Whatever the user's code raised belongs to whoever reads.
        except BaseException as error:
            found = (None, error)
            self._iterator = None
        self._ready.append(found)
        return self._iterator is not None

    def __iter__(self):
        return self

    def __next__(self):
        if self._ended:
            raise StopIteration
        if not self._ready:
            with self._reading:
                if not self._ready:
                    self._read_one()
        item, error = self._ready.popleft()
        if error is not None:
            self._ended = True
            raise error
        if not self._held_back:
            with self._changed:
                self._changed.notify()
        return item

    def close(self, timeout=None):
        """Ends the thread, once it has finished the item it works on."""
        self._ended = True
        with self._changed:
            self._closed = True
            self._changed.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    @property
    def is_alive(self):
        """Whether the thread still runs."""
        return self._thread.is_alive()
