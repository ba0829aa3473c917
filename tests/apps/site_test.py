"""`guarantor site`, and the lines of its sites in `generate` and `plan`."""
import csv
import json
import unittest

from program import ProgramTest, run, write_table
from reach_test import link

UKRAINE = "scenarios/ukraine"
EXERCISE = "scenarios/exercise"


class Site(ProgramTest):
    def ask(self, *arguments, code=0):
        process = run("site", *arguments)
        self.assert_ends(process, code)
        return process

    def answer(self, *arguments, code=0):
        return json.loads(self.ask(*arguments, "--json", code=code).stdout)

    def valley(self, state="closed"):
        """Three towns along a road of an hour each; help wanted at the last within two hours."""
        scenario = self.small("valley")
        write_table(scenario / "locations.csv",
                    [{"location": n, "name": n.title(), "kind": "city", "lat": 50, "lon": lon}
                     for n, lon in (("upper", 30), ("middle", 30.7), ("lower", 31.4))])
        write_table(scenario / "links.csv",
                    [link("upper-middle", "upper", "middle", km=60, kmh=60),
                     link("middle-lower", "middle", "lower", km=60, kmh=60, state=state)])
        write_table(scenario / "demands.csv",
                    [{"demand": "mill", "title": "The mill", "kind": "reserve",
                      "location": "lower", "standard_hours": "2 6"}])
        write_table(scenario / "sites.csv",
                    [{"site": "s-upper", "kind": "reserve", "location": "upper"},
                     {"site": "s-middle", "kind": "reserve", "location": "middle"}])
        return scenario

    def test_every_kind_of_the_scenarios_is_sited_with_proof(self):
        for scenario in (UKRAINE, EXERCISE):
            answer = self.answer(scenario)
            self.assertEqual([k["kind"] for k in answer["kinds"]],
                             ["reserve", "stockpile", "medical"])
            for kind in answer["kinds"]:
                self.assertTrue(kind["feasible"] and kind["proven"], kind)
                self.assertEqual(kind["gap"], 0)
            existing = [s for s in answer["sites"] if s["existing"]]
            self.assertTrue(existing and all(s["open"] for s in existing))
            self.assertFalse([s for s in answer["sites"] if s["open"] and s["too_near"]])

    def test_the_times_are_those_of_reach(self):
        answer = self.answer(UKRAINE, "--kind", "reserve")
        place = {s["site"]: s["location"] for s in answer["sites"]}
        points = [p for p in answer["points"] if p.get("location") and p["from_site"]][:4]
        for point in points:
            reach = json.loads(run("reach", UKRAINE, "--from", place[point["from_site"]], "--to",
                                   point["location"], "--class", point["class"], "--json").stdout)
            self.assertAlmostEqual(reach["times"][0]["hours"], point["hours"], places=6)

    def test_a_standard_nobody_can_keep_is_an_answer_that_says_what_would_help(self):
        valley = self.valley()
        process = self.ask(valley)
        self.assertIn("The mill (lower) cannot be reached within 2 h", process.stdout)
        self.assertIn("opening middle-lower", process.stdout)
        answer = self.answer(valley)
        self.assertEqual(answer["out_of_reach"][0]["closed_links"], ["middle-lower"])
        opened = self.answer(valley, "--open", "middle-lower")
        self.assertEqual(opened["out_of_reach"], [])
        self.assertEqual([s["site"] for s in opened["sites"] if s["open"]].__len__(), 1)

    def test_goals_counts_and_rules_come_from_the_command_line_too(self):
        answer = self.answer(UKRAINE, "--kind", "medical", "--goal", "worst-time", "--sites", "6",
                             "--backup", "0", "--loss-of", "0")
        self.assertEqual(answer["kinds"][0]["unit"], "hours")
        self.assertLessEqual(sum(s["open"] for s in answer["sites"]), 6)
        few = self.answer(UKRAINE, "--kind", "medical", "--goal", "worst-time", "--sites", "4",
                          "--backup", "0", "--loss-of", "0")
        self.assertGreater(few["kinds"][0]["objective"], answer["kinds"][0]["objective"])
        none = self.answer(UKRAINE, "--kind", "medical", "--goal", "worst-time", "--sites", "1",
                           "--backup", "0", "--loss-of", "0")
        self.assertFalse(none["kinds"][0]["feasible"])
        self.assertTrue(none["kinds"][0]["reason"])

    def test_bad_words_say_what_would_be_right(self):
        for arguments, wanted in ((["--kind", "reserves"], "did you mean `reserve`?"),
                                  (["--goal", "cheapst"], "did you mean `cheapest`?"),
                                  (["--close", "no-such-link"], "no-such-link"),
                                  (["--slow", "a"], "LINK=FACTOR")):
            process = self.ask(UKRAINE, *arguments, code=2)
            self.assertIn(wanted, process.stderr)
        self.assertIn("no network to move on", self.ask("scenarios/tutorial", code=2).stderr)

    def test_any_number_of_threads_gives_the_same_bytes(self):
        one = self.ask(EXERCISE, "--json", "--threads", "1").stdout
        self.assertEqual(one, self.ask(EXERCISE, "--json", "--threads", "2").stdout)

    def test_a_folder_holds_tables_and_layers(self):
        self.ask(EXERCISE, "-o", self.folder / "sites")
        names = {f.name for f in (self.folder / "sites").iterdir()}
        self.assertLessEqual({"sites.json", "sites.csv", "reached.csv", "out_of_reach.csv",
                              "sites.geojson", "reach.geojson"}, names)
        text = (self.folder / "sites" / "sites.csv").read_text(encoding="utf-8")
        self.assertTrue(text.startswith("EXERCISE"))

    def test_saved_with_its_lines_the_scenario_plans_as_with_sites(self):
        saved = self.folder / "saved"
        self.ask(EXERCISE, "--save", saved)
        with open(saved / "requirements.csv", encoding="utf-8", newline="") as file:
            lines = [r["requirement"] for r in csv.DictReader(file)]
        self.assertTrue([line for line in lines if line.startswith("site-")])
        self.assert_ends(run("check", saved), 0)
        self.ask(saved, code=0)

    def test_plan_counts_the_lines_of_the_sites_and_report_renders_them_again(self):
        valley = self.valley(state="open")
        with open(valley / "sites.csv", encoding="utf-8", newline="") as file:
            sites = list(csv.DictReader(file))
        with open(valley / "capabilities.csv", encoding="utf-8", newline="") as file:
            capability = next(csv.DictReader(file))["capability"]
        write_table(valley / "sites.csv", [{**s, "capability": capability, "tier": 1}
                                           for s in sites])
        folder = self.folder / "plan"
        self.assert_ends(run("plan", valley, "-o", folder), 0)
        plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        self.assertEqual(len(plan["sites"]), 1)
        line = "site-" + plan["sites"][0]
        self.assertIn(line, {row["requirement"] for row in plan["fill"]})
        self.assertIn("The mill", (folder / "brief.html").read_text(encoding="utf-8"))
        again = self.folder / "again.html"
        self.assert_ends(run("report", folder / "plan.json", "--scenario", valley, "--format",
                             "html", "-o", again), 0)
        self.assertEqual(again.read_bytes(), (folder / "brief.html").read_bytes())
        generated = json.loads(run("generate", valley, "--with-sites", "--json").stdout)
        self.assertEqual(generated["assignments"], plan["assignments"])
        without = json.loads(run("generate", valley, "--json").stdout)
        self.assertNotIn("sites", without)
        self.assertNotIn(line, {row["requirement"] for row in without["fill"]})


if __name__ == "__main__":
    unittest.main()
