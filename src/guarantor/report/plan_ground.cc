#include "guarantor/report/plan_ground.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// Why nothing can count as reported, where it is the lines alone that settle that.
std::string ceiling_of_lines(PlanReading const& reading) {
  auto const& lines = reading.lines();
  auto const all = [&](model::Confidence confidence) {
    return std::all_of(lines.begin(), lines.end(), [&](LineReading const& line) {
      return line.line->row.provenance.confidence.value_or(model::Confidence::kIllustrative) ==
             confidence;
    });
  };
  bool const none_reported = std::none_of(lines.begin(), lines.end(), [](LineReading const& line) {
    return line.line->row.provenance.confidence == model::Confidence::kReported;
  });
  if (lines.empty() || !none_reported) {
    return {};
  }
  return all(model::Confidence::kEstimated)
             ? " Every line of the statement of requirements is an estimate, so nothing counts as "
               "reported."
         : all(model::Confidence::kIllustrative)
             ? " Every line of the statement of requirements is illustrative, so all of it is."
             : " No line of the statement of requirements is reported, so nothing counts as "
               "reported.";
}

}  // namespace

std::string ground(PlanReading const& reading) {
  auto const& shares = reading.plan().provenance;
  auto const parts = whole_percents({shares.reported, shares.estimated, shares.illustrative});
  auto out = fmt::format(
      "What is covered is, by worth, {}\u202F% reported, {}\u202F% estimated and {}\u202F% "
      "illustrative. A covered line counts by the weakest row it rests on.{}",
      parts[0], parts[1], parts[2], ceiling_of_lines(reading));
  std::set<model::PledgeId> used;
  std::set<model::PledgeId> reported;
  for (auto const& assignment : reading.plan().assignments) {
    if (auto const* pledge = reading.pledge(assignment.pledge); pledge != nullptr) {
      used.insert(pledge->id);
      if (pledge->row.provenance.confidence == model::Confidence::kReported) {
        reported.insert(pledge->id);
      }
    }
  }
  if (!used.empty()) {
    out += fmt::format(" Of the {} used, {} {} reported.",
                       counted(static_cast<std::int64_t>(used.size()), "pledge"),
                       reported.empty() ? std::string{"none"}
                                        : count_word(static_cast<std::int64_t>(reported.size())),
                       reported.size() == 1 ? "is" : "are");
  }
  return out;
}

}  // namespace guarantor::report
