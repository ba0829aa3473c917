"""The web pages in a browser, over servers with stores of their own; needs chromium, node and the pages'
packages (tools/web/install)."""
import os
import pathlib
import subprocess
import unittest

from browser import program
from program import BINARY, run
from served_case import PASSWORD, ServedTest

WEB = pathlib.Path("web")
SECONDS = 1800


class Pages(ServedTest):
    def must(self, *arguments):
        process = run(*arguments)
        self.assertIn(process.returncode, (0, 3), process.stderr)

    def browse(self, server, file, **more):
        """Runs a file of tests in the browser; what they say is shown where one fails."""
        environment = {**os.environ, **more,
                       "GUARANTOR": str(pathlib.Path(BINARY).resolve()),
                       "GUARANTOR_ADDRESS": f"http://127.0.0.1:{server.port}",
                       "GUARANTOR_PASSWORD": PASSWORD,
                       "GUARANTOR_PICTURES": os.environ.get("GUARANTOR_PICTURES", "build/pictures")}
        process = subprocess.run([program("node", "nodejs"), "--test", WEB / "tests" / file],
                                 env=environment, capture_output=True, text=True, timeout=SECONDS,
                                 stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(process.returncode, 0, process.stdout[-8000:] + process.stderr[-2000:])
        self.assertNotIn("# pass 0", process.stdout)

    def test_a_delegate_offers_and_a_planner_plans(self):
        self.make_store("scenarios/tutorial")
        self.add("delegate", "delegate:XAE")
        self.add("planner", "planner")
        printed = self.user("add", "newcomer", "--role", "delegate:XAB", "--one-time")
        self.browse(self.serve(), "story_test.mjs", GUARANTOR_ONE_TIME=printed.split()[-1])

    def test_every_page(self):
        scenario = "scenarios/exercise"
        store = self.make_store(scenario)
        self.add("planner", "planner")
        self.add("delegate", "delegate:XAL")
        replay = self.folder / "replay"
        self.must("watch", "replay", scenario, "--days", "7", "-o", replay)
        self.must("watch", "ingest", "--store", store, replay / "observations.ndjson")
        self.must("plan", scenario, "--gap", "0.3", "--time-limit", "20", "-o", self.folder / "plan")
        made = self.folder / "plan"
        self.must("store", "put", store, made / "plan.json", "--releasable-to", "all")
        self.must("store", "put", store, made / "sites.json", "--kind", "site-plan", "--name", "exercise",
                  "--releasable-to", "all")
        server = self.serve()
        self.browse(server, "keyboard_test.mjs")
        self.browse(server, "pages_test.mjs")


if __name__ == "__main__":
    unittest.main()
