"""guarantor-bench siting and siting-sets: published formats, and whole sets beside other solvers."""
import csv
import json
import os
import shutil
import subprocess

from program import SECONDS, ProgramTest

BENCH = os.environ.get("GUARANTOR_BENCH", "build/release/guarantor-bench")
# Small cases in each format, with an optimum that can be seen.
FILES = {
    "pmedian/pmed1.txt": "4 3 1\n1 2 3\n2 3 4\n3 4 5\n",  # a road of 3, 4 and 5
    "pmedian/pmedcap/pmedcap01.txt": "1 5\n3 2 9\n1 0 0 4\n2 3 4 4\n3 30 40 4\n",
    "scp/scp41.txt": "2 3\n3 2 2\n2\n1 2\n2\n1 3\n",
    "cflp/cap41.txt": "2 1\n5 3\n9 4\n5\n6 1\n",
    "cflp/capa.txt": "2 1\ncapacity 3\ncapacity 4\n5\n6 1\n",
    "mclp/SJC3.txt": "3 9999 p S\n0 0 5\n10 0 7\n500 0 9\n",
}
OPTIMA = {  # by the table, with its columns
    "pmedian": ("instance,n,m,p,pmedian_opt,pcenter_opt", "pmed1,4,3,1,16,7"),
    "pmedian/pmedcap": ("instance,n,p,capacity,opt", "pmedcap01,3,2,9,5"),
    "scp": ("file,unicost,best_known,best_bound", "scp41.txt,0,3,3"),
    "cflp": ("instance,capacity,opt", "cap41,,5\ncapa,9,5"),
}
CASES = [  # format, further words, file, optimum
    ("pmed", [], "pmedian/pmed1.txt", 16),
    ("pmed", ["--p", 2], "pmedian/pmed1.txt", 7),
    ("pcenter", [], "pmedian/pmed1.txt", 7),
    ("pmedcap", [], "pmedian/pmedcap/pmedcap01.txt", 5),
    ("scp", [], "scp/scp41.txt", 3),
    ("cap", [], "cflp/cap41.txt", 5),
    ("cap", ["--capacity", 9], "cflp/capa.txt", 5),
    ("mclp", ["--p", 1, "--radius", 10], "mclp/SJC3.txt", 12),
]
WRONG = [  # format, further words, file, what it says, with the place where one is
    ("pmed", [], "no-such-file", "cannot read no-such-file"),
    ("scp", [], ".", "cannot read ."),
    ("pmed", [], "scp/scp41.txt", "scp/scp41.txt:1: `vertices edges count` is expected"),
    ("pmedcap", [], "pmedian/pmed1.txt", "pmedian/pmed1.txt:1: `number best` is expected"),
    ("scp", [], "pmedian/pmed1.txt", "pmedian/pmed1.txt:"),
    ("cap", [], "cflp/capa.txt", "cflp/capa.txt:2: the file leaves the capacity open"),
    ("mclp", [], "mclp/SJC3.txt", "the format mclp needs --radius and --p"),
    ("mclp", ["--p", 1, "--radius", 5], "scp/scp41.txt", "scp/scp41.txt:2: `3` stands where"),
    ("pmed", ["--p", 0], "pmedian/pmed1.txt", "a number above 0 is expected, not `0`"),
    ("mclp", ["--p", 1, "--radius", -1], "mclp/SJC3.txt", "a number above 0 is expected"),
    ("lp", [], "scp/scp41.txt", "lp not in"),
]


class Siting(ProgramTest):
    def setUp(self):
        super().setUp()
        for name, text in FILES.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, "utf-8")
        for place, lines in OPTIMA.items():
            (self.folder / place / "known_optima.csv").write_text("\n".join(lines) + "\n", "utf-8")
        (self.folder / "mclp" / "reference_optima_SJC.csv").write_text(
            "instance,radius,p,cbc_status,covered\nSJC3,10,1,Optimal,12.0\n", "utf-8")

    def bench(self, *arguments, **more):
        return subprocess.run([os.path.abspath(BENCH), *map(str, arguments)], check=False, text=True,
                              capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL,
                              cwd=self.folder, **more)

    def sets(self, *arguments):
        return self.bench("siting-sets", "--data", ".", "-o", "out", *arguments)

    def rows(self):
        with open(self.folder / "out" / "measurements.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_each_format(self):
        for form, more, file, optimum in CASES:
            with self.subTest(form=form, more=more):
                ended = self.bench("siting", "--format", form, *more, file)
                self.assert_ends(ended, 0)
                answer = json.loads(ended.stdout)
                self.assertEqual((answer["objective"], answer["bound"], answer["gap"]),
                                 (optimum, optimum, 0))
                self.assertTrue(answer["proven"])
                self.assertGreaterEqual(answer["seconds"], answer["solving_seconds"])

    def test_wrong_input_is_named_with_its_place(self):
        for form, more, file, message in WRONG:
            with self.subTest(form=form, more=more, file=file):
                ended = self.bench("siting", "--format", form, *more, file)
                self.assertEqual(ended.returncode, 2, ended.stderr)
                self.assertIn(message, ended.stderr)
                self.assertEqual(ended.stdout, "")

    def test_too_many_sites_are_an_answer(self):
        answer = json.loads(self.bench("siting", "--format", "pmed", "--p", 9,
                                       "pmedian/pmed1.txt").stdout)
        self.assertFalse(answer["feasible"])
        self.assertEqual(answer["reason"], "9 sites are asked for, but only 4 may be opened")

    def test_whole_sets(self):
        ended = self.sets("--peers", "none")
        self.assert_ends(ended, 0)
        self.assertEqual([(row["set"], row["truth"]) for row in self.rows()],
                         [(name, "optimum") for name in ("pmed", "pcenter", "pmedcap", "scp4",
                                                         "cap", "capa", "sjc")])
        table = (self.folder / "out" / "table.md").read_text("utf-8")
        self.assertEqual(table, ended.stdout)
        self.assertIn("**DID NOT RUN:**\n\n- CBC and HiGHS: not asked for", table)
        self.assertIn("Guarantor proved every known optimum", table)

    def test_a_known_optimum_missed_ends_with_four(self):
        (self.folder / "scp" / "known_optima.csv").write_text(
            "file,unicost,best_known,best_bound\nscp41.txt,0,2,2\n", "utf-8")
        ended = self.sets("--peers", "none", "--sets", "scp4,cap")
        self.assert_ends(ended, 4)
        self.assertIn("Guarantor on scp4 scp41 contradicts the known optimum 2", ended.stderr)
        self.assertIn("- Guarantor on scp4 scp41: DIFFERS, 3, known 2", ended.stdout)
        self.assertEqual([row["truth"] for row in self.rows()], ["DIFFERS", "optimum"])

    def test_what_is_not_there_is_named(self):
        ended = self.sets("--sets", "pmed,scpz")
        self.assert_ends(ended, 2)
        self.assertIn("no set scpz among the cases of .", ended.stderr)
        self.assertIn("no case scp42", self.sets("--cases", "scp42").stderr)
        ended = self.sets("--peers", "highs", "--highs-python", "no-such-python", "--sets", "scp4")
        self.assert_ends(ended, 0)
        self.assertIn("HiGHS: no Python with highspy", ended.stdout)

    def test_cbc_finds_the_same_on_every_kind(self):
        if shutil.which("cbc") is None:
            self.skipTest("no command cbc")
        self.assert_ends(self.sets("--peers", "cbc"), 0)
        self.assertEqual([row["truth"] for row in self.rows()], ["optimum"] * 14)
        self.assertFalse((self.folder / "out" / "models").exists())
