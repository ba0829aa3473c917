"""guarantor-bench: its cases, and a run of its own small enough for a test."""
import csv
import json
import os
import stat
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path

from program import BINARY, SECONDS, ProgramTest, run

BENCH = os.environ.get("GUARANTOR_BENCH", "build/release/guarantor-bench")
FAMILIES = {  # what a case with every row has in a column; ANY is anything, NONE an empty cell
    "pledges": {"quantity": ["NONE"], "quantity_is": ["once", "sustained"], "until_month": ["ANY"],
                "areas": ["ANY"], "tasks": ["ANY"], "not_areas": ["ANY"], "not_tasks": ["ANY"],
                "roe": ["ANY"], "requires": ["ANY"], "conditions": ["joins(", "joined(", "vote-"],
                "status": ["indicated", "withdrawn"], "tour_months": ["ANY", "NONE"],
                "capability": ["funds", "fuel", "stores", "sanction"]},
    "requirements": {"min_fill": ["ANY"], "framework_nation": ["ANY"], "max_nations": ["ANY"],
                     "roe": ["ANY"], "weight": ["ANY", "NONE"],
                     "capability": ["funds", "fuel", "stores"]},
    "ceilings": {"scope": ["all", "nation", "area", "task"], "from_month": ["ANY", "NONE"]},
    "substitutions": {"effectiveness": ["0.25", "0.8", "0.85"]},
    "phases": {"begins_if": ["ceasefire", "ceasefire & mandate", "NONE"]},
}


def has(cells, word):
    return any(bool(cell) if word == "ANY" else not cell if word == "NONE" else word in cell
               for cell in cells)


def bench(*arguments):
    return subprocess.run([BENCH, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=SECONDS, stdin=subprocess.DEVNULL)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Cases(ProgramTest):
    def case(self, name, *arguments):
        self.assert_ends(bench("case", "-o", self.folder / name, *arguments), 0)
        return self.folder / name

    def test_the_same_seed_gives_the_same_bytes(self):
        one = contents(self.case("one", "--preset", "tiny", "--rows", "all", "--seed", 3))
        self.assertEqual(one, contents(self.case("two", "--preset", "tiny", "--rows", "all",
                                                 "--seed", 3)))
        self.assertNotEqual(one, contents(self.case("three", "--preset", "tiny", "--rows", "all",
                                                    "--seed", 4)))

    def test_sizes(self):
        for preset, pledges, lines, months in (("tiny", 30, 14, 8), ("big", 700, 300, 36)):
            case = self.case(preset, "--preset", preset)
            self.assertEqual((case / "pledges.csv").read_text("utf-8").count("\n"), pledges + 1)
            self.assertEqual((case / "requirements.csv").read_text("utf-8").count("\n"), lines + 1)
            self.assertIn(f"horizon_months = {months}", (case / "scenario.toml").read_text("utf-8"))
            self.assert_ends(run("check", case), 0)

    def test_every_family_of_rows(self):
        for seed in range(1, 11):
            case = self.case(f"all{seed}", "--preset", "tiny", "--rows", "all", "--seed", seed)
            self.assert_ends(run("check", case), 0)
            self.assertIn("viable_if", (case / "scenario.toml").read_text("utf-8"))
            for table, columns in FAMILIES.items():
                with open(case / f"{table}.csv", newline="", encoding="utf-8") as file:
                    rows = list(csv.DictReader(file))
                for column, wanted in columns.items():
                    for word in wanted:
                        with self.subTest(seed=seed, table=table, column=column, word=word):
                            self.assertTrue(has([row[column] for row in rows], word))


class Runs(ProgramTest):
    def generate(self, *arguments, program=BINARY, times="0.5,2"):
        self.output = self.folder / "out"
        return bench("generate", "--preset", "tiny", "--seeds", "2", "--times", times,
                     "--program", program, "--highs-python", self.folder / "nowhere",
                     "-o", self.output, *arguments)

    def rows(self):
        with open(self.output / "measurements.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_without_peers(self):
        process = self.generate("--peers", "none", "--rows", "all")
        self.assert_ends(process, 0)
        self.assertIn("DID NOT RUN", process.stderr)
        for text in (process.stdout, (self.output / "table.md").read_text("utf-8")):
            self.assertIn("DID NOT RUN", text)
            self.assertIn("Nothing here compares Guarantor with another solver", text)
        rows = self.rows()
        self.assertEqual([(row["solver"], row["evaluator"]) for row in rows],
                         [("Guarantor", "stands")] * 2)
        for row in rows:
            plan = json.loads((self.output / "records" / "tiny-all-2-guarantor-{}s.json".format(
                row["limit_seconds"])).read_text("utf-8"))
            self.assertEqual(float(row["objective"]), plan["objective"])
            if plan["gap"] is not None:
                self.assertAlmostEqual(float(row["gap"]), plan["gap"], delta=1e-9)
            self.assertGreater(float(row["peak_mib"]), 1)
        chart = xml.etree.ElementTree.parse(self.output / "gap-tiny-all.svg")
        words = " ".join(node.text for node in chart.iter("{http://www.w3.org/2000/svg}text"))
        self.assertIn("Guarantor", words)

    def test_a_missing_peer_is_said(self):
        process = self.generate("--peers", "highs")
        self.assert_ends(process, 0)
        for text in (process.stdout, process.stderr):
            self.assertIn("DID NOT RUN", text)
            self.assertIn("HiGHS", text)

    def test_beside_cbc(self):
        process = self.generate("--peers", "cbc", times="5")
        self.assert_ends(process, 0)
        rows = {row["solver"]: row for row in self.rows()}
        self.assertEqual(set(rows), {"Guarantor", "CBC"})
        for one, other in (("Guarantor", "CBC"), ("CBC", "Guarantor")):
            # Neither finds a plan above what the other has proven.
            bound = float(rows[other]["bound"])
            self.assertLessEqual(float(rows[one]["objective"]), bound + 1e-5 * abs(bound))

    def test_a_faulty_plan_is_refused(self):
        """A program that claims too much, in the place of ours."""
        cheat = self.folder / "cheat"
        cheat.write_text(f"#!{sys.executable}\nimport json, subprocess, sys\n"
                         f"p = subprocess.run([{str(Path(BINARY).absolute())!r}, *sys.argv[1:]],"
                         " capture_output=True)\n"
                         "plan = json.loads(p.stdout)\n"
                         "plan['objective'] *= 1.001\n"
                         "print(json.dumps(plan))\n"
                         "sys.exit(p.returncode)\n", "utf-8")
        cheat.chmod(cheat.stat().st_mode | stat.S_IXUSR)
        process = self.generate("--peers", "none", program=cheat)
        self.assert_ends(process, 4)
        self.assertIn("FAULTY", process.stdout)
        self.assertIn("the evaluator refuses", process.stderr)

    def test_bad_arguments(self):
        for arguments in (["generate", "-o", self.folder / "x"],
                          ["generate", "--preset", "huge", "-o", self.folder / "x"],
                          ["generate", "--preset", "tiny", "--seeds", "1-", "-o", self.folder / "x"],
                          ["case", "--preset", "tiny"], ["reach"], []):
            with self.subTest(arguments=arguments):
                self.assert_ends(bench(*arguments), 2)


if __name__ == "__main__":
    import unittest
    unittest.main()
