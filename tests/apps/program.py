"""Runs the program under test, and makes scenarios for it.

All nations are fictional (user-assigned codes), all scenarios exercises.
"""
import csv
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

BINARY = os.environ.get("GUARANTOR", "build/release/guarantor")
SECONDS = 240  # no test waits longer than this for the program

TOML = """format = 1
id = "{id}"
title = "Two nations, two lines"
kind = "exercise"
as_of = 2026-01-06
c_day = 2026-06-01
horizon_months = {months}
currency = "EUR"
tier_weights = [100, 30, 10, 3]
nation_penalty = 0.5
cost_weight = 0.01
"""


def run(*arguments, **options):
    """The finished process, with stdout and stderr as text."""
    settings = {"capture_output": True, "text": True, "timeout": SECONDS,
                "stdin": subprocess.DEVNULL, **options}
    return subprocess.run([BINARY, *map(str, arguments)], check=False, **settings)


def write_table(path, rows):
    """A CSV table from dicts that share their keys."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_scenario(folder, pledges, requirements, nations, conditions, months=12):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(TOML.format(id=folder.name, months=months), "utf-8")
    write_table(folder / "nations.csv", [{"nation": n, "name": n} for n in nations])
    write_table(folder / "capabilities.csv",
                [{"capability": c, "title": c, "kind": "presence", "unit": "company",
                  "domain": "land"} for c in sorted({r["capability"] for r in requirements})])
    write_table(folder / "conditions.csv",
                [{"condition": c, "title": c, "kind": "parliament", "mode": "prior-vote",
                  "probability": 0.5, "decided_day_mode": 0} for c in conditions])
    write_table(folder / "pledges.csv", pledges)
    write_table(folder / "requirements.csv", requirements)
    return folder


def small_scenario(folder):
    """Two nations, two lines: one line can be filled, of the other a part."""
    pledges = [
        {"pledge": "alpha", "nation": "XAA", "capability": "inf", "quantity": 2,
         "quantity_is": "sustained", "tour_months": "", "dwell_months": "",
         "conditions": "", "status": "announced"},
        {"pledge": "bravo", "nation": "XAB", "capability": "inf", "quantity": 3,
         "quantity_is": "pool", "tour_months": 6, "dwell_months": 6,
         "conditions": "vote-xab", "status": "announced"},
        {"pledge": "charlie", "nation": "XAB", "capability": "inf", "quantity": "",
         "quantity_is": "pool", "tour_months": 6, "dwell_months": 6,
         "conditions": "", "status": "announced"},
    ]
    requirements = [
        {"requirement": "gate", "title": "Gate", "task": "guard", "capability": "inf",
         "quantity": 2, "area": "west", "tier": 1},
        {"requirement": "bridge", "title": "Bridge", "task": "guard", "capability": "inf",
         "quantity": 4, "area": "east", "tier": 2},
    ]
    return write_scenario(folder, pledges, requirements, ["XAA", "XAB"], ["vote-xab"])


def hard_scenario(folder):
    """More than can be proven while a test waits."""
    draw = random.Random(7)
    nations = [f"X{a}{b}" for a in "AB" for b in "ABCDEFGHIJKLMNOPQ"]
    capabilities = [f"cap.{k:02d}" for k in range(12)]
    areas = [f"area-{k}" for k in range(8)]
    pledges = [{
        "pledge": f"p-{k:04d}", "nation": draw.choice(nations),
        "capability": draw.choice(capabilities), "quantity": draw.choice([1, 1, 2, 3]),
        "from_month": draw.choice([0, 0, 1, 3]), "tour_months": draw.choice([4, 6, 6]),
        "dwell_months": draw.choice([6, 12]),
        "areas": " ".join(a for a in areas if draw.random() < 0.7) or areas[0],
        "cost_per_unit_month": round(draw.uniform(0.5, 2), 2), "status": "announced",
    } for k in range(300)]
    requirements = [{
        "requirement": f"r-{k:04d}", "title": f"Line {k}", "task": "guard",
        "capability": draw.choice(capabilities), "quantity": draw.choice([2, 3, 4, 6]),
        "area": draw.choice(areas), "tier": draw.choice([1, 2, 3]), "max_nations": 3,
    } for k in range(150)]
    return write_scenario(folder, pledges, requirements, nations, ["vote"], months=24)


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def small(self, name="small"):
        return small_scenario(self.folder / name)

    def assert_ends(self, process, code):
        self.assertEqual(process.returncode, code, f"{process.stdout}\n{process.stderr}")
