"""A scenario's tables and what comes true in a world, read without the program.

Part of evaluate_plan.py: standard library only, every number an exact fraction.
"""
import collections
import csv
import functools
import pathlib
import re
import tomllib
from fractions import Fraction

KEYS = {  # the tables that the model reads, and the columns that name a row
    "phases": ("phase",), "conditions": ("condition",), "capabilities": ("capability",),
    "substitutions": ("capability", "accepts"), "pledges": ("pledge",),
    "requirements": ("requirement",), "ceilings": ("ceiling",),
}


class Unreadable(Exception):
    """The input is not a scenario or not a plan."""


def read_rows(path):
    """The rows of a CSV table as dicts of trimmed text; none where there is no such table."""
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [{(name or "").strip(): (cell or "").strip() for name, cell in row.items()
                 if isinstance(cell, str) or cell is None}
                for row in csv.DictReader(file, strict=True)]


def keyed(table, rows):
    return {" ".join(row[column] for column in KEYS[table]): row for row in rows}


def read_scenario(folder, depth=0):
    """Scalars and tables of a folder; a variant's rows and scalars stand over those it extends."""
    folder = pathlib.Path(folder)
    if depth > 64:
        raise Unreadable(f"{folder}: extends without end")
    try:
        text = (folder / "scenario.toml").read_text(encoding="utf-8-sig")
        scalars = tomllib.loads(text, parse_float=Fraction)
        own = {table: keyed(table, read_rows(folder / f"{table}.csv")) for table in KEYS}
        removed = read_rows(folder / "remove.csv")
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as error:
        raise Unreadable(f"{folder}: {error!r}") from error
    if "extends" not in scalars:
        return scalars, own
    base_scalars, tables = read_scenario(folder / scalars["extends"], depth + 1)
    for row in removed:
        tables.get(row["table"], {}).pop(row["key"], None)
    for table in KEYS:
        tables[table].update(own[table])
    return {**base_scalars, **scalars}, tables


def number(text, otherwise=0):
    return Fraction(text) if text else Fraction(otherwise)


def whole(text, otherwise):
    return int(text) if text else otherwise


# ---- expressions

WORDS = re.compile(
    r"\s*(?:(joins)\s*\(\s*([A-Z]{3})\s*\)|(joined)\s*\(\s*([a-z0-9._-]+)\s*\)\s*>=\s*(\d+)"
    r"|([a-z0-9][a-z0-9._-]*)|([&|!()]))")


def words_of(text):
    place, text = 0, text.rstrip()
    while place < len(text):
        found = WORDS.match(text, place)
        if not found:
            raise Unreadable(f"no expression: {text!r}")
        place = found.end()
        joins, nation, joined, domain, count, name, sign = found.groups()
        if joins:
            yield ("joins", nation)
        elif joined:
            yield ("joined", domain, int(count))
        elif name in ("true", "false"):
            yield ("constant", name == "true")
        else:
            yield ("condition", name) if name else sign


@functools.cache
def parsed(text):
    """The tree of an expression: ("or"|"and", parts), ("not", part) or an atom. Empty is true."""
    words = collections.deque(words_of(text))

    def some(sign, kind, part):
        parts = [part()]
        while words and words[0] == sign:
            words.popleft()
            parts.append(part())
        return parts[0] if len(parts) == 1 else (kind, parts)

    def unary():
        if not words:
            raise Unreadable(f"no expression: {text!r}")
        word = words.popleft()
        if word == "!":
            return ("not", unary())
        if word == "(":
            inside = either()
            if not words or words.popleft() != ")":
                raise Unreadable(f"no expression: {text!r}")
            return inside
        if isinstance(word, str):
            raise Unreadable(f"no expression: {text!r}")
        return word

    def either():
        return some("|", "or", lambda: some("&", "and", unary))

    if not words:
        return ("constant", True)
    tree = either()
    if words:
        raise Unreadable(f"no expression: {text!r}")
    return tree


def conditions_in(tree):
    if tree[0] == "condition":
        return {tree[1]}
    parts = tree[1] if tree[0] in ("or", "and") else [tree[1]] if tree[0] == "not" else []
    return set().union(*map(conditions_in, parts))


def value_of(tree, truth):
    """True, false, or None where what is unknown decides (and perhaps where it does not)."""
    if tree[0] == "constant":
        return tree[1]
    if tree[0] == "not":
        inside = value_of(tree[1], truth)
        return None if inside is None else not inside
    if tree[0] in ("or", "and"):
        decides = tree[0] == "or"
        values = [value_of(part, truth) for part in tree[1]]
        return decides if decides in values else None if None in values else not decides
    return truth(tree)


# ---- worlds


class World:
    """What comes true: conditions (None: open), who joins, which pledges hold."""

    def __init__(self, scalars, tables, kind, assumed, include_indicated):
        self.assured = kind == "assured"
        self.tables = tables
        self.include_indicated = include_indicated
        for name in assumed:
            if name not in tables["conditions"]:
                raise Unreadable(f"unknown condition {name} is assumed")
        self.conditions = {name: assumed.get(name, self.unless_assumed(row))
                           for name, row in tables["conditions"].items()}
        # Coalition atoms stand without `!`: each round moves one way, down from everybody to the
        # greatest fixed point, or up from nobody to the least.
        self.members = set() if self.assured else self.members_of(tables["pledges"])
        while True:
            self.pledges = {p for p, row in tables["pledges"].items()
                            if self.counts(row) and self.holds(row.get("conditions", ""))}
            members = self.members_of(self.pledges)
            if members == self.members:
                break
            self.members = members
        self.viable = self.holds(str(scalars.get("viable_if", "")))

    def unless_assumed(self, row):
        if not self.assured:
            return True
        given = [item.rpartition("=")[2] for item in row.get("given", "").split(";") if item.strip()]
        certain = row.get("probability") and all(Fraction(p.strip()) == 1
                                                 for p in [row["probability"], *given])
        return True if certain else None

    def counts(self, row):
        status = row.get("status", "")
        return status != "withdrawn" and (status != "indicated" or self.include_indicated)

    def members_of(self, pledges):
        """(nation, domain) of presence pledges. One that states no quantity still joins."""
        members = set()
        for p in pledges:
            row = self.tables["pledges"][p]
            capability = self.tables["capabilities"][row["capability"]]
            if capability["kind"] == "presence" and row.get("quantity") != "0":
                members.add((row["nation"], capability.get("domain", "")))
        return members

    def holds(self, text):
        """Whether an expression is true however what is open turns out."""
        return self.holds_with(parsed(text), {})

    def holds_with(self, tree, supposed):
        def truth(atom):
            if atom[0] == "joins":
                return any(nation == atom[1] for nation, _ in self.members)
            if atom[0] == "joined":
                return len({n for n, domain in self.members if domain == atom[1]}) >= atom[2]
            return supposed.get(atom[1], self.conditions[atom[1]])

        value = value_of(tree, truth)
        if value is not None:
            return value
        name = min(c for c in conditions_in(tree)
                   if c not in supposed and self.conditions[c] is None)
        return all(self.holds_with(tree, {**supposed, name: true}) for true in (False, True))
