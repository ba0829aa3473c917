"""What the program makes of its arguments: help, version, misspellings, exit codes."""
import os
import unittest

from program import ProgramTest, run

VERBS = ["check", "generate", "plan", "reach", "report", "import", "export", "completion", "man"]


class Arguments(ProgramTest):
    def assert_refuses(self, arguments, *words):
        process = run(*arguments)
        self.assert_ends(process, 2)
        self.assertEqual(process.stdout, "")
        for word in words:
            self.assertIn(word, process.stderr)

    def test_help_begins_with_examples(self):
        for verb in [[], *([v] for v in VERBS)]:
            with self.subTest(verb):
                process = run(*verb, "--help")
                self.assert_ends(process, 0)
                self.assertTrue(process.stdout.startswith("Examples:\n"), process.stdout)
                self.assertEqual(process.stderr, "")

    def test_help_names_every_verb(self):
        text = run("--help").stdout
        for verb in VERBS:
            self.assertIn(f"  {verb} ", text)

    def test_version(self):
        process = run("--version")
        self.assert_ends(process, 0)
        self.assertRegex(process.stdout, r"^guarantor \d+\.\d+\.\d+\n$")

    def test_no_verb(self):
        self.assert_refuses([], "guarantor --help")

    def test_a_misspelt_verb(self):
        self.assert_refuses(["genrate", "somewhere"], "unknown command `genrate`",
                            "did you mean `generate`?")
        self.assert_refuses(["plna"], "did you mean `plan`?")

    def test_an_unknown_verb_that_is_near_nothing(self):
        self.assert_refuses(["xyzzyxyzzy"], "unknown command `xyzzyxyzzy`", "guarantor --help")

    def test_a_misspelt_option(self):
        self.assert_refuses(["generate", "somewhere", "--tim-limit", "3"],
                            "unknown option `--tim-limit`", "did you mean `--time-limit`?")
        self.assert_refuses(["generate", "somewhere", "--gapp=3"], "did you mean `--gap`?")
        self.assert_refuses(["--verson"], "did you mean `--version`?")

    def test_misspelt_words(self):
        small = self.small()
        self.assert_refuses(["generate", small, "--world", "nominl"], "did you mean `nominal`?")
        self.assert_refuses(["completion", "bsh"], "did you mean `bash`?")
        self.assert_refuses(["report", "plan.json", "--scenario", small, "--format", "jsn"],
                            "did you mean `json`?")

    def test_values_out_of_range(self):
        small = self.small()
        for option, value in [("--gap", "-1"), ("--gap", "much"), ("--gap", "nan"),
                              ("--time-limit", "0"), ("--time-limit", "nan"), ("--threads", "0"),
                              ("--seed", "-1"), ("--seed", "x")]:
            with self.subTest(option=option, value=value):
                self.assert_refuses(["generate", small, option, value], option)

    def test_a_missing_argument(self):
        self.assert_refuses(["generate"], "scenario")
        self.assert_refuses(["plan", self.small()], "--output")

    def test_one_argument_too_many(self):
        self.assert_refuses(["check", "a", "b"], "unexpected `b`")

    def test_assumptions_must_make_sense(self):
        small = self.small()
        self.assert_refuses(["generate", small, "--assume", "vote-xab"], "condition=true")
        self.assert_refuses(["generate", small, "--assume", "vote-xab=perhaps"], "condition=true")
        self.assert_refuses(["generate", small, "--assume", "vote-xab=true,vote-xab=false"],
                            "both values")
        self.assert_refuses(["generate", small, "--assume", "vote-xac=true"], "vote-xac")
        self.assert_refuses(["generate", small, "--world", "assured", "--assume",
                             "vote-xab=true"], "--world given")

    def test_worlds_are_of_the_expected_world(self):
        small = self.small()
        self.assert_refuses(["generate", small, "--worlds", "10"], "--world expected")
        self.assert_refuses(["generate", small, "--world", "expected", "--worlds", "1"],
                            "--worlds")
        self.assert_refuses(["generate", small, "--world", "expected", "--worlds", "x"],
                            "--worlds")

    def test_what_is_not_offered_is_refused_by_name(self):
        small = self.small()
        expected = ["generate", small, "--world", "expected"]
        self.assert_refuses([*expected, "--strict-tiers"], "refused")
        self.assert_refuses([*expected, "--request", "XAA", "--lines", "a"], "refused")

    def test_a_package_is_asked_of_a_nation_for_lines(self):
        small = self.small()
        self.assert_refuses(["generate", small, "--lines", "a"], "--request")
        self.assert_refuses(["generate", small, "--fill", "0.5"], "--request")
        self.assert_refuses(["generate", small, "--request", "XAA"], "--lines")
        self.assert_refuses(["generate", small, "--request", "XAA", "--lines", "no-such-line"],
                            "no-such-line")
        self.assert_refuses(["generate", small, "--request", "XAA", "--lines", "a", "--fill", "2"],
                            "--fill")

    def test_a_missing_scenario(self):
        for verb in (["check"], ["generate"], ["export", "-o", self.folder / "x"]):
            with self.subTest(verb):
                process = run(*verb, self.folder / "nowhere")
                self.assert_ends(process, 2)
                self.assertIn("nowhere", process.stderr)

    def test_odd_arguments_do_not_crash(self):
        for arguments in ([""], ["-"], ["--"], ["-x"], ["check", ""], ["check", "--", "-x"],
                          ["generate", "\xff" * 5000], ["check", "a\nb"]):
            with self.subTest([a[:20] for a in arguments]):
                process = run(*arguments)
                self.assertEqual(process.returncode, 2, process.stderr[:500])

    def test_no_colour_in_a_file(self):
        small = self.small()
        process = run("generate", small, env={**os.environ, "TERM": "xterm-256color"})
        self.assertNotIn("\x1b", process.stdout + process.stderr)


if __name__ == "__main__":
    unittest.main()
