"""Programs of others ask `guarantor serve`: GDAL reads its OGC API Features."""
import json
import subprocess
import unittest

from served_case import ServedTest
from program import run
from watch_case import lines_of, report, watched_scenario


class Peers(ServedTest):
    def setUp(self):
        super().setUp()
        self.make_store(watched_scenario(self.folder / "front"))
        reports = self.folder / "reports.ndjson"
        reports.write_text(lines_of(report(1), report(2, at="2026-06-03T15:00:00Z")), "utf-8")
        self.assert_ends(run("watch", "ingest", "--store", self.store, "--by", "desk", reports), 0)
        self.add("ada", "auditor")
        self.token = self.user("token", "ada", "gdal").split()[-1]
        self.server = self.serve("front")

    def ogr(self, *arguments, token=None):
        """What ogrinfo prints of the server's collections."""
        headers = ["--config", "GDAL_HTTP_HEADERS", f"Authorization: Bearer {token}"] if token else []
        process = subprocess.run(
            ["ogrinfo", "-ro", *headers, f"OAPIF:http://127.0.0.1:{self.server.port}/ogc",
             *arguments], capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(process.returncode, 0, process.stdout + process.stderr)
        self.assertNotIn("ERROR", process.stderr)
        return process.stdout

    def test_gdal_lists_every_collection(self):
        listed = self.ogr()
        for name in ("locations", "areas", "sectors", "sites", "reach", "incidents"):
            self.assertIn(f" {name}", listed)

    def test_gdal_reads_features_with_their_attributes(self):
        sectors = self.ogr("-al", "-so", "sectors")
        self.assertIn("Feature Count: 4", sectors)
        self.assertIn("line: String", sectors)
        places = self.ogr("-al", "locations")
        self.assertIn("location (String) = mast-1", places)
        self.assertIn("POINT (36.06 49.5)", places)

    def test_gdal_reads_page_by_page(self):
        # One feature a page: four pages, each sector once.
        sectors = self.ogr("-al", "-oo", "PAGE_SIZE=1", "sectors")
        for number in range(1, 5):
            self.assertEqual(sectors.count(f"sector (String) = front-{number:02}"), 1)

    def test_gdal_sees_what_its_token_may(self):
        self.assertIn("Feature Count: 0", self.ogr("-al", "-so", "incidents"))
        seen = self.ogr("-al", "incidents", token=self.token)
        self.assertNotIn("Feature Count: 0", seen)
        self.assertIn("state (String) = alleged", seen)
        west = self.ogr("-al", "-so", "-spat", "30", "40", "31", "41", "incidents", token=self.token)
        self.assertIn("Feature Count: 0", west)

    def test_its_definition_is_one(self):
        answer = self.browser(self.server).ask("GET", "/ogc/api")
        self.assertEqual(json.loads(answer.body)["openapi"], "3.0.3")


if __name__ == "__main__":
    unittest.main()
