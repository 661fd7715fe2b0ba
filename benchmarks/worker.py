"""Runs rows of one contender: reads a row's name a line, answers in JSON.

    python worker.py (tf_keras | keras | raw)

The kind is the package that this Python imports; `raw` imports none.
"""

import gc
import importlib
import json
import os
import resource
import statistics
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

_MODULES = (
    "training_rows call_rows building_rows file_rows adapt_rows memory_rows "
    "optimizer_rows layer_rows"
).split()
_WARM_UPS = 3
# Shorter rows run several times a round; on the wall the median counts, which
# a call that was put aside for another process does not move.
_ROUND_SECONDS = 0.1
_LONG_SECONDS = 0.5


class _Prepared:
    """A row, prepared and warm."""

    def __init__(self, make, package):
        made = make(package)
        self._before, self._run = made if type(made) is tuple else (None, made)
        self._measures_itself = hasattr(made, "measures_itself")
        self.repeats, self._first = 1, None
        if self._measures_itself:
            return
        for _ in range(_WARM_UPS):
            seconds = self.run()["wall"]
            if seconds > _LONG_SECONDS:
                break
        if self._before is None:
            self.repeats = max(1, int(_ROUND_SECONDS / seconds))

    def run(self):
        """Times one round."""
        given = () if self._before is None else (self._before(),)
        gc.collect()
        _forget_peak()
        times, cpu = [time.perf_counter()], time.process_time()
        for _ in range(self.repeats):
            result = self._run(*given)
            times.append(time.perf_counter())
        cpu = time.process_time() - cpu
        walls = [end - start for start, end in zip(times, times[1:])]
        if self._first is None:
            self._first = float(result)
        answer = {
            "wall": statistics.median(walls),
            "cpu": cpu / self.repeats,
            "peak_mb": _peak_mb(),
            "result": self._first,  # Later ones differ by their shuffling.
        }
        if self._measures_itself:
            answer |= {"s": result, "KB": result, "modules": result}
        return answer


def _forget_peak():
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:  # Only Linux can; the peak is that of the process then.
        return


def _peak_mb():
    try:
        with open("/proc/self/status") as file:
            line = next(line for line in file if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / 1024


def _answer(name, rows, prepared, package):
    if name not in rows:
        return {"missing": "no such row"}
    try:
        if name not in prepared:
            prepared.clear()  # Large variables of the row before.
            gc.collect()
            prepared[name] = _Prepared(rows[name], package)
        return prepared[name].run()
    except Exception as error:  # Said in the table; the others go on.
        prepared.clear()
        return {"missing": f"{type(error).__name__}: {error}"[:300]}


def main(kind):
    """Answers until its input ends."""
    answer = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # What packages print is no answer.
    package = None if kind == "raw" else importlib.import_module(kind)
    rows = {}
    for module in map(importlib.import_module, _MODULES):
        rows.update(module.RAW_ROWS if kind == "raw" else module.ROWS)
    prepared = {}
    answer.write("ready\n")
    for line in sys.stdin:
        found = _answer(line.strip(), rows, prepared, package)
        answer.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
