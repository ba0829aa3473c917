"""A small watched front for tests: four sectors, a camera, a patrol, two parties; EXERCISE."""
import json

from program import ProgramTest, run, write_scenario, write_table

CLAUSE_TEXT = "No weapon shall be fired within fifteen kilometres of the line."
AREAS = {"type": "FeatureCollection", "features": [{
    "type": "Feature",
    "properties": {"area": "front", "title": "Line of contact", "kind": "line-of-contact",
                   "sector_km": 10.5},
    "geometry": {"type": "LineString", "coordinates": [[36.0, 49.5], [36.55, 49.5]]}}]}


def watched_scenario(folder):
    """Sectors front-01 to front-04 from west to east; front-03 and front-04 have nobody."""
    pledges = [{"pledge": "alpha", "nation": "XAA", "capability": "inf", "quantity": 2,
                "status": "announced"}]
    lines = [{"requirement": "gate", "title": "Gate", "task": "guard", "capability": "inf",
              "quantity": 2, "area": "front", "tier": 1}]
    write_scenario(folder, pledges, lines, ["XAA", "XAB"], ["vote"])
    (folder / "areas.geojson").write_text(json.dumps(AREAS), "utf-8")
    write_table(folder / "locations.csv", [
        {"location": "mast-1", "name": "Mast", "kind": "camera", "lat": 49.5, "lon": 36.06}])
    write_table(folder / "agreements.csv", [
        {"agreement": "stop", "title": "Ceasefire", "from": "2026-06-01", "text": "annex 1"}])
    write_table(folder / "positions.csv", [
        {"agreement": "stop", "party": party, "date": "2026-06-01", "position": "accepted"}
        for party in ("party-a", "party-b")])
    write_table(folder / "clauses.csv", [
        {"clause": "no-fire", "agreement": "stop", "title": "No firing", "kind": "no-fire",
         "text": CLAUSE_TEXT, "acts": "explosion burst shot", "line": "front", "within_km": 15,
         "exempt": "exercise"}])
    write_table(folder / "sensors.csv", [
        {"sensor": "cam-1", "title": "Camera", "kind": "camera", "location": "mast-1",
         "sectors": "front-01", "standing": "yes"},
        {"sensor": "patrol-7", "title": "Patrol 7", "kind": "patrol", "location": "",
         "sectors": "front-02", "standing": ""}])
    return folder


def report(number, kind="explosion", at="2026-06-03T10:00:00Z", **more):
    """One observation as `watch ingest` reads it; at the first sector unless told otherwise."""
    return {"id": f"patrol-7:{number}", "source": "patrol-7", "kind": kind, "from": at, "to": at,
            "latitude": 49.502, "longitude": 36.06, "precision_m": 200, "sense": "seen", **more}


def lines_of(*reports):
    return "".join(json.dumps(one) + "\n" for one in reports)


class WatchTest(ProgramTest):
    """A store with the watched front in it."""

    def setUp(self):
        super().setUp()
        self.scenario = watched_scenario(self.folder / "front")
        self.store = self.folder / "front.db"
        self.must("store", "init", self.store, "--origin", "watch.example")
        self.must("store", "import", self.store, self.scenario)

    def must(self, *arguments, **options):
        process = run(*arguments, **options)
        self.assert_ends(process, 0)
        return process.stdout

    def refused(self, words, *arguments):
        process = run(*arguments)
        self.assert_ends(process, 2)
        self.assertIn(words, process.stderr)

    def watch(self, verb, *arguments, **options):
        return self.must("watch", verb, *arguments, "--store", self.store, **options)

    def ingest(self, *reports, by="desk"):
        """What the program says on standard error."""
        file = self.folder / "reports.ndjson"
        file.write_text(lines_of(*reports), "utf-8")
        process = run("watch", "ingest", "--store", self.store, "--by", by, file)
        self.assert_ends(process, 0)
        return process.stderr

    def incidents(self, *arguments):
        text = self.watch("incidents", "--json", *arguments)
        return [json.loads(line) for line in text.splitlines()]

    def assert_sound(self):
        self.must("store", "check", self.store)
        self.must("ledger", "verify", self.store)
