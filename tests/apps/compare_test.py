"""`guarantor plan A B ...` and `guarantor report A B ...`: scenarios side by side."""
import csv
import json
import re
import shutil
import signal
import subprocess
import time
import unittest

from program import BINARY, SECONDS, ProgramTest, hard_scenario, run

FILES = {"compare.html", "compare.json", "compare.xlsx", "compare.csv", "compare-input.csv",
         "compare-lines.csv", "compare-pledges.csv"}


def edit(path, before, after):
    text = path.read_text("utf-8")
    assert before in text, f"{before} is not in {path}"
    path.write_text(text.replace(before, after), "utf-8")


class Compare(ProgramTest):
    def pair(self):
        """The small scenario, and the same with one unit less of what fills the gate."""
        small = self.small()
        fewer = shutil.copytree(small, self.folder / "fewer")
        edit(fewer / "scenario.toml", 'id = "small"', 'id = "fewer"')
        edit(fewer / "pledges.csv", "alpha,XAA,inf,2", "alpha,XAA,inf,1")
        return small, fewer

    def compare(self, *arguments, out="out"):
        process = run("plan", *self.pair(), "-o", self.folder / out, *arguments)
        self.assert_ends(process, 0)
        return self.folder / out, process

    def test_each_is_planned_and_all_are_set_side_by_side(self):
        out, process = self.compare()
        self.assertEqual({f.name for f in out.iterdir()}, FILES | {"small", "fewer"})
        for name in ("small", "fewer"):
            self.assertTrue((out / name / "brief.html").exists())
            plan = json.loads((out / name / "plan.json").read_text("utf-8"))
            self.assertEqual(plan["scenario"], name)
        self.assertTrue(process.stdout.endswith(f"Side by side: {out}/compare.html\n"))
        self.assertIn("alpha", process.stdout)
        self.assertFalse([f for f in out.iterdir() if f.name.startswith(".")])

    def test_the_change_and_what_it_led_to_are_told(self):
        out, process = self.compare("--json")
        answer = json.loads(process.stdout)
        self.assertEqual(process.stdout, (out / "compare.json").read_text("utf-8"))
        [difference] = answer["differences"]
        bearing = [row for row in difference["input"] if row["bears_on_plan"]]
        self.assertEqual([(r["table"], r["key"], r["cells"]) for r in bearing],
                         [("pledges", "alpha",
                           [{"column": "quantity", "before": "2", "after": "1"}])])
        self.assertLess(difference["gained"], 0)
        self.assertFalse(difference["within_gaps"])
        self.assertTrue(difference["lines"])
        for line in difference["lines"]:
            self.assertIn(line["why"]["kind"], ("direct", "knock-on"))
            self.assertEqual(line["why"]["causes"][0]["key"], "alpha")

    def test_every_file_says_exercise(self):
        out, process = self.compare()
        self.assertIn("EXERCISE", process.stdout)
        for name in FILES - {"compare.xlsx"}:
            self.assertIn("EXERCISE", (out / name).read_text("utf-8"), name)

    def test_the_csv_files_are_whole_tables(self):
        out, _ = self.compare()
        for name in (n for n in FILES if n.endswith(".csv")):
            with self.subTest(name), open(out / name, newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
                self.assertGreater(len(rows), 1)
                self.assertEqual({len(row) for row in rows}, {len(rows[0])})

    def test_two_runs_give_the_same_bytes(self):
        first, _ = self.compare("--threads", "1", out="first")
        shutil.rmtree(self.folder / "fewer")
        second, _ = self.compare("--threads", "2", out="second")
        for name in sorted(FILES):
            with self.subTest(name):
                self.assertEqual((first / name).read_bytes(), (second / name).read_bytes())

    def test_scenarios_of_the_same_id_do_not_share_a_folder(self):
        small, fewer = self.pair()
        edit(fewer / "scenario.toml", 'id = "fewer"', 'id = "small"')
        process = run("plan", small, fewer, small, "-o", self.folder / "out")
        self.assert_ends(process, 0)
        folders = {f.name for f in (self.folder / "out").iterdir() if f.is_dir()}
        self.assertEqual(folders, {"small", "small-2", "small-3"})

    def test_a_scenario_named_like_an_output_does_not_take_its_place(self):
        small, fewer = self.pair()
        edit(fewer / "scenario.toml", 'id = "fewer"', 'id = "compare.html"')
        process = run("plan", small, fewer, "-o", self.folder / "out")
        self.assert_ends(process, 0)
        self.assertTrue((self.folder / "out" / "compare.html").is_file())
        self.assertTrue((self.folder / "out" / "compare.html-2" / "plan.json").is_file())

    def test_what_is_of_one_plan_only_is_refused_with_several(self):
        small, fewer = self.pair()
        for option in ("--since", "--export-mps"):
            process = run("plan", small, fewer, "-o", self.folder / "out", option, "x")
            self.assert_ends(process, 2)
            self.assertIn(option, process.stderr)
            self.assertFalse((self.folder / "out").exists())

    def test_one_broken_scenario_costs_no_planning(self):
        small, fewer = self.pair()
        edit(fewer / "pledges.csv", "XAA,inf", "XAA,imf")
        process = run("plan", small, fewer, "-o", self.folder / "out")
        self.assert_ends(process, 2)
        self.assertIn("imf", process.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_finished_plans_are_set_side_by_side_again(self):
        out, process = self.compare()
        plans = [out / name / "plan.json" for name in ("small", "fewer")]
        scenarios = ["--scenario", self.folder / "small", "--scenario", self.folder / "fewer"]
        again = run("report", *plans, *scenarios)
        self.assert_ends(again, 0)
        self.assertTrue(process.stdout.startswith(again.stdout))
        for form, name in [("json", "compare.json"), ("html", "compare.html"),
                           ("xlsx", "compare.xlsx")]:
            with self.subTest(form):
                target = self.folder / f"again-{name}"
                self.assert_ends(run("report", *plans, *scenarios, "--format", form, "-o", target),
                                 0)
                self.assertEqual(target.read_bytes(), (out / name).read_bytes())
        self.assert_ends(run("report", *plans, *scenarios, "--format", "csv", "-o",
                             self.folder / "tables"), 0)
        self.assertEqual((self.folder / "tables" / "compare-lines.csv").read_bytes(),
                         (out / "compare-lines.csv").read_bytes())

    def test_one_scenario_in_two_worlds(self):
        small = self.small()
        for name, arguments in [("all", []), ("no-vote", ["--assume", "vote-xab=false"])]:
            self.assert_ends(run("plan", small, "-o", self.folder / name, *arguments), 0)
        process = run("report", self.folder / "all" / "plan.json",
                      self.folder / "no-vote" / "plan.json", "--scenario", small, "--format", "json")
        self.assert_ends(process, 0)
        [difference] = json.loads(process.stdout)["differences"]
        self.assertFalse(difference["same_world"])
        self.assertEqual(difference["input"], [])
        bridge = [line for line in difference["lines"] if line["requirement"] == "bridge"][0]
        self.assertIn({"table": None, "key": None, "pledge": "bravo"}, bridge["why"]["causes"])

    def test_plans_and_scenarios_must_pair_up(self):
        out, _ = self.compare()
        plans = [out / name / "plan.json" for name in ("small", "fewer")]
        process = run("report", *plans, "--scenario", self.folder / "small")
        self.assert_ends(process, 2)
        self.assertIn("another state of the scenario", process.stderr)
        process = run("report", plans[0], "--scenario", self.folder / "small", "--scenario",
                      self.folder / "fewer")
        self.assert_ends(process, 2)
        self.assertIn("do not pair up", process.stderr)

    def test_an_interruption_ends_all_of_it(self):
        hard = hard_scenario(self.folder / "hard")
        out = self.folder / "out"
        with subprocess.Popen([BINARY, "plan", hard, hard, "-o", out, "--no-explain"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            deadline = time.monotonic() + SECONDS
            while not (out / "hard-2").exists() and time.monotonic() < deadline:
                time.sleep(0.02)  # the folders are made just before the search begins
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate(timeout=SECONDS)
        self.assertEqual(process.returncode, 3, stdout + stderr)
        self.assertRegex(stdout, re.escape("Side by side:"))
        for name in ("hard", "hard-2"):
            self.assertTrue((out / name / "plan.json").exists())


if __name__ == "__main__":
    unittest.main()
