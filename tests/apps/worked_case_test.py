"""`scenarios/ukraine`: nothing in it is invented, and nothing illustrative looks reported.

Reads the tables as anybody would, with nothing of the program.
"""
import csv
import pathlib
import re
import unittest

from program import ProgramTest, run

CASE = pathlib.Path("scenarios/ukraine")


def table(name):
    with open(CASE / f"{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def tables():
    return {path.stem: table(path.stem) for path in sorted(CASE.glob("*.csv"))}


class WorkedCase(ProgramTest):
    def test_every_row_has_its_source_and_confidence(self):
        for name, rows in tables().items():
            self.assertTrue(rows, name)
            for number, row in enumerate(rows, start=2):
                with self.subTest(f"{name}.csv:{number}"):
                    self.assertTrue(row["source"].strip())
                    self.assertIn(row["confidence"], ("reported", "estimated", "illustrative"))

    def test_no_governments_number_without_a_source(self):
        numbers = {"pledges": ("quantity", "notice_days", "from_month", "tour_months",
                               "dwell_months", "cost_per_unit_month"),
                   "offers": ("quantity",), "force_claims": ("quantity",),
                   "nations": ("personnel",)}
        counted = 0
        for name, columns in numbers.items():
            for number, row in enumerate(table(name), start=2):
                for column in columns:
                    if not row.get(column):
                        continue
                    counted += 1
                    with self.subTest(f"{name}.csv:{number} {column}"):
                        self.assertTrue(row["source"].strip())
                        self.assertNotEqual(row["confidence"], "illustrative")
                        date = row.get("source_date") or row.get("date")
                        self.assertRegex(date or "", r"^\d{4}-\d{2}-\d{2}$")
        self.assertGreater(counted, 10)

    def test_nobody_gave_a_condition_a_probability(self):
        for row in table("conditions"):
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
        places = {row["location"]: row for row in table("locations")}
        for name, row in places.items():
            inside = (44.3 < float(row["lat"]) < 46.2 and 32.4 < float(row["lon"]) < 36.7
                      if row["lat"] else False)
            if inside:
                self.assertEqual(row["country"], "UKR", name)

    def test_the_program_finds_nothing_wrong(self):
        process = run("check", CASE)
        self.assert_ends(process, 0)
        self.assertEqual(process.stderr, "")


if __name__ == "__main__":
    unittest.main()
