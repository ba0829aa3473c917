"""`guarantor reach`, on the scenarios' shared network and on small ones."""
import csv
import io
import json
import unittest

from program import ProgramTest, run, write_table

# What is published on open maps' road graphs (km), to be met within 5 %.
PUBLISHED = {("rzeszow", "kyiv"): 702, ("constanta", "odesa"): 508, ("lviv", "kharkiv"): 997,
             ("warsaw", "dnipro"): 1198, ("kyiv", "zaporizhzhia"): 519}
UKRAINE = "scenarios/ukraine"
SPEEDS = ["light_wheeled", "heavy_wheeled", "transporter", "train", "ship", "rotary", "fixed_wing"]


def link(name, start, end, mode="road", km=100, kmh=50, **more):
    """A row of links.csv that every class of its mode can use at `kmh`."""
    able = {"road": SPEEDS[:3], "rail": SPEEDS[3:4], "sea": SPEEDS[4:5], "air": SPEEDS[5:]}[mode]
    row = {"link": name, "from": start, "to": end, "mode": mode, "way": "", "km": km,
           **{f"kmh_{s}": kmh if s in able else "" for s in SPEEDS}, "state": "", "confidence": ""}
    return {**row, **more}


class Reach(ProgramTest):
    def ask(self, *arguments, code=0):
        process = run("reach", *arguments)
        self.assert_ends(process, code)
        return process

    def answer(self, *arguments):
        process = self.ask(*arguments, "--json")
        self.assertNotIn("error", process.stderr)
        return json.loads(process.stdout)

    def river(self):
        """Two banks, a near and a far bridge; an island; a gauge break."""
        scenario = self.small("river")
        places = {"west": (50, 30), "east": (50, 31), "ford": (49.5, 30.5), "mill": (50.2, 32),
                  "isle": (45, 30), "pier": (45, 30.5)}
        write_table(scenario / "locations.csv",
                    [{"location": n, "name": n.title(), "kind": "city", "lat": lat, "lon": lon}
                     for n, (lat, lon) in places.items()])
        write_table(scenario / "links.csv", [
            link("bridge", "west", "east", km=80, kmh=40, confidence="reported"),
            link("west-ford", "west", "ford", km=90, kmh=45, confidence="reported"),
            link("ford-east", "ford", "east", km=90, kmh=45, confidence="estimated"),
            link("east-mill", "east", "mill", km=100, kmh=50, confidence="reported"),
            link("isle-pier", "isle", "pier", km=50, kmh=50)])
        return scenario

    def test_city_pairs_lie_within_five_per_cent_of_the_published_lengths(self):
        for (start, end), km in PUBLISHED.items():
            with self.subTest(f"{start} to {end}"):
                answer = self.answer(UKRAINE, "--from", start, "--to", end, "--class",
                                     "heavy-wheeled", "--by", "road")
                self.assertLess(abs(answer["ways"][0]["km"] / km - 1), 0.05)

    def test_a_table_for_people_names_the_way_and_what_it_rests_on(self):
        text = self.ask(UKRAINE, "--from", "rzeszow", "--to", "kyiv", "--class",
                        "heavy-wheeled").stdout
        self.assertRegex(text, r"rzeszow to kyiv: \d+ to \d+ h, 712 km\n")
        self.assertRegex(text, r"1 +rzeszow +\S+ +road +\d+ +[\d.]+ h +[\d.]+ h\n")
        self.assertIn("their speeds 100 % illustrative", text)

    def test_legs_add_up(self):
        answer = self.answer(UKRAINE, "--from", "berlin", "--to", "kharkiv", "--class",
                             "transporter")
        way = answer["ways"][0]
        self.assertAlmostEqual(sum(leg["hours"] for leg in way["legs"]), way["hours"], places=6)
        self.assertAlmostEqual(sum(leg["km"] for leg in way["legs"]), way["km"], places=3)
        self.assertAlmostEqual(way["legs"][-1]["arrival_hours"], answer["times"][0]["hours"])
        for one, next_one in zip(way["legs"], way["legs"][1:]):
            self.assertEqual(one["to"], next_one["from"])

    def test_many_to_many_agrees_with_single_pairs(self):
        names = ["rzeszow", "constanta", "kyiv", "odesa"]
        table = self.answer(UKRAINE, "--from", ",".join(names), "--to", ",".join(names),
                            "--class", "light-wheeled")
        self.assertEqual(len(table["times"]), 16)
        for row in table["times"][1:6]:
            alone = self.answer(UKRAINE, "--from", row["from"], "--to", row["to"], "--class",
                                "light-wheeled")
            self.assertEqual(alone["times"][0]["hours"], row["hours"])

    def test_everywhere_tells_who_is_there_first(self):
        answer = self.answer(UKRAINE, "--from", "rzeszow,constanta", "--class", "heavy-wheeled")
        hours = [row["hours"] for row in answer["reached"]]
        self.assertEqual(hours, sorted(hours))
        first = {row["place"]: row["from"] for row in answer["reached"]}
        self.assertEqual((first["lviv"], first["odesa"]), ("rzeszow", "constanta"))
        self.assertNotIn("simferopol", first, "no way is open into occupied Crimea")

    def test_limits_give_outlines_and_the_places_within(self):
        answer = json.loads(self.ask(UKRAINE, "--from", "rzeszow", "--class", "heavy-wheeled",
                                     "--within", "6h,1d", "--geojson").stdout)
        kinds = [f["properties"]["feature"] for f in answer["features"]]
        self.assertEqual(kinds[:2], ["ring", "ring"])
        self.assertEqual([f["properties"]["limit_hours"] for f in answer["features"][:2]], [24, 6])
        for ring in answer["features"][:2]:
            self.assertEqual(ring["geometry"]["type"], "MultiPolygon")
            self.assertTrue(ring["geometry"]["coordinates"])
        places = {f["properties"]["name"]: f["properties"] for f in answer["features"]
                  if f["properties"]["feature"] == "place"}
        self.assertLessEqual(max(p["hours"] for p in places.values()), 24)
        self.assertEqual(places["lviv"]["within_hours"], 6)

    def test_an_exercise_says_so_in_every_form(self):
        question = ["scenarios/exercise", "--from", "rzeszow", "--to", "kyiv", "--class", "train"]
        for form in ([], ["--json"], ["--csv"], ["--geojson"]):
            with self.subTest(form):
                self.assertIn("EXERCISE", self.ask(*question, *form).stdout)

    def test_csv_has_a_row_for_each_pair_and_legs_only_when_asked(self):
        question = [UKRAINE, "--from", "lviv", "--to", "kyiv", "--class", "heavy-wheeled", "--csv"]
        rows = list(csv.DictReader(io.StringIO(self.ask(*question).stdout)))
        self.assertEqual([(r["from"], r["to"]) for r in rows], [("lviv", "kyiv")])
        legs = list(csv.DictReader(io.StringIO(self.ask(*question, "--legs").stdout)))
        self.assertEqual(float(legs[-1]["arrival_hours"]), float(rows[0]["hours"]))

    def test_closing_a_bridge_costs_the_way_round(self):
        river = self.river()
        question = [river, "--from", "west", "--to", "east", "--class", "heavy-wheeled"]
        self.assertEqual(self.answer(*question)["times"][0]["hours"], 2)
        closed = self.answer(*question, "--close", "bridge")
        self.assertEqual(closed["times"][0]["hours"], 4)
        self.assertEqual(closed["asked"]["changed"], ["bridge closed"])
        self.assertEqual(self.answer(*question, "--slow", "west:east=0.8")["times"][0]["hours"],
                         2.5)

    def test_a_variant_closes_and_damages_by_rows_of_its_own(self):
        river = self.river()
        variant = self.folder / "variant"
        variant.mkdir()
        (variant / "scenario.toml").write_text('id = "variant"\nextends = "../river"\n', "utf-8")
        question = [variant, "--from", "west", "--to", "east", "--class", "heavy-wheeled"]
        for state, share, hours in (("open", "", 2), ("damaged", "0.8", 2.5), ("damaged", "", 4),
                                    ("closed", "", 4)):
            write_table(variant / "links.csv", [link("bridge", "west", "east", km=80, kmh=40,
                                                     state=state, speed_share=share)])
            self.assertEqual(self.answer(*question)["times"][0]["hours"], hours, (state, share))
        self.assertEqual(self.answer(*question, "--open", "bridge")["times"][0]["hours"], 2)
        self.assertEqual(self.answer(river, *question[1:])["times"][0]["hours"], 2)

    def test_no_way_is_an_answer_with_its_reason(self):
        river = self.river()
        answer = self.answer(river, "--from", "west", "--to", "pier,mill", "--class",
                             "heavy-wheeled", "--close", "east-mill")
        self.assertEqual([row["hours"] for row in answer["times"]], [None, None])
        notes = "\n".join(answer["notes"])
        self.assertIn("west to pier: no way for heavy-wheeled, even with every link open", notes)
        self.assertIn("west to mill: no way is open", notes)
        self.assertIn("an island", run("check", river).stderr)

    def test_points_beside_the_network(self):
        river = self.river()
        answer = self.answer(river, "--from", "50.1,30", "--to", "west", "--class", "heavy-wheeled")
        self.assertAlmostEqual(answer["times"][0]["hours"], 11.12 / 30, places=2)
        process = self.ask(river, "--from", "51.5,30", "--to", "west", "--class", "heavy-wheeled",
                           code=2)
        self.assertIn("`51.5,30` is too far from the network", process.stderr)
        self.assertIn("west, is 167 km off, more than 60 km", process.stderr)

    def test_provenance_counts_the_links_used_by_their_kilometres(self):
        answer = self.answer(self.river(), "--from", "west", "--to", "mill", "--class",
                             "heavy-wheeled", "--close", "bridge")
        self.assertEqual(answer["provenance"]["km"], 280)
        self.assertAlmostEqual(answer["provenance"]["reported"], 190 / 280)
        self.assertAlmostEqual(answer["provenance"]["estimated"], 90 / 280)

    def test_other_networks_from_two_tables(self):
        small = self.small()
        write_table(self.folder / "nodes.csv", [{"id": "a", "lon": 30, "lat": 50},
                                                {"id": "b", "lon": 31, "lat": 50}])
        write_table(self.folder / "edges.csv", [{"from": "a", "to": "b", "length_m": 75000}])
        network = f"{self.folder}/nodes.csv,{self.folder}/edges.csv"
        question = [small, "--network", network, "--from", "a", "--to", "b", "--class",
                    "light-wheeled"]
        self.assertIn("no speed", self.ask(*question, code=2).stderr)
        answer = self.answer(*question, "--speed", "50")
        self.assertEqual(answer["times"][0]["hours"], 1.5)
        self.assertEqual(answer["provenance"]["illustrative"], 1)

    def test_a_large_network_is_kept_beside_its_source(self):
        small = self.small()
        nodes = self.folder / "nodes.csv"
        padding = "x" * (17 << 20)  # a column nobody reads makes the table large
        nodes.write_text(f"id,lon,lat,note\na,30,50,{padding}\nb,31,50,\n", "utf-8")
        write_table(self.folder / "edges.csv",
                    [{"from": "a", "to": "b", "length_m": 75000, "speed_kmh": 50}])
        question = [small, "--network", f"{nodes},{self.folder}/edges.csv", "--from", "a", "--to",
                    "b", "--class", "light-wheeled"]
        first = self.ask(*question, "--json").stdout
        network = self.folder / "nodes.csv.network"
        hierarchy = self.folder / "nodes.csv.hierarchy"
        stamps = [file.stat().st_mtime_ns for file in (network, hierarchy)]
        self.assertEqual(self.ask(*question, "--json").stdout, first)
        self.assertEqual([f.stat().st_mtime_ns for f in (network, hierarchy)], stamps)
        write_table(self.folder / "edges.csv",
                    [{"from": "a", "to": "b", "length_m": 100000, "speed_kmh": 50}])
        self.assertEqual(self.answer(*question)["times"][0]["hours"], 2, "made again")
        for kept in (network, hierarchy):
            whole = kept.read_bytes()
            kept.write_bytes(whole[:-8])
            process = self.ask(*question, code=4)
            self.assertIn(f"{kept.name}: ", process.stderr)
            kept.write_bytes(whole)

    def test_output_goes_to_a_file_whole(self):
        file = self.folder / "reach.json"
        process = self.ask(self.river(), "--from", "west", "--class", "heavy-wheeled", "--json",
                           "-o", file)
        self.assertEqual(process.stdout, "")
        self.assertEqual(json.loads(file.read_text("utf-8"))["reached"][0]["place"], "west")

    def test_the_same_bytes_on_any_number_of_threads(self):
        question = [UKRAINE, "--from", "rzeszow,constanta", "--class", "heavy-wheeled", "--within",
                    "24h", "--json", "--threads"]
        self.assertEqual(self.ask(*question, "1").stdout, self.ask(*question, "4").stdout)

    def test_bad_questions_say_what_would_be_right(self):
        river = self.river()
        here = [river, "--from", "west"]
        wheels = [*here, "--class", "heavy-wheeled"]
        for arguments, words in (
                ([*here, "--class", "heavy-weeled"], "did you mean `heavy-wheeled`?"),
                ([*here, "--class", "tracked"], "tracked vehicles go by transporter"),
                ([*wheels, "--to", "eastt"], "did you mean `east`?"),
                ([*wheels, "--to", "50.1"], "half a position"),
                ([*wheels, "--to", "95,30"], "not on the earth"),
                ([*wheels, "--within", "soon"], "--within takes hours"),
                ([*wheels, "--within", "-3h"], "--within"),
                ([*wheels, "--within", "24h", "--to", "east"], "limits"),
                ([*wheels, "--close", "brigde"], "did you mean `bridge`?"),
                ([*wheels, "--slow", "bridge"], "LINK=FACTOR"),
                ([*wheels, "--slow", "bridge=0"], "above 0"),
                ([*wheels, "--slow", "bridge=2"], "at most 1"),
                ([*wheels, "--by", "road,horse"], "`horse` is no mode"),
                ([*here, "--class", "train", "--by", "rail"], "--by does not go"),
                ([*here, "--class", "train"], "no way for train"),
                ([*wheels, "--json", "--csv"], "--csv"),
                ([*wheels, "--network", "nodes.csv"], "two tables, or an OSM file"),
                ([*wheels, "--network", "no.osm.pbf"], "no.osm.pbf"),
                ([*wheels, "--network", "no.csv,table.csv"], "no.csv"),
                ([river, "--class", "train"], "--from"),
                (here, "--class"),
                ([self.small("bare"), "--from", "x", "--class", "train"], "has no network")):
            with self.subTest(arguments[1:]):
                process = self.ask(*arguments, code=2)
                self.assertEqual(process.stdout, "")
                self.assertIn(words, process.stderr)

    def test_nothing_is_answered_on_a_broken_network(self):
        river = self.river()
        links = (river / "links.csv").read_text("utf-8")
        (river / "links.csv").write_text(links.replace("west,east", "west,est"), "utf-8")
        process = self.ask(river, "--from", "west", "--class", "heavy-wheeled", code=2)
        self.assertRegex(process.stderr,
                         r"links\.csv:2:\d+: error: unknown location `est`; did you mean `east`\?")


if __name__ == "__main__":
    unittest.main()
