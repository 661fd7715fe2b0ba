"""Prints `N passed, N failed`, counted from what Bazel or pytest recorded.

    summary.py --bazel EVENTS STATUS
    summary.py --pytest REPORT STATUS

EVENTS is the file of Bazel's `--build_event_json_file`, REPORT that of
pytest's `--junitxml`, STATUS the exit status of either, which is handed on.
Under Bazel a test file counts as many tests as its own report lists. One that
ended without a report, or could not be built, counts as one failure.
"""

import json
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


def read_events(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def count(report, passed):
    """Returns `(passed, failed, skipped)` of one run of a test file."""
    cases = [
        case
        for case in ElementTree.parse(report).findall(".//testcase")
        # Every tf.test.TestCase inherits this helper, which skips itself.
        if case.get("name") != "test_session"
    ]
    skipped = sum(
        case.get("status") in ("notrun", "skipped")
        or case.find("skipped") is not None
        for case in cases
    )
    failed = sum(
        case.find("failure") is not None or case.find("error") is not None
        for case in cases
    )
    if not passed:
        failed = max(failed, 1)
    return max(len(cases) - failed - skipped, 0), failed, skipped


def local_path(uri):
    return urllib.parse.unquote(urllib.parse.urlparse(uri).path)


def test_results(events):
    """Returns `{label: (passed, report)}`, the last attempt of each test."""
    last = {}
    for event in events:
        if "testResult" in event and "testResult" in event["id"]:
            result = event["testResult"]
            report = [
                local_path(output["uri"])
                for output in result.get("testActionOutput", ())
                if output["name"] == "test.xml" and "uri" in output
            ]
            last[event["id"]["testResult"]["label"]] = (
                result["status"] in ("PASSED", "FLAKY"),
                report[0] if report else None,
            )
    return last


def unbuilt(events):
    """Labels of tests that Bazel could not build or run."""
    return {
        event["id"]["testSummary"]["label"]
        for event in events
        if event.get("testSummary", {}).get("overallStatus")
        in ("FAILED_TO_BUILD", "NO_STATUS")
    }


def count_bazel(path):
    events = read_events(path)
    results = test_results(events)
    counts = [(0, len(unbuilt(events) - results.keys()), 0)]
    for passed, report in results.values():
        if report is None:
            counts.append((1, 0, 0) if passed else (0, 1, 0))
        else:
            counts.append(count(report, passed))
    return [sum(column) for column in zip(*counts)]


def main(kind, path, status):
    if kind == "--bazel":
        passed, failed, skipped = count_bazel(path)
    else:
        passed, failed, skipped = count(path, passed=not status)
    if status and not failed:  # Bazel or pytest itself stopped.
        failed = 1
    skips = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{skips}")
    return status or int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
