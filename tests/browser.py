"""Chromium without a window, as tests use it."""
import os
import shutil
import signal
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")
TRIES = 4
SECONDS = 40


def program(*names):
    """The first of the programs named that is there; an error that names them if none is."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    raise AssertionError(f"not installed: {' or '.join(names)}")


def stores(profile, word):
    """Whether the browser has written down something of that name that a page keeps."""
    files = (profile / "Default" / "Local Storage" / "leveldb").glob("*")
    return any(word.encode() in file.read_bytes() for file in files if file.is_file())


def browse(folder, address, *arguments, profile=None, keeps=None):
    """What the browser writes about a page, its errors, and the profile with what the page kept,
    which the next page may begin with. On a busy machine the browser now and then hangs as it starts,
    before it opens anything, or ends before it has written down what the page `keeps`: then it is
    started again, with nothing that the broken one left."""
    for attempt in range(TRIES):
        own = folder / f"{profile.name if profile else 'profile'}-{attempt}"
        if profile:
            shutil.copytree(profile, own, symlinks=True)
        process = subprocess.Popen(
            [program(*NAMES), *FLAGS, f"--user-data-dir={own}", *arguments, address],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
        try:
            out, errors = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            continue
        if process.returncode != 0:
            raise AssertionError(f"the browser ended with {process.returncode}: {errors[-2000:]}")
        if keeps is None or stores(own, keeps):
            return out, errors, own
    raise AssertionError(f"the browser hung or forgot {TRIES} times")
