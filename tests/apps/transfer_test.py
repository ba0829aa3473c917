"""`guarantor import` and `guarantor export`: nothing is lost on the way."""
import json
import unittest

from program import ProgramTest, run


class Transfer(ProgramTest):
    def hash_of(self, path):
        process = run("check", path, "--json")
        self.assert_ends(process, 0)
        return json.loads(process.stdout)["hash"]

    def test_there_and_back(self):
        small = self.small()
        book = self.folder / "book.xlsx"
        self.assert_ends(run("export", small, "-o", book), 0)
        self.assert_ends(run("import", book, "-o", self.folder / "back"), 0)
        self.assert_ends(run("export", small, "-o", self.folder / "copy"), 0)
        hashes = {self.hash_of(p) for p in (small, book, self.folder / "back",
                                            self.folder / "copy")}
        self.assertEqual(len(hashes), 1)

    def test_a_folder_is_not_overwritten_unasked(self):
        small = self.small()
        book = self.folder / "book.xlsx"
        self.assert_ends(run("export", small, "-o", book), 0)
        taken = self.folder / "taken"
        taken.mkdir()
        (taken / "notes.txt").write_text("mine", "utf-8")
        process = run("import", book, "-o", taken)
        self.assert_ends(process, 2)
        self.assertEqual([f.name for f in taken.iterdir()], ["notes.txt"])
        self.assert_ends(run("import", book, "-o", taken, "--replace"), 0)
        self.assertTrue((taken / "scenario.toml").exists())

    def test_what_is_no_workbook(self):
        self.assert_ends(run("import", self.small(), "-o", self.folder / "x"), 2)
        fake = self.folder / "fake.xlsx"
        fake.write_bytes(b"PK\x03\x04 not really")
        process = run("import", fake, "-o", self.folder / "x")
        self.assert_ends(process, 2)
        self.assertIn("fake.xlsx", process.stderr)
        self.assertFalse((self.folder / "x").exists())

    def test_an_unwritable_place(self):
        (self.folder / "file").write_text("in the way", "utf-8")
        for name in ("book.xlsx", "folder"):
            process = run("export", self.small(), "-o", self.folder / "file" / name)
            self.assert_ends(process, 2)
            self.assertIn("unwritable", process.stderr)


if __name__ == "__main__":
    unittest.main()
