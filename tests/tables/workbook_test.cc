#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "guarantor/tables/scenario_folder.h"
#include "guarantor/tables/workbook_archive.h"
#include "guarantor/tables/workbook_cells.h"
#include "random_scenario.h"
#include "temporary_folder.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;
using Sheet = std::vector<std::vector<std::string>>;

std::string read(fs::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

class Workbook : public testing::Test {
 protected:
  /// Sheets as a person may have made them, all text; `more` may write cells of other types.
  void make(std::map<std::string, Sheet> const& sheets,
            std::function<void(std::string const&, lxw_worksheet*)> const& more = {}) {
    lxw_workbook* const book = workbook_new(file_.c_str());
    for (auto const& [name, rows] : sheets) {
      lxw_worksheet* const sheet = workbook_add_worksheet(book, name.c_str());
      for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
          worksheet_write_string(sheet, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                                 rows[r][c].c_str(), nullptr);
        }
      }
      if (more) {
        more(name, sheet);
      }
    }
    ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  }

  [[nodiscard]] std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (Diagnostic const& diagnostic : load(file_).diagnostics) {
      std::string const line = print(diagnostic);
      lines.push_back(line.substr(folder_.path().string().size() + 1));
    }
    return lines;
  }

  std::map<std::string, Sheet> sheets_{
      {"scenario",
       {{"key", "value"},
        {"format", "1"},
        {"id", "x"},
        {"title", "x"},
        {"kind", "exercise"},
        {"as_of", "2026-01-06"},
        {"c_day", "2026-06-01"},
        {"horizon_months", "12"},
        {"currency", "EUR"}}},
      {"nations", {{"nation", "name", "nato"}, {"XAA", "Aland"}}},
      {"capabilities", {{"capability", "kind"}, {"x", "presence"}}},
      {"pledges", {{"pledge", "nation", "capability", "status"}}},
      {"requirements", {{"requirement", "capability", "quantity"}}}};
  TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "book.xlsx";
};

TEST_F(Workbook, ReadsCellsOfEveryTypeThatPeopleType) {
  make(sheets_, [](std::string const& name, lxw_worksheet* sheet) {
    if (name == "nations") {
      worksheet_write_boolean(sheet, 1, 2, 1, nullptr);
    } else if (name == "requirements") {
      worksheet_write_string(sheet, 1, 0, "r-1", nullptr);
      worksheet_write_string(sheet, 1, 1, "x", nullptr);
      worksheet_write_number(sheet, 1, 2, 3, nullptr);
    }
  });
  Loaded const loaded = load(file_);
  ASSERT_TRUE(loaded.scenario) << (told().empty() ? "" : told().front());
  EXPECT_EQ(loaded.scenario->nations[0].nato, true);
  EXPECT_EQ(loaded.scenario->requirements[0].quantity, model::Units{3});
}

TEST_F(Workbook, DiagnosticsNameSheetRowAndColumn) {
  sheets_["nations"] = {{"nation", "name", "nato"}, {}, {"XAA", "Aland", "perhaps"}};
  sheets_["pledges"].push_back({"p-1", "XAB", "x", "anounced", "stray"});
  sheets_["scenario"][7][1] = "0";
  sheets_["pledge"] = {{"a"}};
  make(sheets_);
  EXPECT_EQ(
      told(),
      (std::vector<std::string>{
          "book.xlsx[nations]:3:3: error: nato: `perhaps` is neither yes nor no; write yes or "
          "no, or leave the cell empty",
          "book.xlsx[pledge]: warning: this is no sheet of a scenario, and is not read; did "
          "you mean `pledges`?",
          "book.xlsx[pledges]:2:2: error: unknown nation `XAB`; did you mean `XAA`?",
          "book.xlsx[pledges]:2:4: error: status: `anounced` is not known here; did you mean "
          "`announced`? It is one of indicated, announced, cabinet, mandated, transferred, "
          "withdrawn",
          "book.xlsx[pledges]:2:5: error: the cell stands in a column without a name; name "
          "the column in the first row, or clear the cell",
          "book.xlsx[scenario]:8:2: error: horizon_months is not between 1 and 120"}));
}

TEST_F(Workbook, MissingSheetsAreTold) {
  sheets_.erase("scenario");
  sheets_.erase("nations");
  make(sheets_);
  EXPECT_EQ(told().size(), 2U);
  EXPECT_NE(told()[1].find("the sheet `nations` is missing"), std::string::npos);
}

TEST_F(Workbook, WhatIsNoWorkbookIsToldPlainly) {
  make(sheets_);
  std::string const whole = read(file_);
  struct {
    std::string bytes;
    std::string message;
  } const cases[] = {
      {"", "this is no workbook"},
      {"pledge,nation\n", "this is no workbook"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "this is an old or a password-protected workbook"},
      {whole.substr(0, whole.size() / 2), "the workbook is damaged or cut off"},
      {whole.substr(0, whole.size() - 10), "the workbook is damaged or cut off"},
  };
  for (auto const& [bytes, message] : cases) {
    std::ofstream{file_, std::ios::binary | std::ios::trunc} << bytes;
    EXPECT_EQ(load(file_).diagnostics.front().message, message);
  }
}

TEST_F(Workbook, UnpackingBeyondTheLimitIsRefused) {
  make(sheets_);
  auto const problem = find_archive_problem(read(file_), 1000);
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->message.find("more than 1000"), std::string::npos);
  EXPECT_FALSE(find_archive_problem(read(file_), 1 << 20));
}

TEST_F(Workbook, DamagedBytesNeverCrash) {
  ASSERT_TRUE(save_workbook(random_scenario(3), file_).ok());
  std::string const whole = read(file_);
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 60) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    std::ofstream{file_, std::ios::binary | std::ios::trunc} << damaged;
    Loaded const loaded = load(file_);
    EXPECT_TRUE(loaded.scenario || !loaded.diagnostics.empty());
  }
}

TEST_F(Workbook, TheSameScenarioGivesTheSameBytes) {
  model::Scenario const scenario = random_scenario(5);
  ASSERT_TRUE(save_workbook(scenario, file_).ok());
  std::string const first = read(file_);
  ASSERT_TRUE(save_workbook(scenario, file_).ok());
  EXPECT_TRUE(read(file_) == first);
  // The archive's first entry is dated 1 January 1980, not now.
  constexpr std::size_t kTimeAndDate = 10;
  EXPECT_EQ(first.substr(kTimeAndDate, 4), std::string("\0\0\x21\0", 4));
}

TEST_F(Workbook, ACellTooLongForASheetIsRefusedAndNamed) {
  model::Scenario scenario = random_scenario(5);
  scenario.nations[0].name = std::string(40'000, 'x');
  auto const saved = save_workbook(scenario, file_);
  ASSERT_FALSE(saved.ok());
  EXPECT_EQ(saved.error().kind, model::ErrorKind::kRefused);
  EXPECT_FALSE(fs::exists(file_));
}

TEST_F(Workbook, LargeAreasAreCutIntoCellsAndJoinedAgain) {
  model::Scenario scenario = random_scenario(5);
  model::Line line;
  for (int i = 0; i < 20'000; ++i) {
    line.positions.push_back({model::Degrees{i / 1000.0}, model::Degrees{50}});
  }
  scenario.areas = {{model::AreaId{"lane"}, "Смуга", {line}, false, {}}};
  for (model::Pledge& pledge : scenario.pledges) {
    pledge.areas = pledge.not_areas = {};
  }
  for (model::Requirement& line_of : scenario.requirements) {
    line_of.area = {};
  }
  for (model::Location& location : scenario.locations) {
    location.area = {};
  }
  ASSERT_TRUE(save_workbook(scenario, file_).ok());
  EXPECT_EQ(load(file_).scenario, scenario);
}

TEST(WorkbookCells, EscapesAreTakenBack) {
  for (std::string const text : {"_x0041_", "_x005F_x000D_", "__x000d__", "_x00_", "a_x0416_b"}) {
    EXPECT_EQ(unescape_cell(escape_cell(text)), text);
  }
  EXPECT_EQ(unescape_cell("_x000D_\n"), "\r\n");
  EXPECT_EQ(unescape_cell("_x0416_"), "Ж");
  EXPECT_EQ(unescape_cell("_xD83D_"), "_xD83D_") << "half a character is none";
}

TEST(WorkbookCells, PiecesEndBetweenCharacters) {
  EXPECT_EQ(cut_cell("абвг", 5), (std::vector<std::string>{"аб", "вг"}));
  EXPECT_EQ(count_utf16_units("аб😀"), 4U);
}

}  // namespace
}  // namespace guarantor::tables
