"""Synthetic cases, against a second reading of the model written apart from this project.

They need the folder that GUARANTOR_SHARED names (default: `shared` beside the project). Without it
they do not run, and ctest says so.
"""
import os
import pathlib
import subprocess
import unittest

from exported_model import ExportedModelTest, solve_with_cbc

TOOLS = pathlib.Path(os.environ.get("GUARANTOR_SHARED", "../shared")) / "tools"
TINY_3 = 2624.72674  # known optimum


class ReferenceCases(ExportedModelTest):
    def test_tiny_cases(self):
        if not (TOOLS / "reference_model.py").exists():
            print("\nDID NOT RUN: no reference_model.py in the folder of GUARANTOR_SHARED")
            self.skipTest("no GUARANTOR_SHARED")
        for seed in range(1, 21):
            with self.subTest(seed=seed):
                case = self.folder / f"tiny{seed}"
                model = self.folder / f"reference{seed}.mps"
                subprocess.run(["python3", TOOLS / "make_case.py", case, "--preset", "tiny",
                                "--seed", str(seed)], check=True)
                subprocess.run(["python3", TOOLS / "reference_model.py", case, model], check=True,
                               capture_output=True)
                objective = self.compare(case)
                self.assertAlmostEqual(solve_with_cbc(model), objective, delta=1e-4)
                if seed == 3:
                    self.assertAlmostEqual(objective, TINY_3, delta=1e-4)


if __name__ == "__main__":
    unittest.main()
