"""Tests of how the closing line is counted."""

import io
import json
import pathlib
import tempfile
from contextlib import redirect_stdout

from absl.testing import absltest

from tools import summary

REPORT = """<testsuites><testsuite>
  <testcase name="test_adds"/>
  <testcase name="test_session" status="run"><skipped/></testcase>
  {more}
</testsuite></testsuites>"""


class SummaryTest(absltest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def report(self, more=""):
        path = self.folder / "test report.xml"
        path.write_text(REPORT.format(more=more))
        return path

    def result(self, label, status, report=None):
        uri = report and report.as_uri()
        outputs = [{"name": "test.xml", "uri": uri}] if report else []
        return {
            "id": {"testResult": {"label": label}},
            "testResult": {"status": status, "testActionOutput": outputs},
        }

    def line(self, kind, path, status):
        printed = io.StringIO()
        with redirect_stdout(printed):
            code = summary.main(kind, path, status)
        return printed.getvalue().strip(), code

    def bazel(self, events, status):
        path = self.folder / "events"
        path.write_text("\n".join(map(json.dumps, events)))
        return self.line("--bazel", path, status)

    def test_counts_the_cases_of_each_file(self):
        events = [
            {"id": {"started": {}}},
            self.result("//a", "PASSED", self.report("<testcase/>")),
        ]
        self.assertEqual(self.bazel(events, 0), ("2 passed, 0 failed", 0))

    def test_counts_failures_errors_and_skips(self):
        report = self.report(
            "<testcase><failure/></testcase><testcase><error/></testcase>"
            "<testcase><skipped/></testcase>"
        )
        events = [self.result("//a", "FAILED", report)]
        self.assertEqual(
            self.bazel(events, 3), ("1 passed, 2 failed, 1 skipped", 3)
        )

    def test_a_file_that_broke_off_is_a_failure(self):
        events = [self.result("//a", "FAILED", self.report())]
        self.assertEqual(self.bazel(events, 3), ("0 passed, 1 failed", 3))
        events = [self.result("//a", "TIMEOUT")]
        self.assertEqual(self.bazel(events, 3), ("0 passed, 1 failed", 3))

    def test_a_file_that_was_not_built_is_a_failure(self):
        events = [
            {
                "id": {"testSummary": {"label": "//a"}},
                "testSummary": {"overallStatus": "FAILED_TO_BUILD"},
            }
        ]
        self.assertEqual(self.bazel(events, 1), ("0 passed, 1 failed", 1))

    def test_a_runner_that_stopped_is_a_failure(self):
        self.assertEqual(self.bazel([], 2), ("0 passed, 1 failed", 2))

    def test_the_last_attempt_counts(self):
        report = self.report()
        events = [
            self.result("//a", "FAILED"),
            self.result("//a", "PASSED", report),
        ]
        self.assertEqual(self.bazel(events, 0), ("1 passed, 0 failed", 0))

    def test_counts_what_pytest_reports(self):
        path = self.report("<testcase><failure/></testcase>")
        self.assertEqual(
            self.line("--pytest", path, 1), ("1 passed, 1 failed", 1)
        )


if __name__ == "__main__":
    absltest.main()
