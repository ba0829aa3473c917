"""`guarantor generate`."""
import json
import unittest

from program import ProgramTest, run


class Generate(ProgramTest):
    def plan(self, *arguments):
        process = run("generate", self.small(), "--json", *arguments)
        self.assert_ends(process, 0)
        return json.loads(process.stdout)

    def test_the_keys_of_the_format(self):
        plan = self.plan()
        for key in ("status", "objective", "bound", "gap", "seconds", "seed", "assignments", "fill",
                    "gaps", "asks", "not_stated", "provenance"):
            self.assertIn(key, plan)
        self.assertEqual(plan["status"], "optimal")
        self.assertEqual(plan["not_stated"], ["charlie"])
        self.assertLessEqual(plan["gap"], 1e-9)
        self.assertGreater(plan["seconds"], 0)

    def test_the_table_names_the_lines(self):
        process = run("generate", self.small())
        self.assert_ends(process, 0)
        self.assertIn("Gate", process.stdout)
        self.assertIn("Bridge", process.stdout)
        self.assertEqual(process.stderr, "")

    def test_worlds_differ(self):
        nominal = self.plan()["objective"]
        assured = self.plan("--world", "assured")["objective"]
        given = self.plan("--assume", "vote-xab=false")["objective"]
        self.assertGreater(nominal, assured)
        self.assertAlmostEqual(assured, given)
        self.assertAlmostEqual(nominal, self.plan("--assume", "vote-xab=true")["objective"])

    def test_an_assumption_does_not_swallow_the_scenario(self):
        process = run("generate", "--assume", "vote-xab=false", self.small())
        self.assert_ends(process, 0)

    def test_threads_and_repetition_do_not_change_a_byte(self):
        answers = set()
        for threads in (1, 2, 1):
            plan = self.plan("--threads", threads)
            del plan["seconds"]
            answers.add(json.dumps(plan))
        self.assertEqual(len(answers), 1)

    def test_export_writes_the_model_and_solves(self):
        model = self.folder / "model.mps"
        plan = self.plan("--export-mps", model)
        self.assertEqual(plan["status"], "optimal")
        self.assertIn("ROWS", model.read_text("utf-8"))

    def test_export_only(self):
        model = self.folder / "model.mps"
        process = run("generate", self.small(), "--export-mps", model, "--export-only")
        self.assert_ends(process, 0)
        self.assertEqual(process.stdout, "")
        self.assertIn("ENDATA", model.read_text("utf-8"))
        self.assert_ends(run("generate", self.small(), "--export-only"), 2)


if __name__ == "__main__":
    unittest.main()
