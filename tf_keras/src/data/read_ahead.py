"""Reads an iterator in a thread of its own, some items ahead."""

import queue
import threading


class ReadAhead:
    """An iterator over another one, which a thread reads ahead.

    An error of the other iterator is raised where its item would have come.

    Args:
        iterator: What to read. Only the thread touches it until `close`.
        size: How many items may lie ready.
        limit: How many items may be read at all; more with `allow`. None
            for no limit.
    """

    def __init__(self, iterator, size=10, limit=None):
        self._iterator = iterator
        self._ready = queue.SimpleQueue()
        self._room = threading.Semaphore(max(1, size))
        self._allowed = None if limit is None else threading.Semaphore(limit)
        self._closed = False
        self._ended = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def allow(self, count):
        """Lets `count` more items be read; None lifts the limit."""
        if self._allowed is not None:
            self._allowed.release(2**31 if count is None else count)

    def _read(self):
        try:
            while not self._closed:
                if self._allowed is not None:
                    self._allowed.acquire()
                self._room.acquire()
                if self._closed:
                    return
                self._ready.put((next(self._iterator), None))
        except StopIteration:
            self._ready.put((None, StopIteration()))
        # Whatever the user's code raised belongs to the reading thread.
        except BaseException as error:
            self._ready.put((None, error))

    def __iter__(self):
        return self

    def __next__(self):
        if self._ended:
            raise StopIteration
        item, error = self._ready.get()
        if error is not None:
            self._ended = True
            raise error
        self._room.release()
        return item

    def close(self, timeout=None):
        """Ends the thread, once it has finished the item it works on."""
        self._closed = self._ended = True
        if self._allowed is not None:
            self._allowed.release()
        self._room.release()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    @property
    def is_alive(self):
        """Whether the thread still runs."""
        return self._thread.is_alive()
