"""guarantor-bench background: counts of war fires from small files made here."""
import csv
import io
import os
import subprocess

from program import SECONDS, ProgramTest

BENCH = os.environ.get("GUARANTOR_BENCH", "build/release/guarantor-bench")
HEADER = "LATITUDE,LONGITUDE,ACQ_DATE\n"


class Background(ProgramTest):
    def written(self, name, rows, header=HEADER):
        (self.folder / name).write_text(header + "".join(f"{row}\n" for row in rows), "utf-8")
        return self.folder / name

    def train(self, years=(2018, 2019, 2020, 2021)):
        """One works at 48 N: one to five fires a day in July and August."""
        return self.written("train.csv", (
            f"48.00{k},37.0,{year}-{7 + day % 2:02}-{day:02}" for year in years
            for day in range(1, 31) for k in range(1 + (day * 7 + year * year) % 5)))

    def judged_file(self, fires=60):
        """A place that never burnt, all through March."""
        return self.written("test.csv", (f"49.00{k:02},38.0,2022-03-{day:02}"
                                         for day in range(1, 31) for k in range(fires)))

    def background(self, train, test, *arguments):
        return subprocess.run([BENCH, "background", "--train", train, "--test", test, *arguments],
                              capture_output=True, text=True, check=False, timeout=SECONDS,
                              stdin=subprocess.DEVNULL)

    def days(self, ended):
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return list(csv.DictReader(io.StringIO(ended.stdout)))

    def war(self, ended):
        return sum(int(day["war_fires"]) for day in self.days(ended))

    def test_a_place_that_never_burnt_is_not_excused_by_a_few_rows(self):
        ended = self.background(self.train(), self.judged_file())
        self.assertEqual(sum(int(day["fires"]) for day in self.days(ended)), 1800)
        self.assertGreater(self.war(ended), 1700)

    def test_a_box_smaller_than_a_cell_excludes_its_fires(self):
        box = self.written("box.csv", ["37.99, 38.01, 48.99, 49.0595, 01/03/2022, 31/03/2022"],
                           "LNG1,lng2,lat1,lat2,start_date,end_date\n")
        ended = self.background(self.train(), self.judged_file(), "--exclude", box)
        self.assertEqual(self.war(ended), 0)
        self.assertEqual(sum(int(day["fires"]) for day in self.days(ended)), 1800)
        wrong = self.written("box.csv", ["37,38,48,49,01/03/22,31/03/2022"],
                             "lng1,lng2,lat1,lat2,start_date,end_date\n")
        ended = self.background(self.train(), self.judged_file(), "--exclude", wrong)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("box.csv:2: start_date `01/03/22`", ended.stderr)

    def test_files_of_which_nothing_can_be_used_are_refused(self):
        junk = self.written("junk.csv", ["48,37,01.05.2022", "95,37,2022-05-01", "48,37,2022-13-01"])
        for train, test, name in ((self.train(), junk, "test"), (junk, self.judged_file(), "train")):
            ended = self.background(train, test)
            self.assertEqual(ended.returncode, 2, ended.stderr)
            self.assertEqual(ended.stdout, "")
            self.assertIn(f"{name}: none of 3 rows can be used: no date of the form YYYY-MM-DD: 2; "
                          "off the earth: 1", ended.stderr)

    def test_no_day_at_all_prints_the_header_alone(self):
        empty = self.written("empty.csv", [])
        for arguments in ((), ("--to", "2022-05-01"), ("--from", "2022-05-01")):
            ended = self.background(self.train(), empty, *arguments)
            self.assertEqual(self.days(ended), [])
            self.assertTrue(ended.stdout.startswith("date,fires,"))
        ended = self.background(self.train(), empty, "--from", "2022-05-01", "--to", "2022-05-03")
        self.assertEqual([day["fires"] for day in self.days(ended)], ["0", "0", "0"])
        ended = self.background(self.train(), empty, "--from", "2022-05-02", "--to", "2022-05-01")
        self.assertEqual(ended.returncode, 2)

    def test_moments_and_names_of_other_files(self):
        test = self.written("other.csv", ["49, 38, 2022-05-01T12:00:00Z", "49, 38, 2022-05-02 07:30"],
                            "\nlat, Lng, datetime\n")
        ended = self.background(self.train(), test)
        self.assertEqual([day["date"] for day in self.days(ended)], ["2022-05-01", "2022-05-02"])

    def test_nothing_judged_is_learnt_from(self):
        train = self.train((2020, 2021, 2022))
        ended = self.background(train, self.judged_file())
        before = self.background(self.train((2020, 2021)), self.judged_file())
        self.assertEqual(ended.stdout, before.stdout)
        self.assertRegex(ended.stderr, r"train: \d+ fires on or after 2022-03-01, the first judged")
        ended = self.background(self.train((2021, 2022)), self.judged_file())
        self.assertEqual(ended.returncode, 2)
        self.assertIn("that leaves 2021 alone", ended.stderr)
        lines = self.train().read_text("utf-8").splitlines()[1:]
        part = self.written("part.csv", [line.replace("-08-", "-11-") for line in lines
                                         if "2021-08" not in line])
        ended = self.background(part, self.judged_file())
        self.assertIn("train: 2021 has fires from month 7 to 7 only", ended.stderr)
