"""The pages Map, Watch and Brief in a browser, over a server with a month of replay; needs chromium,
node and the pages' packages (tools/web/install)."""
import os
import pathlib
import shutil
import subprocess
import unittest

from browser import program
from program import BINARY, run
from served_case import PASSWORD, ServedTest

WEB = pathlib.Path("web")
ACCOUNTS = {"planner": "planner", "monitor": "monitor", "verifier": "verifier",
            "verifier2": "verifier", "commission": "commission", "party": "delegate:XZZ",
            "decider": "decision-maker:XAL", "auditor": "auditor", "controller": "controller",
            "delegate": "delegate:XAL"}
SECONDS = 900


class Floor(ServedTest):
    def setUp(self):
        super().setUp()
        scenario = self.folder / "scenarios" / "exercise"
        shutil.copytree("scenarios/exercise", scenario)
        (self.folder / "networks").symlink_to(pathlib.Path("networks").resolve())
        # A party that replies has an account of its own, and so is a nation of the scenario.
        with open(scenario / "nations.csv", "a", encoding="utf-8") as file:
            columns = (scenario / "nations.csv").read_text("utf-8").splitlines()[0].split(",")
            file.write("XZZ,Zzyria" + "," * (len(columns) - 2) + "\n")
        store = self.make_store(scenario)
        for name, role in ACCOUNTS.items():
            self.add(name, role)
        replay = self.folder / "replay"
        self.must("watch", "replay", scenario, "--days", "30", "-o", replay)
        self.must("watch", "ingest", "--store", store, replay / "observations.ndjson")
        self.must("plan", scenario, "--gap", "0.3", "--time-limit", "20", "-o", self.folder / "plan")
        made = self.folder / "plan"
        self.must("store", "put", store, made / "plan.json", "--releasable-to", "all")
        self.must("store", "put", store, made / "sites.json", "--kind", "site-plan", "--name",
                  "exercise", "--releasable-to", "all")
        self.server = self.serve()

    def must(self, *arguments):
        process = run(*arguments)
        self.assertIn(process.returncode, (0, 3), process.stderr)

    def browse(self, file):
        """Runs a file of tests in the browser; what they say is shown where one fails."""
        environment = {**os.environ, "GUARANTOR": str(pathlib.Path(BINARY).resolve()),
                       "GUARANTOR_ADDRESS": f"http://127.0.0.1:{self.server.port}",
                       "GUARANTOR_PASSWORD": PASSWORD}
        process = subprocess.run([program("node", "nodejs"), "--test", WEB / "tests" / file],
                                 env=environment, capture_output=True, text=True, timeout=SECONDS,
                                 stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(process.returncode, 0, process.stdout[-6000:] + process.stderr[-2000:])
        self.assertNotIn("# pass 0", process.stdout)

    def test_the_watch_floor(self):
        self.browse("floor_test.mjs")

    def test_the_map(self):
        self.browse("map_test.mjs")


if __name__ == "__main__":
    unittest.main()
