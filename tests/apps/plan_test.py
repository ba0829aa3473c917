"""`guarantor plan` and `guarantor report`."""
import json
import re
import unittest

from program import ProgramTest, run

FILES = {"plan.json", "plan.xlsx", "brief.html", "areas.geojson", "locations.geojson",
         "assignments.csv", "fill.csv", "gaps.csv", "asks.csv", "not_stated.csv", "comparisons.csv"}


def without_seconds(path):
    content = path.read_bytes()
    if path.name == "plan.json":
        content = re.sub(rb'"seconds": *[0-9.e+-]+', b"", content)
    return content


class Plan(ProgramTest):
    def plan(self, name="out", *arguments):
        out = self.folder / name
        process = run("plan", self.small(), "-o", out, *arguments)
        self.assert_ends(process, 0)
        return out, process

    def test_every_rendering_is_written(self):
        out, process = self.plan()
        self.assertLessEqual(FILES, {f.name for f in out.iterdir()})
        self.assertTrue(process.stdout.endswith(f"Brief: {out}/brief.html\n"), process.stdout)
        self.assertEqual(json.loads((out / "plan.json").read_text("utf-8"))["status"], "optimal")
        self.assertFalse([f for f in out.iterdir() if f.name.startswith(".")])

    def test_two_runs_give_the_same_bytes(self):
        first, _ = self.plan("first", "--threads", "1")
        second, _ = self.plan("second", "--threads", "2")
        for file in sorted(first.iterdir()):
            with self.subTest(file.name):
                self.assertEqual(without_seconds(file), without_seconds(second / file.name))

    def test_since_tells_what_changed(self):
        first, _ = self.plan("first")
        second, _ = self.plan("second", "--assume", "vote-xab=false", "--since",
                              first / "plan.json")
        self.assertNotEqual((first / "brief.html").read_text("utf-8"),
                            (second / "brief.html").read_text("utf-8"))

    def test_since_must_be_a_plan(self):
        for name, content in [("empty.json", ""), ("list.json", "[]"), ("deep.json", "[" * 9999)]:
            with self.subTest(name):
                (self.folder / name).write_text(content, "utf-8")
                process = run("plan", self.small(), "-o", self.folder / "x", "--since",
                              self.folder / name)
                self.assert_ends(process, 2)
                self.assertIn(name, process.stderr)

    def test_an_unwritable_place_costs_no_planning(self):
        (self.folder / "file").write_text("in the way", "utf-8")
        for place in (self.folder / "file", self.folder / "file" / "out", "/proc/guarantor"):
            with self.subTest(place):
                process = run("plan", self.small(), "-o", place)
                self.assert_ends(process, 2)
                self.assertIn("unwritable", process.stderr)
                self.assertEqual(process.stdout, "")

    def test_report_renders_the_same_again(self):
        out, process = self.plan()
        small = self.folder / "small"
        again = run("report", out / "plan.json", "--scenario", small)
        self.assert_ends(again, 0)
        self.assertTrue(process.stdout.startswith(again.stdout))
        for form, name in [("json", "plan.json"), ("html", "brief.html"), ("xlsx", "plan.xlsx")]:
            with self.subTest(form):
                target = self.folder / f"again-{name}"
                self.assert_ends(run("report", out / "plan.json", "--scenario", small, "--format",
                                     form, "-o", target), 0)
                self.assertEqual(target.read_bytes(), (out / name).read_bytes())
        self.assert_ends(run("report", out / "plan.json", "--scenario", small, "--format", "csv",
                             "-o", self.folder / "tables"), 0)
        self.assertEqual((self.folder / "tables" / "fill.csv").read_bytes(),
                         (out / "fill.csv").read_bytes())

    def test_report_of_several_files_needs_a_place(self):
        out, _ = self.plan()
        for form in ("csv", "xlsx"):
            process = run("report", out / "plan.json", "--scenario", self.folder / "small",
                          "--format", form)
            self.assert_ends(process, 2)
            self.assertIn("-o", process.stderr)

    def test_report_refuses_another_scenario(self):
        out, _ = self.plan()
        small = self.folder / "small"
        pledges = small / "pledges.csv"
        pledges.write_text(pledges.read_text("utf-8").replace("inf,2,", "inf,1,"), "utf-8")
        process = run("report", out / "plan.json", "--scenario", small)
        self.assert_ends(process, 2)
        self.assertIn("refused", process.stderr)
        self.assertEqual(process.stdout, "")


if __name__ == "__main__":
    unittest.main()
