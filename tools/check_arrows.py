#!/usr/bin/env python3
"""Fail on an #include that crosses the house in a direction nobody declared.

    check_arrows.py [ROOT]

ARROWS is the one list: a part may include itself and the parts named beside it, nothing else.
The solver's own library may be included in the solver part alone.
"""
import pathlib
import re
import sys

ARROWS = {
    "model": set(),
    "tables": {"model"},
    "solver": {"model"},
    "geo": {"model"},
    "posture": {"model", "geo", "solver"},
    "generate": {"model", "solver"},
    "chain": {"model", "geo", "posture", "generate"},
    "report": {"model"},
    "ledger": {"model"},
    "store": {"model", "ledger"},
    "policy": {"model"},
    "watch": {"model", "geo"},
    "intake": {"model"},
    "monitor": {"model", "geo", "intake", "ledger", "store", "watch"},
    "serve": {"model", "tables", "geo", "posture", "generate", "chain", "report", "ledger", "store",
              "policy", "watch", "intake", "monitor"},
}
APP = {"model", "tables", "geo", "posture", "generate", "chain", "report", "store", "ledger", "policy",
       "watch", "intake", "monitor", "serve"}

SOLVER_LIBRARY = re.compile(r"(?:coin/)?(?:Cbc|Clp|Coin|Osi|Cgl)\w*(?:\.h(?:pp)?)?$")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
SOURCES = (".h", ".cc")


def part_of(path, root):
    """The part a file belongs to: a folder of src/guarantor, or `app`; None outside both."""
    parts = path.relative_to(root).parts
    if parts[:2] == ("src", "guarantor") and len(parts) > 3:
        return parts[2]
    return "app" if parts[0] == "apps" else None


def wrong(part, header):
    """Why `part` may not include `header`, or None where it may."""
    if SOLVER_LIBRARY.match(header) and part != "solver":
        return f"{part} includes the solver library's {header}; only solver may"
    names = header.split("/")
    if names[0] != "guarantor":
        return None
    if len(names) == 2:  # the app's own headers stand directly under guarantor/
        return None if part == "app" else f"{part} includes {header} of the app"
    target = names[1]
    if target == part:
        return None
    allowed = APP if part == "app" else ARROWS[part]
    if target not in allowed:
        return f"undeclared arrow {part} -> {target} ({header})"
    return None


def check(root):
    """All that is wrong under `root`, as lines `file:line: message`."""
    problems = []
    files = [f for top in ("src", "apps") for f in (root / top).rglob("*") if f.suffix in SOURCES]
    for path in sorted(files):
        part = part_of(path, root)
        name = path.relative_to(root)
        if part is None or (part != "app" and part not in ARROWS):
            problems.append(f"{name}:1: belongs to no declared part")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = INCLUDE.match(line)
            reason = wrong(part, found.group(1)) if found else None
            if reason:
                problems.append(f"{name}:{number}: {reason}")
    if not files:
        problems.append(f"{root}: no sources found")
    return problems


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    problems = check(root.resolve())
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
