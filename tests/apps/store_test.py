"""The store and its ledger from the command line: versions, history, proofs, backups, tampering."""
import csv
import json
import os
import pathlib
import shutil
import sqlite3
import unittest

from program import ProgramTest, run

ROOT = pathlib.Path(__file__).resolve().parents[2]


def files_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


class StoreTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.store = self.folder / "case.db"
        made = run("store", "init", self.store, "--origin", "test.example/log")
        self.assert_ends(made, 0)
        self.vkey = made.stdout.strip()
        self.assertTrue(self.vkey.startswith("test.example/log+"))

    def must(self, *arguments):
        process = run(*arguments)
        self.assert_ends(process, 0)
        return process.stdout

    def change_pledge(self, folder, pledge, column, value):
        with open(folder / "pledges.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row["pledge"] == pledge:
                row[column] = value
        with open(folder / "pledges.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


class Scenarios(StoreTest):
    def test_a_folder_comes_out_as_it_went_in(self):
        for name in ("exercise", "ukraine", "ukraine-freeze", "tutorial"):
            self.must("store", "import", self.store, ROOT / "scenarios" / name)
            self.must("export", ROOT / "scenarios" / name, "-o", self.folder / name)
            self.must("store", "export", f"{self.store}#{name}", "-o", self.folder / f"{name}-again")
            self.assertEqual(files_of(self.folder / name), files_of(self.folder / f"{name}-again"))
        self.must("store", "check", self.store)

    def test_versions_and_their_history(self):
        small = self.small()
        self.must("store", "import", self.store, small, "--by", "planner:anna")
        self.assertIn("kept already", self.must("store", "import", self.store, small))
        self.change_pledge(small, "alpha", "quantity", "4")
        self.assertIn(" 1 changed", self.must("store", "import", self.store, small, "--by", "XAA"))
        status = json.loads(self.must("store", "status", self.store, "--json"))
        first, second = [v["version"] for v in status["scenarios"]["small"]["versions"]]
        self.assertEqual(status["scenarios"]["small"]["current"], second)
        before = json.loads(self.must("check", f"{self.store}#small@{first[:8]}", "--json"))
        self.assertEqual(before["hash"], first)
        self.assertEqual(json.loads(self.must("check", self.store, "--json"))["hash"], second)
        history = self.must("store", "history", f"{self.store}#small", "pledges/alpha")
        self.assertIn("by planner:anna", history)
        self.assertIn("quantity: 2 -> 4", history)
        self.must("store", "current", f"{self.store}#small@{first}")
        self.assertEqual(json.loads(self.must("check", self.store, "--json"))["hash"], first)

    def test_verbs_read_a_store_as_they_read_a_folder(self):
        small = self.small()
        self.must("store", "import", self.store, small)
        of_folder = json.loads(self.must("generate", small, "--json"))
        of_store = json.loads(self.must("generate", self.store, "--json"))
        for plan in (of_folder, of_store):
            del plan["seconds"]
        self.assertEqual(of_folder, of_store)

    def test_what_is_not_there_says_what_is(self):
        self.must("store", "import", self.store, self.small("one"))
        self.must("store", "import", self.store, self.small("two"))
        for address, words in ((self.store, "one, two"), (f"{self.store}#three", "it has one, two"),
                               (f"{self.store}#one@01234567", "has no version")):
            process = run("check", address)
            self.assert_ends(process, 2)
            self.assertIn(words, process.stderr)
        self.assertIn("no such store", run("store", "status", self.folder / "none.db").stderr)
        self.assertIn("no store", run("store", "status", ROOT / "README.md").stderr)

    def test_an_erased_row_takes_its_version_along_and_says_so(self):
        self.must("store", "import", self.store, self.small())
        with sqlite3.connect(self.store) as database:
            (position,) = database.execute(
                "SELECT position FROM entry WHERE key = 'small/pledges/alpha'").fetchone()
        database.close()
        self.must("store", "erase", self.store, position, "--why", "asked for")
        process = run("check", self.store)
        self.assert_ends(process, 2)
        self.assertIn("was erased", process.stderr)
        self.must("store", "check", self.store)
        self.must("ledger", "verify", self.store)


class Plans(StoreTest):
    def test_a_plan_is_kept_and_rendered_again(self):
        small = self.small()
        self.must("store", "import", self.store, small)
        self.must("plan", small, "-o", self.folder / "plan")
        plan = self.folder / "plan/plan.json"
        self.assertIn("plan small: record", self.must("store", "put", self.store, plan))
        self.assertEqual(json.loads(self.must("store", "get", self.store, "plan", "small")),
                         json.loads(plan.read_text()))
        self.assertEqual(self.must("report", f"{self.store}#small", "--scenario", self.store),
                         self.must("report", plan, "--scenario", small))
        process = run("store", "put", self.store, small / "scenario.toml")
        self.assert_ends(process, 2)
        self.assertEqual(run("store", "get", self.store, "plan", "other").returncode, 2)

    def test_a_plan_is_seen_as_far_as_it_was_released(self):
        small = self.small()
        self.must("store", "import", self.store, small)
        self.must("plan", small, "-o", self.folder / "plan")
        plan = self.folder / "plan/plan.json"
        get = ("store", "get", self.store, "plan", "small", "--as")
        self.must("store", "put", self.store, plan)
        for viewer in ("delegate:XAA", "public"):
            process = run(*get, viewer)
            self.assert_ends(process, 2)
            self.assertIn("no plan `small` that was released to", process.stderr)
            none = run("store", "get", self.store, "plan", "none", "--as", viewer)
            self.assertEqual(none.stderr, process.stderr.replace("small", "none"))
        self.must("store", "put", self.store, plan, "--releasable-to", "XAA")
        seen = json.loads(self.must(*get, "delegate:XAA"))
        whole = json.loads(self.must(*get, "planner"))
        self.assertEqual({a["pledge"] for a in seen["assignments"]}, {"alpha"})
        self.assertIn("bravo", {a["pledge"] for a in whole["assignments"]})
        self.assertEqual(seen["fill_withheld"], ["bridge"])
        self.assertEqual({f["requirement"] for f in seen["fill"]}, {"gate"})
        for part in ("objective", "bound", "gap", "gaps", "asks", "scenario_hash"):
            self.assertIn(part, whole)
            self.assertNotIn(part, seen)
        self.assertIn("bound", seen["withheld"])
        self.assertIn("released to delegate:XAA", json.dumps(seen))
        self.assert_ends(run(*get, "delegate:XAB"), 2)

    def test_a_failed_publication_says_that_the_record_is_kept(self):
        report = self.folder / "day.json"
        report.write_text("{}")
        (self.folder / "case.db-log/.checkpoint.new").mkdir()
        process = run("store", "put", self.store, report, "--kind", "report", "--name", "day")
        self.assert_ends(process, 2)
        self.assertIn("report day: record 1", process.stdout)
        self.assertIn("is kept", process.stderr)

    def test_a_report_has_versions(self):
        report = self.folder / "day.json"
        first = ""
        for count in (1, 2):
            report.write_text(json.dumps({"incidents": count}))
            said = self.must("store", "put", self.store, report, "--kind", "report", "--name", "day")
            first = first or said.split()[-1]
        self.assertEqual(self.must("store", "get", self.store, "report", "day"),
                         '{"incidents":2}\n')
        self.assertEqual(self.must("store", "get", self.store, "report", "day", "--version",
                                   first[:10]), '{"incidents":1}\n')


class Intake(StoreTest):
    def test_batches_are_acknowledged_and_a_bad_line_is_named(self):
        lines = self.folder / "lines.ndjson"
        lines.write_text("".join(json.dumps({"key": f"k{i}", "n": i}) + "\n" for i in range(25)))
        self.assertEqual(self.must("store", "intake", self.store, lines, "--batch", "10"),
                         "acknowledged 1 11\nacknowledged 11 21\nacknowledged 21 26\n")
        lines.write_text('{"key": "a"}\n{"key": 3}\n{"key": "b"}\n')
        process = run("store", "intake", self.store, lines)
        self.assert_ends(process, 2)
        self.assertEqual(process.stdout, "acknowledged 26 27\n")
        self.assertIn("line 2", process.stderr)
        self.assertIn("no kind of record",
                      run("store", "intake", self.store, lines, "--kind", "erasure").stderr)

    def test_what_is_no_canonical_json_is_refused(self):
        lines = self.folder / "lines.ndjson"
        lines.write_text('{"key": "g"}\n{"key": "a", "a": 1, "a": 2}\n')
        process = run("store", "intake", self.store, lines)
        self.assert_ends(process, 2)
        self.assertEqual(process.stdout, "acknowledged 1 2\n")
        self.assertIn("line 2", process.stderr)
        self.assertIn("twice", process.stderr)


class Backup(StoreTest):
    def test_restored_as_it_was(self):
        self.must("store", "import", self.store, ROOT / "scenarios/exercise")
        self.must("store", "backup", self.store, "-o", self.folder / "backup")
        self.must("store", "restore", self.folder / "backup", "-o", self.folder / "again.db")
        self.must("store", "check", self.folder / "again.db")
        self.must("ledger", "verify", self.folder / "again.db", "--key", self.vkey)
        self.assertEqual(self.must("store", "status", self.store),
                         self.must("store", "status", self.folder / "again.db"))
        self.assert_ends(run("store", "backup", self.store, "-o", self.folder / "backup"), 2)


class Ledger(StoreTest):
    def setUp(self):
        super().setUp()
        self.must("store", "import", self.store, ROOT / "scenarios/tutorial")
        self.log = pathlib.Path(f"{self.store}-log")

    def test_a_stranger_checks_a_record(self):
        proof = self.folder / "7.tlog-proof"
        self.must("ledger", "prove", self.store, 7, "--with-record", "-o", proof)
        self.assertIn("the record is entry 7",
                      self.must("ledger", "verify", proof, "--key", self.vkey))
        self.assertEqual(run("ledger", "verify", proof).returncode, 2)  # whose key?
        other = self.must("ledger", "init", self.folder / "other", "--origin", "test.example/log")
        self.assertEqual(run("ledger", "verify", proof, "--key", other.strip()).returncode, 4)
        text = proof.read_text()
        proof.write_text(text.replace("index 7", "index 8"))
        self.assertEqual(run("ledger", "verify", proof, "--key", self.vkey).returncode, 4)

    def test_a_record_kept_apart_from_its_proof(self):
        proof, record = self.folder / "7.tlog-proof", self.folder / "record.json"
        self.must("ledger", "prove", self.store, 7, "-o", proof)
        with sqlite3.connect(self.store) as database:
            (payload,) = database.execute("SELECT payload FROM entry WHERE position=7").fetchone()
        database.close()
        record.write_bytes(payload)
        self.must("ledger", "verify", proof, "--key", self.vkey, "--record", record)
        record.write_bytes(payload.replace(b"row", b"raw"))
        self.assertEqual(
            run("ledger", "verify", proof, "--key", self.vkey, "--record", record).returncode, 4)

    def test_growth_and_a_witness(self):
        earlier = self.folder / "earlier"
        shutil.copy(self.log / "checkpoint", earlier)
        size = earlier.read_text().splitlines()[1]
        self.must("store", "import", self.store, self.small())
        growth, lines = self.folder / "growth", self.folder / "lines"
        self.must("ledger", "prove", self.store, "--since", size, "-o", growth)
        self.must("ledger", "verify", growth, "--key", self.vkey, "--since", earlier)
        witness = self.must("ledger", "init", self.folder / "witness.key", "--origin",
                            "witness.example", "--witness").strip()
        lines.write_text(self.must("ledger", "cosign", growth, "--since", earlier, "--key",
                                   self.vkey, "--witness", self.folder / "witness.key"))
        self.must("ledger", "publish", self.store, "--cosignatures", lines, "--witness", witness)
        said = self.must("ledger", "verify", self.store, "--key", self.vkey, "--witness", witness)
        self.assertIn("witnessed by witness.example", said)
        # Who does not know the witness still checks the rest, and a backup of it can be restored.
        self.must("store", "check", self.store)
        self.must("ledger", "verify", self.log)
        self.must("store", "backup", self.store, "-o", self.folder / "backup")
        self.must("store", "restore", self.folder / "backup", "-o", self.folder / "again.db")
        stranger = self.must("ledger", "init", self.folder / "stranger", "--origin",
                             "stranger.example", "--witness").strip()
        self.assert_ends(run("ledger", "verify", self.store, "--key", self.vkey, "--witness",
                             stranger), 4)
        growth.write_text(growth.read_text().replace(f"old {size}", f"old {int(size) - 1}"))
        self.assertEqual(run("ledger", "cosign", growth, "--since", earlier, "--key", self.vkey,
                             "--witness", self.folder / "witness.key").returncode, 4)

    def test_keys_change_hands(self):
        new = self.folder / "new.key"
        self.must("ledger", "init", new, "--origin", "test.example/log")
        self.must("ledger", "rotate", self.store, "--next", new)
        process = run("store", "import", self.store, self.small())
        self.assert_ends(process, 2)
        self.assertIn("does not sign this log", process.stderr)
        earlier, keys = self.folder / "earlier", self.log / "keys"
        shutil.copy(self.log / "checkpoint", earlier)
        size = earlier.read_text().splitlines()[1]
        self.must("store", "import", self.store, self.small(), "--key", new)
        self.must("ledger", "verify", self.store, "--key", self.vkey)
        # Who knows the first key alone goes on with the log's own chain of keys.
        proof, growth = self.folder / "7.tlog-proof", self.folder / "growth"
        self.must("ledger", "prove", self.store, 7, "--with-record", "-o", proof)
        self.assert_ends(run("ledger", "verify", proof, "--key", self.vkey), 4)
        self.must("ledger", "verify", proof, "--key", self.vkey, "--keys", keys)
        self.must("ledger", "prove", self.store, "--since", size, "-o", growth)
        self.must("ledger", "verify", growth, "--key", self.vkey, "--keys", keys, "--since",
                  earlier)
        self.must("ledger", "init", self.folder / "witness.key", "--origin", "witness.example",
                  "--witness")
        self.must("ledger", "cosign", growth, "--since", earlier, "--key", self.vkey, "--keys",
                  keys, "--witness", self.folder / "witness.key")

    def test_a_mirror_needs_no_store(self):
        mirror = self.folder / "mirror"
        self.must("ledger", "export", self.store, "-o", mirror)
        self.must("ledger", "verify", mirror, "--key", self.vkey)
        self.assertFalse(any("head" in p.name or "lock" in p.name for p in mirror.rglob("*")))
        tile = next(path for path in (mirror / "tile/0").rglob("*") if path.is_file())
        data = bytearray(tile.read_bytes())
        data[32 * 17] ^= 1
        tile.write_bytes(data)
        process = run("ledger", "verify", mirror, "--key", self.vkey)
        self.assert_ends(process, 4)
        self.assertIn(str(tile.relative_to(mirror)), process.stderr)
        self.assertIn("17", process.stderr)

    def test_a_flip_in_the_store_is_located(self):
        with sqlite3.connect(self.store) as database:
            database.execute("UPDATE entry SET payload = CAST(replace(payload, 'row', 'rom') AS BLOB)"
                             " WHERE position = 33")
        database.close()
        for verb in (("store", "check"), ("ledger", "verify")):
            process = run(*verb, self.store)
            self.assert_ends(process, 4)
            self.assertIn("record 33", process.stderr)
        self.assertEqual(run("check", self.store).returncode, 2)

    def test_the_key_is_the_owners_alone(self):
        key = pathlib.Path(f"{self.store}-key")
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        os.chmod(key, 0o644)
        process = run("store", "import", self.store, self.small())
        self.assert_ends(process, 2)
        self.assertIn("-key", process.stderr)


if __name__ == "__main__":
    unittest.main()
