"""The checks must be able to fail: each is shown a made-up house with one thing wrong."""
import importlib.machinery
import importlib.util
import pathlib
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import check_arrows  # noqa: E402
import check_sizes  # noqa: E402


class House(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("src/guarantor/model/id.h", "#include <string>\n")
        self.write("src/guarantor/solver/mip.cc",
                   '#include "guarantor/model/id.h"\n#include <CbcModel.hpp>\n')
        self.write("apps/guarantor/plan.cc",
                   '#include "guarantor/terminal.h"\n#include "guarantor/report/brief.h"\n')

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class Arrows(House):
    def one_problem(self, name, text):
        self.write(name, text)
        problems = check_arrows.check(self.root)
        self.assertEqual(len(problems), 1, problems)
        return problems[0]

    def test_a_sound_house_passes(self):
        self.assertEqual(check_arrows.check(self.root), [])

    def test_model_includes_no_part(self):
        problem = self.one_problem("src/guarantor/model/world.cc",
                                   '// first\n#include "guarantor/tables/scenario_folder.h"\n')
        self.assertIn("src/guarantor/model/world.cc:2: undeclared arrow model -> tables", problem)

    def test_siblings_do_not_include_each_other(self):
        problem = self.one_problem("src/guarantor/report/brief.cc",
                                   '#  include "guarantor/generate/plan.h"\n')
        self.assertIn("undeclared arrow report -> generate", problem)

    def test_the_app_does_not_reach_the_solver(self):
        problem = self.one_problem("apps/guarantor/generate.cc",
                                   '#include "guarantor/solver/mip.h"\n')
        self.assertIn("undeclared arrow app -> solver", problem)

    def test_the_solver_library_touches_one_place(self):
        for header in ("<coin/CbcModel.hpp>", "<ClpSimplex.hpp>", '"OsiClpSolverInterface.hpp"',
                       "<CoinPackedMatrix.hpp>", "<Cbc_C_Interface.h>"):
            with self.subTest(header):
                problem = self.one_problem("src/guarantor/generate/plan.cc",
                                           f"#include {header}\n")
                self.assertIn("only solver may", problem)

    def test_a_part_does_not_include_the_app(self):
        problem = self.one_problem("src/guarantor/report/brief.cc",
                                   '#include "guarantor/terminal.h"\n')
        self.assertIn("of the app", problem)

    def test_a_part_nobody_declared_fails(self):
        problem = self.one_problem("src/guarantor/helpers/string.cc", "")
        self.assertIn("belongs to no declared part", problem)

    def test_an_empty_tree_fails(self):
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual(len(check_arrows.check(pathlib.Path(empty))), 1)


class Sizes(House):
    def test_a_sound_house_passes(self):
        self.assertEqual(check_sizes.check(self.root), [])

    def test_a_header_of_200_lines_fails(self):
        self.write("src/guarantor/model/id.h", "//\n" * 199)
        self.assertEqual(check_sizes.check(self.root), [])
        self.write("src/guarantor/model/id.h", "//\n" * 200)
        self.assertIn("200 lines", check_sizes.check(self.root)[0])

    def test_a_source_of_500_lines_fails(self):
        self.write("src/guarantor/solver/mip.cc", "//\n" * 500)
        self.assertIn("500 lines", check_sizes.check(self.root)[0])

    def test_a_drain_fails(self):
        self.write("src/guarantor/model/utils.h", "\n")
        self.assertIn("name it for what it does", check_sizes.check(self.root)[0])

class TidySources(unittest.TestCase):
    """What tidy looks at: what changed, what belongs to a changed header, and some of the rest."""

    def setUp(self):
        loader = importlib.machinery.SourceFileLoader("tidy_sources", str(TOOLS / "tidy_sources"))
        spec = importlib.util.spec_from_loader("tidy_sources", loader)
        self.tool = importlib.util.module_from_spec(spec)
        loader.exec_module(self.tool)
        self.everything = self.tool.sources()

    def test_everything_where_nothing_is_known_or_the_rules_changed(self):
        for names in (None, {".clang-tidy"}):
            self.assertEqual(self.tool.chosen(self.everything, names, "c", 8), self.everything)

    def test_a_changed_source_and_the_source_of_a_changed_header(self):
        names = {"src/guarantor/model/world.cc", "src/guarantor/model/date.h"}
        chosen = self.tool.chosen(self.everything, names, "c", 10**9)
        self.assertEqual(chosen, ["src/guarantor/model/date.cc", "src/guarantor/model/world.cc"])

    def test_each_of_the_others_has_its_turn(self):
        seen = set()
        for commit in range(60):
            seen |= set(self.tool.chosen(self.everything, set(), str(commit), 8))
        self.assertGreater(len(seen), len(self.everything) * 0.99)

    def test_of_a_large_change_another_choice_each_time(self):
        names = set(self.everything)
        first, second = (self.tool.chosen(self.everything, names, commit, 8, 80) for commit in "ab")
        self.assertEqual((len(first), len(second)), (80, 80))
        self.assertNotEqual(first, second)


class SanitizedParts(unittest.TestCase):
    """What AddressSanitizer runs: the tests of what changed, and of some others."""

    def setUp(self):
        loader = importlib.machinery.SourceFileLoader("sanitized_parts", str(TOOLS / "sanitized_parts"))
        self.tool = importlib.util.module_from_spec(importlib.util.spec_from_loader("sanitized_parts", loader))
        loader.exec_module(self.tool)
        self.everything = self.tool.parts()

    def test_every_part_has_tests(self):
        folders = {path.name for path in (TOOLS.parent / "src" / "guarantor").iterdir()}
        self.assertEqual(set(self.everything), folders)

    def test_everything_where_nothing_is_known(self):
        self.assertEqual(self.tool.chosen(self.everything, None, "c", 2), self.everything)

    def test_what_changed_and_two_others(self):
        names = {"src/guarantor/model/world.cc", "tests/serve/router_test.cc"}
        chosen = self.tool.chosen(self.everything, names, "c", 2)
        self.assertLessEqual({"model", "serve"}, set(chosen))
        self.assertEqual(len(chosen), 4)

    def test_each_of_the_others_has_its_turn(self):
        seen = set()
        for commit in range(100):
            seen |= set(self.tool.chosen(self.everything, set(), str(commit), 2))
        self.assertEqual(seen, set(self.everything))


if __name__ == "__main__":
    unittest.main()
