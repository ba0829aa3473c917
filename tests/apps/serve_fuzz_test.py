"""`guarantor serve`: every operation of openapi.yaml, asked well and badly by everyone.

Nothing that somebody sends may be answered with a mistake of ours: no 5xx, and each error is a
problem that says what would be right. FUZZ_SEED and FUZZ_REQUESTS change what is sent.
"""
import json
import os
import pathlib
import random
import string
import time
import unittest
import urllib.parse

import yaml

from program import run
from served_case import ServedTest

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "1500"))
SEED = int(os.environ.get("FUZZ_SEED", "20260106"))
SECONDS = 90  # after which no more are sent, on a machine that is very busy
CONTRACT = yaml.safe_load(pathlib.Path("openapi.yaml").read_text("utf-8"))
METHODS = ("get", "put", "post", "patch", "delete")
ROLES = {"anna": "planner", "ben": "delegate:XAL", "mona": "monitor", "vera": "verifier",
         "cora": "commission", "dirk": "decision-maker", "otto": "auditor", "carol": "controller"}
# What is right for a parameter or a member of that name, where the schema does not say.
KNOWN = {
    "scenario": ["exercise"], "table": ["pledges", "requirements", "nations", "locations"],
    "account": ["victim"], "role": ["monitor", "delegate:XAB"], "layer": ["base", "locations", "areas"],
    "collection": ["base", "locations", "areas"], "from": ["2026-06-01T00:00:00Z", "2026-06-01"],
    "to": ["2026-07-01T00:00:00Z", "2026-07-01"], "days": ["2026-06-01/2026-06-03"],
    "bbox": ["20,44,41,53"], "datetime": ["2026-06-01T00:00:00Z/.."], "sort": ["pledge", "-pledge"],
    "key": ["p-0001", "XAL"], "position": ["0", "1", "5"], "time_limit": [1], "gap": [0.5],
    "version": ["00000000"], "since": ["0"], "types": ["incident"], "rest": ["checkpoint", "tile/0/000"],
    "format": ["csv", "json", "html", "xlsx", "geojson"],
}
# These try passwords, half a second each, or begin work that lasts: a few are enough.
FEW = {"openSession": 6, "changePassword": 4, "addAccount": 6, "resetPassword": 3}
DEEP = b'{"a":' * 5_000 + b"1" + b"}" * 5_000
ODD_TEXTS = ["", " ", "%", "\u0000", "\u202e", "'; drop table record; --", "../../etc/passwd", "null",
             "-1", "0", "1e999", "NaN", "9" * 30, "\U0001f54a", "a" * 4_000, "<script>", "*", "\r\nX: y",
             "2026-13-45", "-0", "0x10", "[]", "true", "\u00e9" * 50]
ODD_ESCAPES = ["%", "%z", "%zz", "%ff%fe", "%00", "%c0%ae%c0%ae", "%2e%2e", "%2F", "..", "%25", "+", ";"]
ODD_BODIES = [b"", b"{", b"[]", b"null", b"7", b'"text"', b"\xff\xfe", b'{"a":"\xff"}', DEEP,
              b"[" * 20_000, b'{"a":1,"a":2}', b"\x00" * 100, b'{"a":1e999}', b'{"a":' + b"9" * 5_000 + b"}",
              b'{"' + b"k" * 70_000 + b'":1}', b"\xef\xbb\xbf{}", b"a=b&c=d", b'{"\\ud800":"\\udfff"}']
ODD_TYPES = ["text/plain", "application/x-www-form-urlencoded", "application/xml", "", "nonsense",
             "application/json; charset=utf-16", "multipart/form-data; boundary=x", "text/csv",
             "application/x-ndjson", "application/geo+json", "*/*", "a/" + "b" * 300]
ODD_HEADERS = [("If-Match", "*"), ("If-Match", '"0000000000000000"'), ("If-Match", "no tag"),
               ("If-None-Match", "*"), ("If-None-Match", '"' + "0" * 4_000 + '"'), ("Range", "bytes=0-"),
               ("Accept", "nothing/at-all"), ("Accept-Encoding", "br;q=9"), ("Idempotency-Key", ""),
               ("Idempotency-Key", "k" * 300), ("Idempotency-Key", "key"), ("Last-Event-ID", "-1"),
               ("Last-Event-ID", "9" * 40), ("Cookie", "guarantor=" + "x" * 2_000), ("Cookie", "=;;=;"),
               ("X-CSRF-Token", "x"), ("Sec-Fetch-Site", "cross-site"), ("Origin", "null"),
               ("X-Forwarded-For", "1.2.3.4, nonsense"), ("X-HTTP-Method-Override", "DELETE"),
               ("Content-Encoding", "gzip"), ("Content-Encoding", "nonsense"), ("Expect", "nonsense")]


def resolved(thing):
    while isinstance(thing, dict) and "$ref" in thing:
        found = CONTRACT
        for part in thing["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        thing = found
    return thing


def operations():
    for path, item in CONTRACT["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                shared = item.get("parameters", []) + operation.get("parameters", [])
                yield method.upper(), path, operation, [resolved(p) for p in shared]


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
         "number": (int, float), "integer": int}


def is_of(kind, value):
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, float)
                                              and value.is_integer())


def faults(schema, value, where="answer"):
    """Where a value is not what the schema says, as far as schemas of ours say it."""
    schema = resolved(schema)
    if isinstance(schema, bool):
        return [] if schema else [f"{where}: must not be"]
    found = [fault for part in schema.get("allOf", []) for fault in faults(part, value, where)]
    for word in ("oneOf", "anyOf"):
        if word in schema and all(faults(part, value, where) for part in schema[word]):
            found.append(f"{where}: none of {word}")
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(is_of(kind, value) for kind in kinds):
        return [*found, f"{where}: {value!r:.60} is no {' or '.join(kinds)}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r:.60} is not in the enum")
    if isinstance(value, dict):
        members = schema.get("properties", {})
        found += [f"{where}: no {name}" for name in schema.get("required", []) if name not in value]
        for name, member in value.items():
            if name in members:
                found += faults(members[name], member, f"{where}.{name}")
            elif isinstance(schema.get("additionalProperties"), dict):
                found += faults(schema["additionalProperties"], member, f"{where}.{name}")
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            found += faults(schema["items"], item, f"{where}[{i}]")
    return found


class Maker:
    """Values that fit a schema, and values that do not."""

    def __init__(self, draw):
        self.draw = draw

    def good(self, schema, name="", depth=0):
        schema = resolved(schema or {})
        if name in KNOWN and depth < 8:
            return self.draw.choice(KNOWN[name])
        for word in ("allOf", "oneOf", "anyOf"):
            if word in schema:
                if word != "allOf":
                    return self.good(self.draw.choice(schema[word]), name, depth)
                parts = [self.good(part, name, depth) for part in schema[word]]
                return {k: v for part in parts if isinstance(part, dict) for k, v in part.items()}
        if "enum" in schema or "const" in schema:
            return self.draw.choice(schema.get("enum") or [schema["const"]])
        kind = schema.get("type", "object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kind = self.draw.choice(kind)
        if kind == "object":
            members = schema.get("properties", {})
            needed = schema.get("required", [])
            value = {n: self.good(s, n, depth + 1) for n, s in members.items()
                     if n in needed or self.draw.random() < 0.6}
            more = schema.get("additionalProperties")
            if isinstance(more, dict) and not members:
                value[self.draw.choice(["pledge", "title", "x"])] = self.good(more, "", depth + 1)
            return value
        if kind == "array":
            return [self.good(schema.get("items"), "", depth + 1) for _ in range(self.draw.randint(0, 2))]
        return {"integer": lambda: self.draw.randint(schema.get("minimum", 0), schema.get("maximum", 100)),
                "number": lambda: round(self.draw.uniform(0, 10), 2),
                "boolean": lambda: self.draw.random() < 0.5,
                "null": lambda: None}.get(kind, lambda: self.text(schema))()

    def text(self, schema):
        kind = schema.get("format")
        if kind in ("date", "date-time"):
            return {"date": "2026-06-01", "date-time": "2026-06-01T00:00:00Z"}[kind]
        return "".join(self.draw.choice(string.ascii_lowercase + "-.0") for _ in range(self.draw.randint(1, 12)))

    def bad(self):
        return self.draw.choice([None, True, -1, 10**18, 1e308, [], {}, [[]], {"a": {"b": []}},
                                 ["x"] * 100, *ODD_TEXTS])

    def spoilt(self, value):
        """One thing in it, somewhere, is something else or not there."""
        if isinstance(value, dict) and value and self.draw.random() < 0.85:
            name = self.draw.choice(sorted(value))
            changed = dict(value)
            if self.draw.random() < 0.25:
                del changed[name]
            else:
                changed[name] = self.spoilt(value[name])
            return changed
        if isinstance(value, list) and value and self.draw.random() < 0.7:
            return [self.spoilt(value[0]), *value[1:]]
        return self.bad()


class Fuzz(ServedTest):
    def setUp(self):
        super().setUp()
        self.make_store("scenarios/exercise")
        tokens = {None: None}
        for name, role in (ROLES | {"victim": "monitor"}).items():
            self.add(name, role)
            if name != "victim":
                tokens[name] = self.user("token", name, "fuzz").strip()
        self.server = self.serve()
        self.browsers = {name: self.browser(self.server, token=token) for name, token in tokens.items()}
        self.draw = random.Random(SEED)
        self.maker = Maker(self.draw)

    def url(self, path, parameters, broken):
        query = []
        for parameter in parameters:
            name, where = parameter["name"], parameter["in"]
            value = self.maker.good(parameter.get("schema"), name)
            odd = broken and self.draw.random() < 0.4
            text = self.draw.choice(ODD_TEXTS) if odd else str(value)
            escaped = urllib.parse.quote(text, safe="")
            if odd and self.draw.random() < 0.4:
                escaped = self.draw.choice(ODD_ESCAPES)
            if where == "path":
                for form in (f"{{{name}}}", f"{{{name}...}}"):
                    path = path.replace(form, escaped)
            elif where == "query" and self.draw.random() < (0.7 if broken else 0.4):
                query.append(f"{name}={escaped}")
        if broken and self.draw.random() < 0.1:
            query.append(self.draw.choice(["=", "&&", "limit", "limit=&limit=1", "%zz=%", "a=" + "b" * 3_000]))
        return path + ("?" + "&".join(query) if query else "")

    def body(self, operation, broken):
        content = resolved(operation.get("requestBody", {})).get("content", {})
        if not content:
            return (self.draw.choice(ODD_BODIES), {}) if broken and self.draw.random() < 0.2 else (None, {})
        kind = self.draw.choice(sorted(content))
        value = self.maker.good(content[kind].get("schema"))
        if broken and self.draw.random() < 0.6:
            value = self.maker.spoilt(value)
        body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        if broken and self.draw.random() < 0.3:
            body = self.draw.choice([*ODD_BODIES, body[:len(body) // 2], body + body])
        if broken and self.draw.random() < 0.15:
            kind = self.draw.choice(ODD_TYPES)
        return body, {"Content-Type": kind}

    def check(self, operation, answer, asked):
        if answer.status >= 500:
            # Too busy, and when to come back: that was meant.
            meant = answer.status == 503 and "Retry-After" in answer.headers
            self.assertTrue(meant, f"{asked}\n{answer.status} {answer.body[:500]}\n{self.server.logged()[-1500:]}")
        if answer.status >= 400:
            self.assertEqual(answer.headers["Content-Type"], "application/problem+json", asked)
            problem = answer.json()
            self.assertEqual(problem["status"], answer.status, asked)
            for name in ("type", "title", "detail"):
                self.assertTrue(problem[name], asked)
        elif answer.status != 304:
            self.assertIn(str(answer.status), operation["responses"], asked)
            content = resolved(operation["responses"][str(answer.status)]).get("content", {})
            kind = answer.headers.get("Content-Type", "").split(";")[0]
            if content or answer.body:
                self.assertIn(kind, [one.split(";")[0] for one in content], asked)
            if kind.endswith("json") and kind in content:
                found = faults(content[kind].get("schema", True), answer.json())
                self.assertEqual(found[:5], [], f"{operation['operationId']}\n{asked}")

    def test_nothing_anybody_sends_is_a_mistake_of_ours(self):
        print(f"FUZZ_SEED={SEED}", flush=True)
        every = [one for one in operations() if "text/event-stream" not in json.dumps(one[2])]
        self.assertGreater(len(every), 10)
        asked, statuses, ends = 0, {}, time.monotonic() + SECONDS
        plan = []
        for method, path, operation, parameters in every:
            times = FEW.get(operation["operationId"], max(8, REQUESTS // len(every)))
            plan += [(method, path, operation, parameters)] * times
        self.draw.shuffle(plan)
        for method, path, operation, parameters in plan:
            if time.monotonic() > ends:
                break
            broken = self.draw.random() < 0.75
            who = self.draw.choice(sorted(self.browsers, key=str))
            url = self.url(path, parameters, broken)
            body, headers = self.body(operation, broken)
            if broken and self.draw.random() < 0.3:
                headers.update([self.draw.choice(ODD_HEADERS)])
            told = f"{who}: {method} {url[:300]} {headers} {(body or b'')[:300]}"
            try:
                answer = self.browsers[who].ask(method, url, body, headers)
            except OSError as error:
                self.fail(f"{told}\n{error!r}, ended: {self.server.process.poll()}\n{self.server.logged()[-1500:]}")
            self.check(operation, answer, told)
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
            asked += 1
        print(asked, "requests:", dict(sorted(statuses.items())), flush=True)
        self.assertGreater(statuses.get(200, 0), asked // 20, "most of it was never understood")
        self.assertEqual(self.browsers[None].ask("GET", "/healthz").status, 200)
        self.assertNotIn('"defect"', self.server.logged())
        self.assertEqual(self.server.close(), 0)
        self.assert_ends(run("store", "check", self.store), 0)


if __name__ == "__main__":
    unittest.main()
