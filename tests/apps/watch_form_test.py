"""The form of the watch floor, filled in by a browser without a network; needs chromium."""
import html
import json
import re
import unittest

from browser import browse
from program import run
from watch_case import WatchTest

HELPERS = """
const f = (id) => document.getElementById(id);
const set = (values) => { for (const [id, value] of Object.entries(values)) { f(id).value = value; } };
const pick = (label) => { f("what").value = [...f("what").options].find((o) => o.text === label).value;
  f("what").dispatchEvent(new Event("change")); };
const keep = () => f("keep").click();
const told = [];
const kept = () => JSON.parse(localStorage.getItem(
  "guarantor-watch-form/" + JSON.parse(f("data").textContent).scenario));
const act = (text, at) => [...f("entries").children[at].querySelectorAll("button")]
  .find((b) => b.textContent === text).click();
"""
FIRST = """
keep(); told.push(f("wrong").textContent);
set({observer: "patrol-7"}); pick("Explosion"); keep(); told.push(f("wrong").textContent);
set({from: "2026-06-03T10:00:00", to: "2026-06-03T09:00:00"}); keep();
told.push(f("wrong").textContent);
set({to: ""}); keep(); told.push(f("wrong").textContent);
set({latitude: "49,502"}); keep(); told.push(f("wrong").textContent);
set({longitude: "36.06", precision: "200", count: "twelve"}); keep();
told.push(f("wrong").textContent);
set({count: "12", blast: "impact", weapon: "mortar", calibre: "120", text: "<\\/script> \\"twelve\\"\\nimpacts"});
f("live_fire").checked = true; f("evidence").value = "https://example.org/1"; keep();
told.push(f("wrong").textContent);
pick("We watched"); set({from: "2026-06-03T08:00:00", to: "2026-06-03T14:00:00", sector: "front-02"});
keep();
pick("Single shot"); set({from: "2026-06-03T20:00:00", sector: "front-04"}); keep();
for (const option of [...f("what").options].slice(3)) {
  pick(option.text); set({from: "2026-06-04T10:00:00", sector: "front-01",
    count: f("count").closest("[hidden]") ? "" : "3"}); keep();
  if (f("wrong").textContent) { told.push(option.text + f("wrong").textContent); }
}
"""
SECOND = """
told.push(f("observer").value, String(f("entries").children.length));
const last = f("entries").children.length - 1;
act("Correct", last); told.push(f("count").value, f("text").value, String(f("observer").disabled));
set({count: "33"}); f("live_fire").checked = false; keep();
act("Withdraw", last - 2);
f("save").click(); told.push(f("status").textContent);
"""


class Form(WatchTest):
    def setUp(self):
        super().setUp()
        self.profile = None
        self.page = self.folder / "form.html"
        self.must("watch", "form", self.scenario, "-o", self.page)

    def browse(self, address):
        """The page as it is after its scripts ran."""
        out, errors, self.profile = browse(self.folder, address, "--dump-dom",
                                           profile=self.profile, keeps="guarantor-watch-form")
        return out, errors

    def use(self, script):
        """What the script pushed to `told`, and the entries kept, after it ran in the page."""
        text = self.page.read_text("utf-8")
        own = f"<script>{HELPERS}{script}\nconst out = document.createElement('pre');" \
              "out.id = 'out'; out.textContent = JSON.stringify([told, kept().entries]);" \
              "document.body.append(out);</script></body>"
        used = self.folder / "used.html"
        used.write_text(text.replace("</body>", own), "utf-8")
        out, errors = self.browse(used.resolve().as_uri())
        found = re.search(r'<pre id="out">(.*?)</pre>', out, re.DOTALL)
        self.assertIsNotNone(found, errors[-2000:])
        return json.loads(html.unescape(found[1]))

    def taken(self, entries):
        file = self.folder / "form.ndjson"
        file.write_text("".join(json.dumps(entry) + "\n" for entry in entries), "utf-8")
        process = run("watch", "ingest", "--store", self.store, file)
        self.assert_ends(process, 0)
        self.assertIn(f"{len(entries)} observations read", process.stderr)
        self.assertIn("; 0 records rejected", process.stderr)
        return process.stderr

    def test_what_is_filled_in_is_taken_kept_corrected_and_withdrawn(self):
        told, entries = self.use(FIRST)
        self.assertEqual(told, ["Say who watches.", "Say when it was, or began.",
                                "The end is before the beginning.",
                                "Say where: a sector, or latitude and longitude.",
                                "Latitude and longitude go together.",
                                "The number is a whole number from 1 to 1000000.", ""])
        self.assertEqual(len(entries), 3 + 29)
        self.assertEqual({entry["source"] for entry in entries}, {"form-patrol-7"})
        self.assertTrue(all(re.fullmatch(r"form-patrol-7:[0-9a-f]{16}", e["id"]) for e in entries))
        self.assertEqual(len({entry["id"] for entry in entries}), len(entries))
        first = entries[0]
        self.assertEqual((first["from"], first["to"], first["count"], first["calibre_mm"]),
                         ("2026-06-03T10:00:00Z", "2026-06-03T10:00:00Z", 12, 120))
        self.assertIn(f"{len(entries)} taken", self.taken(entries))
        (shelling,) = self.incidents("--days", "2026-06-03", "--sector", "front-01")
        self.assertEqual(shelling["munitions"]["explosions"], 12)
        hours = {row["sector"]: row["watched_hours"] for row in
                 json.loads(self.watch("coverage", "--days", "2026-06-03", "--json"))}
        self.assertEqual(hours["front-02"], 6)
        # The page was closed; its entries are still there.
        told, again = self.use(SECOND)
        self.assertEqual(told[:5], ["patrol-7", "32", "12", '</script> "twelve"\nimpacts', "true"])
        self.assertEqual(told[5], "32 entries, 0 not saved yet.")
        self.assertEqual([e["id"] for e in again], [e["id"] for e in entries])
        self.assertGreater(again[0]["reported"], entries[0]["reported"])
        self.assertIn("2 taken, 30 repeated", self.taken(again))
        (shelling,) = self.incidents("--days", "2026-06-03", "--sector", "front-01")
        self.assertEqual(shelling["munitions"]["explosions"], 33)
        self.assertNotIn("live_fire", shelling)
        self.assertEqual(self.incidents("--days", "2026-06-03", "--sector", "front-04"), [])
        self.assert_sound()

    def test_the_page_asks_nothing_of_anybody_and_every_field_has_a_label(self):
        page = self.page.read_text("utf-8")
        self.assertNotRegex(page, r"https?://|//[a-z]+\.[a-z]|@import|url\(")
        self.assertIn("default-src 'none'", page)
        self.assertEqual(page.count('class="banner">EXERCISE<'), 2)
        fields = set(re.findall(r'<(?:input|select|textarea) id="(\w+)"', page))
        self.assertGreater(len(fields), 14)
        self.assertEqual(fields, set(re.findall(r'<label for="(\w+)"', page)))
        self.must("watch", "form", self.scenario, "-o", self.folder / "again.html")
        self.assertEqual((self.folder / "again.html").read_text("utf-8"), page)


if __name__ == "__main__":
    unittest.main()
