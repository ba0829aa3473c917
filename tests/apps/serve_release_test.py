"""Every role asks every operation of openapi.yaml, over a store whose hidden cells carry words that
nobody else can know: the statuses follow the operation table, and no answer holds such a word."""
import collections
import http.client
import io
import json
import os
import pathlib
import re
import unittest
import zipfile

import yaml

from program import run, write_table
from served_case import ServedTest
from watch_case import lines_of, report, watched_scenario

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/golden/server_matrix.txt"
METHODS = ("get", "post", "put", "patch", "delete")

ROLES = ["public", "delegate:XAA", "delegate:XAB", "planner", "monitor", "verifier", "commission",
         "decision-maker", "auditor", "controller"]
ALL = {"planner", "auditor"}

# Words in hidden cells, and who may read them beside planners and auditors.
CANARIES = {
    "kanarie-pledge-xab": {"delegate:XAB"},
    "kanarie-note-xab": {"delegate:XAB"},
    "kanarie-note-xaa": {"delegate:XAA"},
    "71717.25": {"delegate:XAB"},  # what it costs
    "0.717171": set(),             # how likely a condition is held to be
    "kanarie-condition-note": set(),
    "kanarie-plan": set(),
    "kanarie-plan-title": set(),
    "kanarie-observation": {"delegate:XAB", "monitor", "verifier", "commission", "decision-maker"},
    "kanarie-finding": {"commission", "verifier", "decision-maker"},
    "kanarie-decision": {"commission", "verifier", "decision-maker"},
    "kanarie-report": set(),
}

# What stands for each parameter of a path; several where there are several kinds of answer.
PLACES = {
    "scenario": ["front"], "table": None, "key": ["pledge-xab"], "plan": ["front"], "job": ["j-1"],
    "layer": ["base", "areas", "reach", "sectors", "locations", "sites", "incidents"],
    "collection": ["locations", "areas", "sectors", "sites", "reach", "incidents"],
    "feature": ["mast-1"], "page": ["watch"], "asset": ["none.js"], "account": ["nobody"],
    "token": ["none"], "observation": ["patrol-7%3A2"], "incident": None, "report": ["day-1"],
    "position": None, "rest": ["checkpoint"],
}
TABLES = ["conditions", "pledges", "requirements", "assessments"]
FORMATS = {"getPlan": ["json", "csv", "xlsx", "html", "geojson"],
           "comparePlans": ["json", "html"], "listRows": ["json", "csv"], "getPot": ["json", "csv"],
           "getWatchReport": ["json", "html", "csv"]}
DAYS = "from=2026-06-03&to=2026-06-04"
QUERIES = {"comparePlans": "a=front&b=front", "getGrowth": "since=1", "getWatchCalendar": DAYS,
           "getWatchReport": "days=2026-06-03"}
# Streams are read for a moment by another test, and the session is what everybody needs.
STREAMS = {"listenToEvents"}
# Whom the table lets read incidents, but not every report that a day's report counts.
NARROWER = {"getWatchReport", "getWatchCalendar"}

# Bodies of what changes something. They are well formed as far as the role's right goes, and then
# wrong or without the condition that a change needs: nothing is kept, so that the order in which
# roles ask decides nothing.
NOTHING = {}
BODIES = {
    "openSession": {"name": 1}, "closeSession": NOTHING,
    "changePassword": {"old": "wrong", "new": "wrong as well"},
    "makeToken": {"name": ""}, "revokeToken": NOTHING, "addAccount": {"account": ""},
    "changeAccount": {"role": "none"}, "resetPassword": NOTHING,
    "setCurrentVersion": {"version": "00000000"}, "putRow": {"cells": {}}, "deleteRow": NOTHING,
    "tryOffer": {"cells": {}}, "startPlan": {"time_limit": 0}, "cancelJob": NOTHING,
    "releasePlan": {"releasable_to": "nobody"}, "releaseSites": {"releasable_to": "nobody"},
    "postObservations": "no report\n", "takeIncidentStep": {"action": "none"},
    "publishWatchReport": {"days": "none"},
}
# What a change needs, so that it is asked who may before what it found.
HEADERS = {"putRow": {"If-None-Match": "*"}, "deleteRow": {"If-Match": '"0000000000000000"'},
           "takeIncidentStep": {"If-Match": '"0000000000000000"'}}


def text_of(body):
    """All that a body says: what is packed, unpacked."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return body.decode("utf-8", "replace")


def operations():
    paths = yaml.safe_load((ROOT / "openapi.yaml").read_text("utf-8"))["paths"]
    return [(path, method, operation) for path, methods in paths.items()
            for method, operation in methods.items() if method in METHODS]


def matrix_rules():
    """(role, operation, kind) → allowance, of the golden operation table."""
    rules = {}
    text = (ROOT / "src/guarantor/policy/operation_table.cc").read_text("utf-8")
    order = ["delegate", "planner", "monitor", "verifier", "commission", "decision-maker", "auditor",
             "controller", "public"]
    for operation, kinds, words in re.findall(r'\{k(\w+),\s+"([^"]+)",\s+"([^"]+)"\}', text):
        name = re.sub(r"(?<=.)(?=[A-Z])", "-", operation).lower()
        for kind in kinds.split():
            for role, allowance in zip(order, words.split(), strict=True):
                rules[role, name, kind] = allowance
    return rules


class Release(ServedTest):
    def setUp(self):
        super().setUp()
        scenario = watched_scenario(self.folder / "front")
        write_table(scenario / "pledges.csv", [
            {"pledge": "alpha", "nation": "XAA", "capability": "inf", "quantity": 2,
             "status": "announced", "cost_per_unit_month": "", "releasable_to": "all",
             "note": "kanarie-note-xaa"},
            {"pledge": "kanarie-pledge-xab", "nation": "XAB", "capability": "inf", "quantity": 1,
             "status": "announced", "cost_per_unit_month": "71717.25", "releasable_to": "",
             "note": "kanarie-note-xab"},
            {"pledge": "pledge-xab", "nation": "XAB", "capability": "inf", "quantity": 1,
             "status": "announced", "cost_per_unit_month": "71717.25", "releasable_to": "public",
             "note": "kanarie-note-xab"}])
        write_table(scenario / "requirements.csv", [
            {"requirement": "gate", "title": "Gate", "task": "guard", "capability": "inf",
             "quantity": 4, "area": "front", "tier": 1}])
        write_table(scenario / "conditions.csv", [
            {"condition": "vote", "title": "Vote", "kind": "parliament", "mode": "prior-vote",
             "probability": "0.717171", "decided_day_mode": 0, "note": "kanarie-condition-note"}])
        self.make_store(scenario)
        self.keep_a_plan()
        self.keep_what_was_seen()
        self.tokens = {"public": None}
        for role in ROLES[1:]:
            name = role.replace(":", "-").lower()
            self.add(name, role)
            self.tokens[role] = self.user("token", name, "test").split()[-1]

    def must(self, *arguments):
        process = run(*arguments)
        self.assert_ends(process, 0)
        return process.stdout

    def keep_a_plan(self):
        """One released to all, then one of another name and title that is not."""
        self.must("plan", f"{self.store}#front", "-o", self.folder / "plan", "--no-sites")
        path = self.folder / "plan/plan.json"
        plan = json.loads(path.read_text("utf-8"))
        self.assertIn("kanarie-pledge-xab", json.dumps(plan))
        plan["reason"] = "kanarie-plan"
        path.write_text(json.dumps(plan), "utf-8")
        self.must("store", "put", self.store, path, "--releasable-to", "all,public")
        plan["asked"] = {"title": "kanarie-plan-title"}
        path.write_text(json.dumps(plan), "utf-8")
        self.must("store", "put", self.store, path, "--name", "kanarie-plan")

    def keep_what_was_seen(self):
        reports = self.folder / "reports.ndjson"
        reports.write_text(lines_of(
            report(1), report(2, at="2026-06-03T15:00:00Z", text="kanarie-observation", owner="XAB")),
            "utf-8")
        self.must("watch", "ingest", "--store", self.store, "--by", "desk", reports)
        for kind, name in (("finding", "f-1"), ("decision", "d-1"), ("report", "day-1")):
            path = self.folder / f"{kind}.json"
            path.write_text(json.dumps({"what": f"kanarie-{kind}"}), "utf-8")
            self.must("store", "put", self.store, path, "--kind", kind, "--name", name)

    def places_of(self, name):
        if name == "table":
            return TABLES
        if name == "position":
            return [str(k) for k in range(self.size)]
        if name == "incident":
            return self.incidents or ["i-none"]
        return PLACES[name]

    def targets(self, path, operation):
        """Every address of an operation that is asked."""
        found = [path]
        for name in re.findall(r"\{(\w+)\}", path):
            self.assertIn(name, PLACES, f"{operation}: nothing stands for {{{name}}}")
            found = [target.replace("{%s}" % name, place)
                     for target in found for place in self.places_of(name)]
        name = operation["operationId"]
        query = QUERIES.get(name, "")
        return [target + ("?" if query or format != "json" else "") + query
                + ("&" if query and format != "json" else "")
                + (f"format={format}" if format != "json" else "")
                for target in found for format in FORMATS.get(name, ["json"])]

    def allowance(self, role, operation, target):
        """What the operation table says of it, or of who is signed in."""
        policy = operation["x-policy"]
        if policy.get("who") == "anyone":
            return "yes"
        if policy.get("who") == "signed-in":
            return "-" if role == "public" else "yes"
        kind = policy["kind"]
        if kind == "{table}":
            kind = re.search("/tables/(\\w+)", target)[1]
        return self.rules.get((role.split(":")[0], policy["operation"], kind), "-")

    def words_in(self, role, text):
        """Those that the role may not know."""
        return [word for word, seen_by in CANARIES.items()
                if word in text and role not in ALL and role not in seen_by]

    def wrong(self, role, operation, target, answer):
        """What is wrong with the status of an answer; nothing where it is as the tables say."""
        allowed = self.allowance(role, operation, target)
        refused = answer.status in (401, 403)
        if allowed == "-":
            return "" if answer.status == (401 if role == "public" else 403) else "is not refused"
        if answer.status >= 500:
            return "fails"
        sure = ("operation" in operation["x-policy"] and allowed == "yes"
                and operation["operationId"] not in NARROWER)
        return "is refused" if sure and refused else ""

    def test_every_role_and_every_operation(self):
        self.rules = matrix_rules()
        server = self.serve("front")
        browsers = {role: self.browser(server, token=token) for role, token in self.tokens.items()}
        auditor = browsers["auditor"]
        self.size = auditor.ask("GET", "/api/ledger").json()["size"]
        self.incidents = [one["id"] for one in auditor.ask("GET", "/api/incidents").json()["items"]]
        self.assertTrue(self.incidents)
        seen = collections.Counter()
        table, flaws = {}, []
        for path, method, operation in operations():
            name = operation["operationId"]
            self.assertIn("x-policy", operation, f"{name} says nothing of who may")
            if method != "get":
                self.assertIn(name, BODIES, f"{name} has no body to be called with")
            if name in STREAMS:
                continue
            for role in ROLES:
                statuses = set()
                for target in self.targets(path, operation):
                    answer = browsers[role].ask(method.upper(), target,
                                                BODIES[name] if method != "get" else None,
                                                HEADERS.get(name))
                    what = f"{method.upper()} {target}"
                    text = text_of(answer.body) + str(answer.headers)
                    if flaw := self.wrong(role, operation, target, answer):
                        flaws.append(f"{role}: {what} {flaw}: {answer.status} {text[:200]}")
                    flaws += [f"{role}: {what} tells {word}" for word in self.words_in(role, text)]
                    for word in CANARIES:
                        seen[word] += word in text
                    statuses.add(answer.status)
                table[name, role] = "/".join(map(str, sorted(statuses)))
        self.assertEqual(flaws, [], "\n" + "\n".join(flaws))
        # A word that nobody ever saw would be no test.
        for word in CANARIES:
            self.assertTrue(seen[word], f"{word} was shown to nobody: it tests nothing")
        self.check_golden(table)

    def check_golden(self, table):
        names = [operation["operationId"] for _, _, operation in operations()
                 if operation["operationId"] not in STREAMS]
        heads = ["public", "XAA", "XAB", "planner", "monitor", "verify", "commis", "decide", "audit",
                 "control"]
        lines = [f"{'operation':26}" + "".join(f"{head:>12}" for head in heads)]
        lines += [f"{name:26}" + "".join(f"{table[name, role]:>12}" for role in ROLES)
                  for name in names]
        text = "\n".join(lines) + "\n"
        if os.environ.get("GUARANTOR_ACCEPT"):
            GOLDEN.write_text(text, "utf-8")
        self.assertEqual(text, GOLDEN.read_text("utf-8"),
                         "GUARANTOR_ACCEPT=1 writes it anew; read it before it is kept")

    def test_events_tell_each_what_it_may_know(self):
        server = self.serve("front")
        for role, token in self.tokens.items():
            with self.subTest(role):
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
                self.addCleanup(connection.close)
                headers = {"Last-Event-ID": "0"}
                if token:
                    headers["Authorization"] = f"Bearer {token}"
                connection.request("GET", "/api/events", headers=headers)
                response = connection.getresponse()
                self.assertEqual(response.status, 200)
                text = ""
                while "event: " not in text or not text.endswith("\n\n"):
                    text += response.read1(65536).decode()
                self.assertEqual(self.words_in(role, text), [])


if __name__ == "__main__":
    unittest.main()
