#include "guarantor/report/promise_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "guarantor/report/display_text.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

using model::PromiseEvent;
using Kind = model::PromiseEventKind;

std::string number(std::optional<model::Units> units) {
  return units ? grouped(units->count()) : std::string{"not stated"};
}

std::string signed_number(model::Units units) {
  return (units < model::Units{0} ? "−" : "+") +
         grouped(units < model::Units{0} ? -units.count() : units.count());
}

std::string count_of(std::size_t pledges) {
  return counted(static_cast<std::int64_t>(pledges), "pledge");
}

std::string delivery_in_words(PromiseReading const& reading, PromiseEvent const& event) {
  auto const& row = reading.scenario().deliveries[event.row];
  auto out = event.change ? grouped(event.change->count()) : std::string{"no number given"};
  if (event.change && event.after && *event.after != *event.change) {
    out += fmt::format(", {} in all", grouped(event.after->count()));
  }
  if (!row.to.empty()) {
    out += ", to " + clean(row.to);
  }
  return row.reference.empty() ? out : fmt::format("{} ({})", out, clean(row.reference));
}

/// The number, as the event tells it.
std::string number_in_words(PromiseEvent const& event) {
  switch (event.kind) {
    case Kind::kOffered:
    case Kind::kOfferedAgain:
      return event.change ? grouped(event.change->count()) : "no number given";
    case Kind::kQuantified:
      return "a first number, " + number(event.after);
    case Kind::kUpgraded:
    case Kind::kDowngraded:
      return event.change
                 ? fmt::format("{} to {}", signed_number(*event.change), number(event.after))
                 : std::string{};
    case Kind::kStated:
      return event.date ? "no change" : number(event.after);
    case Kind::kWithdrawn:
      return event.change ? grouped(-event.change->count()) + " taken back" : "no number given";
    case Kind::kTransferred:
      return event.status_before ? fmt::format("all of it, by its status; {} before",
                                               model::text(*event.status_before))
                                 : std::string{"all of it, by its status"};
    case Kind::kStatedInPledges:
      return event.change.value_or(model::Units{0}) != model::Units{0}
                 ? fmt::format("{}, {} than last said", number(event.after),
                               signed_number(*event.change))
                 : number(event.after);
    case Kind::kDelivered:
      break;
  }
  return {};
}

}  // namespace

std::string_view explain(Kind kind) {
  switch (kind) {
    case Kind::kOffered:
      return "offered";
    case Kind::kQuantified:
      return "number given";
    case Kind::kUpgraded:
      return "upgraded";
    case Kind::kDowngraded:
      return "downgraded";
    case Kind::kStated:
      return "stated";
    case Kind::kWithdrawn:
      return "withdrawn";
    case Kind::kOfferedAgain:
      return "offered again";
    case Kind::kTransferred:
      return "transferred";
    case Kind::kDelivered:
      return "delivered";
    case Kind::kStatedInPledges:
      return "stated in pledges";
  }
  return {};
}

std::string_view explain(PromiseStage stage) {
  switch (stage) {
    case PromiseStage::kDelivered:
      return "delivered";
    case PromiseStage::kPartly:
      return "in part";
    case PromiseStage::kTransferred:
      return "transferred";
    case PromiseStage::kOffered:
      return "on offer";
    case PromiseStage::kNotStated:
      return "no number";
    case PromiseStage::kWithdrawn:
      return "withdrawn";
  }
  return {};
}

std::string event_in_words(PromiseReading const& reading, PromiseEvent const& event) {
  if (event.table == model::Table::kDeliveries) {
    return delivery_in_words(reading, event);
  }
  auto out = number_in_words(event);
  bool const told = event.kind == Kind::kWithdrawn || event.kind == Kind::kTransferred;
  if (told || !event.status_after) {
    return out;
  }
  if (event.status_before == event.status_after) {
    return out;
  }
  auto const to = std::string{model::text(*event.status_after)};
  auto const status =
      event.status_before ? fmt::format("{} → {}", model::text(*event.status_before), to) : to;
  return out.empty() ? status : out + "; " + status;
}

std::string stated(model::StatedUnits const& units) {
  if (!units.units) {
    return units.not_stated == 0 ? "–" : "not stated";
  }
  auto const sum = grouped(units.units->count());
  return units.not_stated == 0 ? sum : fmt::format("{} and {} not stated", sum, units.not_stated);
}

std::string limits_in_words(PromiseReading const& reading) {
  auto const& request = reading.ledger().request;
  std::vector<std::string> parts;
  if (!request.nation.empty()) {
    parts.push_back("pledges of " + reading.nation_name(request.nation));
  }
  if (!request.capability.empty()) {
    parts.push_back("of the capability “" + reading.capability_title(request.capability) + "”");
  }
  if (request.from) {
    parts.push_back("events from " + long_date(*request.from));
  }
  if (request.until) {
    parts.push_back("events before " + long_date(*request.until));
  }
  return parts.empty() ? std::string{} : "Only " + listed(parts) + ".";
}

std::string promises_headline(PromiseReading const& reading) {
  auto const& total = reading.total();
  if (total.pledges() == 0) {
    return "Nothing was promised.";
  }
  if (!reading.may_headline()) {
    return "More than a quarter of the pledges rests on illustrative rows, so no single figure is "
           "given: the counts below hold for the tables as they stand, and for nothing else.";
  }
  auto const nations = static_cast<std::int64_t>(reading.nations().size());
  auto const is_are = [](std::size_t count) { return count > 1 ? "are" : "is"; };
  auto const word = [](std::size_t count) {
    return count == 0 ? std::string{"none"} : count_word(static_cast<std::int64_t>(count));
  };
  auto const full = total.at(PromiseStage::kDelivered);
  auto const handed = total.at(PromiseStage::kTransferred);
  auto const gone = total.at(PromiseStage::kWithdrawn);
  auto const silent = total.at(PromiseStage::kNotStated);
  auto const delivered = fmt::format("{} {} delivered in full, {} in part, ", word(full),
                                     is_are(full), word(total.at(PromiseStage::kPartly)));
  // A table that nobody kept is no news of anybody.
  bool const recorded = !reading.scenario().deliveries.empty();
  return fmt::format(
      "Of {} by {}, {}{} {} handed over and {} {} withdrawn. {} {} on offer without a number.{}",
      count_of(total.pledges()), counted(nations, "nation"), recorded ? delivered : "",
      word(handed), is_are(handed), word(gone), is_are(gone), capitalised(word(silent)),
      is_are(silent),
      recorded
          ? ""
          : " No delivery is recorded in these tables, which does not say that none was made.");
}

std::string promises_ground(PromiseReading const& reading) {
  auto const& shares = reading.ledger().provenance;
  if (reading.ledger().standings.empty()) {
    return {};
  }
  auto const parts = whole_percents({shares.reported, shares.estimated, shares.illustrative});
  return fmt::format(
      "Of the pledges {}\u202F% rest on reported rows, {}\u202F% on estimated and {}\u202F% on "
      "illustrative ones. A pledge counts by the weakest row of its history.",
      parts[0], parts[1], parts[2]);
}

std::vector<std::string> promises_notes(PromiseReading const& reading) {
  std::vector<std::string> notes{
      "Owed is what is on offer less what was delivered. What is not stated is in no sum; how "
      "often stands beside it."};
  if (reading.scenario().deliveries.empty()) {
    notes.emplace_back(
        "No delivery is recorded in these tables; what is owed is then all that is on offer.");
  }
  auto const& ledger = reading.ledger();
  auto const undated = static_cast<std::size_t>(
      std::count_if(ledger.events.begin(), ledger.events.end(),
                    [](PromiseEvent const& event) { return !event.date; }));
  if (undated + ledger.undated_left_out > 0) {
    auto const count = undated + ledger.undated_left_out;
    notes.push_back(fmt::format(
        "{} {} not dated: nobody says when, and no date is put in its place.{}",
        capitalised(counted(static_cast<std::int64_t>(count), "event")), count == 1 ? "is" : "are",
        ledger.undated_left_out > 0 ? " Where days are limited they are left out." : ""));
  }
  return notes;
}

bool has_moved(model::PromiseSum const& sum) {
  auto const none = model::StatedUnits{};
  return sum.withdrawn_pledges > 0 || sum.transferred != none || sum.delivered != none ||
         sum.first != sum.offered;
}

}  // namespace guarantor::report
