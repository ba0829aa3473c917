"""Holds what `--export-mps` writes against the plan, by CBC's own command line."""
import json
import re
import subprocess
import sys

from program import SECONDS, ProgramTest, run

sys.path.append("tools")
from evaluate_plan import evaluate  # noqa: E402


def solve_with_cbc(model):
    """The objective of the maximisation, by cbc."""
    process = subprocess.run(["cbc", str(model), "-ratio", "0", "-allow", "0", "-solve", "-quit"],
                             capture_output=True, text=True, timeout=SECONDS, check=True)
    found = re.search(r"Objective value:\s+(-?[\d.]+)", process.stdout)
    assert "Optimal solution found" in process.stdout and found, process.stdout[-2000:]
    return -float(found.group(1))


class ExportedModelTest(ProgramTest):
    def compare(self, scenario, *arguments):
        """Plans, and solves what was exported; the two must agree. Returns the objective."""
        model = self.folder / "model.mps"
        process = run("generate", scenario, "--json", "--no-explain", "--export-mps", model,
                      *arguments)
        self.assert_ends(process, 0)
        plan = json.loads(process.stdout)
        self.assertIn(plan["status"], ("optimal", "empty"))
        self.assertAlmostEqual(plan["bound"], plan["objective"], delta=1e-6)
        self.assertEqual(evaluate(scenario, plan), [])
        self.assertAlmostEqual(solve_with_cbc(model), plan["objective"], delta=1e-4)
        return plan["objective"]
