"""`guarantor user`: accounts, and what is kept of them."""
import json
import sqlite3
import subprocess
import unittest

from program import BINARY, ProgramTest, run

GOOD = "four quiet lanterns"
OTHER = "seven loud harbours"


class User(ProgramTest):
    def setUp(self):
        super().setUp()
        self.store = self.folder / "case.db"
        self.assert_ends(run("store", "init", self.store), 0)

    def user(self, *arguments, code=0, typed=None):
        options = {"stdin": None, "input": typed} if typed is not None else {}
        process = run("user", *arguments, "--store", self.store, **options)
        self.assert_ends(process, code)
        return process

    def accounts(self):
        return {a["account"]: a for a in json.loads(self.user("list", "--json").stdout)}

    def test_the_first_start_prints_a_password_for_one_use(self):
        first = self.user("init")
        password = first.stdout.strip()
        self.assertEqual(len(password), 23)
        self.assertTrue(self.accounts()["admin"]["one_time"])
        self.assertEqual(self.accounts()["admin"]["role"], "controller")
        self.user("init", code=2)
        self.user("password", "admin", "--stdin", typed=f"{password}\n{GOOD}\n")
        self.assertFalse(self.accounts()["admin"]["one_time"])
        self.user("password", "admin", "--stdin", typed=f"{password}\n{OTHER}\n", code=2)
        self.user("password", "admin", "--stdin", typed=f"{GOOD}\n{OTHER}\n")

    def test_accounts_come_change_and_go(self):
        self.user("add", "anna", "--role", "planner", "--stdin", typed=GOOD + "\n")
        self.user("role", "anna", "delegate:XAB")
        self.user("lock", "anna")
        self.assertTrue(self.accounts()["anna"]["locked"])
        self.user("password", "anna", "--stdin", typed=f"{GOOD}\n{OTHER}\n", code=2)
        self.user("unlock", "anna")
        self.assertEqual(self.accounts()["anna"]["role"], "delegate:XAB")
        self.user("remove", "anna")
        self.assertEqual(self.accounts(), {})
        self.user("check")
        self.assert_ends(run("store", "check", self.store), 0)

    def test_bad_words_say_what_would_be_right(self):
        for arguments, typed, wanted in (
                (("add", "anna", "--role", "planer", "--stdin"), GOOD, "did you mean `planner`?"),
                (("add", "anna", "--role", "delegate", "--stdin"), GOOD, "as in delegate:XAB"),
                (("add", "anna", "--role", "auditor:GBR", "--stdin"), GOOD, "is of no nation"),
                (("add", "anna", "--role", "auditor", "--stdin"), "short", "at least 12"),
                (("add", "Anna", "--role", "auditor", "--stdin"), GOOD, "cannot name an account"),
                (("role", "anna", "auditor"), "", "there is no account `anna`")):
            self.assertIn(wanted, self.user(*arguments, code=2, typed=typed + "\n").stderr)
        process = subprocess.run([BINARY, "user", "add", "anna", "--role", "auditor", "--store",
                                  self.store], capture_output=True, text=True, check=False,
                                 stdin=subprocess.DEVNULL, start_new_session=True, timeout=60)
        self.assertEqual(process.returncode, 2)
        self.assertIn("--stdin", process.stderr)

    def test_five_wrong_passwords_lock(self):
        self.user("add", "anna", "--role", "planner", "--stdin", typed=GOOD + "\n")
        for _ in range(5):
            self.user("password", "anna", "--stdin", typed=f"{OTHER}\n{OTHER}!\n", code=2)
        self.assertIsNotNone(self.accounts()["anna"]["locked_until"])
        self.user("password", "anna", "--stdin", typed=f"{GOOD}\n{OTHER}\n", code=2)
        self.user("unlock", "anna")
        self.user("password", "anna", "--stdin", typed=f"{GOOD}\n{OTHER}\n")

    def test_a_token_is_shown_once_and_kept_as_a_hash(self):
        self.user("add", "anna", "--role", "planner", "--stdin", typed=GOOD + "\n")
        token = self.user("token", "anna", "laptop", "--days", "90").stdout.strip()
        self.assertTrue(token.startswith("gt1.anna."))
        for file in self.folder.rglob("*"):
            if file.is_file():
                self.assertNotIn(token.encode(), file.read_bytes(), file)
                self.assertNotIn(GOOD.encode(), file.read_bytes(), file)
        self.user("token", "anna", "laptop", code=2)
        self.user("token", "anna", "laptop", "--revoke")
        self.assertTrue(self.accounts()["anna"]["tokens"][0]["revoked"])

    def test_a_verifier_in_anothers_place_is_found(self):
        self.user("add", "anna", "--role", "planner", "--stdin", typed=GOOD + "\n")
        self.user("add", "bert", "--role", "planner", "--stdin", typed=OTHER + "\n")
        with sqlite3.connect(self.store) as connection:
            connection.execute("UPDATE secret SET value = (SELECT value FROM secret WHERE "
                               "name = 'bert') WHERE name = 'anna'")
        connection.close()
        self.assertIn("anna", self.user("check", code=4).stderr)
        self.assert_ends(run("store", "check", self.store), 4)


if __name__ == "__main__":
    unittest.main()
