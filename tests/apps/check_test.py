"""`guarantor check`."""
import json
import unittest

from program import ProgramTest, run


class Check(ProgramTest):
    def break_small(self):
        small = self.small("broken")
        pledges = small / "pledges.csv"
        pledges.write_text(pledges.read_text("utf-8").replace("XAA,inf", "XAA,imf"), "utf-8")
        return small

    def test_a_sound_scenario(self):
        process = run("check", self.small())
        self.assert_ends(process, 0)
        self.assertRegex(process.stdout, r"pledges +3\n")
        self.assertIn("0 errors", process.stdout)

    def test_a_broken_scenario_says_where(self):
        process = run("check", self.break_small())
        self.assert_ends(process, 2)
        self.assertRegex(process.stderr, r"pledges\.csv:2:\d+: error: .*imf")
        self.assertIn("inf", process.stderr)
        self.assertIn("1 error", process.stdout)

    def test_json(self):
        process = run("check", self.small(), "--json")
        self.assert_ends(process, 0)
        answer = json.loads(process.stdout)
        self.assertTrue(answer["ok"])
        self.assertEqual(answer["rows"]["requirements"], 2)
        self.assertRegex(answer["hash"], "^[0-9a-f]{64}$")

    def test_json_of_a_broken_scenario(self):
        process = run("check", self.break_small(), "--json")
        self.assert_ends(process, 2)
        answer = json.loads(process.stdout)
        self.assertFalse(answer["ok"])
        errors = [d for d in answer["diagnostics"] if d["severity"] == "error"]
        self.assertEqual([(d["line"], d["severity"]) for d in errors], [(2, "error")])

    def test_bytes_that_are_no_text_stay_valid_json(self):
        small = self.small("latin")
        (small / "nations.csv").write_bytes(b"nation,name\nXAA,\xe9\xff\nXAB,b\n")
        process = run("check", small, "--json")
        self.assert_ends(process, 2)
        self.assertFalse(json.loads(process.stdout)["ok"])


if __name__ == "__main__":
    unittest.main()
