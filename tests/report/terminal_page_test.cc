#include "guarantor/report/terminal_page.h"

#include <gtest/gtest.h>

namespace guarantor::report {
namespace {

TEST(TerminalPage, IsNeverNarrowerThanEightyColumns) {
  EXPECT_EQ(TerminalPage({.width = 20}).width(), 80U);
  EXPECT_EQ(TerminalPage({.width = -1}).width(), 80U);
  EXPECT_EQ(TerminalPage({.width = 132}).width(), 132U);
}

TEST(TerminalPage, InksOnlyWhereThereIsColour) {
  EXPECT_EQ(TerminalPage({.colour = false}).inked("text", Ink::kBad), "text");
  EXPECT_EQ(TerminalPage({.colour = true}).inked("text", Ink::kBad), "\x1b[31mtext\x1b[0m");
  EXPECT_EQ(TerminalPage({.colour = true}).inked("text", Ink::kPlain), "text");
}

TEST(TerminalPage, MarksInTheMiddleAndOnlyWhatIsMarked) {
  TerminalPage page{{.width = 80}};
  model::Scenario scenario;
  page.mark(scenario);
  EXPECT_EQ(page.text(), "");
  scenario.header.kind = model::ScenarioKind::kExercise;
  page.mark(scenario);
  EXPECT_EQ(page.text(), std::string(36, ' ') + "EXERCISE\n");
}

TEST(TerminalPage, CutsTitlesWrapsParagraphsAndTrimsLines) {
  TerminalPage page{{.width = 80}};
  page.title(std::string(90, 'x'));
  page.section("A section\x1b[2J");
  page.paragraph("");
  page.paragraph("word", "  - ");
  page.line("cell   ");
  EXPECT_EQ(page.text(), std::string(79, 'x') + "…\n\nA section [2J\n  - word\ncell\n");
}

}  // namespace
}  // namespace guarantor::report
