#!/usr/bin/env python3
"""Check a force plan against its scenario, by reading nothing but tables and the plan's JSON.

    evaluate_plan.py SCENARIO PLAN.json [--assume CONDITION=true|false,...] [--quiet]

    guarantor generate scenarios/tutorial --json >plan.json
    tools/evaluate_plan.py scenarios/tutorial plan.json

A second reading of the scenario format and its model, which shares nothing with the program: standard
library only, exact fractions, no solver. It asks whether every rule holds in every month, whether
fill, objective and gap are what the assignments amount to, and whether the bound is no lower than the
objective. It does not ask whether a better plan exists: that is what the bound says.

Exit: 0 the plan stands, 1 it does not (each fault on a line), 2 the input cannot be read.
The world is the plan's own (nominal, given or assured); --assume changes its conditions. Of a plan for
the expected world, the designation is held against the rules as in the nominal world, and its figures
against each other; the mean over the sampled worlds is not recomputed.
"""
import argparse
import collections
import json
import math
import pathlib
import sys
from fractions import Fraction

from scenario_world import Unreadable, World, conditions_in, number, parsed, read_scenario, whole

TOLERANCE = Fraction(1, 10**6)  # relative: figures are printed as binary fractions
DAYS_PER_MONTH = 30
RULES_OF_ENGAGEMENT = ("observe", "self-defence", "defend-mandate", "assist-host")


class Evaluation:
    """The faults of one plan. Everything is recomputed from its assignments alone."""

    def __init__(self, scalars, tables, plan, assumed):
        self.scalars, self.tables, self.plan = scalars, tables, plan
        self.horizon = int(scalars["horizon_months"])
        self.world = World(scalars, tables, plan.get("world", "nominal"),
                           {**plan.get("assumed", {}), **assumed},
                           plan.get("include_indicated", False))
        self.faults = []
        self.lines = {r: row for r, row in tables["requirements"].items()
                      if self.phase_begins(row) and self.months_of(row)}
        self.present = collections.defaultdict(int)  # (pledge, line, month) -> units
        self.cost = Fraction(0)
        self.cover = collections.defaultdict(Fraction)  # (line, month) -> units that count
        self.objective = Fraction(0)

    def fault(self, text):
        self.faults.append(text)

    # what the tables say of a line or a pledge

    def months_of(self, line):
        return range(whole(line.get("from_month"), 0),
                     min(whole(line.get("to_month"), self.horizon), self.horizon))

    def waiting_phase(self, line):
        day = DAYS_PER_MONTH * whole(line.get("from_month"), 0)
        for phase in self.tables["phases"].values():
            if number(phase["from_day"]) <= day < number(phase["to_day"]):
                return phase if phase.get("begins_if") else None
        return None

    def phase_begins(self, line):
        phase = self.waiting_phase(line)
        return phase is None or self.world.holds(phase["begins_if"])

    def effectiveness(self, pledge, line):
        """What one unit of the pledge counts for at the line; None where it does not serve it."""
        if pledge["capability"] == line["capability"]:
            return Fraction(1)
        row = self.tables["substitutions"].get(f"{line['capability']} {pledge['capability']}")
        return number(row["effectiveness"]) if row else None

    def least_effectiveness(self, line):
        return min([Fraction(1)] + [number(row["effectiveness"])
                                    for row in self.tables["substitutions"].values()
                                    if row["capability"] == line["capability"]])

    def first_month(self, pledge, line):
        decided = [number(self.tables["conditions"][c].get("decided_day_mode"))
                   for c in conditions_in(parsed(pledge.get("conditions", "")))]
        phase = self.waiting_phase(line)
        start = number(phase["from_day"]) if phase else 0
        ready = (max([0, start, *decided]) + number(pledge.get("notice_days")) +
                 number(pledge.get("transit_days")))
        return max(whole(pledge.get("from_month"), 0), whole(line.get("from_month"), 0),
                   math.ceil(ready / DAYS_PER_MONTH))

    def tour_end(self, pledge, line, start):
        sustained = pledge.get("quantity_is") == "sustained"
        tour = self.horizon if sustained else whole(pledge.get("tour_months"), self.horizon)
        return min(start + tour, self.months_of(line).stop,
                   whole(pledge.get("until_month"), self.horizon))

    def rest_end(self, pledge, end):
        kind = pledge.get("quantity_is")
        dwell = {"sustained": 0, "once": self.horizon}.get(
            kind, whole(pledge.get("dwell_months"), 0))
        return min(end + dwell, self.horizon)

    # S, U

    def check_assignments(self):
        busy = collections.defaultdict(int)
        for row in self.plan["assignments"]:
            name = "{pledge} at {requirement} from month {from_month}".format(**row)
            pledge = self.tables["pledges"].get(row["pledge"])
            line = self.lines.get(row["requirement"])
            if not pledge or not line:
                self.fault(f"{name}: no such pledge, or no such line in this world")
                continue
            units, start, end = row["units"], row["from_month"], row["to_month"]
            if type(units) is not int or type(start) is not int or units < 1:
                self.fault(f"{name}: {units} units are no units")
                continue
            if not self.check_service(name, row["pledge"], pledge, line):
                continue
            if not self.first_month(pledge, line) <= start < self.months_of(line).stop:
                self.fault(f"{name}: S: may begin from {self.first_month(pledge, line)} on, before "
                           f"{self.months_of(line).stop}")
            if end != self.tour_end(pledge, line, start) or end <= start:
                self.fault(f"{name}: S: its tour ends at {self.tour_end(pledge, line, start)}, "
                           f"not at {end}")
            for month in range(start, end):
                self.present[row["pledge"], row["requirement"], month] += units
            for month in range(start, self.rest_end(pledge, end)):
                busy[row["pledge"], month] += units
            self.cost += number(pledge.get("cost_per_unit_month")) * units * (end - start)
        for (name, month), units in busy.items():
            if units > int(self.tables["pledges"][name]["quantity"]):
                self.fault(f"{name}, month {month}: U: {units} units on tour or at rest")

    def check_service(self, name, pledge_id, pledge, line):
        """Whether the pledge may serve the line at all: what keeps S(p,r) from being empty."""
        before = len(self.faults)
        if pledge_id not in self.world.pledges:
            self.fault(f"{name}: the pledge does not count in this world")
        if not pledge.get("quantity"):
            self.fault(f"{name}: the pledge states no quantity")
        if self.effectiveness(pledge, line) is None:
            self.fault(f"{name}: {pledge['capability']} does not serve {line['capability']}")
        rules = RULES_OF_ENGAGEMENT.index
        if rules(pledge.get("roe") or "self-defence") < rules(line.get("roe") or "observe"):
            self.fault(f"{name}: its rules of engagement are too narrow")
        for kind in ("area", "task"):
            wanted, refused = (pledge.get(f"{prefix}{kind}s", "").split() for prefix in ("", "not_"))
            if (wanted and line.get(kind, "") not in wanted) or line.get(kind, "") in refused:
                self.fault(f"{name}: a caveat excludes the {kind} {line.get(kind, '')}")
        return len(self.faults) == before

    # C, B, L, N, M, F, P and the objective

    def check_lines(self):
        by_nation = collections.defaultdict(lambda: collections.defaultdict(int))
        counted = collections.defaultdict(Fraction)
        for (p, r, month), units in self.present.items():
            pledge = self.tables["pledges"][p]
            by_nation[r, month][pledge["nation"]] += units
            counted[r, month] += units * self.effectiveness(pledge, self.lines[r])
        tier_weights = [Fraction(weight) for weight in self.scalars["tier_weights"]]
        for r, line in self.lines.items():
            months, quantity = self.months_of(line), int(line["quantity"])
            least = number(line.get("min_fill")) * quantity
            worth = (number(line.get("weight"), len(months)) *
                     tier_weights[whole(line.get("tier"), 1) - 1] / (len(months) * quantity))
            for month in months:
                if counted[r, month] >= least:
                    self.cover[r, month] = min(Fraction(quantity), counted[r, month])
                self.objective += worth * self.cover[r, month]
                self.check_nations(f"{r}, month {month}", line, by_nation[r, month])
        penalty = Fraction(self.scalars.get("nation_penalty", Fraction(1, 2)))
        cost_weight = Fraction(self.scalars.get("cost_weight", Fraction(1, 100)))
        self.objective -= penalty * sum(len(nations) for nations in by_nation.values())
        self.objective -= cost_weight * self.cost

    def check_nations(self, name, line, units_of):
        most = math.ceil(int(line["quantity"]) / self.least_effectiveness(line))
        for nation, units in units_of.items():
            if units > most:
                self.fault(f"{name}: N: {units} units of {nation}, at most {most}")
        limit = line.get("max_nations")
        if limit and len(units_of) > int(limit):
            self.fault(f"{name}: M: {len(units_of)} nations, at most {limit}")
        framework = line.get("framework_nation")
        if framework and units_of and framework not in units_of:
            self.fault(f"{name}: F: {' '.join(sorted(units_of))} without {framework}")

    # K, Q

    def check_ceilings(self):
        for name, ceiling in self.tables["ceilings"].items():
            scope, of = ceiling["scope"], ceiling.get("of", "")
            first = whole(ceiling.get("from_month"), 0)
            last = whole(ceiling.get("to_month"), self.horizon)
            people = collections.defaultdict(int)
            for (p, r, month), units in self.present.items():
                pledge, line = self.tables["pledges"][p], self.lines[r]
                within = {"all": True, "nation": pledge["nation"] == of,
                          "area": line.get("area", "") == of, "task": line.get("task", "") == of}
                if first <= month < last and within[scope]:
                    capability = self.tables["capabilities"][pledge["capability"]]
                    people[month] += units * whole(capability.get("personnel"), 0)
            for month, count in people.items():
                if count > int(ceiling["personnel"]):
                    self.fault(f"{name}, month {month}: K: {count} people, at most "
                               f"{ceiling['personnel']}")

    def check_bundles(self):
        in_area = collections.defaultdict(int)
        for (p, r, month), units in self.present.items():
            in_area[p, self.lines[r].get("area", ""), month] += units
        for (p, area, month), units in list(in_area.items()):
            pledge = self.tables["pledges"][p]
            for needed in pledge.get("requires", "").split():
                beside = in_area.get((needed, area, month), 0)
                if units > int(pledge["quantity"]) * beside:
                    self.fault(f"{p}, {area}, month {month}: Q: {units} units beside {beside} of "
                               f"{needed}")

    # what the plan claims

    def check_fill(self):
        claimed = {}
        for row in self.plan["fill"]:
            name = (row["requirement"], row["month"])
            if name in claimed:
                self.fault(f"fill of {name[0]}, month {name[1]}, stands twice")
            claimed[name] = row["covered"]
            line = self.tables["requirements"].get(name[0])
            if not line or name[1] not in self.months_of(line):
                self.fault(f"fill of {name[0]}, month {name[1]}: no such line or month")
            elif row["required"] != int(line["quantity"]):
                self.fault(f"fill of {name[0]}: requires {line['quantity']}")
            elif not near(row["covered"], self.cover.get(name, 0)):
                self.fault(f"fill of {name[0]}, month {name[1]}: {row['covered']}, but "
                           f"{float(self.cover.get(name, 0)):.9g} counts")
        missing = [(r, t) for r, line in self.lines.items() for t in self.months_of(line)
                   if (r, t) not in claimed]
        if missing:
            self.fault("no fill of {}, month {}".format(*missing[0]))

    def check_figures(self):
        objective, bound, gap = (self.plan[key] for key in ("objective", "bound", "gap"))
        if self.plan.get("world") == "expected":
            sample = self.plan["expected"]
            if not sample["low"] <= objective <= sample["high"]:
                self.fault(f"objective {objective} lies outside its interval")
        elif not near(objective, self.objective):
            self.fault(f"objective {objective}, but the assignments amount to "
                       f"{float(self.objective):.9g}")
        if bound is None or gap is None:
            if self.plan["status"] != "feasible":
                self.fault(f"{self.plan['status']} without a bound")
            return
        if bound < objective and not near(bound, objective):
            self.fault(f"bound {bound} is below the objective {objective}")
        expected = abs(Fraction(bound) - Fraction(objective)) / max(1, abs(Fraction(objective)))
        if not near(gap, expected):
            self.fault(f"gap {gap}, but by its formula {float(expected):.9g}")

    def run(self):
        status = self.plan["status"]
        if status not in ("optimal", "feasible", "empty"):
            self.fault(f"status {status}")
        if not self.world.viable:
            if status != "empty" or self.plan["reason"] != "not viable" or self.plan["assignments"]:
                self.fault("viable_if is false, so the plan must be empty: not viable")
            self.lines = {}  # nobody comes, so nothing is counted
        elif status == "empty" and self.plan["assignments"]:
            self.fault("an empty plan with assignments")
        self.check_assignments()
        self.check_lines()
        self.check_ceilings()
        self.check_bundles()
        self.check_fill()
        self.check_figures()
        stated = {p for p, row in self.tables["pledges"].items() if row.get("quantity")}
        for p in stated.intersection(self.plan["not_stated"]):
            self.fault(f"{p} is listed as not stated, and states its quantity")
        return self.faults


def near(claimed, true):
    return (claimed is not None and math.isfinite(claimed) and
            abs(Fraction(claimed) - true) <= TOLERANCE * max(1, abs(true)))


def evaluate(folder, plan, assumed=None):
    """The faults of a plan (its JSON, parsed) for the scenario in a folder; none: it stands."""
    if plan.get("world", "nominal") not in ("nominal", "given", "assured", "expected"):
        raise Unreadable(f"unknown world {plan['world']}")
    scalars, tables = read_scenario(folder)
    return Evaluation(scalars, tables, plan, assumed or {}).run()


def read_assumptions(text):
    pairs = [item.partition("=")[::2] for item in text.split(",") if item]
    if any(value not in ("true", "false") for _, value in pairs):
        raise Unreadable(f"--assume takes condition=true or condition=false, not {text!r}")
    return {name: value == "true" for name, value in pairs}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scenario", help="the scenario's folder")
    parser.add_argument("plan", help="what `guarantor generate --json` printed, or plan.json")
    parser.add_argument("--assume", default="", help="conditions that are true or false")
    parser.add_argument("--quiet", action="store_true", help="say nothing of a plan that stands")
    options = parser.parse_args()
    try:
        plan = json.loads(pathlib.Path(options.plan).read_text(encoding="utf-8"))
        faults = evaluate(options.scenario, plan, read_assumptions(options.assume))
        figures = f"objective {plan['objective']}, bound {plan['bound']}, gap {plan['gap']}"
    except (Unreadable, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"{options.plan}: cannot be read: {error!r}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    if not faults and not options.quiet:
        print(f"the plan stands: {len(plan['assignments'])} assignments, {figures}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
