"""What a store keeps when its writers are killed at any moment.

    GUARANTOR_KILLS=200 python3 -m unittest discover -s tests/apps -p store_crash_test.py

kills that many (12 unless told); GUARANTOR_SEED draws other moments. Each round starts one or two
writers, reads what they acknowledge, kills them, and looks: every acknowledged record is there once,
nothing else is there but what was sent, and the store opens. Now and then the log that the killed
writer left behind is torn as well: then the store opens with all of it, or says what is gone.
"""
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
import unittest

from program import BINARY, ProgramTest, run

KILLS = int(os.environ.get("GUARANTOR_KILLS", "12"))
SEED = int(os.environ.get("GUARANTOR_SEED", "20261129"))
BATCH = 7
ROOT = pathlib.Path(__file__).resolve().parents[2]


class Writer:
    """A process that takes records in, and what it has acknowledged of those it was sent."""

    def __init__(self, store, name, publish_every):
        self.name = name
        self.acknowledged = []
        self.process = subprocess.Popen(
            [BINARY, "store", "intake", store, "--batch", str(BATCH), "--publish-every",
             str(publish_every)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.first = threading.Event()
        self.threads = [threading.Thread(target=self.send), threading.Thread(target=self.hear)]
        for thread in self.threads:
            thread.start()

    def key(self, number):
        return f"{self.name}/{number}"

    def send(self):
        number = 0
        try:
            while True:
                self.process.stdin.write(json.dumps(
                    {"key": self.key(number), "note": "x" * (number % 900)}) + "\n")
                number += 1
        except (BrokenPipeError, ValueError):
            pass

    def hear(self):
        batch = 0
        for line in self.process.stdout:
            if line.startswith("acknowledged "):
                self.acknowledged += [self.key(batch * BATCH + i) for i in range(BATCH)]
                batch += 1
                self.first.set()
        self.first.set()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        for thread in self.threads:
            thread.join()
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass


class Crash(ProgramTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.store = self.folder / "case.db"
        self.assert_ends(run("store", "init", self.store), 0)

    def kept(self, store=None):
        """How often each observation is there."""
        with sqlite3.connect(f"file:{store or self.store}?mode=ro", uri=True) as database:
            rows = database.execute("SELECT key FROM entry WHERE kind = 6").fetchall()
        database.close()
        return collections.Counter(key for (key,) in rows)

    def assert_nothing_lost(self, acknowledged, store=None):
        kept = self.kept(store)
        self.assertEqual([key for key in acknowledged if kept[key] != 1], [])
        self.assertEqual([key for key, count in kept.items() if count != 1], [])

    def kill_once(self, turn):
        writers = [Writer(self.store, f"w{turn}-{i}", self.random.choice([1, 3, 50]))
                   for i in range(self.random.choice([1, 1, 2]))]
        writers[0].first.wait(60)
        time.sleep(self.random.expovariate(20))
        for writer in writers:
            writer.kill()
        return [key for writer in writers for key in writer.acknowledged]

    def tear(self, acknowledged):
        """Damages the write-ahead log in a copy: all is there, or what is gone is said."""
        copy = self.folder / "torn"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for name in ("case.db", "case.db-wal"):
            if (self.folder / name).exists():
                shutil.copy(self.folder / name, copy / name)
        shutil.copytree(self.folder / "case.db-log", copy / "case.db-log")
        log = copy / "case.db-wal"
        if not log.exists() or log.stat().st_size == 0:
            return
        data = bytearray(log.read_bytes())
        at = self.random.randrange(len(data))
        if self.random.random() < 0.5:
            del data[at:]
        else:
            data[at] ^= 1 << self.random.randrange(8)
        log.write_bytes(data)
        status = run("store", "status", copy / "case.db")
        self.assertIn(status.returncode, (0, 2, 4), status.stderr)
        if status.returncode == 0:
            self.assert_nothing_lost(acknowledged, copy / "case.db")
        else:
            self.assertRegex(status.stderr, "gone|not those|damaged|altered|malformed|no store")

    def test_every_acknowledged_record_is_there_once(self):
        acknowledged = []
        for turn in range(KILLS):
            acknowledged += self.kill_once(turn)
            if turn % 4 == 3:
                self.tear(acknowledged)
            self.assert_ends(run("store", "status", self.store), 0)
            self.assert_nothing_lost(acknowledged)
        self.assertGreater(len(acknowledged), KILLS * BATCH / 2)
        self.assert_ends(run("ledger", "publish", self.store), 0)
        self.assert_ends(run("store", "check", self.store), 0)
        self.assert_ends(run("ledger", "verify", self.store), 0)

    def test_a_killed_import_is_there_whole_or_not_at_all(self):
        expected = run("check", ROOT / "scenarios/exercise", "--json")
        digest = json.loads(expected.stdout)["hash"]
        began = time.monotonic()
        other = self.folder / "other.db"
        self.assert_ends(run("store", "init", other), 0)
        self.assert_ends(run("store", "import", other, ROOT / "scenarios/exercise"), 0)
        usual = time.monotonic() - began
        for turn in range(max(3, KILLS // 4)):
            process = subprocess.Popen(
                [BINARY, "store", "import", self.store, ROOT / "scenarios/exercise"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.random.random() * usual)
            process.kill()
            process.wait()
            status = json.loads(run("store", "status", self.store, "--json").stdout)
            if status["scenarios"]:
                self.assertEqual(status["scenarios"]["exercise"]["current"], digest, turn)
                self.assertEqual(len(status["scenarios"]["exercise"]["versions"]), 1)
            else:
                self.assertEqual(status["records"], 1)
        self.assert_ends(run("store", "import", self.store, ROOT / "scenarios/exercise"), 0)
        self.assert_ends(run("store", "check", self.store), 0)

    def test_an_init_that_was_killed_leaves_no_half_store(self):
        for turn in range(max(3, KILLS // 4)):
            place = self.folder / f"init-{turn}.db"
            process = subprocess.Popen([BINARY, "store", "init", place],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.random.random() * 0.05)
            process.kill()
            process.wait()
            if place.exists():
                self.assert_ends(run("store", "check", place), 0)
            else:
                self.assertEqual(run("store", "status", place).returncode, 2)


if __name__ == "__main__":
    unittest.main()
