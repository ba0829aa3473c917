"""The kept briefs, printed by a browser: page one is one page, and the next begins with section 1.

Needs chromium and poppler-utils, and fails without them.
"""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

GOLDEN = pathlib.Path("tests/golden")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")


def program(*names):
    """The first of the programs named that is there; an error that names them if none is."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    raise AssertionError(f"not installed: {' or '.join(names)}")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


class Printed:
    """A brief as a PDF, page by page as text."""

    def __init__(self, brief, folder):
        pdf = pathlib.Path(folder, brief.stem + ".pdf")
        profile = pathlib.Path(folder, "profile")
        output(program(*BROWSERS), *FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={pdf}",
               brief.resolve().as_uri())
        self.info = output(program("pdfinfo"), str(pdf))
        self.pages = output(program("pdftotext"), "-layout", str(pdf), "-").split("\f")[:-1]

    def lines(self, page):
        """What stands on a page, counted from 1, each line with single blanks."""
        return [" ".join(line.split()) for line in self.pages[page - 1].splitlines() if line.strip()]


class PrintTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(self.folder.cleanup)

    def check_page_one(self, name):
        printed = Printed(GOLDEN / name, self.folder.name)
        count = int(re.search(r"^Pages:\s+(\d+)", printed.info, re.MULTILINE)[1])
        self.assertEqual(len(printed.pages), count)
        self.assertIn("(A4)", printed.info)
        first, second = printed.lines(1), printed.lines(2)
        # The proof is the last line of page one.
        self.assertTrue(any(line.startswith("Proven") for line in first), first)
        self.assertTrue(any(line.endswith(f"1 of {count}") for line in first), first)
        # Above section 1 stands the running head alone, as it does on every page.
        self.assertIn("1 Fill by line and month", second)
        head = second[:second.index("1 Fill by line and month")]
        self.assertEqual(head, printed.lines(3)[:len(head)])
        return printed

    def test_page_one_is_one_page(self):
        printed = self.check_page_one("brief.html")
        self.assertIn("A reassurance force for Midland", printed.lines(2)[0])
        for page in range(1, len(printed.pages) + 1):
            self.assertIn("EXERCISE · FOR PLANNERS", printed.lines(page)[0])

    def test_page_one_of_a_crowded_case_is_one_page(self):
        self.check_page_one("brief_crowded.html")


if __name__ == "__main__":
    unittest.main()
