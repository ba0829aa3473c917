"""A published client, pytak, reads the stream of Cursor on Target that `guarantor serve` sends.

tools/cot_client/install fetches it. Without it nothing runs, and ctest says so.
"""
import datetime
import json
import pathlib
import queue
import re
import subprocess
import threading
import time
import unittest
import xml.etree.ElementTree as ElementTree

from program import run
from served_case import SECONDS, ServedTest
from watch_case import lines_of, report, watched_scenario

PYTAK = pathlib.Path("build/cot_client/bin/python").absolute()
READER = pathlib.Path(__file__).with_name("cot_reader.py")
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"  # pytak's W3C_XML_DATETIME
SPOT, DELETION = "b-m-p-s-p-i", "t-x-d-d"


def is_there():
    return PYTAK.exists() and subprocess.run([PYTAK, "-W", "ignore", "-c", "import pytak"],
                                             check=False, capture_output=True).returncode == 0


def moment(text):
    return datetime.datetime.strptime(text, TIME)


def ago(minutes):
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=minutes)
    return then.strftime(TIME)


class Event:
    """One event as pytak queued it."""

    def __init__(self, line):
        told = json.loads(line)
        self.came = moment(told["came"])
        self.text = told["event"]
        root = ElementTree.fromstring(self.text.encode())
        if root.tag != "event":
            raise AssertionError(f"no event: {self.text}")
        self.version, self.uid, self.type, self.how = (
            root.get(name) for name in ("version", "uid", "type", "how"))
        self.time, self.start, self.stale = (
            moment(root.get(name)) for name in ("time", "start", "stale"))
        self.point = {name: float(value) for name, value in root.find("point").items()}
        self.remarks = root.findtext("detail/remarks")
        self.callsign = getattr(root.find("detail/contact"), "attrib", {}).get("callsign")
        self.links = [link.attrib for link in root.iterfind("detail/link")]


class Reader:
    """pytak in a process of its own, reading until it is closed."""

    def __init__(self, **settings):
        self.process = subprocess.Popen(
            [PYTAK, "-W", "ignore", READER, json.dumps(settings)], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        self.said = []
        self.read = []  # every event so far
        self.threads = [
            threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout]),
            threading.Thread(target=lambda: self.said.extend(self.process.stderr))]
        for thread in self.threads:
            thread.start()

    def next(self):
        try:
            self.read.append(Event(self.lines.get(timeout=SECONDS)))
        except queue.Empty:
            raise AssertionError(f"nothing came:\n{''.join(self.said)}") from None
        return self.read[-1]

    def until(self, wanted):
        """The first event to come that is wanted."""
        while not wanted(event := self.next()):
            pass
        return event

    def close(self):
        self.process.terminate()
        self.process.wait()
        for thread in self.threads:
            thread.join()
        self.process.stdout.close()
        self.process.stderr.close()


class CursorOnTarget(ServedTest):
    def setUp(self):
        if not is_there():
            print("\nDID NOT RUN: no pytak in build/cot_client: tools/cot_client/install")
            self.skipTest("no pytak")
        super().setUp()
        self.make_store(watched_scenario(self.folder / "front"))
        self.add("mona", "monitor")
        self.token = self.user("token", "mona", "radio").split()[-1]

    def stream(self, *arguments, tls=None):
        """Serves; the stream's port."""
        server = self.serve("front", *arguments, tls=tls)
        self.floor = self.browser(server, token=self.token)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if found := re.search(r"Cursor on Target on port (\d+)", server.logged()):
                return int(found[1])
            time.sleep(0.05)
        raise AssertionError(server.logged())

    def reader(self, url, **settings):
        reader = Reader(COT_URL=url, **settings)
        self.addCleanup(reader.close)
        return reader

    def post(self, *reports):
        """The incidents that were made or changed."""
        answer = self.floor.ask("POST", "/api/observations", lines_of(*reports),
                                {"Content-Type": "application/x-ndjson"})
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json()["taken"], len(reports), answer.body)
        return answer.json()["incidents"]

    def release(self, incident, *options):
        """Keeps the incident's record once more, for other eyes."""
        got = run("store", "get", self.store, "incident", incident)
        self.assert_ends(got, 0)
        file = self.folder / "incident.json"
        file.write_text(got.stdout, "utf-8")
        self.assert_ends(run("store", "put", self.store, file, "--kind", "incident", "--name",
                             incident, *options), 0)

    def assert_counts(self, event):
        """What holds of every event when it comes."""
        self.assertEqual(event.version, "2.0")
        self.assertTrue(event.how)
        self.assertLessEqual(event.start, event.time)
        self.assertLessEqual(event.time, event.came)
        self.assertLess(event.came, event.stale)
        self.assertEqual(set(event.point), {"lat", "lon", "hae", "ce", "le"})

    def assert_spot(self, event, incident):
        self.assert_counts(event)
        self.assertEqual((event.uid, event.type), (f"guarantor.{incident}", SPOT))
        self.assertEqual(event.callsign, f"explosion {incident}")
        self.assertAlmostEqual(event.point["lat"], 49.502, delta=1e-3)

    def assert_deletion(self, event, incident):
        self.assert_counts(event)
        self.assertEqual((event.uid, event.type), (f"guarantor.{incident}", DELETION))
        self.assertEqual([(link["uid"], link["type"]) for link in event.links],
                         [(f"guarantor.{incident}", SPOT)])
        self.assertIn("__forcedelete", event.text)

    def test_incidents_come_change_and_go(self):
        port = self.stream("--cot", "127.0.0.1:0", "--cot-as", "monitor")
        url = f"tcp://127.0.0.1:{port}"
        reader = self.reader(url)
        begun = ago(60)
        (incident,) = self.post(report(1, at=begun))
        came = reader.next()
        self.assert_spot(came, incident)
        self.assertAlmostEqual(came.point["lon"], 36.06, delta=1e-6)
        self.assertEqual(came.point["ce"], 200)
        self.assertEqual(came.start, moment(begun))
        self.assertEqual(came.stale - came.start, datetime.timedelta(hours=24))
        self.assertIn("reports: 1;", came.remarks)

        # Another report changes it: the same uid, said later. Who comes now is told it as it is.
        self.assertEqual(self.post(report(2, at=begun, observer="cam-1")), [incident])
        changed = reader.next()
        self.assert_spot(changed, incident)
        self.assertGreater(changed.time, came.time)
        self.assertEqual(changed.start, came.start)
        self.assertIn("reports: 2;", changed.remarks)
        # Two who know it within 200 m do not know it to the metre.
        self.assertEqual(changed.point["ce"], 200)
        late = self.reader(url).next()
        self.assertEqual(late.text.split("?>")[-1].strip(), changed.text.split("?>")[-1].strip())

        # Of two incidents one is withdrawn, and only that goes.
        (other,) = self.post(report(3, at=begun, longitude=36.5))
        self.assert_spot(reader.next(), other)
        self.post(report(3, at=begun, longitude=36.5, withdrawn=True, reported=ago(0)))
        self.assert_deletion(reader.next(), other)

        # A report taken back leaves the other; with the last one it is gone.
        self.post(report(2, at=begun, observer="cam-1", withdrawn=True, reported=ago(0)))
        left = reader.next()
        self.assert_spot(left, incident)
        self.assertIn("reports: 1;", left.remarks)
        self.post(report(1, at=begun, withdrawn=True, reported=ago(0)))
        self.assert_deletion(reader.next(), incident)
        self.assertTrue(reader.lines.empty())

    def test_over_tls_with_the_certificate_checked_and_not(self):
        chain, key = self.folder / "chain.pem", self.folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key,
                        "-out", chain], check=True, capture_output=True, timeout=SECONDS)
        port = self.stream("--tls-certificate", chain, "--tls-key", key, "--cot-tls", "127.0.0.1:0",
                           "--cot-as", "monitor", tls=chain)
        # pytak wants a certificate of its own, which the server does not ask for.
        own = {"PYTAK_TLS_CLIENT_CERT": str(chain), "PYTAK_TLS_CLIENT_KEY": str(key)}
        checked = self.reader(f"tls://127.0.0.1:{port}", PYTAK_TLS_CLIENT_CAFILE=str(chain), **own)
        (incident,) = self.post(report(1, at=ago(60)))
        self.assert_spot(checked.next(), incident)
        trusting = self.reader(f"tls://127.0.0.1:{port}", PYTAK_TLS_DONT_VERIFY="1", **own)
        self.assert_spot(trusting.next(), incident)
        self.post(report(1, at=ago(60), withdrawn=True, reported=ago(0)))
        for reader in (checked, trusting):
            self.assert_deletion(reader.next(), incident)

    def test_the_public_is_told_what_was_released_alone(self):
        port = self.stream("--cot", "127.0.0.1:0", "--cot-as", "public")
        reader = self.reader(f"tcp://127.0.0.1:{port}")
        hidden = self.post(report(1, at=ago(60)))
        (shown,) = self.post(report(2, at=ago(60), longitude=36.5))
        self.release(shown, "--releasable-to", "public")
        self.assert_spot(reader.next(), shown)
        hidden += self.post(report(3, at=ago(60), longitude=36.3))
        self.post(report(3, at=ago(60), longitude=36.3, withdrawn=True, reported=ago(0)))
        self.release(shown)
        self.assert_deletion(reader.until(lambda event: event.type == DELETION), shown)
        # Who comes now is told the same, and no more.
        late = self.reader(f"tcp://127.0.0.1:{port}")
        self.release(shown, "--releasable-to", "public")
        for one in (reader, late):
            self.assert_spot(one.next(), shown)
            for event in one.read:
                self.assertEqual(event.uid, f"guarantor.{shown}")
                for name in hidden:
                    self.assertNotIn(name, event.text)

    def test_what_a_nation_keeps_to_itself_is_told_to_its_own_eyes_alone(self):
        port = self.stream("--cot", "127.0.0.1:0", "--cot-as", "delegate:XAA")
        reader = self.reader(f"tcp://127.0.0.1:{port}")
        (incident,) = self.post(report(1, at=ago(60)))
        self.assert_spot(reader.next(), incident)
        self.assertEqual(self.post(report(2, at=ago(60), observer="cam-1", owner="XAB")), [incident])
        (secret,) = self.post(report(3, at=ago(60), longitude=36.5, owner="XAB"))
        # It neither shows nor takes away the incident that others saw too.
        self.post(report(4, at=ago(60), observer="cam-2"))
        changed = reader.next()
        self.assert_spot(changed, incident)
        self.assertIn("reports: 2;", changed.remarks)
        self.assertFalse([event for event in reader.read if secret in event.text])


if __name__ == "__main__":
    unittest.main()
