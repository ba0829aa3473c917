#!/usr/bin/env python3
"""Fail on a file that has outgrown its noun: sources and scripts under 500 lines, headers under 200.

    check_sizes.py [ROOT]
"""
import pathlib
import sys

LIMITS = {".h": 200, ".cc": 500, ".py": 500, ".sh": 500}
PLACES = ("src", "apps", "tests", "fuzz", "bench", "tools")
DRAINS = {"utils", "util", "common", "helpers", "helper", "misc"}


def check(root):
    """All that is wrong under `root`, as lines `file: message`."""
    problems = []
    files = [f for top in PLACES for f in (root / top).rglob("*") if f.suffix in LIMITS]
    for path in sorted(files):
        name = path.relative_to(root)
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines >= LIMITS[path.suffix]:
            problems.append(f"{name}: {lines} lines; {path.suffix} files stay under "
                            f"{LIMITS[path.suffix]}")
        if DRAINS & {path.stem, *name.parts[:-1]}:
            problems.append(f"{name}: name it for what it does")
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
