"""`guarantor promises`: what became of what was promised."""
import csv
import json
import unittest

from program import ProgramTest, run, write_table

EXERCISE = "scenarios/exercise"
UKRAINE = "scenarios/ukraine"


class Promises(ProgramTest):
    def answer(self, *arguments):
        process = run("promises", *arguments, "--json")
        self.assert_ends(process, 0)
        return json.loads(process.stdout)

    def test_the_exercise_tells_each_kind_of_event(self):
        answer = self.answer(EXERCISE)
        kinds = {event["event"] for event in answer["events"]}
        self.assertLessEqual({"offered", "upgraded", "downgraded", "withdrawn", "transferred",
                              "delivered", "stated", "quantified"}, kinds)
        dates = [event["date"] for event in answer["events"] if event["date"]]
        self.assertEqual(dates, sorted(dates))
        self.assertEqual(answer["provenance"]["illustrative"], 1)

    def test_the_sums_are_those_of_the_tables(self):
        answer = self.answer(EXERCISE)
        with open(f"{EXERCISE}/pledges.csv", encoding="utf-8", newline="") as file:
            pledges = {row["pledge"]: row for row in csv.DictReader(file)}
        with open(f"{EXERCISE}/deliveries.csv", encoding="utf-8", newline="") as file:
            deliveries = list(csv.DictReader(file))
        for row in answer["promises"]:
            own = [p for p in pledges.values()
                   if (p["nation"], p["capability"]) == (row["nation"], row["capability"])]
            now = [p for p in own if p["status"] != "withdrawn"]
            stated = [int(p["quantity"]) for p in now if p["quantity"]]
            self.assertEqual(row["offered"]["units"] or 0, sum(stated), row)
            self.assertEqual(row["offered"]["not_stated"], sum(not p["quantity"] for p in now))
            came = [int(d["quantity"]) for d in deliveries if d["kind"] == "delivered"
                    and d["pledge"] in {p["pledge"] for p in own}]
            self.assertEqual(row["delivered"]["units"], sum(came) if came else None)

    def test_the_record_has_no_delivery_that_nobody_stated(self):
        answer = self.answer(UKRAINE)
        self.assertFalse([e for e in answer["events"] if e["event"] == "delivered"])
        self.assertTrue(all(e["source"] and e["confidence"] for e in answer["events"]))
        self.assertIn("stated-in-pledges", {e["event"] for e in answer["events"]})

    def test_filters_limit_pledges_and_days(self):
        answer = self.answer(EXERCISE, "--nation", "XFA", "--from", "2026-02-06", "--until",
                             "2026-02-20")
        self.assertEqual({(e["nation"], e["date"]) for e in answer["events"]},
                         {("XFA", "2026-02-06"), ("XFA", "2026-02-09")})
        one = self.answer(EXERCISE, "--capability", "stock.generators")
        self.assertEqual({row["capability"] for row in one["promises"]}, {"stock.generators"})

    def test_bad_words_say_what_would_be_right(self):
        for arguments, wanted in ((["--nation", "XFB"], "the scenario has no nation `XFB`"),
                                  (["--capability", "stock.generator"],
                                   "did you mean `stock.generators`?"),
                                  (["--from", "2026-2-1"], "YYYY-MM-DD"),
                                  (["--from", "2026-02-01", "--until", "2026-02-01"],
                                   "leave no day")):
            process = run("promises", EXERCISE, *arguments)
            self.assert_ends(process, 2)
            self.assertIn(wanted, process.stderr)

    def test_a_folder_holds_the_page_and_the_tables(self):
        folder = self.folder / "promises"
        self.assert_ends(run("promises", EXERCISE, "-o", folder), 0)
        self.assertEqual({f.name for f in folder.iterdir()},
                         {"promises.html", "promises.json", "events.csv", "promises.csv"})
        page = (folder / "promises.html").read_text(encoding="utf-8")
        self.assertIn("EXERCISE", page)
        self.assertNotIn("<script", page)
        self.assertEqual(json.loads((folder / "promises.json").read_text(encoding="utf-8")),
                         self.answer(EXERCISE))

    def test_deliveries_go_through_a_workbook_and_back(self):
        book = self.folder / "exercise.xlsx"
        self.assert_ends(run("export", EXERCISE, "-o", book), 0)
        self.assertEqual(self.answer(book)["promise_hash"], self.answer(EXERCISE)["promise_hash"])

    def test_check_warns_of_what_cannot_be(self):
        scenario = self.small()
        write_table(scenario / "offers.csv",
                    [{"pledge": "alpha", "date": "2026-01-05", "status": "announced",
                      "quantity": 2},
                     {"pledge": "bravo", "date": "2026-01-05", "status": "withdrawn",
                      "quantity": 3}])
        write_table(scenario / "deliveries.csv",
                    [{"pledge": "alpha", "date": "2026-01-04", "kind": "delivered", "quantity": 3},
                     {"pledge": "bravo", "date": "2026-01-06", "kind": "delivered",
                      "quantity": 1}])
        process = run("check", scenario)
        self.assert_ends(process, 0)
        for wanted in ("deliveries.csv:2:7: warning: before the pledge was first offered",
                       "deliveries.csv:2:28: warning: delivered 3 where at most 2 were ever offered",
                       "deliveries.csv:3:7: warning: after the pledge was withdrawn"):
            self.assertIn(wanted, process.stderr)


if __name__ == "__main__":
    unittest.main()
