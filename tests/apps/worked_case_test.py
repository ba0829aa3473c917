"""The scenarios that ship: nothing in the record is invented, nothing fictional looks reported.

Reads the tables as anybody would, with nothing of the program.
"""
import csv
import pathlib
import re
import unittest

from program import ProgramTest, run

SCENARIOS = pathlib.Path("scenarios")
CASE = "ukraine"
SIZES = {"ukraine-10k": 10000, "ukraine-25k": 25000, "ukraine-60k": 60000}
VARIANTS = [*SIZES, "ukraine-freeze"]
EXERCISE = "exercise"

KEYS = {"phases": ("phase",), "nations": ("nation",), "meetings": ("meeting",),
        "attendance": ("meeting", "nation"), "conditions": ("condition",),
        "capabilities": ("capability",), "substitutions": ("capability", "accepts"),
        "locations": ("location",), "pledges": ("pledge",),
        "offers": ("pledge", "date", "meeting"), "requirements": ("requirement",),
        "rates": ("currency", "date"), "ceilings": ("ceiling",),
        "contingencies": ("contingency",)}
CONFIDENCES = ("reported", "estimated", "illustrative")


def table(name, scenario=CASE):
    path = SCENARIOS / scenario / f"{name}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def tables(scenario=CASE):
    """Every table of facts: what a variant removes is none."""
    return {path.stem: table(path.stem, scenario)
            for path in sorted((SCENARIOS / scenario).glob("*.csv")) if path.stem != "remove"}


def key_of(name, row):
    return " ".join(row[column] for column in KEYS[name])


def layered(name, variant):
    """A table as the variant has it: rows of the case replaced, removed, added."""
    rows = {key_of(name, row): row for row in table(name)}
    for removal in table("remove", variant):
        if removal["table"] == name:
            del rows[removal["key"]]
    for row in table(name, variant):
        rows[key_of(name, row)] = row
    return rows


class WorkedCase(ProgramTest):
    def test_every_row_has_its_source_and_confidence(self):
        for scenario in (CASE, *VARIANTS):
            for name, rows in tables(scenario).items():
                self.assertTrue(rows, name)
                for number, row in enumerate(rows, start=2):
                    with self.subTest(f"{scenario}/{name}.csv:{number}"):
                        self.assertTrue(row["source"].strip())
                        self.assertIn(row["confidence"], CONFIDENCES)

    def test_no_governments_number_without_a_source(self):
        numbers = {"pledges": ("quantity", "notice_days", "from_month", "tour_months",
                               "dwell_months", "cost_per_unit_month"),
                   "offers": ("quantity",), "force_claims": ("quantity",),
                   "nations": ("personnel",)}
        counted = 0
        for scenario in (CASE, *VARIANTS):
            for name, columns in numbers.items():
                for number, row in enumerate(table(name, scenario), start=2):
                    for column in columns:
                        if not row.get(column):
                            continue
                        counted += 1
                        with self.subTest(f"{scenario}/{name}.csv:{number} {column}"):
                            self.assertTrue(row["source"].strip())
                            self.assertNotEqual(row["confidence"], "illustrative")
                            date = row.get("source_date") or row.get("date")
                            self.assertRegex(date or "", r"^\d{4}-\d{2}-\d{2}$")
        self.assertGreater(counted, 10)

    def test_nobody_gave_a_condition_a_probability(self):
        for scenario in (CASE, *VARIANTS):
            for row in table("conditions", scenario):
                self.assertEqual(row.get("probability", ""), "", row["condition"])
                self.assertEqual(row.get("given", ""), "", row["condition"])

    def test_most_offers_are_not_stated_and_say_so(self):
        quantities = [row["quantity"] for row in table("pledges")]
        self.assertGreater(quantities.count(""), len(quantities) // 2)

    def test_the_statement_of_requirements_is_analysis(self):
        for row in table("requirements"):
            self.assertEqual(row["confidence"], "estimated", row["requirement"])

    def test_press_figures_stand_in_the_sources_alone(self):
        # Reported by newspapers of France and Britain, confirmed by neither government.
        for nation, figures in (("FRA", ("6000", "20000")), ("GBR", ("7500", "15000"))):
            for row in table("pledges"):
                if row["nation"] == nation:
                    self.assertNotIn(row["quantity"], figures, row["pledge"])
        self.assertTrue(any("6000" in re.sub(r"\D", "", row["value"]) for row in table("sources")))

    def test_crimea_is_ukraine(self):
        for scenario in (CASE, EXERCISE):
            inside = 0
            for row in table("locations", scenario):
                if row["lat"] and 44.3 < float(row["lat"]) < 46.2 and (
                        32.4 < float(row["lon"]) < 36.7):
                    inside += 1
                    self.assertEqual(row["country"], "UKR", row["location"])
            self.assertGreater(inside, 0, scenario)

    def test_the_program_finds_nothing_wrong(self):
        for scenario in (CASE, *VARIANTS):
            with self.subTest(scenario):
                process = run("check", SCENARIOS / scenario)
                self.assert_ends(process, 0)
                self.assertEqual(process.stderr, "")


class Variants(ProgramTest):
    def test_they_extend_the_record_and_say_what_they_are(self):
        titles = set()
        for variant in VARIANTS:
            text = (SCENARIOS / variant / "scenario.toml").read_text("utf-8")
            self.assertIn('extends = "../ukraine"', text)
            self.assertIn(f'id = "{variant}"', text)
            titles.add(re.search(r'^title = "(.+)"', text, re.MULTILINE)[1])
        self.assertEqual(len(titles), len(VARIANTS))

    def test_no_row_of_a_variant_looks_reported(self):
        for variant in VARIANTS:
            for name, rows in tables(variant).items():
                for row in rows:
                    if name != "pledges":
                        self.assertIn(row["confidence"], ("estimated", "illustrative"), row)

    def test_sizes_change_what_is_needed_and_nothing_else(self):
        for variant, size in SIZES.items():
            with self.subTest(variant):
                self.assertEqual(set(tables(variant)), {"requirements", "ceilings"})
                self.assertEqual({row["table"] for row in table("remove", variant)},
                                 {"requirements"})
                ceiling, = table("ceilings", variant)
                self.assertEqual(int(ceiling["personnel"]), size)
                self.assertEqual(ceiling["confidence"], "illustrative")
                for row in table("requirements", variant):
                    base = {line["requirement"]: line for line in table("requirements")}
                    self.assertIn(row["requirement"], base)

    def test_land_grows_with_the_size(self):
        def companies(variant):
            return sum(int(row["quantity"]) for row in layered("requirements", variant).values()
                       if row["capability"] == "land.inf.company"
                       and row["requirement"].startswith("land-"))
        # Three infantry companies a thousand, as the notes of the lines say.
        for variant, size in SIZES.items():
            self.assertEqual(companies(variant), 3 * size // 1000)

    def test_a_freeze_leaves_every_offer_as_it_was_made(self):
        base = {row["pledge"]: row for row in table("pledges")}
        changed = table("pledges", "ukraine-freeze")
        for row in changed:
            was = dict(base[row["pledge"]])
            self.assertIn("peace-agreement", was["conditions"])
            was["conditions"] = was["conditions"].replace("peace-agreement",
                                                          "peace-agreement & !freeze-only")
            self.assertEqual(row, was)
        waiting = {pledge for pledge, row in base.items() if "peace-agreement" in row["conditions"]}
        self.assertEqual({row["pledge"] for row in changed}, waiting)
        removed = {row["table"] for row in table("remove", "ukraine-freeze")}
        self.assertEqual(removed, {"phases", "requirements"})

    def test_a_freeze_has_no_phase_that_an_agreement_opens(self):
        for phase in layered("phases", "ukraine-freeze").values():
            self.assertNotIn("agreement", phase["begins_if"])
        self.assertIn("freeze-extended",
                      layered("phases", "ukraine-freeze")["extended"]["begins_if"])


class Exercise(ProgramTest):
    def test_it_is_full_size(self):
        self.assertIn('kind = "exercise"', (SCENARIOS / EXERCISE / "scenario.toml").read_text("utf-8"))
        self.assertEqual(len(table("nations", EXERCISE)), 36)
        for name, least in (("pledges", 160), ("requirements", 110), ("conditions", 40)):
            self.assertGreaterEqual(len(table(name, EXERCISE)), least, name)
        self.assertEqual({row["tier"] for row in table("requirements", EXERCISE)},
                         {"1", "2", "3", "4"})

    def test_every_nation_is_fictional(self):
        real = {row["name"] for row in table("nations")}
        for row in table("nations", EXERCISE):
            self.assertRegex(row["nation"], r"^(Q[M-Z][A-Z]|X[A-Z]{2})$")
            self.assertNotIn(row["name"], real)
            # Membership of a real alliance would say something about it.
            self.assertEqual((row["nato"], row["eu"]), ("", ""))
        nations = {row["nation"] for row in table("nations", EXERCISE)}
        for name in ("pledges", "attendance", "force_claims"):
            self.assertLessEqual({row["nation"] for row in table(name, EXERCISE)}, nations)
        self.assertEqual({row["nation"] for row in table("pledges", EXERCISE)}, nations)
        for row in table("conditions", EXERCISE):
            self.assertFalse(re.fullmatch(r"[A-Z]{3}", row["decider"])
                             and row["decider"] not in nations, row["condition"])

    def test_nothing_in_it_looks_reported(self):
        for name, rows in tables(EXERCISE).items():
            for number, row in enumerate(rows, start=2):
                with self.subTest(f"{name}.csv:{number}"):
                    self.assertEqual(row["confidence"], "illustrative")
                    self.assertIn("exercise", row["source"])
        areas = (SCENARIOS / EXERCISE / "areas.geojson").read_text("utf-8")
        self.assertEqual(areas.count('"area"'), areas.count('"confidence": "illustrative"'))

    def test_every_condition_has_a_chance_and_some_lean_on_others(self):
        rows = table("conditions", EXERCISE)
        for row in rows:
            self.assertTrue(0 <= float(row["probability"]) <= 1, row["condition"])
        self.assertGreater(sum(bool(row["given"]) for row in rows), 20)
        self.assertGreater(sum(bool(row["decided_day_mode"]) for row in rows), 40)

    def test_few_offers_are_left_without_a_number(self):
        missing = [row for row in table("pledges", EXERCISE) if not row["quantity"]]
        self.assertTrue(1 <= len(missing) <= 8)

    def test_every_row_family_of_the_model_stands_in_it(self):
        lines = table("requirements", EXERCISE)
        pledges = table("pledges", EXERCISE)
        for column in ("min_fill", "max_nations", "framework_nation", "standard_hours"):
            self.assertGreater(sum(bool(row[column]) for row in lines), 3, column)
        self.assertEqual({row["scope"] for row in table("ceilings", EXERCISE)},
                         {"all", "nation", "area", "task"})
        self.assertLessEqual({"once", "sustained", ""}, {row["quantity_is"] for row in pledges})
        self.assertLessEqual({"observe", "self-defence", "defend-mandate", "assist-host"},
                             {row["roe"] for row in lines})
        for column in ("requires", "areas", "not_areas", "tasks"):
            self.assertGreater(sum(bool(row[column]) for row in pledges), 3, column)
        self.assertGreater(len({row["effectiveness"]
                                for row in table("substitutions", EXERCISE)}), 8)
        named = {word for row in lines for word in row["contingencies"].split()}
        self.assertEqual(named, {row["contingency"] for row in table("contingencies", EXERCISE)})
        self.assertTrue(all("begins_if" in row for row in table("phases", EXERCISE)))
        kinds = {row["capability"]: row["kind"] for row in table("capabilities", EXERCISE)}
        self.assertEqual({kinds[row["capability"]] for row in lines},
                         {"presence", "flow", "stock", "measure"})

    def test_some_go_only_if_others_go(self):
        joins = {(row["nation"], other) for row in table("pledges", EXERCISE)
                 for other in re.findall(r"joins\((\w+)\)", row["conditions"])}
        self.assertTrue(any((b, a) in joins for a, b in joins if a != b))
        self.assertIn("joined(land) >=", " ".join(row["conditions"]
                                                  for row in table("pledges", EXERCISE)))

    def test_every_pledge_has_a_history_that_ends_as_it_stands(self):
        last = {}
        for row in sorted(table("offers", EXERCISE), key=lambda row: row["date"]):
            last[row["pledge"]] = (row["status"], row["quantity"])
        self.assertEqual(last, {row["pledge"]: (row["status"], row["quantity"])
                                for row in table("pledges", EXERCISE)})

    def test_the_one_warning_is_the_force_promised_twice(self):
        process = run("check", SCENARIOS / EXERCISE)
        self.assert_ends(process, 0)
        self.assertTrue(process.stdout.endswith("0 errors, 1 warning\n"), process.stdout)
        warning, = process.stderr.splitlines()
        self.assertIn("after what XLO has promised elsewhere", warning)


if __name__ == "__main__":
    unittest.main()
