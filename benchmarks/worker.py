"""Runs rows of one contender: reads a row's name a line, answers seconds.

    python worker.py (keras | raw)

`keras` is the `tf_keras` that this Python imports.
"""

import importlib
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

_WARM_UPS = 3


def main(kind):
    """Answers until its input ends."""
    import rows

    keras = importlib.import_module("tf_keras") if kind == "keras" else None
    known = rows.ROWS
    if kind == "raw":
        import raw_rows

        known = raw_rows.ROWS
    prepared = {}
    answer = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # What packages print is no answer.
    answer.write("ready\n")
    for line in sys.stdin:
        name = line.strip()
        if name not in known:
            answer.write("none\n")
            continue
        if name not in prepared:
            prepared.clear()  # Large variables of the row before.
            prepared[name] = known[name](keras)
            for _ in range(_WARM_UPS):
                prepared[name]()
        run, repeats = prepared[name], rows.REPEATS.get(name, 1)
        start = time.perf_counter()
        for _ in range(repeats):
            run()
        answer.write(f"{(time.perf_counter() - start) / repeats}\n")


if __name__ == "__main__":
    main(sys.argv[1])
