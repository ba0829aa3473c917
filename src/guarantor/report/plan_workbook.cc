#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>

#include "guarantor/report/display_text.h"
#include "guarantor/report/expected_words.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/plan_sheets.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

using model::Error;
using model::ErrorKind;

/// A directory of our own that goes when it goes out of scope. The library writes files only.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::error_code none;
    auto pattern = (std::filesystem::temp_directory_path(none) / "guarantor-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) {
      path_ = pattern;
    }
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    if (!path_.empty()) {
      std::filesystem::remove_all(path_, ignored);
    }
  }
  TemporaryDirectory(TemporaryDirectory const&) = delete;
  TemporaryDirectory& operator=(TemporaryDirectory const&) = delete;

  [[nodiscard]] std::string const& path() const { return path_; }

 private:
  std::string path_;
};

struct Formats {
  lxw_format* plain{};
  lxw_format* header{};
  lxw_format* banner{};
  lxw_format* title{};
  lxw_format* whole{};
  lxw_format* number{};
  lxw_format* share{};
};

Formats make_formats(lxw_workbook* book) {
  Formats formats{.plain = workbook_add_format(book),
                  .header = workbook_add_format(book),
                  .banner = workbook_add_format(book),
                  .title = workbook_add_format(book),
                  .whole = workbook_add_format(book),
                  .number = workbook_add_format(book),
                  .share = workbook_add_format(book)};
  format_set_bold(formats.header);
  format_set_bottom(formats.header, LXW_BORDER_THIN);
  format_set_bg_color(formats.header, 0xE8EDF2);
  format_set_align(formats.header, LXW_ALIGN_VERTICAL_CENTER);
  format_set_bold(formats.banner);
  format_set_font_color(formats.banner, 0x8A1C1C);
  format_set_bold(formats.title);
  format_set_font_size(formats.title, 14);
  format_set_num_format(formats.whole, "#,##0");
  format_set_num_format(formats.number, "#,##0.00");
  format_set_num_format(formats.share, "0%");
  return formats;
}

/// Writes one cell where it belongs.
struct Writer {
  lxw_worksheet* sheet;
  Formats const& formats;
  lxw_row_t row;
  lxw_col_t column;

  void operator()(std::monostate) const {}
  void operator()(std::string const& text) const {
    // Excel takes 32,767 characters in a cell; no code point is counted as more than two of them.
    constexpr std::size_t kLongest = 16000;
    auto const shown = fit(clean(text), kLongest);
    worksheet_write_string(sheet, row, column, shown.c_str(), formats.plain);
  }
  void operator()(std::int64_t number) const {
    worksheet_write_number(sheet, row, column, static_cast<double>(number), formats.whole);
  }
  void operator()(double number) const {
    worksheet_write_number(sheet, row, column, number, formats.number);
  }
  void operator()(SharePart share) const {
    worksheet_write_number(sheet, row, column, share.value, formats.share);
  }
  void operator()(bool value) const {
    worksheet_write_boolean(sheet, row, column, value ? 1 : 0, formats.plain);
  }
};

void set_page(lxw_worksheet* page, std::string const& mark, std::string const& title) {
  // `&` begins a code in a header; the limit of a header is 255 characters.
  auto const safe = [](std::string const& text) {
    std::string out;
    for (char const c : fit(clean(text), 60)) {
      out += c;
      if (c == '&') {
        out += c;
      }
    }
    return out;
  };
  worksheet_set_paper(page, 9);  // A4
  worksheet_set_landscape(page);
  worksheet_fit_to_pages(page, 1, 0);
  worksheet_set_header(page, fmt::format("&L{}&C&B{}", safe(title), safe(mark)).c_str());
  worksheet_set_footer(page, fmt::format("&C&B{}&R&P / &N", safe(mark)).c_str());
}

void write_sheet(lxw_workbook* book, Formats const& formats, Sheet const& sheet,
                 std::string const& mark, std::string const& title) {
  auto* const page = workbook_add_worksheet(book, sheet.title.c_str());
  lxw_row_t row = 0;
  if (!mark.empty()) {
    worksheet_write_string(page, row++, 0, clean(mark).c_str(), formats.banner);
  }
  auto const last_column = static_cast<lxw_col_t>(sheet.columns.size() - 1);
  auto const header_row = row;
  for (lxw_col_t c = 0; c <= last_column; ++c) {
    worksheet_set_column(page, c, c, sheet.columns[c].width, nullptr);
    worksheet_write_string(page, row, c, sheet.columns[c].title.c_str(), formats.header);
  }
  for (auto const& cells : sheet.rows) {
    ++row;
    for (lxw_col_t c = 0; c <= last_column; ++c) {
      std::visit(Writer{page, formats, row, c}, cells[c]);
    }
  }
  worksheet_autofilter(page, header_row, 0, std::max(row, header_row + 1), last_column);
  worksheet_freeze_panes(page, header_row + 1, 1);
  worksheet_repeat_rows(page, 0, header_row);
  if (!mark.empty()) {
    worksheet_write_string(page, row + 2, 0, clean(mark).c_str(), formats.banner);
  }
  set_page(page, mark, title);
}

void write_summary(lxw_workbook* book, Formats const& formats, PlanReading const& reading,
                   std::string const& mark) {
  auto const& header = reading.scenario().header;
  auto const& plan = reading.plan();
  auto* const page = workbook_add_worksheet(book, "Plan");
  worksheet_set_column(page, 0, 0, 26, nullptr);
  worksheet_set_column(page, 1, 1, 90, nullptr);
  lxw_row_t row = 0;
  if (!mark.empty()) {
    worksheet_write_string(page, row++, 0, clean(mark).c_str(), formats.banner);
  }
  worksheet_write_string(page, row++, 0, fit(clean(header.title), 200).c_str(), formats.title);
  ++row;
  auto const put = [&](char const* name, Cell const& value) {
    worksheet_write_string(page, row, 0, name, formats.header);
    std::visit(Writer{page, formats, row, 1}, value);
    ++row;
  };
  auto const number = [](double value) {
    return std::isfinite(value) ? Cell{value} : Cell{std::string{"not known"}};
  };
  put("What was proven", explain_proof(plan));
  put("The whole", reading.headline());
  put("World", std::string{model::text(plan.world.kind)} + ": " + reading.world());
  put("Status", std::string{model::text(plan.status)});
  put("Reason", plan.reason);
  put("Objective", number(plan.objective));
  put("Bound", number(plan.bound));
  put("Gap", decimal(plan.gap * 100, 3) + "\u202F%");
  if (plan.expected) {
    put("Over the worlds", over_the_worlds(reading));
    put(plan.expected->enumerated ? "Worlds enumerated" : "Worlds drawn",
        std::int64_t{plan.expected->worlds});
    put("Different worlds", std::int64_t{plan.expected->distinct});
    put("Interval from", number(plan.expected->low));
    put("Interval to", number(plan.expected->high));
    put("Worlds without coalition", SharePart{plan.expected->not_viable});
    put("Unit-months reassigned", number(plan.expected->reassigned));
    put("Cost of reassignment", number(plan.expected->reassign_cost));
  }
  put("Rests on reported", SharePart{plan.provenance.reported});
  put("Rests on estimated", SharePart{plan.provenance.estimated});
  put("Rests on illustrative", SharePart{plan.provenance.illustrative});
  put("Information as of", long_date(header.as_of));
  put("C-day", long_date(header.c_day));
  put("Seed", fmt::format("{}", plan.seed));
  put("Program version", plan.program_version);
  put("Scenario", plan.scenario_id);
  put("Scenario hash", plan.scenario_hash);
  put("Plan hash", plan_hash(reading.scenario(), plan));
  if (!mark.empty()) {
    worksheet_write_string(page, row + 1, 0, clean(mark).c_str(), formats.banner);
  }
  set_page(page, mark, header.title);
}

/// The date the file says it was made on: the scenario's, so that no clock is read.
std::time_t made_on(model::Date as_of) {
  return static_cast<std::time_t>(as_of.time_since_epoch().count()) * 86400;
}

/// The bytes of a workbook: what `first` writes, then a sheet a table.
template <class First>
model::Result<std::string> write_workbook(model::Header const& header, std::string const& mark,
                                          std::vector<Sheet> const& tables, First const& first) {
  auto const unwritable = [](std::string const& why) {
    return Error{ErrorKind::kUnwritable, fmt::format("the workbook cannot be written: {}", why),
                 "see that the directory for temporary files exists and has room"};
  };
  for (auto const& sheet : tables) {
    constexpr std::size_t kMostRows = LXW_ROW_MAX - 4;
    if (sheet.rows.size() > kMostRows) {
      return Error{ErrorKind::kRefused,
                   fmt::format("the table {} has {} rows; a workbook's sheet takes {}", sheet.name,
                               sheet.rows.size(), kMostRows),
                   "use the CSV files"};
    }
  }
  TemporaryDirectory const directory;
  if (directory.path().empty()) {
    return unwritable("no temporary directory could be made");
  }
  auto const file = directory.path() + "/plan.xlsx";
  std::string scratch = directory.path();
  lxw_workbook_options options{};
  options.tmpdir = scratch.data();
  auto* const book = workbook_new_opt(file.c_str(), &options);
  if (book == nullptr) {
    return unwritable("out of memory");
  }
  auto title = fit(clean(header.title), 200);
  lxw_doc_properties properties{};
  properties.title = title.data();
  auto status = clean(mark);
  properties.status = status.data();
  properties.created = made_on(header.as_of);
  workbook_set_properties(book, &properties);
  auto const formats = make_formats(book);
  first(book, formats);
  for (auto const& sheet : tables) {
    write_sheet(book, formats, sheet, mark, header.title);
  }
  if (auto const error = workbook_close(book); error != LXW_NO_ERROR) {
    return unwritable(lxw_strerror(error));
  }
  std::ifstream in{file, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  if (!in || bytes.empty()) {
    return unwritable("its temporary file cannot be read back");
  }
  return bytes;
}

}  // namespace

model::Result<std::string> to_workbook(model::Scenario const& scenario,
                                       model::ForcePlan const& plan) {
  PlanReading const reading{scenario, plan};
  auto const mark = banner(scenario);
  return write_workbook(scenario.header, mark, sheets(reading),
                        [&](lxw_workbook* book, Formats const& formats) {
                          write_summary(book, formats, reading, mark);
                        });
}

model::Result<std::string> to_workbook(std::vector<Sheet> const& tables,
                                       model::Header const& header, std::string const& mark) {
  return write_workbook(header, mark, tables, [](lxw_workbook*, Formats const&) {});
}

}  // namespace guarantor::report
