"""Starts the contenders, interleaves their rounds, writes the results."""

import argparse
import json
import os
import pathlib
import subprocess
import sys

import report
from targets import ROWS

# In how many more processes rows of one operation are timed if they miss.
_MORE_PROCESSES = 2
_HERE = pathlib.Path(__file__).resolve().parent


class Contender:
    """A process that times rows when asked."""

    def __init__(self, name, python, kind, **environment):
        self.name = name
        self._start = ([python, str(_HERE / "worker.py"), kind], environment)
        self._process = None
        self._begin()

    def _begin(self):
        command, environment = self._start
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **environment},
            cwd=_HERE,
        )
        if self._process.stdout.readline().strip() != "ready":
            raise SystemExit(
                f"{self.name}: {command[0]} could not start. Does it have "
                f"TensorFlow and {command[2]}?"
            )

    def time(self, row):
        """One round of a row; a dict, which says so if there is no such row."""
        print(row, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if answer:
            return json.loads(answer)
        self._process.wait()
        self._begin()
        return {"missing": "the process died"}

    def restart(self):
        """Starts a new process for the rows that follow."""
        self.close()
        self._begin()

    def close(self):
        """Ends the process."""
        self._process.stdin.close()
        self._process.wait()


def measure(contenders, rows, rounds, keep):
    """Returns `{row: {contender: [answers]}}`, rounds interleaved."""
    results = {row.name: {one.name: [] for one in contenders} for row in rows}

    def run(row):
        found = results[row.name]
        running = list(contenders)
        for _ in range(min(rounds, row.rounds)):
            for contender in list(running):
                answer = contender.time(row.name)
                found[contender.name].append(answer)
                if "missing" in answer:
                    running.remove(contender)
        print(report.line(row, found), flush=True)
        keep(_begun(results))

    for row in rows:
        if row.unit == "KB":  # Grows in holes that other rows left.
            _restart(contenders)
        run(row)
    for _ in range(_MORE_PROCESSES):
        unlucky = [
            row for row in rows if row.by_least and _missed(row, results)
        ]
        if unlucky:
            _restart(contenders)
        for row in unlucky:
            run(row)
    return results


def _begun(results):
    return {name: x for name, x in results.items() if any(x.values())}


def _restart(contenders):
    for contender in contenders:
        contender.restart()


def _missed(row, results):
    return report.verdict(row, results[row.name]) == "MISSED"


def _contenders(options):
    ours = {"PYTHONPATH": str(_HERE.parent)}
    others = {"PYTHONPATH": ""}
    found = [Contender("ours", sys.executable, "tf_keras", **ours)]
    if options.published:
        found.append(
            Contender("published", options.published, "tf_keras", **others)
        )
    if options.keras3:
        for backend in options.backends.split(","):
            backend = {"KERAS_BACKEND": backend, **others}
            name = f"keras3-{backend['KERAS_BACKEND']}"
            found.append(Contender(name, options.keras3, "keras", **backend))
    found.append(Contender("raw", sys.executable, "raw", **ours))
    return found


def main():
    """Reads the command line and runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--published", help="a Python with the other tf_keras")
    parser.add_argument("--keras3", help="a Python with Keras 3")
    parser.add_argument("--backends", default="tensorflow", help="of Keras 3")
    parser.add_argument("--only", default="", help="parts of rows' names")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true", help="three rounds")
    parser.add_argument("--json", help="a file for every round; read if there")
    parser.add_argument("--report", help="a Markdown file, with a plot beside")
    options = parser.parse_args()
    parts = options.only.split(",")
    rows = [row for row in ROWS if any(part in row.name for part in parts)]
    contenders = _contenders(options)
    known = {}
    if options.json and pathlib.Path(options.json).exists():
        known = json.loads(pathlib.Path(options.json).read_text())

    def keep(results):
        """Writes after each row: a run that is stopped was not in vain."""
        if options.json:
            path = pathlib.Path(options.json)
            path.write_text(json.dumps(known | results, indent=0))
        if options.report:
            report.write(pathlib.Path(options.report), known | results)

    rounds = 3 if options.quick else options.rounds
    results = measure(contenders, rows, rounds, keep)
    for contender in contenders:
        contender.close()
    missed = [row.name for row in rows if _missed(row, results)]
    print(f"{len(rows)} rows, {len(missed)} missed their bars:", *missed)


if __name__ == "__main__":
    main()
