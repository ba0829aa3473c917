"""Briefs printed by a browser: page one is one page, and the next begins with section 1.

The kept ones, and that of the exercise as the program writes it.

Needs chromium and poppler-utils, and fails without them.
"""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from browser import browse, program

GOLDEN = pathlib.Path("tests/golden")
EXERCISE = pathlib.Path("scenarios/exercise")
BINARY = os.environ.get("GUARANTOR", "build/release/guarantor")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


class Printed:
    """A brief as a PDF, page by page as text."""

    def __init__(self, brief, folder):
        pdf = pathlib.Path(folder, brief.stem + ".pdf")
        profiles = pathlib.Path(tempfile.mkdtemp(dir=folder))
        browse(profiles, brief.resolve().as_uri(), f"--print-to-pdf={pdf}")
        self.info = output(program("pdfinfo"), str(pdf))
        self.pages = output(program("pdftotext"), "-layout", str(pdf), "-").split("\f")[:-1]

    def lines(self, page):
        """What stands on a page, counted from 1, each line with single blanks."""
        return [" ".join(line.split()) for line in self.pages[page - 1].splitlines() if line.strip()]


class PrintTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(self.folder.cleanup)

    def check_page_one(self, brief):
        printed = Printed(brief, self.folder.name)
        count = int(re.search(r"^Pages:\s+(\d+)", printed.info, re.MULTILINE)[1])
        self.assertEqual(len(printed.pages), count)
        self.assertIn("(A4)", printed.info)
        first, second = printed.lines(1), printed.lines(2)
        # The proof is the last line of page one.
        self.assertTrue(any(line.startswith(("Proven", "Not proven")) for line in first), first)
        self.assertTrue(any(line.endswith(f"1 of {count}") for line in first), first)
        # Above section 1 stands the running head alone, as it does on every page.
        self.assertIn("1 Where it is", second)
        head = second[:second.index("1 Where it is")]
        self.assertEqual(head, printed.lines(3)[:len(head)])
        return printed

    def test_page_one_is_one_page(self):
        printed = self.check_page_one(GOLDEN / "brief.html")
        self.assertIn("A reassurance force for Midland", printed.lines(2)[0])
        self.check_every_page(printed, "EXERCISE · FOR PLANNERS")

    def test_page_one_of_a_crowded_case_is_one_page(self):
        self.check_page_one(GOLDEN / "brief_crowded.html")

    def test_a_full_size_exercise_says_so_on_every_page(self):
        # How good the plan is does not matter here, so the search may stop early.
        process = subprocess.run([BINARY, "plan", EXERCISE, "-o", self.folder.name,
                                  "--time-limit", "2"], capture_output=True, text=True,
                                 stdin=subprocess.DEVNULL, check=False, timeout=120)
        self.assertIn(process.returncode, (0, 3), process.stderr)
        printed = self.check_page_one(pathlib.Path(self.folder.name, "brief.html"))
        self.assertGreater(len(printed.pages), 10)
        self.check_every_page(printed, "EXERCISE")
        self.check_no_stranded_heads(printed)

    def check_every_page(self, printed, mark):
        """The mark heads and foots each page, and the foot counts them."""
        count = len(printed.pages)
        for page in range(1, count + 1):
            lines = printed.lines(page)
            with self.subTest(page=page):
                self.assertTrue(lines[0].endswith(mark), lines[0])
                self.assertTrue(lines[-1].startswith(mark), lines[-1])
                self.assertTrue(lines[-1].endswith(f"{page} of {count}"), lines[-1])

    def check_no_stranded_heads(self, printed):
        """No page ends with the head of a table whose first row is on the next."""
        heads = {"Line Tier Needed Mean Worst Worst in Main reason",
                 "Nation People in place, mean Mean Peak Contribution, in unit-months",
                 "Line When Short by Why What would close it",
                 "Nation Offered Depends on Standing"}
        found = set()
        for page in range(1, len(printed.pages) + 1):
            lines = printed.lines(page)
            found |= heads.intersection(lines)
            with self.subTest(page=page):
                self.assertNotIn(lines[-2], heads)
        self.assertEqual(found, heads)


if __name__ == "__main__":
    unittest.main()
