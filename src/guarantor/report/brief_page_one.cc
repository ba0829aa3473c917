#include "guarantor/report/brief_page_one.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/report/brief_decisions.h"
#include "guarantor/report/brief_force.h"
#include "guarantor/report/brief_refusals.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/expected_words.h"
#include "guarantor/report/html.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// The page in millimetres, and how many columns a line holds in the widest font the style sheet
/// may fall back to. brief_style.cc sets the sizes that these follow.
constexpr double kPage = 260;
constexpr double kTop = 25;
constexpr double kTitleLine = 8.2;
constexpr double kLeadLine = 5.35;
constexpr double kTextLine = 4.75;
constexpr double kBetween = 1.7;
constexpr std::size_t kTitleColumns = 36;
constexpr std::size_t kLeadColumns = 82;
constexpr std::size_t kTextColumns = 77;
constexpr std::size_t kLongestTitle = 78;

std::size_t lines(std::size_t columns, std::size_t a_line) {
  return std::max<std::size_t>(1, (columns + a_line - 1) / a_line);
}

std::size_t lines(BriefPart const& part) {
  constexpr std::size_t kReference = 18;
  std::size_t columns = part.more ? kReference : 0;
  for (auto const& sentence : part.sentences) {
    columns += sentence.width + 1;
  }
  // The heading beside it may be the taller of the two.
  constexpr std::size_t kHeadingColumns = 15;
  return std::max({std::size_t{2}, lines(display_width(part.title), kHeadingColumns),
                   lines(columns, kTextColumns)});
}

/// Takes the last sentence of the longest part until all stand within `height`; each keeps its
/// first. Parts that lost something say that there is more.
std::vector<bool> shorten(std::vector<BriefPart>& parts, double height) {
  std::vector<bool> cut(parts.size());
  for (;;) {
    double used = 0;
    std::size_t longest = parts.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      used += static_cast<double>(lines(parts[i])) * kTextLine + kBetween;
      bool const can = parts[i].sentences.size() > 1;
      if (can && (longest == parts.size() || lines(parts[i]) > lines(parts[longest]))) {
        longest = i;
      }
    }
    if (used <= height || longest == parts.size()) {
      return cut;
    }
    parts[longest].sentences.pop_back();
    cut[longest] = true;
  }
}

std::string printed(BriefPart const& part, bool cut) {
  std::string text;
  for (auto const& sentence : part.sentences) {
    text += (text.empty() ? "" : " ") + sentence.html;
  }
  // A list that was cut ends as a sentence all the same.
  if (text.ends_with(';')) {
    text.back() = '.';
  }
  if (part.more) {
    text += cut ? more_in(*part.more) : reference(*part.more);
  }
  return tag("div", tag("h2", part.title) + tag("p", text), R"(class="part")");
}

}  // namespace

std::string page_one(PlanReading const& reading, std::optional<model::ForcePlan> const& since) {
  auto const& header = reading.scenario().header;
  auto const title = fit(clean(header.title), kLongestTitle);
  auto const opening = lead(reading);
  std::vector<BriefPart> parts{
      reading.plan().assignments.empty() ? what_was_offered(reading) : who_goes(reading),
      mandate_and_decisions(reading),
      enough_for_what(reading),
      asked_of_whom(reading),
      what_a_no_costs(reading),
      with_and_without_backstop(reading),
      what_changed(reading, since),
      what_is_not_stated(reading)};
  if (auto const worlds = over_the_worlds(reading); !worlds.empty()) {
    parts.insert(parts.begin() + 1, {"Over the worlds", {plain(worlds)}, std::nullopt});
  }
  auto const above = kTop +
                     kTitleLine * static_cast<double>(lines(display_width(title), kTitleColumns)) +
                     kLeadLine * static_cast<double>(lines(display_width(opening), kLeadColumns));
  constexpr double kProof = 11;
  auto const cut = shorten(parts, kPage - above - kProof);

  auto head = tag("p", "Force plan: brief for decision", R"(class="kicker")");
  head += tag("h1", escape(title));
  head += tag(
      "p",
      escape(fmt::format("Information as of {} · C-day {} · {} of 30 days", long_date(header.as_of),
                         long_date(header.c_day), counted(header.horizon.count(), "month"))),
      R"(class="dateline")");
  auto out = tag("header", head) + tag("p", escape(opening), R"(class="lead")") + "\n";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += printed(parts[i], cut[i]) + "\n";
  }
  out += tag("p", escape(explain_proof(reading.plan())), R"(class="proof")");
  return tag("section", out, R"(class="page-one")");
}

}  // namespace guarantor::report
