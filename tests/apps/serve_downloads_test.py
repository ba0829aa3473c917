"""What is on the screen as files: a spreadsheet opens them, numbers are numbers, no text is a formula."""
import csv
import io
import os
import signal
import subprocess
import unittest
import urllib.request

from program import BINARY, SECONDS, ProgramTest, run, small_scenario, write_table

TEXTS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", 'a, "b"\nc', "Київ; '); DROP TABLE record; --"]


def table_of(folder, name):
    with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class ServeDownloads(ProgramTest):
    def setUp(self):
        super().setUp()
        scenario = small_scenario(self.folder / "small")
        rows = [{**row, "releasable_to": "public:*", "note": TEXTS[k]}
                for k, row in enumerate(table_of(scenario, "pledges"))]
        more = [{**rows[0], "pledge": f"more-{k}", "note": text}
                for k, text in enumerate(TEXTS[len(rows):])]
        write_table(scenario / "pledges.csv", rows + more)
        store = self.folder / "case.db"
        environment = {**os.environ, "GUARANTOR_KEY": str(self.folder / "key")}
        for words in (["store", "init", store, "--origin", "test.example/log"],
                      ["store", "import", store, scenario, "--by", "planner:anna"]):
            self.assert_ends(run(*words, env=environment), 0)
        self.server = subprocess.Popen([BINARY, "serve", "--store", str(store), "--port", "0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       env=environment, text=True)
        self.addCleanup(self.stop)
        self.address = self.server.stdout.readline().split()[-1].rstrip("/")

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.assertEqual(self.server.wait(SECONDS), 0)
        self.server.stdout.close()

    def get(self, path):
        with urllib.request.urlopen(f"{self.address}/api/scenarios/small{path}",
                                    timeout=SECONDS) as answer:
            return answer.read()

    def opened(self, data, name):
        """The first sheet as a spreadsheet shows it."""
        path = self.folder / name
        path.write_bytes(data)
        profile = self.folder / "profile"
        read_as = ["--infilter=CSV:44,34,76,1"] if path.suffix == ".csv" else []
        subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *read_as,
                        "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir",
                        str(self.folder / "out"), str(path)],
                       check=True, capture_output=True, timeout=SECONDS)
        text = (self.folder / "out" / name).with_suffix(".csv").read_text("utf-8")
        return list(csv.reader(io.StringIO(text)))

    def column(self, rows, name):
        at = next(k for k, row in enumerate(rows) if name in row)
        place = rows[at].index(name)
        return [row[place] for row in rows[at + 1:] if len(row) > place]

    def test_a_spreadsheet_opens_the_rows(self):
        rows = self.opened(self.get("/tables/pledges?format=xlsx"), "rows.xlsx")
        notes = self.column(rows, "note")[:len(TEXTS)]
        self.assertEqual([" ".join(note.split()) for note in notes],
                         [" ".join(text.split()) for text in TEXTS])
        self.assertEqual(self.column(rows, "quantity")[:3], ["2", "3", ""])

    def test_a_spreadsheet_computes_nothing_of_the_csv(self):
        data = self.get("/tables/pledges?format=csv")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
        told = self.column(rows, "note")
        self.assertEqual(told, ["'" + text if text[0] in "=+-@" else text for text in TEXTS])
        self.assertEqual(self.column(self.opened(data, "told.csv"), "note"), told)

    def test_another_reader_finds_numbers(self):
        path = self.folder / "rows.xlsx"
        path.write_bytes(self.get("/tables/pledges?format=xlsx&q=alpha"))
        told = subprocess.run(["ogrinfo", "-al", "-q", str(path)], check=True, capture_output=True,
                              text=True, timeout=SECONDS).stdout
        self.assertIn("=1+1", told)

    def test_the_whole_scenario_is_read_again(self):
        path = self.folder / "whole.xlsx"
        path.write_bytes(self.get("?format=xlsx"))
        self.assert_ends(run("check", path), 0)


if __name__ == "__main__":
    unittest.main()
