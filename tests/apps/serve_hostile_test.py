"""The server against those who wish it ill: whatever they send it lives, answers others, and ends
when it is told to."""
import json
import os
import pathlib
import random
import resource
import socket
import subprocess
import threading
import time

from program import ProgramTest, run
from served import Served, read_all, read_until, status_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


class ServeHostile(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 8192)), hard))

    def setUp(self):
        super().setUp()
        self.store = self.folder / "case.db"
        self.assert_ends(run("store", "init", self.store), 0)
        self.assert_ends(run("store", "import", self.store, ROOT / "scenarios/tutorial"), 0)

    def answer(self, server, sent, seconds=30):
        with server.socket(seconds) as connection:
            try:
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError, OSError):
                pass
            return read_all(connection)

    def test_what_is_too_long_or_malformed_is_refused(self):
        with Served(self.store) as server:
            for sent, wanted in (
                    (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", {431}),
                    (GET + b"A: " + b"b" * 20_000 + b"\r\n\r\n", {431}),
                    (GET + b"A: b\r\n" * 5_000 + b"\r\n", {431}),
                    (POST + b"Content-Length: 999999999999\r\n\r\n", {413}),
                    (POST + b"Content-Length: 99999999999999999999999\r\n\r\n", {400}),
                    (POST + b"Content-Length: 1e3\r\n\r\n", {400}),
                    (POST + b"Content-Length: +5\r\n\r\n{}{}{", {400}),
                    (CHUNKED + b"fffffffff\r\n", {413}),
                    (CHUNKED + b"ffffffffffffffffffff\r\n", {400}),
                    (CHUNKED + b"2\r\n{}\r\nzz\r\n", {400}),
                    (CHUNKED + b"2\r\n{}xx0\r\n\r\n", {400}),
                    (CHUNKED + b"2;" + b"x" * 5_000 + b"\r\n{}\r\n0\r\n\r\n", {400}),
                    (CHUNKED + b"0\r\n" + b"A: b\r\n" * 5_000 + b"\r\n", {400}),
                    (b"\x00" * 100 + b"\r\n\r\n", {400}),
                    (b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n", {400}),
                    (b"GET / HTTP/1.1\nHost: x\n\n", {0, 400, 408}),
                    (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", {400, 505}),
                    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
                    (b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n", {400, 404, 405}),
                    (b"GET http://x/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {200}),
                    (b"BREW /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {405}),
                    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400})):
                with self.subTest(sent=sent[:80]):
                    self.assertIn(status_of(self.answer(server, sent)), wanted)
            for body in (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"name":1,"password":[]}',
                         b'{"name":"\xed\xa0\x80","password":"x"}', b"[" * 100_000,
                         b'{"a":' * 50_000, b'{"name":"x","name":"y","password":"z"}'):
                with self.subTest(body=body[:40]):
                    status, _, _ = server.ask("POST", "/api/session", body=body,
                                              headers={"Content-Type": "application/json"})
                    self.assertIn(status, (400, 401, 403, 413, 415, 422, 429))
            self.assertTrue(server.lives())

    def test_random_bytes_and_requests_cut_anywhere_do_no_harm(self):
        draw = random.Random(20260106)
        whole = CHUNKED + b"5\r\n{\"a\":\r\n3\r\n 1}\r\n0\r\nX: y\r\n\r\n"
        with Served(self.store) as server:
            for _ in range(300):
                sent = bytearray(whole * draw.randint(1, 3))
                for _ in range(draw.randint(0, 4)):
                    sent[draw.randrange(len(sent))] = draw.randrange(256)
                sent = bytes(sent[:draw.randint(1, len(sent))])
                with server.socket() as connection:
                    at = 0
                    while at < len(sent):  # in pieces, so that every state is met
                        size = draw.randint(1, 40)
                        try:
                            connection.sendall(sent[at:at + size])
                        except OSError:
                            break
                        at += size
            self.assertTrue(server.lives())
            self.assertFalse([line for line in server.log if "defect" in line])

    def test_one_request_is_never_two(self):
        hidden = b"GET /api/session HTTP/1.1\r\nHost: x\r\n\r\n"
        with Served(self.store) as server:
            for name, sent in {
                    "both lengths": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    b"0\r\n\r\n" + hidden,
                    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + hidden,
                    "a list of lengths": POST + b"Content-Length: 0, 40\r\n\r\n" + hidden,
                    "chunked twice": POST + b"Transfer-Encoding: chunked\r\n"
                                     b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden,
                    "another coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden,
                    "a blank before the colon": POST + b"Transfer-Encoding : chunked\r\n"
                                                b"Content-Length: 4\r\n\r\n0\r\n\r\n" + hidden,
                    "a bare line feed": POST + b"X: y\nContent-Length: 40\r\n\r\n" + hidden,
                    "chunks in 1.0": POST.replace(b"/1.1", b"/1.0")
                                     + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
                    "two hosts": GET + b"Host: y\r\n\r\n" + hidden}.items():
                with self.subTest(name):
                    answer = self.answer(server, sent)
                    self.assertEqual(answer.count(b"HTTP/1.1 "), 1, answer)
                    self.assertIn(status_of(answer), (400, 501))

    def test_paths_lead_nowhere_else(self):
        with Served(self.store) as server:
            for path in ("/../../etc/passwd", "/assets/../../../etc/passwd", "/..%2f..%2fetc/passwd",
                         "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%5c..%5cetc/passwd",
                         "//etc/passwd", "/assets//etc/passwd", "/assets/%00", "/%c0%ae%c0%ae/etc/passwd",
                         "/log/../case.db", "/log/..%2fcase.db", "/log/%2e%2e/case.db-key",
                         "/log//tmp", "/api/reports/..%2f..%2fcase.db", "/api/scenarios/..%2fx",
                         "/api/scenarios/%27%20OR%201=1--", "/api/scenarios/%", "/log/checkpoint%00.x"):
                with self.subTest(path):
                    with server.socket() as connection:
                        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n"
                                           "Connection: close\r\n\r\n".encode())
                        answer = read_all(connection)
                    self.assertIn(status_of(answer), (400, 401, 403, 404), answer[:300])
                    self.assertNotIn(b"root:", answer)
                    self.assertNotIn(b"SQLite format", answer)

    def test_a_thousand_who_say_nothing_keep_nobody_out(self):
        with Served(self.store) as server:
            silent = [server.socket() for _ in range(1_000)]
            slow = [server.socket() for _ in range(50)]
            try:
                for connection in slow:
                    connection.sendall(b"GET /healthz HT")
                for i in range(10):
                    begun = time.monotonic()
                    self.assertEqual(server.get("/healthz", seconds=20)[0], 200)
                    self.assertLess(time.monotonic() - begun, 20)
                    slow[i].sendall(b"T")
                # A header that never ends does not hold its place for ever.
                for connection in slow:
                    connection.settimeout(60)
                    self.assertIn(status_of(read_all(connection)), (0, 400, 408))
                # Those who were silent may still ask.
                silent[-1].sendall(GET + b"\r\n")
                self.assertEqual(status_of(silent[-1].recv(4096)), 200)
            finally:
                for connection in silent + slow:
                    connection.close()
            self.assertTrue(server.lives())

    def test_streams_that_nobody_reads_cost_little_and_end(self):
        with Served(self.store) as server:
            streams = []
            for _ in range(20):
                connection = server.socket()
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.sendall(b"GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n")
                streams.append(connection)
            gone = [server.socket() for _ in range(20)]
            for connection in gone:
                connection.sendall(b"GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n")
                read_until(connection, b"event: hello")
                connection.close()
            before = self.resident(server)
            report = self.folder / "report.json"
            report.write_text(json.dumps({"text": "x" * 100}), "utf-8")
            for number in range(3):
                self.assert_ends(run("store", "put", self.store, report, "--kind", "report", "--name",
                                     f"r{number}", "--releasable-to", "public"), 0)
            self.assertTrue(server.lives())
            self.assertLess(self.resident(server) - before, 64 << 20)
            # Whoever reads at last has what it missed.
            read_until(streams[0], b"event: hello")
            for connection in streams:
                connection.close()

    @staticmethod
    def resident(server):
        pages = int(pathlib.Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE")

    def test_it_ends_soon_whoever_is_still_there(self):
        with Served(self.store) as server:
            stream = server.socket()
            stream.sendall(b"GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertIn(b"200 OK", stream.recv(4096))
            silent = [server.socket() for _ in range(50)]
            half = server.socket()
            half.sendall(POST + b"Content-Length: 10\r\n\r\n{")
            begun = time.monotonic()
            server.process.terminate()
            read = threading.Thread(target=read_all, args=(stream,))
            read.start()
            self.assertEqual(server.process.wait(30), 0)
            self.assertLess(time.monotonic() - begun, 10)
            read.join()
            for connection in [*silent, half, stream]:
                connection.close()

    def test_over_tls_too(self):
        chain, key = self.folder / "chain.pem", self.folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj", "/CN=localhost",
                        "-keyout", key, "-out", chain], check=True, capture_output=True)
        import ssl
        context = ssl.create_default_context(cafile=chain)
        context.check_hostname = False
        with Served(self.store, "--tls-certificate", chain, "--tls-key", key) as server:
            for sent in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\xff\xff", b"\x00" * 500):
                self.assertNotIn(b"200 OK", self.answer(server, sent))
            with context.wrap_socket(server.socket()) as connection:
                self.assertIn(connection.version(), ("TLSv1.2", "TLSv1.3"))
                connection.sendall(GET + b"Connection: close\r\n\r\n")
                answer = read_all(connection)
                self.assertEqual(status_of(answer), 200)
                self.assertIn(b"Strict-Transport-Security", answer)
            old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
            old.set_ciphers("ALL:@SECLEVEL=0")
            old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
            with self.assertRaises((ssl.SSLError, ConnectionResetError)):
                old.wrap_socket(server.socket())
            with context.wrap_socket(server.socket()) as connection:
                connection.sendall(b"GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n")
                text = b""
                while b"event: hello" not in text:
                    text += connection.recv(4096)
            self.assertIsNone(server.process.poll())
