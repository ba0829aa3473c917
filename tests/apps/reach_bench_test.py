"""guarantor-bench reach: on tables, on a drawn triangulation, and on OSM PBF files."""
import csv
import json
from pathlib import Path

from bench_test import bench
from program import ProgramTest

CORPUS = Path("fuzz/corpus/osm_fuzz")


class Reach(ProgramTest):
    def table(self, name, text):
        (self.folder / name).write_text(text, "utf-8")
        return self.folder / name

    def test_tables(self):
        nodes = self.table("nodes.csv", "id,lon,lat\na,9.5,47.1\nb,9.6,47.1\nc,9.6,47.2\nd,9.7,47.2\n")
        edges = self.table("edges.csv", "from,to,length_m,speed_kmh,oneway\n"
                                        "a,b,1000,36,0\nb,c,2000,72,1\na,c,9000,36,0\n")
        queries = self.table("q.csv", "from,to\na,c\nc,b\na,d\n")
        process = bench("reach", "--nodes", nodes, "--edges", edges, "--queries", queries)
        self.assert_ends(process, 0)
        line = json.loads(process.stdout)
        self.assertEqual(line["measure"], "milliseconds")
        self.assertEqual([pair["cost"] for pair in line["pairs"]], [200_000, 1_000_000, None])
        process = bench("reach", "--nodes", nodes, "--edges", edges, "--queries", queries,
                        "--measure", "length")
        self.assertEqual([pair["cost"] for pair in json.loads(process.stdout)["pairs"]],
                         [3_000, 10_000, None])

    def test_a_drawn_triangulation(self):
        folder = self.folder / "case"
        process = bench("reach", "--delaunay", 2_000, "-o", folder, "--sources", 30, "--targets", 40,
                        "--peer-sources", 7, "--close", 5)
        self.assert_ends(process, 0)
        line = json.loads(process.stdout)
        self.assertEqual((line["nodes"], line["sources"], line["targets"]), (2_000, 30, 40))
        self.assertNotIn("pairs", line)
        self.assertEqual(line["closures"]["edges"], 5)
        for peer in (line["peer"], line["closures"]["peer"]):
            if "did_not_run" not in peer:
                self.assertEqual((peer["sources_run"], peer["cells_compared"],
                                  peer["cells_unequal"]), (7, 280, 0))
        with open(folder / "edges.csv", newline="", encoding="utf-8") as file:
            edges = list(csv.DictReader(file))
        self.assertEqual(line["arcs"], 2 * len(edges))
        self.assertLessEqual(len({edge["speed_kmh"] for edge in edges}), 3)
        again = bench("reach", "--nodes", folder / "nodes.csv", "--edges", folder / "edges.csv",
                      "--queries", folder / "queries.csv")
        self.assertEqual(len(json.loads(again.stdout)["pairs"]), 30 * 40)

    def pbf(self, name):
        """The file within a piece of the corpus, behind the letter that says that it is one."""
        file = self.folder / "map.osm.pbf"
        file.write_bytes((CORPUS / name).read_bytes()[1:])
        return file

    def test_an_osm_file(self):
        queries = self.table("q.csv", "from_lon,from_lat,to_lon,to_lat\n9.5,47.1,9.5001,47.1001\n")
        process = bench("reach", "--pbf", self.pbf("whole_file"), "--queries", queries)
        self.assert_ends(process, 0)
        line = json.loads(process.stdout)
        self.assertEqual(line["osm"]["taken"], {"road": 1})
        pair, = line["pairs"]
        self.assertGreater(pair["length_m"], 1)
        self.assertAlmostEqual(pair["cost"], pair["length_m"] * 60, delta=1)  # ms, at 60 km/h

    def test_osm_files_that_are_none(self):
        for name, said in (("torn_file", "map.osm.pbf: the file is torn"),
                           ("unknown_feature", "map.osm.pbf: the file holds history")):
            with self.subTest(name=name):
                process = bench("reach", "--pbf", self.pbf(name))
                self.assert_ends(process, 2)
                self.assertIn(said, process.stderr)
        process = bench("reach", "--pbf", self.pbf("whole_file"), "--movement", "ship")
        self.assert_ends(process, 2)
        self.assertIn("nothing in it can be used by ship", process.stderr)

    def test_bad_arguments(self):
        for arguments in ([], ["--nodes", "n.csv"], ["--pbf", "x.pbf", "--delaunay", 5],
                          ["--delaunay", 1, "-o", self.folder / "x"],
                          ["--delaunay", 50, "-o", self.folder / "x", "--sources", 51],
                          ["--pbf", "nowhere.osm.pbf"],
                          ["--pbf", self.pbf("whole_file"), "--least", "moonway"],
                          ["--pbf", self.pbf("whole_file"), "--movement", "flying"]):
            with self.subTest(arguments=arguments):
                self.assert_ends(bench("reach", *arguments), 2)


if __name__ == "__main__":
    import unittest
    unittest.main()
