"""What changed lately, and whose turn it is of what did not: for checks that cannot look at everything each time."""
import hashlib
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def git(*words):
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def head():
    """The last commit; nothing where git cannot tell."""
    try:
        return git("rev-parse", "HEAD").strip()
    except (subprocess.CalledProcessError, FileNotFoundError):
        return ""


def changed():
    """Files that differ from four hours before the last commit; None where git cannot tell."""
    try:
        last = int(git("log", "-1", "--format=%ct"))
        base = git("rev-list", "-1", f"--before={last - 4 * 3600}", "HEAD").strip()
        names = git("diff", "--name-only", base, "HEAD") if base else None
    except (subprocess.CalledProcessError, FileNotFoundError, ValueError):
        return None
    return None if names is None else set(names.split())


def in_turn(commit, name):
    """A number that differs from commit to commit: whoever has the smallest is first."""
    return int.from_bytes(hashlib.sha256(f"{commit} {name}".encode()).digest()[:4], "big")
