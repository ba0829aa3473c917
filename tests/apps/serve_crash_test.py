"""What a server has said it keeps is kept, whenever it is killed.

    GUARANTOR_KILLS=50 python3 -m unittest discover -s tests/apps -p serve_crash_test.py

kills it that many times (4 unless told); GUARANTOR_SEED draws other moments.
"""
import collections
import http.client
import json
import os
import pathlib
import random
import threading
import time

from program import ProgramTest, run
from served import Served, add_token

KILLS = int(os.environ.get("GUARANTOR_KILLS", "4"))
SEED = int(os.environ.get("GUARANTOR_SEED", "20261129"))
ROOT = pathlib.Path(__file__).resolve().parents[2]
PLEDGES = "/api/scenarios/exercise/tables/pledges"


class Client(threading.Thread):
    """Asks one after the other until the server is gone; a subclass says what."""

    def __init__(self, server, token):
        super().__init__()
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}"}
        self.acknowledged = []
        self.first = threading.Event()

    def ask(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body=body, headers={**self.headers, **(headers or {})})
        response = self.connection.getresponse()
        return response.status, response.read()

    def run(self):
        try:
            while True:
                self.ask_once()
        except (OSError, http.client.HTTPException):
            pass
        finally:
            self.first.set()
            self.connection.close()


class Observer(Client):
    def __init__(self, server, token, prefix):
        super().__init__(server, token)
        self.prefix = prefix
        self.number = 0

    def ask_once(self):
        self.number += 1
        name = f"{self.prefix}:{self.number}"
        line = {"id": name, "source": self.prefix, "kind": "explosion",
                "from": "2026-02-01T10:00:00Z", "to": "2026-02-01T10:00:00Z",
                "reported": "2026-02-01T10:01:00Z", "longitude": 36.5 + self.number % 50 / 50,
                "latitude": 48.5, "precision_m": 200}
        status, body = self.ask("POST", "/api/observations", json.dumps(line) + "\n",
                                {"Content-Type": "application/x-ndjson"})
        assert status == 200, (status, body)
        assert json.loads(body)["taken"] == 1, body
        self.acknowledged.append(name)
        self.first.set()


class Editor(Client):
    def __init__(self, server, token, name):
        super().__init__(server, token)
        self.name_of_notes = name
        self.number = 0

    def ask_once(self):
        status, body = self.ask("GET", f"{PLEDGES}/xal-mech")
        assert status == 200, (status, body)
        row = json.loads(body)
        self.number += 1
        note = f"{self.name_of_notes} {self.number}"
        tag = row["etag"] if row["etag"].startswith('"') else f'"{row["etag"]}"'
        status, body = self.ask("PUT", f"{PLEDGES}/xal-mech",
                                json.dumps({"cells": {**row["cells"], "note": note}}),
                                {"Content-Type": "application/json", "If-Match": tag})
        assert status in (200, 412), (status, body)
        if status == 200:
            self.acknowledged.append(note)
            self.first.set()


class ServeCrash(ProgramTest):
    def test_nothing_acknowledged_is_lost(self):
        draw = random.Random(SEED)
        store = self.folder / "case.db"
        self.assert_ends(run("store", "init", store), 0)
        self.assert_ends(run("store", "import", store, ROOT / "scenarios/exercise"), 0)
        monitor = add_token(store, "mira", "monitor")
        planner = add_token(store, "anna", "planner")
        observed, noted = [], []
        for kill in range(KILLS):
            with Served(store) as server:
                clients = [Observer(server, monitor, f"k{kill}"),
                           Editor(server, planner, f"note {kill}")]
                for client in clients:
                    client.start()
                for client in clients:
                    self.assertTrue(client.first.wait(120))
                time.sleep(draw.uniform(0, 0.5))
                server.kill()
                for client in clients:
                    client.join()
            self.assertTrue(clients[0].acknowledged)
            self.assertTrue(clients[1].acknowledged)
            observed += clients[0].acknowledged
            noted += clients[1].acknowledged
            self.assert_ends(run("store", "check", store), 0)
        with Served(store) as server:
            headers = {"Authorization": f"Bearer {monitor}"}
            for name in draw.sample(observed, min(len(observed), 100)):
                self.assertEqual(server.get(f"/api/observations/{name}", headers=headers)[0], 200, name)
            history = server.json(f"{PLEDGES}/xal-mech/history",
                                  headers={"Authorization": f"Bearer {planner}"})
            states = history["items"] if isinstance(history, dict) else history
            kept = collections.Counter(s["cells"].get("note") for s in states if s["cells"])
            for note in noted:
                self.assertEqual(kept[note], 1, note)
