"""The watch floor from the command line: observations, incidents, verdicts, reports, crashes."""
import csv
import datetime
import gzip
import json
import signal
import sqlite3
import subprocess
import threading
import time
import unittest

from program import BINARY, SECONDS, run
from watch_case import CLAUSE_TEXT, WatchTest, lines_of, report

MAPPING = """source = "press"
id = ["nr"]
[columns]
from = "when"
latitude = "lat"
longitude = "lon"
kind = "what"
[constants]
precision_m = "300"
sense = "reported"
[words.kind]
"shelling" = "explosion"
"""


def soon(hours=24):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Ingest(WatchTest):
    def test_reports_of_one_event_are_one_incident_however_they_come(self):
        plain, packed = self.folder / "a.ndjson", self.folder / "b.ndjson.gz"
        plain.write_text(lines_of(report(1, count=3)), "utf-8")
        packed.write_bytes(gzip.compress(lines_of(
            report(2, observer="cam-1", sense="camera", count=4)).encode()))
        process = run("watch", "ingest", "--store", self.store, plain, packed)
        self.assert_ends(process, 0)
        self.assertIn("a.ndjson: 1 observations read, 1 taken", process.stderr)
        self.assertIn("b.ndjson.gz: 1 observations read, 1 taken", process.stderr)
        self.watch("ingest", input=lines_of(report(3, observer="cam-2")), stdin=None)
        (incident,) = self.incidents()
        self.assertEqual(incident["observations"], ["patrol-7:1", "patrol-7:2", "patrol-7:3"])
        self.assertEqual(incident["munitions"]["explosions"], 4)
        self.assertEqual(incident["sector"], "front-01")
        self.assertEqual(incident["state"], "alleged")
        self.assertEqual([said["clause"] for said in incident["allegations"]], ["no-fire"])
        self.assert_sound()

    def test_a_second_delivery_changes_nothing(self):
        self.ingest(report(1), report(2, at="2026-06-03T15:00:00Z"))
        before = self.watch("incidents", "--json")
        size = json.loads(self.must("store", "status", self.store, "--json"))["records"]
        said = self.ingest(report(2, at="2026-06-03T15:00:00Z"), report(1))
        self.assertIn("0 taken, 2 repeated", said)
        self.assertEqual(self.watch("incidents", "--json"), before)
        self.assertEqual(json.loads(self.must("store", "status", self.store, "--json"))["records"],
                         size)

    def test_rejects_are_counted_by_reason_with_their_line(self):
        file = self.folder / "mixed.ndjson"
        file.write_text(lines_of(report(1)) + "{\n" + lines_of(
            report(2, kind="bang"), report(3, latitude=91), {**report(4), "colour": "red"},
            report(5, at="1900-01-01T00:00:00Z"), report(6)), "utf-8")
        process = run("watch", "ingest", "--store", self.store, file)
        self.assert_ends(process, 0)
        self.assertIn("2 observations read, 2 taken", process.stderr)
        self.assertIn("5 records rejected", process.stderr)
        for line, reason in ((2, "bad-syntax"), (3, "unknown-kind"), (4, "latitude-out-of-range"),
                             (5, "unknown-field"), (6, "date-out-of-range")):
            self.assertRegex(process.stderr, rf"1 {reason}, e\.g\. line {line}\b")

    def test_a_table_comes_by_a_mapping(self):
        mapping, table = self.folder / "press.toml", self.folder / "press.csv"
        mapping.write_text(MAPPING, "utf-8")
        table.write_text("nr,when,lat,lon,what\n1,2026-06-03T10:00:00Z,49.5,36.06,shelling\n"
                         "2,2026-06-03T10:00:00Z,49.5,36.06,rumour\n", "utf-8")
        self.refused("--mapping", "watch", "ingest", "--store", self.store, table)
        process = run("watch", "ingest", "--store", self.store, "--mapping", mapping, table)
        self.assert_ends(process, 0)
        self.assertIn("1 taken", process.stderr)
        self.assertIn("1 unknown-kind", process.stderr)
        self.assertEqual(self.incidents()[0]["observations"], ["press:1"])
        mapping.write_text(MAPPING.replace('lat"', 'lat'), "utf-8")
        self.refused("press.toml:5:", "watch", "ingest", "--store", self.store, "--mapping",
                     mapping, table)

    def test_each_revision_is_a_line_of_json(self):
        said = self.watch("ingest", "--json", "--batch", "1", stdin=None,
                          input=lines_of(report(1), report(2, observer="cam-1")))
        revisions = [json.loads(line) for line in said.splitlines()]
        self.assertEqual([(r["revision"], r["cause"]) for r in revisions],
                         [(1, "opened"), (2, "grew")])
        self.assertEqual(revisions[0]["incident"], revisions[1]["incident"])

    def test_what_cannot_be_read_is_said(self):
        self.refused("cannot be read", "watch", "ingest", "--store", self.store,
                     self.folder / "none.ndjson")
        self.refused("is no format", "watch", "ingest", "--store", self.store, "--format", "xml")
        cut = self.folder / "cut.ndjson.gz"
        cut.write_bytes(gzip.compress(lines_of(report(1)).encode())[:-9])
        self.refused("cut.ndjson.gz", "watch", "ingest", "--store", self.store, cut)


class Incidents(WatchTest):
    def test_they_are_listed_by_day_state_sector_and_clause(self):
        self.ingest(report(1, count=12), report(2, at="2026-06-04T10:00:00Z", longitude=36.5),
                    report(3, kind="casualty", at="2026-06-04T18:00:00Z", latitude=52.0))
        table = self.watch("incidents")
        self.assertRegex(table, r"2026-06-03T10:00  explosion +front-01 +1 +12  alleged +no-fire")
        self.assertRegex(table, r"2026-06-04T18:00  casualty +- +1 +-  observed")
        self.assertIn("3 incidents\n", table)
        for words, count in ((("--days", "2026-06-03"), 1), (("--state", "observed"), 1),
                             (("--sector", "front-04"), 1), (("--clause", "no-fire"), 2),
                             (("--days", "2026-06-01/2026-06-04"), 1), (("--sector", "front-02"), 0)):
            self.assertEqual(len(self.incidents(*words)), count, words)
        self.refused("is no day", "watch", "incidents", "--store", self.store, "--days", "June")
        self.refused("is no state", "watch", "incidents", "--store", self.store, "--state", "odd")
        self.refused("has no clause `other`", "watch", "incidents", "--store", self.store,
                     "--clause", "other")
        self.refused("has a sector `front-99`", "watch", "incidents", "--store", self.store,
                     "--sector", "front-99")

    def test_a_report_of_a_sector_alone_is_of_what_is_placed_there(self):
        def of_sector(number):
            seen = report(number, count=24, observer=f"p{number}", sector="front-01")
            for name in ("latitude", "longitude", "precision_m"):
                del seen[name]
            return seen
        self.ingest(of_sector(2), report(1, count=30), of_sector(3))
        (incident,) = self.incidents()
        self.assertEqual(incident["munitions"]["explosions"], 30)
        self.assertEqual(len(incident["observations"]), 3)

    def test_all_reports_of_one_are_listed_however_many(self):
        self.ingest(*(report(n, text=f"impact {n}") for n in range(130)))
        (incident,) = self.incidents()
        self.assertEqual(len(incident["observations"]), 130)
        shown = json.loads(self.watch("show", incident["incident"], "--json"))
        self.assertEqual(len(shown["incident"]["observations"]), 130)
        self.assertEqual(len(shown["reports"]), 130)

    def test_a_suspension_that_becomes_known_later_reaches_what_was_assessed(self):
        self.ingest(report(1, at="2026-06-09T10:00:00Z"))
        self.assertEqual([i["state"] for i in self.incidents()], ["alleged"])
        with open(self.scenario / "positions.csv", "a", encoding="utf-8") as file:
            file.write("stop,party-a,2026-06-08,suspended\n")
        self.must("store", "import", self.store, self.scenario)
        self.assertEqual([i["state"] for i in self.incidents()], ["alleged"])
        self.assertIn("1 incidents say something else now", self.watch("assess"))
        self.assertEqual([i["state"] for i in self.incidents()], ["observed"])
        self.assertIn("0 incidents say something else now", self.watch("assess"))

    def test_one_is_shown_with_the_clause_and_its_evidence(self):
        self.ingest(report(1, count=12, text="twelve impacts"))
        (incident,) = self.incidents()
        shown = self.watch("show", incident["incident"])
        for words in (CLAUSE_TEXT, "evidence: patrol-7:1", "sector front-01", "12 explosions",
                      "twelve impacts", "Said to breach no-fire, 0.2 km from front"):
            self.assertIn(words, shown)
        answer = json.loads(self.watch("show", incident["incident"], "--json"))
        self.assertEqual(answer["state"], "alleged")
        self.assertEqual(answer["reports"][0]["text"], "twelve impacts")
        self.assertEqual(len(answer["revisions"]), 1)
        self.refused("there is no incident", "watch", "show", "i-0", "--store", self.store)

    def test_a_notice_that_comes_late_exempts(self):
        self.ingest(report(1, count=12))
        said = self.ingest({**report(2, kind="notice", at="2026-06-03T06:00:00Z"),
                            "to": "2026-06-03T18:00:00Z", "category": "exercise",
                            "precision_m": 5000})
        self.assertIn("1 incidents assessed anew", said)
        (incident,) = self.incidents()
        self.assertEqual((incident["state"], incident["cause"]), ("observed", "assessed"))
        self.assertIn("exempt: exercise", self.watch("incidents"))
        self.assertIn("Exempt from no-fire", self.watch("show", incident["incident"]))
        self.refused("nothing to verify", "watch", "verify", incident["incident"], "verified", "--store",
                     self.store, "--why", "x")

    def test_a_fire_alone_is_not_alleged_nor_what_comes_before_the_agreement(self):
        self.ingest(report(1, kind="thermal-anomaly"), report(2, at="2026-05-20T10:00:00Z"))
        self.assertEqual([i["state"] for i in self.incidents()], ["observed", "observed"])


class Coverage(WatchTest):
    def test_who_watched_which_sector(self):
        self.ingest({**report(1, kind="watch", at="2026-06-03T08:00:00Z", observer="patrol-7"),
                     "to": "2026-06-03T14:00:00Z", "sector": "front-02"},
                    {**report(2, kind="outage", at="2026-06-03T20:00:00Z", observer="cam-1"),
                     "to": "2026-06-04T00:00:00Z", "sector": "front-01"})
        rows = {row["sector"]: row for row in
                json.loads(self.watch("coverage", "--days", "2026-06-03", "--json"))}
        self.assertEqual({name: row["watched_hours"] for name, row in rows.items()},
                         {"front-01": 20, "front-02": 6, "front-03": 0, "front-04": 0})
        self.assertEqual(rows["front-01"]["not_watched"], {"outage": 4})
        self.assertEqual(rows["front-02"]["watchers"], ["patrol-7"])
        table = self.watch("coverage", "--days", "2026-06-03")
        self.assertRegex(table, r"front-04 +not watched ")
        self.refused("is no kind", "watch", "coverage", "--store", self.store, "--days",
                     "2026-06-03", "--kind", "bang")


class Reports(WatchTest):
    def made(self, *more):
        return self.watch("report", "--days", "2026-06-03", *more)

    def test_a_folder_with_page_tables_and_json(self):
        self.ingest(report(1, count=12))
        self.made("-o", self.folder / "day")
        names = {path.name for path in (self.folder / "day").iterdir()}
        self.assertLessEqual({"watch.html", "watch.json", "sectors.csv", "incidents.csv"}, names)
        with open(self.folder / "day/sectors.csv", encoding="utf-8", newline="") as file:
            rows = {row["sector"]: row for row in csv.DictReader(file)}
        unwatched = rows["front-04"]
        self.assertNotIn("0", [unwatched["incidents"], unwatched["explosions"]])
        self.assertIn("not watched", unwatched.values())
        self.assertEqual(rows["front-01"]["explosions"], "12")
        page = (self.folder / "day/watch.html").read_text("utf-8")
        self.assertIn("EXERCISE", page)
        self.assertIn("not watched", page)
        self.assertIn(CLAUSE_TEXT, page)

    def test_a_correction_is_a_new_revision_and_the_old_one_stays(self):
        self.ingest(report(1, count=12, reported="2026-06-03T12:00:00Z"))
        publish = ("watch", "report", "--store", self.store, "--days", "2026-06-03", "--publish",
                   "--by", "desk")
        said = run(*publish).stderr
        self.assertIn("published watch-2026-06-03, revision 1: record ", said)
        version = said.split("version ")[1].strip()
        self.assertIn("nothing new is published", run(*publish).stderr)
        first = json.loads(self.must("store", "get", self.store, "report", "watch-2026-06-03"))
        self.ingest(report(1, count=33, reported="2026-06-05T12:00:00Z"))
        self.assertIn("revision 2", run(*publish).stderr)
        second = json.loads(self.must("store", "get", self.store, "report", "watch-2026-06-03"))
        self.assertEqual((first["revision"], second["revision"]), (1, 2))
        self.assertIn("33", json.dumps(second["corrections"]))
        old = self.must("store", "get", self.store, "report", "watch-2026-06-03", "--version",
                        version[:12])
        self.assertEqual(json.loads(old), first)
        self.assert_sound()


class Cases(WatchTest):
    def setUp(self):
        super().setUp()
        self.ingest(report(1, count=12))
        self.incident = self.incidents()[0]["incident"]

    def step(self, verb, *words, by="ana"):
        return self.watch(verb, self.incident, *words, "--by", by, "--why", f"{verb} it")

    def no_step(self, told, verb, *words):
        self.refused(told, "watch", verb, self.incident, *words, "--store", self.store, "--by",
                     "ana", "--why", "because")

    def test_from_allegation_to_decision_nothing_is_skipped(self):
        ask = ("--party", "party-a", "--confidence", "moderate", "--reply-by", soon())
        self.no_step("no verdict to dispute", "dispute")
        self.no_step("cannot be closed", "close")
        self.no_step("nothing to attribute", "findings", *ask)
        self.no_step("an obstacle goes with unverifiable", "verify", "unverifiable")
        self.no_step("no verdict", "verify", "alleged")
        self.assertIn(f"incident {self.incident} is verified; step verify by ana",
                      self.step("verify", "verified", "--evidence", "patrol-7:1"))
        self.no_step("no finding to reply to", "reply", "--party", "party-a")
        self.no_step("no finding to decide on", "decide", "--confidence", "high")
        self.no_step("before it begins", "findings", "--party", "party-a", "--confidence", "high",
                     "--reply-by", "2020-01-01T00:00:00Z")
        self.step("findings", *ask, by="commission")
        self.no_step("party-a may reply until", "decide", "--confidence", "high")
        self.no_step("party-b was not asked", "reply", "--party", "party-b")
        self.step("reply", "--party", "party-a", by="liaison")
        self.no_step("is no dissent", "decide", "--confidence", "high", "--dissent", "XAB")
        self.step("decide", "--party", "party-a", "--confidence", "high", "--dissent",
                  "XAB: one source alone", by="commission")
        self.no_step("it has been decided", "reply", "--party", "party-a")
        self.step("close")
        self.no_step("no verdict is given on it any more", "verify", "verified")
        self.step("dispute", "--party", "party-b")
        answer = json.loads(self.watch("show", self.incident, "--json"))
        self.assertEqual(answer["state"], "disputed")
        self.assertEqual([(s["action"], s["by"]) for s in answer["steps"]],
                         [("verify", "ana"), ("find", "commission"), ("reply", "liaison"),
                          ("decide", "commission"), ("close", "ana"), ("dispute", "ana")])
        self.assertEqual(answer["steps"][3]["dissents"], [{"by": "XAB", "why": "one source alone"}])
        self.assertTrue(all(s["at"] and s["why"] for s in answer["steps"]))
        self.assertIn("decide by commission", self.watch("show", self.incident))
        self.assertEqual(len(self.incidents("--state", "disputed")), 1)
        self.assert_sound()

    def test_unverifiable_says_what_stood_in_the_way(self):
        self.assertIn("is unverifiable", self.step("verify", "unverifiable", "--obstacle",
                                                   "access-denied"))
        # More reports of it leave the verdict where it is.
        self.ingest(report(2, observer="cam-1", count=13))
        (incident,) = self.incidents()
        self.assertEqual((incident["state"], incident["revision"]), ("unverifiable", 2))

    def test_what_nobody_alleges_is_not_verified(self):
        self.ingest(report(9, kind="casualty", at="2026-06-04T18:00:00Z"))
        (other,) = self.incidents("--days", "2026-06-04")
        self.refused("there is nothing to verify", "watch", "verify", other["incident"], "verified",
                     "--store", self.store, "--why", "x")
        self.refused("there is no incident", "watch", "close", "i-none", "--store", self.store,
                     "--why", "x")

    def test_a_step_needs_a_reason(self):
        process = run("watch", "verify", self.incident, "verified", "--store", self.store)
        self.assert_ends(process, 2)
        self.assertIn("--why", process.stderr)


class Streams(WatchTest):
    def follow(self, file, *more):
        process = subprocess.Popen([BINARY, "watch", "ingest", "--store", self.store, "--follow",
                                    file, "--json", *more], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        patience = threading.Timer(60, process.kill)  # a line that never comes ends the test
        patience.start()
        self.addCleanup(patience.cancel)
        return process

    def test_what_is_added_to_a_file_is_taken_until_interrupted(self):
        file = self.folder / "feed.ndjson"
        file.write_text(lines_of(report(1)), "utf-8")
        with self.follow(file) as process:
            first = json.loads(process.stdout.readline())
            self.assertEqual(first["observations"], ["patrol-7:1"])
            with open(file, "a", encoding="utf-8") as feed:
                feed.write(lines_of(report(2, at="2026-06-03T20:00:00Z")))
            self.assertEqual(json.loads(process.stdout.readline())["observations"], ["patrol-7:2"])
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=SECONDS)
        self.assertEqual(process.returncode, 0, errors)
        self.assertIn("2 observations read, 2 taken", errors)
        self.assertEqual(len(self.incidents()), 2)
        self.assert_sound()

    def test_a_quiet_stream_can_be_interrupted_and_says_that_it_was(self):
        with subprocess.Popen([BINARY, "watch", "ingest", "--store", self.store, "--json"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            patience = threading.Timer(60, process.kill)
            patience.start()
            self.addCleanup(patience.cancel)
            process.stdin.write(lines_of(report(1)))
            process.stdin.flush()
            json.loads(process.stdout.readline())
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            errors = process.stderr.read()
        self.assertEqual(process.returncode, 3, errors)
        self.assertIn("stopped before everything was read", errors)
        self.assertEqual(len(self.incidents()), 1)
        self.assert_sound()

    def observed_and_fused(self):
        """Ids of the observations kept, and of those in the incidents."""
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as database:
            kept = {row[0] for row in database.execute("SELECT key FROM entry WHERE kind = 6")}
        database.close()
        fused = [one for incident in self.incidents() for one in incident["observations"]]
        self.assertEqual(len(fused), len(set(fused)))
        return kept, set(fused)

    def test_killed_at_any_moment_no_observation_is_without_its_incident(self):
        file = self.folder / "many.ndjson"
        count = 8000  # two reports of each event, the second long after the first
        file.write_text(lines_of(*(
            report(i, at=f"2026-06-{3 + i % 4000 // 2400:02d}T{i % 2400 // 200 * 2:02d}:00:00Z",
                   observer=f"cam-{i // 4000}", longitude=36 + i % 20 * 0.03,
                   latitude=49.4 + i // 20 % 10 * 0.02) for i in range(count))), "utf-8")
        for wait in (0.0, 0.05, 0.3):
            with subprocess.Popen([BINARY, "watch", "ingest", "--store", self.store, "--batch",
                                   "50", "--json", file], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL) as process:
                process.stdout.readline()
                time.sleep(wait)
                process.kill()
            kept, fused = self.observed_and_fused()
            self.assertGreater(len(kept), 0)
            self.assertEqual(kept, fused)
        self.watch("ingest", file)
        kept, fused = self.observed_and_fused()
        self.assertEqual(len(kept), count)
        self.assertEqual(kept, fused)
        self.assert_sound()


if __name__ == "__main__":
    unittest.main()
