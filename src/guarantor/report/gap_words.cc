#include "guarantor/report/gap_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "guarantor/report/brief_chapter.h"
#include "guarantor/report/brief_part.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kNations = 60;
constexpr std::size_t kCapabilities = 80;

/// Changes of one kind that close the same gap.
struct Change {
  std::string kind;
  std::vector<std::string> names;  ///< of nations, conditions or whatever else changes; each once
  double gain{};                   ///< the largest
};

void add_once(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(std::move(name));
  }
}

std::vector<Change> by_kind(PlanReading const& reading, std::vector<model::Unlock> const& unlocks) {
  std::vector<Change> out;
  for (auto const& unlock : unlocks) {
    auto at = std::find_if(out.begin(), out.end(),
                           [&](Change const& change) { return change.kind == unlock.kind; });
    if (at == out.end()) {
      at = out.insert(out.end(), Change{unlock.kind, {}, unlock.gain});
    }
    at->gain = std::max(at->gain, unlock.gain);
    auto const* pledge = reading.pledge(model::PledgeId{unlock.what});
    auto const* condition = reading.condition(model::ConditionId{unlock.what});
    add_once(at->names, pledge != nullptr      ? in_sentence(reading.nation_name(pledge->nation))
                        : condition != nullptr ? quoted(reading.condition_title(condition->id))
                                               : fit(reading.words_for(unlock.what), kNations));
  }
  return out;
}

std::string in_words(Change const& change) {
  auto const names = listed_within(change.names, kCapabilities, "", "or");
  auto const from = [&](std::string_view what) { return fmt::format("{} from {}", what, names); };
  if (change.kind == "condition") {
    return names + " comes true";
  }
  if (change.kind == "state-quantity") {
    return from("a stated quantity");
  }
  if (change.kind == "count-offer") {
    return from("a firm offer");
  }
  if (change.kind == "widen-roe") {
    return from("wider rules of engagement");
  }
  if (change.kind == "one-more-unit") {
    return from("one more unit");
  }
  if (change.kind == "lift-caveat") {
    return "a caveat lifted by " + names;
  }
  if (change.kind == "earlier-and-longer") {
    return names + " in place earlier and for longer";
  }
  if (change.kind == "raise-ceiling") {
    return fmt::format("no ceiling on personnel ({})", humanised(names));
  }
  if (change.kind == "one-more-nation") {
    return "one more nation allowed at the line";
  }
  if (change.kind == "drop-min-fill") {
    return "cover below the least useful share counted as well";
  }
  return fmt::format("{} ({})", humanised(change.kind), names);
}

std::vector<model::PledgeId> pledges_in(PlanReading const& reading, std::string const& ids) {
  std::vector<model::PledgeId> out;
  std::istringstream words{ids};
  for (std::string word; words >> word;) {
    model::PledgeId id{word};
    if (reading.pledge(id) == nullptr) {
      return {};
    }
    out.push_back(std::move(id));
  }
  return out;
}

}  // namespace

std::string why_missing(PlanReading const& reading, model::Gap const& gap) {
  auto const reason = capitalised(std::string{explain(gap.reason)});
  auto const ids = pledges_in(reading, gap.by);
  if (ids.empty()) {
    auto const by = reading.words_for(gap.by);
    return by.empty() ? reason + "." : fmt::format("{}: {}.", reason, fit(by, 160));
  }
  std::vector<std::string> nations;
  std::vector<model::Pledge const*> offers;
  for (auto const& [nation, pledges] : pledges_by_nation(reading, ids)) {
    nations.push_back(in_sentence(reading.nation_name(nation)));
    offers.insert(offers.end(), pledges.begin(), pledges.end());
  }
  auto const who = listed_within(nations, kNations, "");
  auto const what = listed_within(capabilities_of(reading, offers), kCapabilities, "");
  return gap.reason == model::GapReason::kNotStated
             ? capitalised(fmt::format("{} {} offered this without a number: {}.", who,
                                       nations.size() == 1 ? "has" : "have", what))
             : fmt::format("{}: {} ({}).", reason, who, what);
}

std::string what_would_close(PlanReading const& reading, model::Gap const& gap) {
  std::string out;
  for (auto const& change : by_kind(reading, gap.unlocks)) {
    out += fmt::format("{}{}, worth {}{}", out.empty() ? "" : "; ", in_words(change),
                       change.names.size() > 1 ? "up to " : "", decimal(change.gain, 1));
  }
  if (!out.empty()) {
    return capitalised(out);
  }
  auto const& asks = reading.plan().asks;
  bool const asked = std::any_of(asks.begin(), asks.end(), [&](model::Ask const& ask) {
    return std::find(ask.closes.begin(), ask.closes.end(), gap.requirement) != ask.closes.end();
  });
  return asked ? fmt::format("An offer: see section {}", number(Chapter::kAsks))
               : std::string{"Nothing single that was tried"};
}

}  // namespace guarantor::report
