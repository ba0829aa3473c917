"""The independent evaluator, and the program's plans before it.

It must accept what the program plans and refuse a plan that breaks any one rule: each rule is broken
by changing one cell of the tables under a plan that stood, or one figure of the plan.
"""
import copy
import json
import os
import pathlib
import subprocess
import sys

from program import ProgramTest, run, write_table

sys.path.append("tools")
from evaluate_plan import evaluate  # noqa: E402

BENCH = os.environ.get("GUARANTOR_BENCH", "build/release/guarantor-bench")
EVALUATOR = "tools/evaluate_plan.py"

TOML = """format = 1
id = "rules"
title = "One of every rule"
kind = "exercise"
as_of = 2030-01-01
c_day = 2030-06-01
horizon_months = 6
currency = "EUR"
tier_weights = [100, 10]
nation_penalty = 0.5
cost_weight = 0.01
"""
TABLES = {
    "nations": [{"nation": n, "name": n} for n in ("XAA", "XAB", "XAC")],
    "capabilities": [
        {"capability": "inf", "title": "Infantry", "kind": "presence", "unit": "company",
         "domain": "land", "personnel": 100},
        {"capability": "eng", "title": "Engineers", "kind": "presence", "unit": "company",
         "domain": "land", "personnel": 50}],
    "substitutions": [{"capability": "inf", "accepts": "eng", "effectiveness": 0.5}],
    "conditions": [{"condition": "vote", "title": "Vote", "kind": "parliament",
                    "mode": "prior-vote", "probability": 0.5, "given": "",
                    "decided_day_mode": 0}],
    "phases": [{"phase": "first", "title": "First", "from_day": 0, "to_day": 30,
                "begins_if": "vote"}],
    "pledges": [
        {"pledge": p, "nation": n, "capability": c, "quantity": q, "quantity_is": "",
         "notice_days": "", "transit_days": "", "from_month": "", "until_month": until,
         "tour_months": tour, "dwell_months": dwell, "areas": "", "tasks": "", "not_areas": "",
         "not_tasks": "", "roe": "", "requires": "", "conditions": "vote",
         "status": "announced", "cost_per_unit_month": 1}
        for p, n, c, q, tour, dwell, until in (("alpha", "XAA", "inf", 2, 3, 3, 3),
                                               ("bravo", "XAB", "eng", 2, "", "", ""),
                                               ("charlie", "XAC", "eng", 1, "", "", ""))],
    "requirements": [
        {"requirement": "gate", "title": "Gate", "task": "guard", "capability": "inf",
         "quantity": 4, "min_fill": "", "area": "west", "from_month": "", "to_month": "",
         "tier": 1, "weight": "", "roe": "", "max_nations": "", "framework_nation": ""}],
    "ceilings": [{"ceiling": "most", "scope": "all", "of": "", "from_month": "", "to_month": "",
                  "personnel": 1000}],
}

# One cell changed, and what the evaluator must then say of the plan for the tables as they were.
BROKEN_RULES = [
    ("pledges", 0, {"from_month": 1}, "S: may begin"),
    ("pledges", 0, {"notice_days": 20, "transit_days": 1}, "S: may begin"),
    ("conditions", 0, {"decided_day_mode": 0.5}, "S: may begin"),
    ("phases", 0, {"from_day": -1, "to_day": 0}, None),  # it held nothing up
    ("phases", 0, {"begins_if": "!vote"}, "no such line in this world"),
    ("requirements", 0, {"from_month": 1}, "S: may begin"),
    ("requirements", 0, {"to_month": 5}, "S: its tour ends"),
    ("pledges", 0, {"until_month": 2}, "S: its tour ends"),
    ("pledges", 0, {"tour_months": 2}, "S: its tour ends"),
    ("pledges", 0, {"quantity": 1}, "U:"),
    ("pledges", 1, {"quantity": 1}, "U:"),
    ("pledges", 0, {"quantity": ""}, "states no quantity"),
    ("pledges", 0, {"status": "withdrawn"}, "does not count"),
    ("pledges", 0, {"status": "indicated"}, "does not count"),
    ("pledges", 0, {"conditions": "!vote"}, "does not count"),
    ("pledges", 0, {"conditions": "vote & (joins(XAD) | false)"}, "does not count"),
    ("pledges", 0, {"conditions": "joined(land) >= 4"}, "does not count"),
    ("pledges", 0, {"conditions": "joined(land) >= 3 & joins(XAB)"}, None),
    ("pledges", 0, {"roe": "observe"}, None),  # the line asks for no more
    ("requirements", 0, {"roe": "defend-mandate"}, "rules of engagement"),
    ("pledges", 0, {"not_areas": "west"}, "caveat"),
    ("pledges", 0, {"areas": "east north"}, "caveat"),
    ("pledges", 0, {"not_tasks": "guard"}, "caveat"),
    ("pledges", 0, {"tasks": "watch"}, "caveat"),
    ("requirements", 0, {"capability": "eng"}, "does not serve"),
    ("substitutions", 0, {"effectiveness": 0.75}, "fill of gate"),
    ("requirements", 0, {"quantity": 1}, "requires 1"),
    ("requirements", 0, {"max_nations": 2}, "M: 3 nations"),
    ("requirements", 0, {"framework_nation": "XAD"}, "F: "),
    ("requirements", 0, {"framework_nation": "XAC"}, None),
    ("ceilings", 0, {"personnel": 200}, "K: "),
    ("ceilings", 0, {"scope": "nation", "of": "XAB", "personnel": 99}, "K: "),
    ("ceilings", 0, {"scope": "nation", "of": "XAB", "personnel": 100}, None),
    ("ceilings", 0, {"scope": "area", "of": "west", "personnel": 200}, "K: "),
    ("ceilings", 0, {"scope": "area", "of": "east", "personnel": 0}, None),
    ("ceilings", 0, {"scope": "task", "of": "guard", "personnel": 200}, "K: "),
    ("ceilings", 0, {"from_month": 1, "to_month": 2, "personnel": 200}, "K: "),
    ("pledges", 0, {"requires": "bravo"}, None),
    ("pledges", 2, {"requires": "delta"}, "Q: "),
    ("requirements", 0, {"min_fill": 0.9}, "fill of gate"),
    ("requirements", 0, {"tier": 2}, "objective"),
    ("requirements", 0, {"weight": 5}, "objective"),
    ("pledges", 0, {"cost_per_unit_month": 2}, "objective"),
]


def write_rules(folder, tables, toml=TOML):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(toml, "utf-8")
    for name, rows in tables.items():
        write_table(folder / f"{name}.csv", rows)
    return folder


def planned(scenario, *arguments, limit=10):
    """The plan the program prints, whether a limit stopped it or not."""
    process = run("generate", scenario, "--json", "--no-explain", "--time-limit", limit, *arguments)
    assert process.returncode in (0, 3), process.stderr
    return json.loads(process.stdout)


class EvaluatorTest(ProgramTest):
    def assert_says(self, faults, words):
        self.assertTrue(any(words in fault for fault in faults), f"{words!r} not in {faults}")

    def test_broken_rules(self):
        scenario = write_rules(self.folder / "rules", TABLES)
        plan = planned(scenario)
        self.assertEqual(evaluate(scenario, plan), [])
        self.assertEqual(plan["fill"][0]["covered"], 3.5)  # 2 companies, 3 engineers at a half
        for number, (table, row, change, words) in enumerate(BROKEN_RULES):
            with self.subTest(table=table, row=row, change=change):
                tables = copy.deepcopy(TABLES)
                tables[table][row].update(change)
                faults = evaluate(write_rules(self.folder / f"broken{number}", tables), plan)
                if words is None:
                    self.assertEqual(faults, [])
                else:
                    self.assert_says(faults, words)

    def test_units_of_one_nation(self):
        scenario = write_rules(self.folder / "rules", TABLES)
        plan = planned(scenario)
        tables = copy.deepcopy(TABLES)
        tables["requirements"][0].update(quantity=1)
        tables["substitutions"][0].update(effectiveness=2)
        faults = evaluate(write_rules(self.folder / "fewer", tables), plan)
        self.assert_says(faults, "N: 2 units of XAA, at most 1")

    def test_rotation(self):
        tables = copy.deepcopy(TABLES)
        tables["pledges"] = tables["pledges"][:1]
        tables["pledges"][0].update(until_month="")
        scenario = write_rules(self.folder / "rotation", tables)
        plan = planned(scenario)
        first = {"pledge": "alpha", "requirement": "gate", "units": 2}
        plan["assignments"] = [{**first, "from_month": 0, "to_month": 3},
                               {**first, "from_month": 3, "to_month": 6}]
        self.assert_says(evaluate(scenario, plan), "U:")  # they rest until month 6
        tables["pledges"][0].update(dwell_months=0)
        for kind, words in (("", None), ("once", "U:"), ("sustained", "S: its tour ends at 6")):
            tables["pledges"][0].update(quantity_is=kind)
            again = write_rules(self.folder / f"rotation{kind}", tables)
            faults = evaluate(again, plan)
            if words:
                self.assert_says(faults, words)
            else:
                self.assertFalse([f for f in faults if "U:" in f or "S:" in f], faults)

    def test_worlds(self):
        tables = copy.deepcopy(TABLES)
        tables["phases"][0].update(begins_if="")
        scenario = write_rules(self.folder / "rules", tables)
        plan = planned(scenario)
        self.assert_says(evaluate(scenario, {**plan, "world": "assured"}), "does not count")
        self.assert_says(evaluate(scenario, {**plan, "world": "given",
                                             "assumed": {"vote": False}}), "does not count")
        self.assert_says(evaluate(scenario, plan, {"vote": False}), "does not count")
        never = write_rules(self.folder / "never", TABLES, TOML + 'viable_if = "joins(XAA) & !vote"\n')
        self.assert_says(evaluate(never, plan), "not viable")
        empty = planned(never)
        self.assertEqual((empty["status"], evaluate(never, empty)), ("empty", []))
        tables["conditions"][0].update(probability=1)
        certain = write_rules(self.folder / "certain", tables)
        self.assertEqual(evaluate(certain, {**plan, "world": "assured"}), [])

    def test_circles(self):
        """Those who wait for each other go in the nominal world, and stay in the assured one."""
        tables = copy.deepcopy(TABLES)
        tables["conditions"][0].update(probability=1)
        tables["pledges"][0].update(conditions="joins(XAB)")
        tables["pledges"][1].update(conditions="joins(XAA)")
        scenario = write_rules(self.folder / "circle", tables)
        plan = planned(scenario)
        self.assertEqual({row["pledge"] for row in plan["assignments"]},
                         {"alpha", "bravo", "charlie"})
        self.assertEqual(evaluate(scenario, plan), [])
        self.assert_says(evaluate(scenario, {**plan, "world": "assured"}), "does not count")
        assured = planned(scenario, "--world", "assured")
        self.assertEqual(evaluate(scenario, assured), [])
        self.assertEqual({row["pledge"] for row in assured["assignments"]}, {"charlie"})

    def test_altered_plans(self):
        scenario = "scenarios/tutorial"
        plan = planned(scenario)
        self.assertEqual(evaluate(scenario, plan), [])

        def altered(change):
            other = copy.deepcopy(plan)
            change(other)
            return evaluate(scenario, other)

        for place in range(len(plan["assignments"])):
            for key, by in (("units", 1), ("units", -1), ("from_month", -1), ("to_month", 1)):
                with self.subTest(place=place, key=key, by=by):
                    self.assertTrue(altered(lambda p: p["assignments"][place].update(
                        {key: p["assignments"][place][key] + by})))
        self.assertTrue(altered(lambda p: p["assignments"].pop()))
        self.assert_says(altered(lambda p: p.update(objective=p["objective"] * 1.00001)),
                         "objective")
        self.assert_says(altered(lambda p: p.update(bound=p["objective"] * 0.999)), "bound")
        self.assert_says(altered(lambda p: p.update(bound=p["objective"] * 1.01)), "gap")
        self.assert_says(altered(lambda p: p.update(gap=0.01)), "gap")
        self.assert_says(altered(lambda p: p.update(status="optimal", bound=None)),
                         "without a bound")
        self.assert_says(altered(lambda p: p["fill"].pop()), "no fill")
        self.assert_says(altered(lambda p: p["fill"].append(p["fill"][0])), "stands twice")
        self.assert_says(altered(lambda p: p["fill"][0].update(covered=0.123)), "fill of")
        self.assert_says(altered(lambda p: p["not_stated"].append("alder-inf")), "not stated")

    def test_expected_world(self):
        """The designation is held against the rules, the mean against its interval."""
        scenario = "scenarios/tutorial"
        plan = planned(scenario, "--world", "expected", "--worlds", 10)
        self.assertEqual(evaluate(scenario, plan), [])
        above = plan["expected"]["high"] * 1.1
        self.assert_says(evaluate(scenario, {**plan, "objective": above}), "interval")
        plan["assignments"][0]["from_month"] -= 1
        self.assertTrue(evaluate(scenario, plan))

    def test_variants(self):
        """A variant's rows and scalars stand over those of its base."""
        base = write_rules(self.folder / "base", TABLES)
        variant = self.folder / "variant"
        variant.mkdir()
        (variant / "scenario.toml").write_text(
            'format = 1\nid = "variant"\nextends = "../base"\nnation_penalty = 2\n', "utf-8")
        write_table(variant / "remove.csv", [{"table": "pledges", "key": "charlie"},
                                             {"table": "ceilings", "key": "most"}])
        write_table(variant / "pledges.csv", [{**TABLES["pledges"][0], "quantity": 3}])
        plan = planned(variant)
        self.assertEqual(evaluate(variant, plan), [])
        self.assertTrue(evaluate(base, plan))
        self.assertTrue(evaluate(variant, planned(base)))

    def test_as_a_command(self):
        plan = self.folder / "plan.json"
        plan.write_text(json.dumps(planned("scenarios/tutorial")), "utf-8")

        def ends(*arguments):
            return subprocess.run([sys.executable, EVALUATOR, *map(str, arguments)], check=False,
                                  capture_output=True, text=True)

        good = ends("scenarios/tutorial", plan)
        self.assertEqual((good.returncode, good.stdout[:15]), (0, "the plan stands"), good.stderr)
        bad = ends("scenarios/tutorial", plan, "--assume", "vote-alder=false")
        self.assertEqual(bad.returncode, 1)
        self.assertIn("not viable", bad.stdout)
        self.assertEqual(ends("scenarios/nowhere", plan).returncode, 2)
        self.assertEqual(ends("scenarios/tutorial", self.folder / "none.json").returncode, 2)
        self.assertEqual(ends("scenarios/tutorial", plan, "--assume", "vote=false").returncode, 2)


class PlansStand(ProgramTest):
    def assert_stands(self, scenario, *arguments, limit=10):
        plan = planned(scenario, *arguments, limit=limit)
        self.assertEqual(evaluate(scenario, plan), [])
        return plan

    def test_scenarios(self):
        """All of them: variants are read with what they extend."""
        for scenario in sorted(pathlib.Path("scenarios").iterdir()):
            for world in ("nominal", "assured"):
                with self.subTest(scenario=scenario.name, world=world):
                    self.assert_stands(scenario, "--world", world, limit=5)

    def test_other_worlds(self):
        for scenario in ("scenarios/tutorial", "scenarios/ukraine"):
            for arguments in (["--include-indicated"], ["--assume", "ceasefire=false"]):
                with self.subTest(scenario=scenario, arguments=arguments):
                    self.assert_stands(scenario, *arguments)

    def make_case(self, *arguments):
        case = self.folder / "-".join(map(str, arguments)).replace("--", "")
        subprocess.run([BENCH, "case", *map(str, arguments), "-o", case], check=True)
        return case

    def test_cases_with_every_row(self):
        for seed in range(1, 21):
            with self.subTest(seed=seed):
                case = self.make_case("--preset", "tiny", "--rows", "all", "--seed", seed)
                plan = self.assert_stands(case, "--gap", 0.05)
                self.assertTrue(plan["assignments"])
                if seed <= 5:
                    self.assert_stands(case, "--world", "assured", "--gap", 0.05)
                    self.assert_stands(case, "--assume", "mandate=false", "--include-indicated",
                                       "--gap", 0.05)

    def test_larger_cases(self):
        for rows in ("plain", "all"):
            with self.subTest(rows=rows):
                case = self.make_case("--preset", "small", "--rows", rows)
                self.assert_stands(case, limit=3)


if __name__ == "__main__":
    import unittest
    unittest.main()
