"""EXERCISE stands on everything that is written about an exercise, whole and at full size.

Reads the files as anybody would, the workbook as the archive of XML that it is.
"""
import csv
import json
import pathlib
import re
import tempfile
import unittest
import zipfile
from xml.etree import ElementTree

from program import ProgramTest, run

SCENARIO = pathlib.Path("scenarios/exercise")
MARK = "EXERCISE"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def texts_of(sheet, shared):
    """The cells of a worksheet that hold text, in their order."""
    out = []
    for cell in sheet.iter(f"{SHEET}c"):
        if cell.get("t") == "s":
            out.append(shared[int(cell.find(f"{SHEET}v").text)])
    return out


class Marking(ProgramTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.out = pathlib.Path(folder.name)
        # What is asked is how it is marked, not how good it is: the search may stop early.
        cls.process = run("plan", SCENARIO, "-o", cls.out, "--time-limit", "2")

    def test_a_plan_was_made(self):
        self.assertIn(self.process.returncode, (0, 3), self.process.stderr)
        plan = json.loads((self.out / "plan.json").read_text("utf-8"))
        self.assertGreater(len(plan["assignments"]), 50)

    def test_the_table_is_headed_and_footed(self):
        lines = [line.strip() for line in self.process.stdout.splitlines() if line.strip()]
        self.assertEqual(lines[0], MARK)
        self.assertEqual(lines[-2], MARK)
        self.assertTrue(lines[-1].startswith("Brief: "))

    def test_the_json_begins_and_ends_with_it(self):
        members = list(json.loads((self.out / "plan.json").read_text("utf-8")).items())
        self.assertEqual(members[0], ("heading", MARK))
        self.assertEqual(members[-1], ("footing", MARK))

    def test_every_row_of_every_csv_has_it(self):
        files = sorted(self.out.glob("*.csv"))
        self.assertEqual(len(files), 9)
        for file in files:
            with open(file, newline="", encoding="utf-8") as text:
                for row in csv.reader(text):
                    self.assertEqual(row[0], MARK, file.name)

    def test_every_sheet_of_the_workbook_has_it(self):
        with zipfile.ZipFile(self.out / "plan.xlsx") as book:
            shared = ["".join(text.text or "" for text in item.iter(f"{SHEET}t"))
                      for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            self.assertEqual(len(sheets), 7)
            for name in sheets:
                with self.subTest(name):
                    sheet = ElementTree.fromstring(book.read(name))
                    cells = texts_of(sheet, shared)
                    self.assertEqual((cells[0], cells[-1]), (MARK, MARK))
                    printed = sheet.find(f"{SHEET}headerFooter")
                    self.assertIn(MARK, printed.find(f"{SHEET}oddHeader").text)
                    self.assertIn(MARK, printed.find(f"{SHEET}oddFooter").text)

    def test_the_brief_has_it_in_its_title_and_at_both_ends(self):
        text = (self.out / "brief.html").read_text("utf-8")
        self.assertIn(f"<title>{MARK} · ", text)
        body = re.sub(r"<[^>]*>", " ", text[text.index("<body>"):]).split()
        self.assertEqual((body[0], body[-1]), (MARK, MARK))

    def test_generate_and_report_have_it_too(self):
        process = run("generate", self.small(), "--json")
        members = list(json.loads(process.stdout).items())
        self.assertEqual((members[0], members[-1]), (("heading", MARK), ("footing", MARK)))
        process = run("report", self.out / "plan.json", "--scenario", SCENARIO)
        self.assert_ends(process, 0)
        lines = [line.strip() for line in process.stdout.splitlines() if line.strip()]
        self.assertEqual((lines[0], lines[-1]), (MARK, MARK))

    def test_a_case_is_not_marked(self):
        process = run("generate", "scenarios/ukraine-freeze", "--time-limit", "2", "--json")
        self.assertIn(process.returncode, (0, 3), process.stderr)
        self.assertNotIn(MARK, process.stdout)


if __name__ == "__main__":
    unittest.main()
