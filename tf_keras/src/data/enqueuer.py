"""Workers that read ahead: threads or processes that fill a queue."""

import collections
import concurrent.futures
import multiprocessing
import random

from tf_keras.src.data.read_ahead import ReadAhead

# In a worker process: the sequence it reads.
_in_worker = {}


def _receive_sequence(sequence):
    _in_worker["sequence"] = sequence


def _read_in_worker(index):
    return _in_worker["sequence"][index]


def _process_pool(sequence, workers):
    # Forked workers inherit the sequence, so it need not be pickled.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else None)
    return concurrent.futures.ProcessPoolExecutor(
        workers, context, _receive_sequence, (sequence,)
    )


def read_in_order(sequence, order, workers, use_multiprocessing, ahead):
    """Yields items of a sequence in order, read by several workers.

    Args:
        sequence: Anything with `__getitem__`.
        order: The numbers of the items to read.
        workers: How many threads or processes; 0 or 1 without processes reads
            in the calling thread.
        use_multiprocessing: Whether the workers are processes.
        ahead: How many items may be under way at once.

    Raises:
        RuntimeError: If a worker process died.
    """
    if not use_multiprocessing and workers <= 1:
        yield from (sequence[index] for index in order)
        return
    if use_multiprocessing:
        pool, read = _process_pool(sequence, max(1, workers)), _read_in_worker
    else:
        pool = concurrent.futures.ThreadPoolExecutor(workers)
        read = sequence.__getitem__
    try:
        yield from _results_in_order(pool, read, order, max(ahead, workers))
    except concurrent.futures.BrokenExecutor as error:
        raise RuntimeError(
            "A worker process that read the data died (killed, or out of "
            f"memory) while {type(sequence).__name__} was read with "
            f"workers={workers}. Use `use_multiprocessing=False`, or fewer "
            "workers."
        ) from error
    finally:
        _end(pool)


def _results_in_order(pool, read, order, ahead):
    pending = collections.deque()
    for index in order:
        pending.append(pool.submit(read, index))
        if len(pending) >= ahead:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


def _end(pool):
    """Ends a pool at once; processes that still work are ended too."""
    for process in (getattr(pool, "_processes", None) or {}).values():
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)


class SequenceEnqueuer:
    """Base of the objects that read data in the background.

    Call `start`, iterate over what `get` returns, and call `stop`.

    Args:
        sequence: What to read.
        use_multiprocessing: Whether workers are processes; else threads.
    """

    def __init__(self, sequence, use_multiprocessing=False):
        self.sequence = sequence
        self.use_multiprocessing = use_multiprocessing
        self.workers = 0
        self._read_ahead = None

    def is_running(self):
        """Whether `start` was called, and `stop` not yet."""
        return self._read_ahead is not None

    def start(self, workers=1, max_queue_size=10):
        """Starts the workers.

        Args:
            workers: How many there are.
            max_queue_size: How many items may lie ready.
        """
        if self.is_running():
            raise RuntimeError(
                "This enqueuer runs already. Call `stop()` before `start()`."
            )
        self.workers = workers
        self.max_queue_size = max_queue_size
        self._source = self._items()
        self._read_ahead = ReadAhead(self._source, max_queue_size)

    def stop(self, timeout=None):
        """Ends the workers, once they finished what they are working on.

        Args:
            timeout: How long to wait for them, in seconds; None for as long
                as it takes.
        """
        if self._read_ahead is not None:
            self._read_ahead.close(timeout)
            self._read_ahead = None
            if self._source is not self.sequence:
                self._source.close()  # Ends its pool of workers.

    def __del__(self):
        if getattr(self, "_read_ahead", None) is not None:
            self._read_ahead.close(timeout=0)

    def _items(self):
        """An iterator over the items; read in the background."""
        raise NotImplementedError(
            "SequenceEnqueuer is a base class. Use OrderedEnqueuer or "
            "GeneratorEnqueuer."
        )

    def get(self):
        """Returns an iterator over the items, in order.

        Raises:
            RuntimeError: If `start` was not called.
        """
        if not self.is_running():
            raise RuntimeError("Call `start()` before `get()`.")
        return iter(self._read_ahead)


class OrderedEnqueuer(SequenceEnqueuer):
    """Reads a `Sequence` in the background, again and again, in order.

    At the end of each pass the sequence's `on_epoch_end` is called.

    Args:
        sequence: A `tf_keras.utils.Sequence`.
        use_multiprocessing: Whether workers are processes; else threads.
        shuffle: Whether each pass has an order of its own.
    """

    def __init__(self, sequence, use_multiprocessing=False, shuffle=False):
        super().__init__(sequence, use_multiprocessing)
        self.shuffle = shuffle

    def _items(self):
        while True:
            order = list(range(len(self.sequence)))
            if self.shuffle:
                random.shuffle(order)
            yield from read_in_order(
                self.sequence,
                order,
                self.workers,
                self.use_multiprocessing,
                self.max_queue_size,
            )
            self.sequence.on_epoch_end()


class GeneratorEnqueuer(SequenceEnqueuer):
    """Reads a Python generator in the background.

    A generator can't be divided, so one thread reads it, however many workers
    are asked for.

    Args:
        generator: What to read.
        use_multiprocessing: Accepted for old programs. Copies of a generator
            in several processes would give each item several times.
        random_seed: Accepted for old programs.
    """

    def __init__(self, generator, use_multiprocessing=False, random_seed=None):
        super().__init__(generator, use_multiprocessing)
        self.random_seed = random_seed

    def _items(self):
        return self.sequence
