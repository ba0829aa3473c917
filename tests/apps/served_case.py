"""Runs `guarantor serve` over a store with accounts, and asks it."""
import http.client
import json
import re
import select
import ssl
import subprocess

from program import BINARY, ProgramTest, run

PASSWORD = "four quiet lanterns"
SECONDS = 60  # no request waits longer


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


class Browser:
    """As far as it matters here: a cookie, and what the page sends with each change."""

    def __init__(self, server, token=None):
        self.server = server
        self.token = token
        self.cookie = None
        self.csrf = None
        self.connection = None

    def ask(self, method, path, body=None, headers=None, csrf=True):
        sent = {"Host": "localhost"}
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        if self.cookie:
            sent["Cookie"] = self.cookie
        if self.csrf and csrf:
            sent["X-CSRF-Token"] = self.csrf
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        sent.update(headers or {})
        for last in (False, True):
            connection = self.connection or self.server.connect()
            self.connection = connection
            try:
                connection.request(method, path, body, sent)
                answer = Answer(connection.getresponse())
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.close()
                if last:
                    raise
        if answer.headers.get("Connection", "").lower() == "close":
            self.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = cookie.split(";")[0]
        return answer

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def sign_in(self, name, password=PASSWORD):
        answer = self.ask("POST", "/api/session", {"name": name, "password": password})
        if answer.status == 200:
            self.csrf = answer.json()["csrf"]
        return answer


class Server:
    """A server that runs until it is closed."""

    def __init__(self, store, *arguments, tls=None):
        self.tls = tls
        self.log = open(f"{store}.log", "w+b")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--store", str(store), "--port", "0", *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=self.log, stdin=subprocess.DEVNULL)
        ready = select.select([self.process.stdout], [], [], SECONDS)[0]
        line = self.process.stdout.readline().decode() if ready else ""
        found = re.fullmatch(r"Listening on (https?)://127\.0\.0\.1:(\d+)/\n", line)
        if not found:
            self.close()
            raise AssertionError(f"it does not listen: {line!r}\n{self.logged()}")
        self.port = int(found[2])

    def connect(self):
        if self.tls is None:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=SECONDS,
                                           context=ssl.create_default_context(cafile=self.tls))

    def logged(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read().decode("utf-8", "replace")

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        return self.process.returncode


class ServedTest(ProgramTest):
    """A test with a store in its folder, and servers that end with it."""

    def make_store(self, scenario=None):
        store = self.folder / "case.db"
        self.assert_ends(run("store", "init", store), 0)
        if scenario:
            self.assert_ends(run("store", "import", store, scenario), 0)
        self.store = store
        return store

    def user(self, *arguments, typed=None):
        options = {"stdin": None, "input": typed} if typed is not None else {}
        process = run("user", *arguments, "--store", self.store, **options)
        self.assert_ends(process, 0)
        return process.stdout

    def add(self, name, role):
        self.user("add", name, "--role", role, "--stdin", typed=PASSWORD + "\n")

    def serve(self, *arguments, tls=None):
        server = Server(self.store, *arguments, tls=tls)
        self.addCleanup(server.log.close)
        self.addCleanup(server.close)
        return server

    def browser(self, server, name=None, token=None):
        browser = Browser(server, token)
        self.addCleanup(browser.close)
        if name:
            answer = browser.sign_in(name)
            self.assertEqual(answer.status, 200, answer.body)
        return browser
