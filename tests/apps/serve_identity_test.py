"""`guarantor serve`: who is let in, and what keeps others out."""
import base64
import json
import socket
import subprocess
import threading
import time
import unittest

from program import run
from served_case import PASSWORD, Browser, ServedTest

OTHER = "seven loud harbours"
HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
           "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
           "Cross-Origin-Resource-Policy": "same-origin"}


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Identity(ServedTest):
    def setUp(self):
        super().setUp()
        self.make_store()
        self.add("anna", "planner")
        self.server = self.serve()

    def test_people_sign_in_and_out(self):
        nobody = self.browser(self.server)
        who = nobody.ask("GET", "/api/session").json()
        self.assertEqual((who["account"], who["role"]), (None, "public"))
        anna = self.browser(self.server, "anna")
        self.assertTrue(anna.cookie.startswith("guarantor="))
        self.assertEqual(anna.ask("GET", "/api/session").json()["viewer"], "planner")
        self.assertEqual(anna.ask("DELETE", "/api/session", csrf=False).status, 403)
        self.assertEqual(anna.ask("DELETE", "/api/session").status, 204)
        self.assertEqual(anna.ask("GET", "/api/tokens").status, 401)

    def test_a_session_is_no_one_elses(self):
        anna = self.browser(self.server)
        anna.cookie = "guarantor=chosen"
        answer = anna.sign_in("anna")
        self.assertEqual(answer.status, 200)
        flags = answer.headers["Set-Cookie"].split("; ")
        self.assertNotIn("chosen", flags[0])
        self.assertEqual(flags[1:], ["Path=/", "HttpOnly", "SameSite=Strict"])

    def test_pages_of_others_change_nothing(self):
        anna = self.browser(self.server, "anna")
        body = {"token": "laptop"}
        for headers, csrf in (({}, False), ({"X-CSRF-Token": "guessed"}, False),
                              ({"Sec-Fetch-Site": "cross-site"}, True),
                              ({"Sec-Fetch-Site": "same-site"}, True)):
            answer = anna.ask("POST", "/api/tokens", body, headers, csrf)
            self.assertEqual(answer.status, 403, headers)
            self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertEqual(anna.ask("POST", "/api/tokens", "token=laptop", form, csrf=False).status, 403)
        nobody = self.browser(self.server)
        for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data"):
            answer = nobody.ask("POST", "/api/session", json.dumps({"name": "anna", "password": PASSWORD}),
                                {"Content-Type": kind})
            self.assertEqual(answer.status, 415, kind)
        self.assertEqual(anna.ask("GET", "/api/tokens").json()["items"], [])
        self.assertEqual(anna.ask("POST", "/api/tokens", body).status, 201)

    def test_what_another_program_keeps_counts_at_once(self):
        anna = self.browser(self.server, "anna")
        self.user("role", "anna", "auditor")
        self.assertEqual(anna.ask("GET", "/api/session").json()["role"], "auditor")
        self.assertEqual(anna.ask("GET", "/api/accounts").status, 200)
        token = self.user("token", "anna", "script").strip()
        script = self.browser(self.server, token=token)
        self.assertEqual(script.ask("GET", "/api/accounts").status, 200)
        self.user("token", "anna", "script", "--revoke")
        self.assertEqual(script.ask("GET", "/api/accounts").status, 401)
        self.user("lock", "anna")
        self.assertEqual(anna.ask("GET", "/api/accounts").status, 401)
        self.assertEqual(self.browser(self.server).sign_in("anna").status, 401)
        self.user("unlock", "anna")
        again = self.browser(self.server, "anna")
        password = self.user("password", "anna", "--reset", "--one-time").strip()
        self.assertEqual(again.ask("GET", "/api/accounts").status, 401)
        last = self.browser(self.server)
        self.assertEqual(last.sign_in("anna", password).status, 200)
        self.assertEqual(last.ask("GET", "/api/accounts").status, 403)
        self.assertEqual(last.ask("POST", "/api/session/password", {"old": password, "new": OTHER}).status,
                         200)
        last.csrf = last.ask("GET", "/api/session").json()["csrf"]
        self.assertEqual(last.ask("GET", "/api/accounts").status, 200)
        self.user("remove", "anna")
        self.assertEqual(last.ask("GET", "/api/accounts").status, 401)

    def test_what_the_server_keeps_counts_for_other_programs(self):
        self.add("carol", "controller")
        carol = self.browser(self.server, "carol")
        added = carol.ask("POST", "/api/accounts", {"account": "dora", "role": "delegate:XAB"})
        self.assertEqual(added.status, 201)
        self.assertEqual(carol.ask("PATCH", "/api/accounts/anna", {"locked": True}).status, 200)
        accounts = {a["account"]: a for a in json.loads(self.user("list", "--json"))}
        self.assertEqual(accounts["dora"]["role"], "delegate:XAB")
        self.assertTrue(accounts["anna"]["locked"])
        self.user("check")
        self.assert_ends(run("store", "check", self.store), 0)

    def test_five_refused_passwords_lock(self):
        nobody = self.browser(self.server)
        for _ in range(5):
            self.assertEqual(nobody.sign_in("anna", "not her password at all").status, 401)
        refused = nobody.sign_in("anna")
        self.assertEqual(refused.status, 401)
        self.assertEqual(nobody.sign_in("nobody").body, refused.body)
        listed = json.loads(self.user("list", "--json"))
        self.assertIsNotNone(listed[0]["locked_until"])

    def test_others_do_not_wait_for_a_password(self):
        slow = [threading.Thread(target=lambda: self.browser(self.server).sign_in("nobody"))
                for _ in range(4)]
        for thread in slow:
            thread.start()
        nobody = self.browser(self.server)
        for _ in range(5):
            self.assertEqual(nobody.ask("GET", "/api/session").status, 200)
        self.assertTrue(any(thread.is_alive() for thread in slow))
        for thread in slow:
            thread.join()

    def test_a_request_is_done_once(self):
        anna = self.browser(self.server, "anna")
        key = {"Idempotency-Key": "k-1"}
        self.assertEqual(anna.ask("POST", "/api/tokens", {"token": "a"}, key).status, 201)
        self.assertEqual(anna.ask("POST", "/api/tokens", {"token": "a"}, key).status, 409)
        self.assertEqual(anna.ask("POST", "/api/tokens", {"token": "b"}, key).status, 422)
        self.assertEqual(len(anna.ask("GET", "/api/tokens").json()["items"]), 1)

    def test_every_answer_has_the_security_headers(self):
        nobody = self.browser(self.server)
        for method, path in (("GET", "/"), ("GET", "/healthz"), ("GET", "/api/session"),
                             ("GET", "/api/accounts"), ("GET", "/nothing"), ("DELETE", "/healthz"),
                             ("POST", "/api/session"), ("GET", "/api/schema"), ("GET", "/%zz")):
            answer = nobody.ask(method, path)
            for name, value in HEADERS.items():
                self.assertEqual(answer.headers[name], value, (method, path))
            self.assertIn("frame-ancestors 'none'", answer.headers["Content-Security-Policy"], path)
            self.assertIn("Cache-Control", answer.headers, path)

    def test_even_what_is_no_request(self):
        with socket.create_connection(("127.0.0.1", self.server.port), 30) as plain:
            plain.sendall(b"NONSENSE\r\n\r\n")
            answer = plain.makefile("rb").read().decode()
        self.assertIn(" 400 ", answer.splitlines()[0])
        for name in HEADERS:
            self.assertIn(f"\n{name}:", answer)

    def test_the_log_has_no_secrets(self):
        anna = self.browser(self.server, "anna")
        made = anna.ask("POST", "/api/tokens", {"token": "laptop"}).json()["text"]
        self.browser(self.server, token=made).ask("GET", "/api/session")
        log = self.server.logged()
        self.assertIn("makeToken", log)
        for secret in (PASSWORD, made, anna.cookie.split("=")[1], anna.csrf):
            self.assertNotIn(secret, log)
        for file in self.folder.rglob("*"):
            if file.is_file():
                for secret in (made, anna.cookie.split("=")[1], anna.csrf):
                    self.assertNotIn(secret.encode(), file.read_bytes(), file)


class Tls(ServedTest):
    def setUp(self):
        super().setUp()
        self.make_store()
        self.add("anna", "planner")

    def test_serves_with_a_certificate_of_its_own(self):
        certificate, key = self.folder / "chain.pem", self.folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key,
                        "-out", certificate], check=True, capture_output=True, timeout=60)
        server = self.serve("--tls-certificate", certificate, "--tls-key", key, tls=certificate)
        browser = self.browser(server)
        answer = browser.sign_in("anna")
        self.assertEqual(answer.status, 200)
        flags = answer.headers["Set-Cookie"].split("; ")
        self.assertTrue(flags[0].startswith("__Host-guarantor="))
        self.assertEqual(flags[1:], ["Path=/", "HttpOnly", "SameSite=Strict", "Secure"])
        self.assertIn("max-age=", answer.headers["Strict-Transport-Security"])
        self.assertEqual(browser.ask("GET", "/api/session").json()["account"], "anna")
        # The cookie's name without TLS does not count with it.
        browser.cookie = browser.cookie.replace("__Host-", "")
        self.assertIsNone(browser.ask("GET", "/api/session").json()["account"])

    def test_half_of_it_is_refused(self):
        process = run("serve", "--store", self.store, "--port", "0", "--tls-key", "key.pem")
        self.assert_ends(process, 2)
        self.assertIn("go together", process.stderr)


class Oidc(ServedTest):
    """The issuer is this test, with a key of openssl's."""

    def setUp(self):
        super().setUp()
        self.make_store()
        self.key = self.folder / "issuer.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048",
                        "-out", self.key], check=True, capture_output=True, timeout=60)
        printed = subprocess.run(["openssl", "rsa", "-in", self.key, "-noout", "-modulus"], check=True,
                                 capture_output=True, text=True, timeout=60).stdout
        modulus = bytes.fromhex(printed.strip().split("=")[1])
        self.keys = self.folder / "keys.json"
        self.keys.write_text(json.dumps({"keys": [{"kty": "RSA", "kid": "k1", "e": "AQAB",
                                                   "n": base64url(modulus)}]}), "utf-8")

    def token(self, **changes):
        claims = {"iss": "https://id.example", "aud": "guarantor", "sub": "anna-17",
                  "exp": int(time.time()) + 300, "groups": ["staff", "delegate:XAB"], **changes}
        text = ".".join(base64url(json.dumps(part).encode())
                        for part in ({"alg": "RS256", "kid": "k1"}, claims))
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key],
                                   input=text.encode(), check=True, capture_output=True, timeout=60)
        return text + "." + base64url(signature.stdout)

    def test_lets_in_whom_the_issuer_signed_for(self):
        server = self.serve("--oidc-issuer", "https://id.example", "--oidc-audience", "guarantor",
                            "--oidc-keys", self.keys, "--oidc-role-claim", "groups")
        browser = self.browser(server)
        who = browser.ask("GET", "/api/session",
                          headers={"X-Forwarded-Access-Token": self.token()}).json()
        self.assertEqual((who["account"], who["viewer"]), ("oidc:anna-17", "delegate:XAB"))
        program = Browser(server, self.token())
        self.addCleanup(program.close)
        self.assertEqual(program.ask("GET", "/api/session").json()["nation"], "XAB")
        for changes in ({"exp": int(time.time()) - 90}, {"aud": "another"}, {"groups": ["staff"]},
                        {"iss": "https://id.example.org"}):
            program.token = self.token(**changes)
            self.assertEqual(program.ask("GET", "/api/session").status, 401, changes)
        head, claims, _ = self.token().split(".")
        program.token = f"{head}.{claims}."
        self.assertEqual(program.ask("GET", "/api/session").status, 401)

    def test_wants_all_three_and_public_keys(self):
        base = ("serve", "--store", self.store, "--port", "0", "--oidc-issuer", "https://id.example")
        self.assertNotEqual(run(*base).returncode, 0)
        self.keys.write_text("{}", "utf-8")
        process = run(*base, "--oidc-audience", "guarantor", "--oidc-keys", self.keys)
        self.assert_ends(process, 2)
        self.assertIn("JWK set", process.stderr)


if __name__ == "__main__":
    unittest.main()
