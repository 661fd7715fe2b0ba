"""Starts the contenders, interleaves their rounds, prints a table."""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

from optimizer_names import STEPS

_HERE = pathlib.Path(__file__).resolve().parent
_NAMES = (
    "fit_arrays fit_arrays_with_metrics fit_dataset fit_with_batch_callback "
    "fit_short_epochs train_on_batch predict_on_batch predict_one "
    "predict_many evaluate_many call_eagerly"
).split() + list(STEPS)


class Contender:
    """A process that times rows when asked."""

    def __init__(self, name, python, kind, uses_checkout=True):
        self.name = name
        environment = dict(os.environ)
        if not uses_checkout:
            environment.pop("PYTHONPATH", None)
        self._process = subprocess.Popen(
            [python, str(_HERE / "worker.py"), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
            cwd=_HERE,
        )
        if self._process.stdout.readline().strip() != "ready":
            raise SystemExit(
                f"{name}: {python} could not start. Does it have TensorFlow "
                "and tf_keras?"
            )

    def time(self, row):
        """Seconds of one run of a row, or None if it has no such row."""
        print(row, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline().strip()
        if not answer:
            raise SystemExit(f"{self.name} stopped in row {row}.")
        return None if answer == "none" else float(answer)

    def close(self):
        """Ends the process."""
        self._process.stdin.close()
        self._process.wait()


def measure(contenders, rows, rounds):
    """Returns `{row: {contender: [seconds]}}`, rounds interleaved."""
    results = {}
    for row in rows:
        results[row] = {contender.name: [] for contender in contenders}
        for _ in range(rounds):
            for contender in contenders:
                seconds = contender.time(row)
                if seconds is not None:
                    results[row][contender.name].append(seconds)
    return results


def _cell(seconds):
    if not seconds:
        return "–"
    middle, least = statistics.median(seconds), min(seconds)
    return f"{middle * 1e3:.2f} ({least * 1e3:.2f})"


def _ratio(ours, theirs):
    if not ours or not theirs:
        return "–"
    return f"{statistics.median(ours) / statistics.median(theirs):.2f}"


def table(results, names):
    """A Markdown table: medians (minima) in ms, and ratios of medians."""
    others = [name for name in names if name != "ours"]
    head = ["row", *names, *(f"ours / {name}" for name in others)]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row, found in results.items():
        cells = [row, *(_cell(found[name]) for name in names)]
        cells += [_ratio(found["ours"], found[name]) for name in others]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    """Reads the command line and runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--published", help="a Python with the other tf_keras")
    parser.add_argument("--only", default="", help="part of rows' names")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true", help="three rounds")
    parser.add_argument("--json", help="where to write every round")
    options = parser.parse_args()
    contenders = [Contender("ours", sys.executable, "keras")]
    if options.published:
        contenders.append(
            Contender(
                "published", options.published, "keras", uses_checkout=False
            )
        )
    contenders.append(Contender("raw", sys.executable, "raw"))
    rows = [name for name in _NAMES if options.only in name]
    rounds = 3 if options.quick else options.rounds
    results = measure(contenders, rows, rounds)
    for contender in contenders:
        contender.close()
    print(f"Medians (minima) of {rounds} interleaved rounds, in ms.\n")
    print(table(results, [contender.name for contender in contenders]))
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(results))


if __name__ == "__main__":
    main()
