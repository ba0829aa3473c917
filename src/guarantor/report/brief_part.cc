#include "guarantor/report/brief_part.h"

#include <algorithm>

#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {
constexpr std::size_t kTitle = 60;
}  // namespace

Sentence plain(std::string const& text) {
  return {escape(text), display_width(text)};
}

std::string quoted(std::string const& title) {
  return "“" + fit(title, kTitle) + "”";
}

std::string in_sentence(std::string const& nation) {
  bool const article = nation.starts_with("United ") || nation.ends_with(" Republic") ||
                       nation == "Netherlands" || nation == "Philippines";
  return (article ? "the " : "") + fit(nation, kTitle);
}

std::string quoted_lines(PlanReading const& reading, std::vector<model::RequirementId> const& lines,
                         std::size_t columns) {
  std::vector<std::string> titles;
  for (auto const& id : lines) {
    titles.push_back(quoted(reading.line_title(id)));
  }
  return listed_within(titles, columns, "line");
}

PledgesByNation pledges_by_nation(PlanReading const& reading,
                                  std::vector<model::PledgeId> const& ids) {
  PledgesByNation out;
  for (auto const& id : ids) {
    auto const* pledge = reading.pledge(id);
    if (pledge == nullptr) {
      continue;
    }
    auto at = std::find_if(out.begin(), out.end(),
                           [&](auto const& entry) { return entry.first == pledge->nation; });
    if (at == out.end()) {
      at = out.insert(out.end(), {pledge->nation, {}});
    }
    at->second.push_back(pledge);
  }
  return out;
}

std::vector<std::string> capabilities_of(PlanReading const& reading,
                                         std::vector<model::Pledge const*> const& pledges) {
  std::vector<std::string> out;
  for (auto const* pledge : pledges) {
    auto title = fit(reading.capability_title(pledge->capability), 50);
    if (std::find(out.begin(), out.end(), title) == out.end()) {
      out.push_back(std::move(title));
    }
  }
  return out;
}

}  // namespace guarantor::report
