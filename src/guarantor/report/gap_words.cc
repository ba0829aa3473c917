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

std::vector<std::string> words_of(std::string const& text) {
  std::vector<std::string> out;
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    out.push_back(std::move(word));
  }
  return out;
}

/// The ceilings named, as words: a ceiling has no title.
std::string ceilings_in(std::string const& ids) {
  std::vector<std::string> names;
  for (auto const& id : words_of(ids)) {
    names.push_back(humanised(id));
  }
  return listed(names);
}

/// Adds months in which the same line is short for the same reason.
void add_months(Shortfall& to, model::Gap const& gap) {
  auto const so_far = static_cast<double>(to.months.count());
  auto const more = static_cast<double>(gap.months.length().count());
  to.gap.short_by = (to.gap.short_by * so_far + gap.short_by * more) / (so_far + more);
  to.months += gap.months.length();
  to.gap.months = {std::min(to.gap.months.from, gap.months.from),
                   std::max(to.gap.months.to, gap.months.to)};
  auto names = words_of(to.gap.by);
  for (auto& name : words_of(gap.by)) {
    add_once(names, std::move(name));
  }
  to.gap.by.clear();
  for (auto const& name : names) {
    to.gap.by += (to.gap.by.empty() ? "" : " ") + name;
  }
  for (auto const& bid : gap.outbid) {
    auto const same = std::find_if(
        to.gap.outbid.begin(), to.gap.outbid.end(),
        [&](auto const& other) { return other.line == bid.line && other.pledge == bid.pledge; });
    if (same == to.gap.outbid.end()) {
      to.gap.outbid.push_back(bid);
    }
  }
  for (auto const& unlock : gap.unlocks) {
    auto const at = std::find_if(
        to.gap.unlocks.begin(), to.gap.unlocks.end(),
        [&](auto const& other) { return other.kind == unlock.kind && other.what == unlock.what; });
    if (at == to.gap.unlocks.end()) {
      to.gap.unlocks.push_back(unlock);
    } else {
      at->gain = std::max(at->gain, unlock.gain);
    }
  }
}

std::vector<model::PledgeId> pledges_in(PlanReading const& reading, std::string const& ids) {
  std::vector<model::PledgeId> out;
  for (auto& word : words_of(ids)) {
    model::PledgeId id{std::move(word)};
    if (reading.pledge(id) == nullptr) {
      return {};
    }
    out.push_back(std::move(id));
  }
  return out;
}

}  // namespace

std::vector<Shortfall> shortfalls(model::ForcePlan const& plan) {
  std::vector<Shortfall> out;
  for (auto const& gap : plan.gaps) {
    auto const same = std::find_if(out.begin(), out.end(), [&](Shortfall const& other) {
      return other.gap.requirement == gap.requirement && other.gap.reason == gap.reason;
    });
    if (same == out.end()) {
      out.push_back({gap, gap.months.length()});
    } else {
      add_months(*same, gap);
    }
  }
  return out;
}

namespace {

/// Who has the units, and what they earn there against here; the highest bids.
std::string outbid_by(PlanReading const& reading, model::Gap const& gap) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> bids;
  for (auto const& bid : gap.outbid) {
    if (bids.size() == kMost) {
      break;
    }
    bids.push_back(fmt::format("{} at “{}” (tier {}; a unit earns {} a month there, {} here)",
                               fit(reading.pledge_title(bid.pledge), 50),
                               fit(reading.line_title(bid.line), 40), bid.tier,
                               decimal(bid.worth_there, 1), decimal(bid.worth_here, 1)));
  }
  auto const more = static_cast<std::int64_t>(gap.outbid.size() - bids.size());
  return listed(bids) + (more > 0 ? fmt::format(", and {} more", more) : "");
}

}  // namespace

std::string why_missing(PlanReading const& reading, model::Gap const& gap) {
  if (!gap.outbid.empty()) {
    return fmt::format("{}: {}.", capitalised(std::string{explain(gap.reason)}),
                       outbid_by(reading, gap));
  }
  auto const reason = capitalised(std::string{explain(gap.reason)});
  auto const ids = pledges_in(reading, gap.by);
  if (ids.empty()) {
    auto const by =
        gap.reason == model::GapReason::kCeiling ? ceilings_in(gap.by) : reading.words_for(gap.by);
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
