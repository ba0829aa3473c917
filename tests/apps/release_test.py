"""`--as VIEWER` on every reading command: two scenarios that differ only in what was not released
give the same bytes, on every stream and in every file, and no planted word comes through."""
import csv
import json
import os
import pathlib
import random
import re
import shutil
import unittest

from program import ProgramTest, run, write_scenario
from watch_case import lines_of, report, watched_scenario

ROOT = pathlib.Path(__file__).resolve().parents[2]
CANARY = "kanarienvogel"
SECONDS = re.compile(rb'"seconds": [0-9.e+-]+')

# To explain what is missing takes many further solves: of the small scenarios alone.
EXPLAINED = {"EXPLAINED": "--threads=2"}
NOT_EXPLAINED = {"EXPLAINED": "--no-explain"}
SAFE = "--no-explain --gap 0.2 --threads 2".split()
# Every reading verb with every form of its answer. A verb that is not here fails the test.
READING = {
    "check": [["case"], ["case", "--json"], ["pot.db#case", "--json"]],
    "export": [["case", "-o", "book.xlsx"], ["case", "-o", "copy"]],
    "generate": [["case", *SAFE], ["case", "--json", "--gap", "0.2", "EXPLAINED"],
                 ["case", "--world", "assured", "--json", *SAFE],
                 ["case", "--world", "expected", "--worlds", "5", *SAFE],
                 ["case", "--export-mps", "model.mps", "--export-only"],
                 ["case", "--warm-start", "warm", *SAFE]],
    "plan": [["case", "-o", "plan", "--gap", "0.2", "EXPLAINED"],
             ["case", "-o", "json", "--json", "--no-sites", *SAFE],
             ["case", "other", "-o", "both", "--no-sites", *SAFE],
             ["case", "-o", "since", "--since", "planners.json", *SAFE]],
    "promises": [["case", "-o", "promises"], ["case", "--json"]],
    "reach": [["case", "--from", "here", "--to", "there", "--class", "heavy-wheeled"],
              ["case", "--from", "here", "--class", "heavy-wheeled", "--within", "5h", "--json"],
              ["case", "--from", "here", "--class", "heavy-wheeled", "--within", "5h",
               "--geojson", "-o", "reach.geojson"],
              ["case", "--from", "here", "--class", "heavy-wheeled", "--csv", "-o", "reach.csv"]],
    "site": [["case", "-o", "sites", "--save", "saved"], ["case", "--json"]],
    "report": [["plan/plan.json", "--scenario", "case", "--format", form, "-o", f"report.{form}"]
               for form in ("table", "json", "csv", "xlsx", "html")]
    + [["both/case/plan.json", "both/other/plan.json", "--scenario", "case", "--scenario", "other",
        "--format", form, "-o", f"compare.{form}"]
       for form in ("table", "json", "csv", "xlsx", "html")]
    + [["planners.json", "--scenario", "case"],
       ["plan/plan.json", "--scenario", "case", "--since", "planners.json"]],
    "store export": [["pot.db#case", "-o", "stored"], ["pot.db#none", "-o", "none"],
                     ["pot.db#case@01234567", "-o", "none"]],
    "store get": [["pot.db", "plan", "case"], ["pot.db", "report", "none"]],
    "store history": [["pot.db#case", "pledges/p-0"]],
    "watch coverage": [["--store", "pot.db", "--days", "2026-06-03"],
                       ["--store", "pot.db", "--days", "2026-06-03", "--json"]],
    "watch form": [["case", "-o", "form.html"]],
    "watch incidents": [["--store", "pot.db"], ["--store", "pot.db", "--json"],
                        ["--store", "pot.db", "--days", "2026-06-03", "--clause", "none"]],
    "watch replay": [["case", "--days", "2", "-o", "replayed"]],
    "watch report": [["--store", "pot.db", "--days", "2026-06-03"],
                     ["--store", "pot.db", "--days", "2026-06-03", "--json"],
                     ["--store", "pot.db", "--days", "2026-06-03", "-o", "watched"],
                     ["--store", "pot.db", "--days", "2026-06-03", "--publish"]],
    "watch show": [["i-none", "--store", "pot.db"], ["i-none", "--store", "pot.db", "--json"]],
}
USER = ("add", "check", "init", "list", "lock", "password", "remove", "role", "token", "unlock")
KEEPER = "is of those who keep the store, and shows no row"
# Verbs that show nothing of a scenario to anyone but who holds the whole of it.
NOT_READING = {
    **{f"ledger {verb}": "tells of commitments, which reveal nothing" for verb in (
        "cosign", "export", "init", "prove", "publish", "rotate", "status", "verify")},
    **{f"store {verb}": KEEPER for verb in (
        "backup", "check", "current", "erase", "import", "init", "intake", "put", "restore", "status")},
    **{f"watch {verb}": "is of those who work on the watch floor: it writes, and tells of what it wrote"
       for verb in ("assess", "close", "decide", "dispute", "findings", "heat", "ingest", "reply", "verify")},
    "serve": "asks of everyone who they are: tests/apps/serve_release_test.py",
    **{f"user {verb}": "tells of accounts, and of no row" for verb in USER},
    "completion": "speaks of options alone",
    "import": "turns a workbook that its caller holds into a folder",
    "man": "speaks of options alone",
    "watch heat": "judges reports of the watch floor for those who work on it",
    "watch replay": "plays on lines, clauses and sensors, of which none is a nation's own",
}
ORDER = ["check", "export", "generate", "plan", "promises", "reach", "site", "report", "store export",
         "store get", "store history", "watch coverage", "watch form", "watch incidents", "watch replay", "watch report", "watch show"]


def verbs(*group):
    """Every verb, those of a group with its name before."""
    listed = run(*group, "--help").stdout.split("Commands:")
    found = re.findall(r"^  ([a-z]+) ", listed[1], re.MULTILINE) if len(listed) > 1 else []
    if group:
        return {f"{group[0]} {verb}" for verb in found}
    return {name for verb in found for name in verbs(verb) or {verb}}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return rows


def write(path, rows, columns):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


class Tables:
    """The tables of a folder, written back when they were changed."""

    def __init__(self, folder):
        self.folder = folder

    def change(self, name, function, columns=()):
        path = self.folder / f"{name}.csv"
        rows = read(path) if path.exists() else []
        kept = list(rows[0]) if rows else []
        rows = function(rows)
        kept += [c for c in columns if c not in kept]
        write(path, rows, kept)
        return rows


def visible(pledge, viewer):
    """The columns that `releasable_to` gives the viewer beside the ordinary; None: no row."""
    nation = viewer.partition(":")[2]
    if pledge["nation"] == nation:
        return {"*"}
    seen, columns = False, set()
    for item in (pledge.get("releasable_to") or "").split():
        to, _, column = item.partition(":")
        if to == "public" or (nation and to in ("all", nation)):
            seen = True
            columns.add(column)
    return columns if seen else None


def release(folder, nations, draw):
    """Gives each pledge a release of its own, so that every rule has something to show."""
    def to_some(rows):
        for row in rows:
            to = draw.choice(["", "", "all", "public", draw.choice(nations),
                              f"{draw.choice(nations)}:cost_per_unit_month", "all:notice_days",
                              f"{draw.choice(nations)}:*"])
            row["releasable_to"] = to
        return rows
    Tables(folder).change("pledges", to_some, ["releasable_to"])


SENSITIVE = {"notice_days": "3", "readiness": "2", "lift": f"by {CANARY}",
             "cost_per_unit_month": "77.25", "note": CANARY}


def disturb(folder, viewer, draw):
    """Changes, adds and removes what the viewer does not see, and nothing else."""
    tables = Tables(folder)
    nation = viewer.partition(":")[2]
    before = {row["pledge"]: visible(row, viewer) for row in read(folder / "pledges.csv")}
    gone = {p for p, seen in before.items() if seen is None and draw.random() < 0.4}

    def pledges(rows):
        kept = []
        for row in rows:
            seen = before[row["pledge"]]
            if row["pledge"] in gone:
                continue
            if row["nation"] != nation:
                row["secret"] = CANARY
                for column, value in SENSITIVE.items():
                    if seen is None or not seen & {"*", column}:
                        row[column] = value
            if seen is None:
                row.update(quantity="" if row["quantity"] == "1" else "1", status="mandated")
            row["requires"] = " ".join(p for p in (row.get("requires") or "").split()
                                       if p not in gone)
            kept.append(row)
        owner = next(row["nation"] for row in rows if row["nation"] != nation)
        capability = rows[0]["capability"]
        new = {"pledge": CANARY, "nation": owner, "capability": capability, "quantity": "1",
               "status": "announced", "note": CANARY}
        for row in kept:
            if row["nation"] != nation and draw.random() < 0.2:
                row["requires"] = f"{row['requires']} {CANARY}".strip()
        return [new, *kept]

    tables.change("pledges", pledges, ["requires", "secret", *SENSITIVE])
    tables.change("offers", lambda rows: [
        {"pledge": CANARY, "date": "2026-01-05", "status": "indicated", "note": CANARY},
        *(row for row in rows if row["pledge"] not in gone)],
        ["pledge", "date", "status", "quantity", "note"])
    tables.change("deliveries", lambda rows: [
        {"pledge": CANARY, "date": "2026-01-05", "kind": "delivered", "quantity": "1",
         "to": CANARY, "note": CANARY},
        *(row for row in rows if row["pledge"] not in gone)],
        ["pledge", "date", "kind", "quantity", "to", "note"])
    tables.change("sources", lambda rows: [
        *(row for row in rows if row["table"] != "pledges" or row["key"] not in gone),
        {"table": "pledges", "key": CANARY, "column": "quantity", "value": CANARY, "source": "x"},
        *({"table": "pledges", "key": p, "column": "readiness", "value": CANARY, "source": "x"}
          for p, seen in before.items()
          if p not in gone and (seen is None or not seen & {"*", "readiness"}))],
        ["table", "key", "column", "value", "source"])
    tables.change("conditions", lambda rows: [
        {**row, "probability": "0.125", "given": "", "revoke_per_month": "0.5", "note": CANARY}
        for row in rows], ["probability", "given", "revoke_per_month", "note"])
    condition = read(folder / "conditions.csv")[0]["condition"]
    tables.change("assessments", lambda rows: [
        *(row for row in rows if row["assessor"] == nation),
        {"condition": condition, "assessor": "XZZ", "date": "2026-01-05", "low": "0.1",
         "note": CANARY}], ["condition", "assessor", "date", "low", "note"])
    tables.change("force_claims", lambda rows: [
        *(row for row in rows if row["nation"] == nation),
        *({"nation": row["nation"], "capability": row["capability"], "quantity": "7",
           "claimed_by": CANARY} for row in read(folder / "pledges.csv")[:1])],
        ["nation", "capability", "quantity", "claimed_by"])


def everything_in(folder):
    return {path.relative_to(folder): SECONDS.sub(b"", path.read_bytes())
            for path in sorted(folder.rglob("*")) if path.is_file()}


class Release(ProgramTest):
    maxDiff = 2000

    def test_every_verb_is_covered_or_excused(self):
        self.assertEqual(verbs(), set(READING) | set(NOT_READING))
        self.assertEqual(sorted(ORDER), sorted(READING))
        for verb in READING:
            self.assertIn("--as", run(*verb.split(), "--help").stdout, verb)

    def answers(self, folder, viewer, places):
        """All that every command says and writes for the viewer, run inside `folder`."""
        said = {}
        kept = {path.name for path in folder.iterdir()}
        # A planner's plan lies beside; nothing of it may come through.
        planned = run("generate", "case", "--json", *SAFE, cwd=folder)
        (folder / "planners.json").write_text(planned.stdout, "utf-8")
        for verb in ORDER:
            for words in READING[verb]:
                words = [places.get(word, word) for word in words]
                process = run(*verb.split(), *words, "--as", viewer, cwd=folder)
                self.assertIn(process.returncode, (0, 2), f"{verb} {words}: {process.stderr}")
                said[" ".join([verb, *words])] = (
                    process.returncode, SECONDS.sub(b"", process.stdout.encode()), process.stderr)
        (folder / "planners.json").unlink()
        files = {path: content for path, content in everything_in(folder).items()
                 if path.parts[0] not in kept and not path.name.startswith("pot.db")}
        return said, files

    def assert_blind(self, make, viewer, places, seed):
        """`make(folder)` writes a scenario; its disturbed twin answers with the same bytes."""
        found = []
        for name in ("as-it-is", "disturbed"):
            folder = self.folder / f"{seed}-{viewer.replace(':', '-')}" / name
            folder.mkdir(parents=True)
            make(folder / "case")
            shutil.copytree(folder / "case", folder / "other")
            for case, penalty in (("case", 0.5), ("other", 0.25)):
                toml = folder / case / "scenario.toml"
                text = re.sub(r'(?m)^id = .*', f'id = "{case}"', toml.read_text("utf-8"))
                toml.write_text(re.sub(r"(?m)^nation_penalty = .*",
                                       f"nation_penalty = {penalty}", text), "utf-8")
            if name == "disturbed":
                for case in ("case", "other"):
                    disturb(folder / case, viewer, random.Random(seed))
                self.assert_ends(run("check", "case", cwd=folder), 0)
            self.assert_ends(run("store", "init", "pot.db", "--origin", "pot.example", cwd=folder), 0)
            self.assert_ends(run("store", "import", "pot.db", "case", cwd=folder), 0)
            found.append(self.answers(folder, viewer, places))
        (said, files), (other_said, other_files) = found
        self.assertEqual(list(files), list(other_files))
        for command, answer in said.items():
            self.assertEqual(answer, other_said[command], command)
            self.assertNotIn(CANARY, str(other_said[command]), command)
        for path, content in files.items():
            self.assertEqual(content, other_files[path], path)
            if path.suffix != ".xlsx":
                self.assertNotIn(CANARY.encode(), other_files[path], path)
        return said, files

    def small(self, seed):
        draw = random.Random(seed)
        nations = ["XAA", "XAB", "XAC"]
        pledges = [{
            "pledge": f"p-{k}", "nation": draw.choice(nations), "capability": "inf",
            "quantity": draw.choice(["", 1, 2, 3]), "quantity_is": "sustained",
            "notice_days": draw.choice(["", 20]), "cost_per_unit_month": draw.choice(["", 0.5]),
            "conditions": draw.choice(["", "vote"]), "status": "announced",
            "requires": draw.choice(["", "", "p-0"]) if k else ""} for k in range(8)]
        pledges[1]["nation"] = "XAB"
        pledges[2]["nation"] = "XAA"
        lines = [{"requirement": line, "title": line, "task": "guard", "capability": "inf",
                  "quantity": 3, "area": line, "tier": 1} for line in ("gate", "bridge")]

        def make(folder):
            write_scenario(folder, pledges, lines, nations, ["vote"])
            release(folder, nations, random.Random(seed))
        return make

    def exercise(self, folder):
        """Its shared network is named as from its place in the project."""
        shutil.copytree(ROOT / "scenarios" / "exercise", folder)
        toml = folder / "scenario.toml"
        shared = os.path.relpath(ROOT / "networks" / "corridors", folder)
        toml.write_text(toml.read_text("utf-8").replace("../../networks/corridors", shared),
                        "utf-8")
        nations = [row["nation"] for row in read(folder / "nations.csv")]
        release(folder, ["XAL", *nations], random.Random(4))

    def test_small_scenarios_show_nothing_that_was_not_released(self):
        for seed in range(2):
            for viewer in ("delegate:XAA", "public"):
                with self.subTest(seed=seed, viewer=viewer):
                    self.assert_blind(self.small(seed), viewer, EXPLAINED, seed)

    def test_the_exercise_shows_nothing_that_was_not_released(self):
        places = {"here": "warsaw", "there": "rzeszow", **NOT_EXPLAINED}
        said, files = self.assert_blind(self.exercise, "delegate:XAL", places, 4)
        # All of it was answered, so that the comparison compared something.
        refused = [command for command, (code, _, _) in said.items() if code != 0]
        self.assertEqual(len([c for c in refused if "planners.json" in c or "--warm-start" in c
                              or "expected" in c or "none" in c or "store get" in c or "history" in c
                              or (c.startswith("watch ") and not c.startswith(("watch form", "watch replay")))]), len(refused), refused)
        self.assertGreater(len(files), 60)
        self.assert_blind(self.exercise, "public", places, 4)

    def test_every_answer_says_for_whom_it_is(self):
        _, files = self.assert_blind(self.small(1), "delegate:XAA", EXPLAINED, 1)
        unmarked = [path for path, content in files.items()
                    if b"released to delegate:XAA" not in content
                    and path.suffix not in (".xlsx", ".mps") and path.parts[0] not in ("copy", "stored")]
        self.assertEqual(unmarked, [])
        self.assertIn(b"released to delegate:XAA", files[pathlib.Path("copy/scenario.toml")])


class WatchFloor(ProgramTest):
    """It belongs to those who work on it: everyone else hears the same, whatever a store holds."""

    def test_the_refusal_is_the_same_with_and_without_incidents(self):
        watched_scenario(self.folder / "front")
        for name in ("empty", "full"):
            self.assert_ends(run("store", "init", f"{name}.db", "--origin", "pot.example",
                                 cwd=self.folder), 0)
            self.assert_ends(run("store", "import", f"{name}.db", "front", cwd=self.folder), 0)
        taken = run("watch", "ingest", "--store", "full.db", cwd=self.folder, stdin=None,
                    input=lines_of(report(1, text=CANARY, owner="XAA", releasable_to=["all"])))
        self.assert_ends(taken, 0)
        found = json.loads(run("watch", "incidents", "--store", "full.db", "--json",
                               cwd=self.folder).stdout)["incident"]
        before = (self.folder / "full.db").read_bytes()
        for viewer in ("delegate:XAA", "delegate:XAB", "public"):
            answers = set()
            for store in ("empty", "full", "none"):
                for words in (["incidents"], ["incidents", "--json"], ["show", found],
                              ["show", found, "--json"], ["show", "i-none"],
                              ["coverage", "--days", "2026-06-03"],
                              ["report", "--days", "2026-06-03", "-o", "out"],
                              ["report", "--days", "2026-06-03", "--publish"]):
                    process = run("watch", *words, "--store", f"{store}.db", "--as", viewer,
                                  cwd=self.folder)
                    answers.add((process.returncode, process.stdout, process.stderr))
            self.assertEqual(len(answers), 1, answers)
            ((code, out, err),) = answers
            self.assertEqual((code, out), (2, ""))
            self.assertIn(f"the watch floor is not released to {viewer}", err)
        self.assertFalse((self.folder / "out").exists())
        self.assertEqual((self.folder / "full.db").read_bytes(), before)
        shown = run("watch", "show", found, "--store", "full.db", "--as", "planner", cwd=self.folder)
        self.assert_ends(shown, 0)
        self.assertIn(CANARY, shown.stdout)

    def test_monitors_and_judges_see_it_and_who_did_it_is_not_the_monitors_word(self):
        watched_scenario(self.folder / "front")
        for words in (("store", "init", "floor.db", "--origin", "pot.example"),
                      ("store", "import", "floor.db", "front")):
            self.assert_ends(run(*words, cwd=self.folder), 0)
        self.assert_ends(run("watch", "ingest", "--store", "floor.db", cwd=self.folder, stdin=None,
                             input=lines_of(report(1))), 0)
        found = json.loads(run("watch", "incidents", "--store", "floor.db", "--json",
                               cwd=self.folder).stdout)["incident"]
        for words in (("verify", found, "verified", "--why", "seen"),
                      ("findings", found, "--party", "party-a", "--reply-by", "2036-06-05T12:00:00Z",
                       "--confidence", "low", "--why", CANARY)):
            self.assert_ends(run("watch", *words, "--store", "floor.db", cwd=self.folder), 0)
        for viewer, tells in (("monitor", False), ("verifier", True), ("commission", True),
                              ("decision-maker", True), ("auditor", True)):
            def seen(*words):
                process = run("watch", *words, "--store", "floor.db", "--as", viewer, cwd=self.folder)
                self.assert_ends(process, 0)
                return process.stdout
            self.assertIn(found, seen("incidents"))
            self.assertIn("front-02", seen("coverage", "--days", "2026-06-03"))
            self.assertIn("front-01", seen("report", "--days", "2026-06-03"))
            for text in (seen("show", found), seen("show", found, "--json")):
                self.assertIn("verify", text)
                self.assertEqual(CANARY in text, tells, viewer)
            self.assertEqual("not released to you" in seen("show", found), not tells)
        published = run("watch", "report", "--days", "2026-06-03", "--publish", "--store", "floor.db",
                        "--as", "monitor", cwd=self.folder)
        self.assertEqual(published.returncode, 2)


class Planner(ProgramTest):
    def test_a_planner_gets_the_scenario_as_it_stands(self):
        small = self.small()
        for words in (["check", small, "--json"], ["generate", small]):
            self.assertEqual(run(*words).stdout, run(*words, "--as", "planner").stdout)


class Refusals(ProgramTest):
    def test_errors_of_hidden_rows_are_not_told(self):
        small = self.small()
        pledges = small / "pledges.csv"
        pledges.write_text(pledges.read_text("utf-8").replace("bravo,XAB,inf", "bravo,XAB,infx"),
                           "utf-8")
        process = run("check", small, "--as", "delegate:XAA")
        self.assert_ends(process, 2)
        self.assertIn("or has errors; ask a planner", process.stderr)
        self.assertNotIn("infx", process.stderr)
        self.assertIn("infx", run("check", small, "--as", "planner").stderr)

    def test_who_looks_must_be_somebody(self):
        small = self.small()
        for viewer, told in (("delegat:XAA", "did you mean `delegate`?"),
                             ("delegate:XBA", "has no nation `XBA`; did you mean `XAA`?"),
                             ("XAA", "its delegate is delegate:XAA")):
            process = run("check", small, "--as", viewer)
            self.assert_ends(process, 2)
            self.assertIn(told, process.stderr)

    def test_a_planners_plan_is_not_shown(self):
        small = self.small()
        plan = self.folder / "plan.json"
        plan.write_text(run("generate", small, "--json").stdout, "utf-8")
        process = run("report", plan, "--scenario", small, "--as", "delegate:XAA")
        self.assert_ends(process, 2)
        self.assertIn("was not made from what is released", process.stderr)
        self.assert_ends(run("report", plan, "--scenario", small, "--as", "auditor"), 0)

    def test_files_of_earlier_work_are_refused(self):
        small = self.small()
        for words in (["generate", small, "--warm-start", self.folder / "warm"],
                      ["plan", small, "-o", self.folder / "out", "--since", "may.json"]):
            process = run(*words, "--as", "public")
            self.assert_ends(process, 2)
            self.assertIn("does not go with --as public", process.stderr)


if __name__ == "__main__":
    unittest.main()
