#include <fmt/format.h>

#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/plan_sheets.h"

namespace guarantor::report {
namespace {

/// A field by RFC 4180: quoted where it holds a comma, a quote or a line break, or where blanks at
/// its ends would be lost.
std::string field(std::string const& text) {
  bool const blank_ends = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (text.find_first_of(",\"\r\n") == std::string::npos && !blank_ends) {
    return text;
  }
  std::string out = "\"";
  for (char const c : text) {
    out += c;
    if (c == '"') {
      out += c;
    }
  }
  return out + "\"";
}

struct Printed {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::string const& text) const { return field(text); }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return fmt::format("{}", number); }
  std::string operator()(SharePart share) const { return fmt::format("{}", share.value); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
};

}  // namespace

std::string to_csv_text(Sheet const& sheet, std::string const& mark) {
  std::string out = mark.empty() ? "" : field(mark) + ",";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    out += (i == 0 ? "" : ",") + sheet.columns[i].name;
  }
  out += '\n';
  for (auto const& row : sheet.rows) {
    out += mark.empty() ? "" : field(mark) + ",";
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += (i == 0 ? "" : ",") + std::visit(Printed{}, row[i]);
    }
    out += '\n';
  }
  return out;
}

std::map<std::string, std::string> to_csv(model::Scenario const& scenario,
                                          model::ForcePlan const& plan) {
  PlanReading const reading{scenario, plan};
  std::map<std::string, std::string> files;
  for (auto const& sheet : sheets(reading)) {
    files.emplace(sheet.name + ".csv", to_csv_text(sheet, banner(scenario)));
  }
  return files;
}

}  // namespace guarantor::report
