"""The exported model, solved by another program: CBC's own command line."""
import json
import os
import pathlib
import re
import subprocess
import unittest

from program import SECONDS, ProgramTest, run

SCENARIOS = pathlib.Path("scenarios")
SHARED = pathlib.Path(os.environ.get("GUARANTOR_SHARED", "../shared"))


def solve_with_cbc(model):
    """The objective of the maximisation, by cbc."""
    process = subprocess.run(["cbc", str(model), "-ratio", "0", "-allow", "0", "-solve", "-quit"],
                             capture_output=True, text=True, timeout=SECONDS, check=True)
    found = re.search(r"Objective value:\s+(-?[\d.]+)", process.stdout)
    assert "Optimal solution found" in process.stdout and found, process.stdout[-2000:]
    return -float(found.group(1))


class ExportedModel(ProgramTest):
    def compare(self, scenario, *arguments):
        """Plans, and solves what was exported; the two must agree. Returns the objective."""
        model = self.folder / "model.mps"
        process = run("generate", scenario, "--json", "--no-explain", "--export-mps", model,
                      *arguments)
        self.assert_ends(process, 0)
        plan = json.loads(process.stdout)
        self.assertIn(plan["status"], ("optimal", "empty"))
        self.assertAlmostEqual(plan["bound"], plan["objective"], delta=1e-6)
        self.assertAlmostEqual(solve_with_cbc(model), plan["objective"], delta=1e-4)
        return plan["objective"]

    def test_small(self):
        self.assertGreater(self.compare(self.small()), 0)

    def test_the_scenarios_of_the_project(self):
        for folder in sorted(SCENARIOS.iterdir()):
            with self.subTest(folder.name):
                self.assertGreater(self.compare(folder), 0)

    def test_another_world(self):
        self.compare(SCENARIOS / "tutorial", "--world", "assured")


class ReferenceModel(ExportedModel):
    """The synthetic cases, against a second reading of the model written apart from this project."""

    def test_synthetic_cases(self):
        tools = SHARED / "tools"
        if not (tools / "reference_model.py").exists():
            print("\nDID NOT RUN: the synthetic cases need the folder that GUARANTOR_SHARED names")
            self.skipTest("no GUARANTOR_SHARED")
        for seed in range(1, 21):
            with self.subTest(seed=seed):
                case = self.folder / f"tiny{seed}"
                model = self.folder / f"reference{seed}.mps"
                subprocess.run(["python3", tools / "make_case.py", case, "--preset", "tiny",
                                "--seed", str(seed)], check=True)
                subprocess.run(["python3", tools / "reference_model.py", case, model], check=True,
                               capture_output=True)
                objective = self.compare(case)
                self.assertAlmostEqual(solve_with_cbc(model), objective, delta=1e-4)
                if seed == 3:
                    self.assertAlmostEqual(objective, 2624.72674, delta=1e-4)


del ExportedModel  # its tests run once, in the class derived from it

if __name__ == "__main__":
    unittest.main()
