#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "guarantor/report/brief_charts.h"
#include "guarantor/report/brief_style.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/html_table.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/promise_charts.h"
#include "guarantor/report/promise_report.h"
#include "guarantor/report/promise_words.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kMostEvents = 200;

/// What this page adds to the brief's style.
constexpr std::string_view kOwnStyle = R"(
.course { fill: none; stroke: #7fa3c4; stroke-width: 2.4; }
.done { stroke: #173a5e; stroke-width: 3; }
.gone { fill: #f3dede; stroke: #8a1c1c; stroke-width: .8; }
.up { color: #1d5c3a; } .down { color: #8a1c1c; }
.quiet { color: var(--soft); }
)";

std::string finding(std::string const& text) {
  return text.empty() ? text : tag("p", escape(text), R"(class="finding")");
}

std::string chapter(int number, std::string_view title, std::string const& inner) {
  auto const heading =
      tag("h2", tag("span", fmt::format("{}", number), R"(class="no")") + " " + escape(title));
  return tag("section", heading + inner, fmt::format(R"(id="s{}" class="chapter")", number));
}

std::string figure(std::size_t count) {
  return count == 0 ? "–" : grouped(static_cast<std::int64_t>(count));
}

std::string nations(PromiseReading const& reading) {
  std::vector<HtmlTable::Head> heads{{"Nation", false, 18}, {"Pledges", true, 8}};
  for (std::size_t s = 0; s < kPromiseStages; ++s) {
    heads.push_back({escape(capitalised(std::string{explain(static_cast<PromiseStage>(s))})), true,
                     s == 1 || s == 3 ? 9 : 11});
  }
  heads.push_back({"Up", true, 5});
  heads.push_back({"Down", true, 6});
  HtmlTable table{heads};
  auto const row = [&](std::string const& name, PromiseCount const& count) {
    std::vector<std::string> cells{name, figure(count.pledges())};
    for (std::size_t const pledges : count.stages) {
      cells.push_back(figure(pledges));
    }
    cells.push_back(figure(count.upgraded));
    cells.push_back(figure(count.downgraded));
    table.row(cells);
  };
  for (PromiseCount const& count : reading.nations()) {
    row(escape(reading.nation_name(count.nation)), count);
  }
  if (reading.nations().size() > 1) {
    row(tag("b", "All"), reading.total());
  }
  auto const bars = of_one_capability(reading.ledger()) ? unit_bars(reading) : stage_bars(reading);
  return bars + table.html(
                    "Each pledge counts once, by how far it has come: delivered in full, in part, "
                    "handed over but not in place, on offer with or without a number, withdrawn. "
                    "Up and down: how many were upgraded and downgraded.",
                    "promises.csv");
}

std::string over_time(PromiseReading const& reading) {
  auto const chart = promises_over_time(reading);
  if (chart.empty()) {
    return finding("Nothing is dated, so no course can be shown.");
  }
  auto const first = reading.ledger().standings.front();
  return finding(course_in_units(reading.ledger())
                     ? fmt::format("“{}”: what was on offer and what had been delivered by each "
                                   "day. Counted in: {}.",
                                   reading.capability_title(first.capability),
                                   reading.unit(first.capability))
                     : "How many pledges had been offered by each day, and of how many something "
                       "had been delivered.") +
         chart;
}

/// How much of what is on offer has come, as a bar.
std::string share_bar(model::PromiseSum const& sum) {
  auto const offered = sum.offered.units.value_or(model::Units{0});
  if (offered <= model::Units{0} || sum.delivered == model::StatedUnits{}) {
    return {};
  }
  auto const share = static_cast<double>(sum.delivered.units.value_or(model::Units{0}).count()) /
                     static_cast<double>(offered.count());
  return bar(share, percent(std::min(share, 1.0)) + " delivered");
}

std::string sums(PromiseReading const& reading) {
  HtmlTable table{{{"Nation", false, 14},
                   {"Of", false, 23},
                   {"First offered", true, 11},
                   {"On offer", true, 10},
                   {"Transferred", true, 11},
                   {"Delivered", true, 10},
                   {"", false, 9},
                   {"Owed", true, 12}}};
  std::size_t shown = 0;
  std::size_t still = 0;
  for (model::PromiseSum const& sum : reading.ledger().sums) {
    if (!has_moved(sum)) {
      ++still;
      continue;
    }
    ++shown;
    auto owed = escape(stated(sum.owed));
    if (sum.withdrawn_pledges > 0) {
      owed += tag("span", escape(fmt::format(" ({} withdrawn)", stated(sum.taken_back))),
                  R"(class="down")");
    }
    table.row({escape(reading.nation_name(sum.nation)),
               escape(reading.capability_title(sum.capability)) +
                   tag("span", escape(" " + reading.unit(sum.capability)), R"(class="ref")"),
               escape(stated(sum.first)), escape(stated(sum.offered)),
               escape(stated(sum.transferred)), escape(stated(sum.delivered)), share_bar(sum),
               owed});
  }
  auto const rest =
      still == 0 ? std::string{}
                 : finding(fmt::format(
                       "{} of a nation and a capability {} as first offered, with nothing handed "
                       "over: promises.csv has them.",
                       capitalised(counted(static_cast<std::int64_t>(still), "sum")),
                       still == 1 ? "stands" : "stand"));
  return shown == 0 ? finding(
                          "Every offer stands as it was first made, and nothing was handed over "
                          "or delivered.")
                    : table.html(
                          "What moved: what was handed over, delivered or withdrawn, and what "
                          "is no longer what was first offered.",
                          "promises.csv") +
                          rest;
}

std::string kind_of(model::PromiseEvent const& event) {
  using Kind = model::PromiseEventKind;
  bool const up = event.kind == Kind::kUpgraded || event.kind == Kind::kDelivered ||
                  event.kind == Kind::kTransferred;
  bool const down = event.kind == Kind::kDowngraded || event.kind == Kind::kWithdrawn;
  return tag("span", escape(explain(event.kind)),
             up     ? R"(class="up")"
             : down ? R"(class="down")"
                    : "");
}

std::string events(PromiseReading const& reading) {
  auto const& all = reading.ledger().events;
  if (all.empty()) {
    return finding("No event is in those days.");
  }
  auto const first = all.size() - std::min(all.size(), kMostEvents);
  HtmlTable table{{{"Date", false, 10},
                   {"Nation", false, 12},
                   {"Promise", false, 21},
                   {"Event", false, 10},
                   {"What was said", false, 23},
                   {"Source", false, 24}}};
  for (std::size_t i = first; i < all.size(); ++i) {
    model::PromiseEvent const& event = all[i];
    auto const& from = model::provenance_of(reading.scenario(), event);
    auto source = source_text(from.source);
    auto const confidence =
        from.confidence ? std::string{model::text(*from.confidence)} : "no confidence stated";
    source +=
        tag("span", escape((from.source.empty() ? "" : ", ") + confidence), R"(class="quiet")");
    auto words = escape(event_in_words(reading, event));
    if (!event.meeting.empty()) {
      words += tag("span", escape(", " + reading.meeting_title(event.meeting)), R"(class="quiet")");
    }
    table.row({event.date ? model::print(*event.date) : "not dated",
               escape(reading.nation_name(event.nation)),
               escape(reading.capability_title(event.capability)), kind_of(event), words, source});
  }
  auto const earlier = first == 0
                           ? std::string{}
                           : fmt::format("The last {}; {} earlier ones stand in events.csv.",
                                         kMostEvents, grouped(static_cast<std::int64_t>(first)));
  return table.html(earlier.empty() ? "In order of date; what is not dated comes last." : earlier);
}

std::string ground(PromiseReading const& reading) {
  std::string text = promises_ground(reading);
  if (!text.empty() && !reading.may_headline()) {
    text +=
        " More than a quarter is illustrative, so this page gives no single figure for the whole.";
  }
  return tag("div",
             finding(text) + ground_bar(reading.ledger().provenance,
                                        "The pledges, by the confidence they rest on"),
             R"(class="whole")");
}

std::string colophon(PromiseReading const& reading) {
  std::string notes;
  for (std::string const& note : promises_notes(reading)) {
    notes += finding(note);
  }
  auto const& ledger = reading.ledger();
  return notes +
         tag("dl", tag("dt", "Program") + tag("dd", escape("Guarantor " + ledger.program_version)) +
                       tag("dt", "Scenario") +
                       tag("dd", escape(reading.scenario().header.id.text()) + "<br/>" +
                                     tag("code", escape(ledger.scenario_hash))) +
                       tag("dt", "Promises") +
                       tag("dd", tag("code", promise_hash(reading.scenario(), ledger))));
}

}  // namespace

std::string to_page(model::Scenario const& scenario, model::PromiseLedger const& ledger) {
  PromiseReading const reading{scenario, ledger};
  auto const mark = banner(scenario);
  auto const strip = mark.empty() ? std::string{} : tag("p", escape(mark), R"(class="banner")");
  auto const title = (mark.empty() ? "" : mark + " · ") + scenario.header.title;
  auto const limits = limits_in_words(reading);
  auto const head = tag("p", "What was promised, and what became of it", R"(class="kicker")") +
                    tag("h1", escape(scenario.header.title)) +
                    tag("p",
                        escape("As of " + long_date(scenario.header.as_of) +
                               (limits.empty() ? "" : ". " + limits)),
                        R"(class="dateline")");
  auto body = tag("section", tag("header", head) +
                                 tag("p", escape(promises_headline(reading)), R"(class="lead")"));
  if (!ledger.standings.empty()) {
    body += chapter(1, "By nation", nations(reading)) +
            chapter(2, "Offered and delivered over time", over_time(reading)) +
            chapter(3, "What moved, and what is owed", sums(reading)) +
            chapter(4, "The record", events(reading)) +
            chapter(5, "What this rests on", ground(reading)) +
            chapter(6, "How this was made", colophon(reading));
  }
  // Nothing is fetched, run or framed: the browser is told so as well.
  auto const meta = std::string{R"(<meta charset="utf-8"/>)"} +
                    R"(<meta http-equiv="Content-Security-Policy" )"
                    R"(content="default-src 'none'; style-src 'unsafe-inline'"/>)" +
                    R"(<meta name="viewport" content="width=device-width, initial-scale=1"/>)" +
                    tag("title", escape(title)) +
                    tag("style", style(scenario, promise_hash(scenario, ledger), "promises") +
                                     std::string{kOwnStyle});
  return "<!DOCTYPE html>\n" +
         tag("html", tag("head", meta) + "\n" + tag("body", strip + tag("main", body) + strip),
             R"(lang="en")") +
         "\n";
}

}  // namespace guarantor::report
