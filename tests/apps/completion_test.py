"""Completions and the manual page, which are read off the options themselves."""
import shutil
import subprocess
import unittest

from arguments_test import VERBS
from program import ProgramTest, run


class Completion(ProgramTest):
    def test_every_shell_knows_every_verb(self):
        for shell in ("bash", "zsh", "fish"):
            with self.subTest(shell):
                process = run("completion", shell)
                self.assert_ends(process, 0)
                for verb in VERBS:
                    self.assertRegex(process.stdout, rf"\b{verb}\b")
                self.assertIn("time-limit", process.stdout)
                self.assertRegex(process.stdout, "nominal.assured.given.expected")

    def complete(self, *words):
        """What bash offers for the last of `words`."""
        script = (f"{run('completion', 'bash').stdout}\n"
                  f"COMP_WORDS=({' '.join(repr(w) for w in words)})\n"
                  f"COMP_CWORD={len(words) - 1}\n_guarantor\n"
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
        return done.stdout.split()

    def test_bash_completes(self):
        self.assertEqual(self.complete("guarantor", "ge"), ["generate"])
        self.assertEqual(self.complete("guarantor", "generate", "--ti"), ["--time-limit"])
        self.assertEqual(self.complete("guarantor", "generate", "--world", "a"), ["assured"])
        self.assertEqual(self.complete("guarantor", "completion", "z"), ["zsh"])

    def test_shells_accept_their_script(self):
        for shell in ("bash", "zsh", "fish"):
            if shutil.which(shell):
                with self.subTest(shell):
                    subprocess.run([shell, "-n"], input=run("completion", shell).stdout, text=True,
                                   check=True)


class Man(ProgramTest):
    def test_every_verb_has_its_section(self):
        page = run("man").stdout
        self.assertTrue(page.startswith(".TH GUARANTOR 1"))
        for verb in VERBS:
            self.assertIn(f"\n.SS {verb}\n", page)

    @unittest.skipUnless(shutil.which("groff"), "needs groff")
    def test_it_renders_without_a_warning(self):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-P-cbou"], input=run("man").stdout,
                              capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        self.assertIn("EXIT STATUS", done.stdout)


if __name__ == "__main__":
    unittest.main()
