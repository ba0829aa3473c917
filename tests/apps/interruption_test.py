"""A limit or a signal stops the search; the best plan so far is still written, exit code 3."""
import json
import signal
import subprocess
import time
import unittest

from program import BINARY, SECONDS, ProgramTest, hard_scenario, run


class Interruption(ProgramTest):
    def interrupted_plan(self, number):
        hard = hard_scenario(self.folder / "hard")
        out = self.folder / "out"
        with subprocess.Popen([BINARY, "plan", hard, "-o", out], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            deadline = time.monotonic() + SECONDS
            while not out.exists() and time.monotonic() < deadline:
                time.sleep(0.02)  # the folder is made just before the search begins
            time.sleep(0.5)
            process.send_signal(number)
            stdout, stderr = process.communicate(timeout=SECONDS)
        self.assertEqual(process.returncode, 3, stdout + stderr)
        self.assertIn("limit", stderr)
        self.assertIn("Brief:", stdout)
        plan = json.loads((out / "plan.json").read_text("utf-8"))
        self.assert_is_a_plan(plan)

    def assert_is_a_plan(self, plan):
        self.assertIn(plan["status"], ("feasible", "empty"))
        self.assertGreaterEqual(plan["bound"], plan["objective"])
        self.assertEqual(len({f["requirement"] for f in plan["fill"]}), 150)

    def test_ctrl_c(self):
        self.interrupted_plan(signal.SIGINT)

    def test_termination(self):
        self.interrupted_plan(signal.SIGTERM)

    def test_time_limit(self):
        hard = hard_scenario(self.folder / "hard")
        process = run("generate", hard, "--json", "--time-limit", "1")
        self.assert_ends(process, 3)
        self.assert_is_a_plan(json.loads(process.stdout))


if __name__ == "__main__":
    unittest.main()
