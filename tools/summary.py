"""Prints `N passed, N failed` for a `bazel test`, from what Bazel recorded.

    summary.py EVENTS STATUS

EVENTS is the file of `--build_event_json_file`, STATUS the exit status of
Bazel. A test file counts as many tests as its own report lists. One that
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
    cases = ElementTree.parse(report).findall(".//testcase")
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
    return len(cases) - failed - skipped, failed, skipped


def local_path(uri):
    return urllib.parse.unquote(urllib.parse.urlparse(uri).path)


def test_results(events):
    """Yields `(label, passed, report)`, the last attempt of each test."""
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


def main(path, status):
    events = read_events(path)
    passed = failed = skipped = 0
    results = test_results(events)
    for is_passed, report in results.values():
        if report is None:
            counts = (1, 0, 0) if is_passed else (0, 1, 0)
        else:
            counts = count(report, is_passed)
        passed += counts[0]
        failed += counts[1]
        skipped += counts[2]
    failed += len(unbuilt(events) - results.keys())
    if status and not failed:  # Bazel itself stopped.
        failed = 1
    skips = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{skips}")
    return status or int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
