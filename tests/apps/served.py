"""A running `guarantor serve` over a store of its own, for tests of the program."""
import http.client
import json
import re
import signal
import socket
import subprocess
import threading

from program import BINARY, SECONDS, run


class Served:
    """Serves until it is left. `log` holds the lines it wrote to standard error."""

    def __init__(self, store, *options):
        self.process = subprocess.Popen(
            [BINARY, "serve", "--store", str(store), "--port", "0", *map(str, options)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"://[^:]+:(\d+)/", line)
        if not found:
            self.process.kill()
            raise AssertionError(f"it does not serve: {line}{self.process.stderr.read()}")
        self.port = int(found.group(1))
        self.log = []
        self.reader = threading.Thread(target=self.read_log)
        self.reader.start()

    def read_log(self):
        for line in self.process.stderr:
            self.log.append(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.leave()

    def leave(self):
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()
        self.process.stderr.close()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.leave()

    def socket(self, seconds=30):
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def ask(self, method, path, body=None, headers=None, seconds=SECONDS):
        """Status, fields and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def json(self, path, **options):
        status, _, body = self.get(path, **options)
        if status != 200:
            raise AssertionError(f"{path}: {status} {body[:500]}")
        return json.loads(body)

    def lives(self):
        return self.process.poll() is None and self.get("/healthz")[0] == 200


def read_all(connection):
    """All that comes until the other side ends, or resets what it has no more to say on."""
    pieces = []
    try:
        while piece := connection.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def read_until(connection, text):
    """What comes, up to the piece with the text in it. Fails where the other side ends before."""
    read = b""
    while text not in read:
        piece = connection.recv(65536)
        if not piece:
            raise AssertionError(f"{text!r} did not come, but {read[-500:]!r}")
        read += piece
    return read


def status_of(answer):
    """The status of the first response in these bytes; 0 where there is none."""
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return int(found.group(1)) if found else 0


def add_token(store, account, role, password="four quiet lanterns"):
    """An account and a token of it."""
    added = run("user", "add", account, "--role", role, "--store", store, "--stdin", stdin=None,
                input=password + "\n")
    if added.returncode:
        raise AssertionError(added.stderr)
    made = run("user", "token", account, "test", "--store", store)
    if made.returncode:
        raise AssertionError(made.stderr)
    return made.stdout.strip().split()[-1]
