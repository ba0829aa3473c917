#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "guarantor/report/brief_style.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/html_table.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/watch_charts.h"
#include "guarantor/report/watch_report.h"
#include "guarantor/report/watch_words.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

using model::WatchedCount;
using model::WatchReport;

constexpr std::size_t kClauseText = 200;

/// What this page adds to the brief's style.
constexpr std::string_view kOwnStyle = R"(
svg .began { fill: #8a1c1c; } svg .frame { fill: none; stroke: #aab3bd; stroke-width: .8; }
svg .edge { stroke: #6b7684; stroke-width: .8; } svg .middle { text-anchor: middle; }
svg .strong { font-weight: 700; fill: var(--ink); } svg .small { font-size: 11.5px; }
svg .halo { paint-order: stroke; stroke: #fff; stroke-width: 3px; }
.quiet, .nw { color: var(--soft); } .nw { font-style: italic; }
.law { display: block; color: var(--soft); } .id { font-weight: 600; }
.n.some { font-weight: 600; }
)";

std::string finding(std::string const& text) {
  return text.empty() ? text : tag("p", escape(text), R"(class="finding")");
}

std::string quiet(std::string const& text) {
  return text.empty() ? text : tag("span", escape(text), R"(class="quiet")");
}

/// Chapters numbered as they come, those without content left out.
class Chapters {
 public:
  void add(std::string_view title, std::string const& inner) {
    if (inner.empty()) {
      return;
    }
    ++number_;
    auto const heading =
        tag("h2", tag("span", fmt::format("{}", number_), R"(class="no")") + " " + escape(title));
    html_ += tag("section", heading + inner, fmt::format(R"(id="s{}" class="chapter")", number_));
  }
  [[nodiscard]] std::string const& html() const { return html_; }

 private:
  int number_{};
  std::string html_;
};

/// The number, and how much was watched where that was not all.
std::string cell(WatchedCount const& count) {
  auto const number = count.number();
  if (!number) {
    return tag("span", escape(print(count)), R"(class="nw")");
  }
  auto const all = print(count);
  auto const figure = grouped(*number);
  auto const rest = all.substr(std::min(all.size(), fmt::format("{}", *number).size()));
  return (*number > 0 ? tag("b", figure) : figure) + quiet(rest);
}

/// Of the monitors' own: none was reported.
std::string plain_count(std::int64_t number) {
  return number == 0 ? "–" : grouped(number);
}

std::string totals(WatchReport const& report) {
  HtmlTable table{{{"", false, 28}, {"This period", false, 36}, {"The one before", false, 36}}};
  auto const& now = report.now;
  auto const& before = report.before;
  auto const row = [&](std::string_view title, WatchedCount const& here,
                       WatchedCount const& there) {
    table.row({escape(title), cell(here), cell(there)});
  };
  row("Incidents", now.incidents, before.incidents);
  row("Explosions", now.explosions, before.explosions);
  row("Bursts", now.bursts, before.bursts);
  row("Shots", now.shots, before.shots);
  row("Of these live fire", now.live_fire, before.live_fire);
  row("Incidents said to breach a clause", now.alleged, before.alleged);
  auto const states = [](model::WatchTally const& tally) {
    auto const words = states_in_words(tally.states);
    return words.empty() ? std::string{"–"} : escape(words);
  };
  table.row({"All incidents by state", states(now), states(before)});
  table.row({"Covered by an announcement", plain_count(now.exempt), plain_count(before.exempt)});
  table.row({"Restrictions of movement", plain_count(now.restrictions),
             plain_count(before.restrictions)});
  table.row({"Jamming", plain_count(now.jammings), plain_count(before.jammings)});
  return table.html(
      "Hours are those of all sectors together. A sector that nobody watched has no zero. Live "
      "fire is inside the total.",
      "sectors.csv");
}

std::string coverage(WatchReport const& report) {
  if (report.sectors.empty()) {
    return {};
  }
  HtmlTable table{{{"Sector", false, 24},
                   {"Watched", false, 20},
                   {"Why not, while nobody watched", false, 56}}};
  for (auto const& sector : report.sectors) {
    if (!sector.sector.empty() && !sector.now.watched.all()) {
      auto const looks = sector.now.watched.looks;
      table.row({escape(sector.sector.text()),
                 escape(print(sector.now.watched)) +
                     quiet(looks == 0 ? "" : ", " + counted(looks, "look")),
                 escape(why_in_words(sector.why_not))});
    }
  }
  return watch_calendar(report) +
         table.html(
             "Sectors that were not watched all the time. Reasons may hold at once, so their hours "
             "do not add up. Looks of satellites are no presence and stand apart.",
             "sectors.csv");
}

std::string clause_cell(std::string const& title, std::string const& text) {
  return escape(title) +
         (text.empty() ? "" : tag("span", escape("“" + text + "”"), R"(class="law")"));
}

std::string clauses(WatchReport const& report) {
  if (report.clauses.empty()) {
    return {};
  }
  HtmlTable table{{{"Clause", false, 36},
                   {"Alleged", false, 15},
                   {"Before", false, 15},
                   {"Of these", false, 15},
                   {"Munitions", true, 10},
                   {"Exempt", true, 9}}};
  for (auto const& clause : report.clauses) {
    auto const munitions = clause.now.munitions.number().value_or(0);
    auto const title = clause.title.empty() ? clause.clause.text() : clause.title;
    table.row({clause_cell(title, clause.text), cell(clause.now.alleged),
               cell(clause.before.alleged), escape(states_in_words(clause.now.states)),
               plain_count(munitions), plain_count(clause.now.exempt)});
  }
  return table.html(
      "Incidents that are said to breach a clause, none of them a finding about who did it. "
      "Munitions are those of the reports an allegation rests on. Exempt is what an announcement "
      "covers. For a clause about areas or sites no hours are known.",
      "clauses.csv");
}

/// What is said against an incident, with the clause's text.
std::string allegations(WatchReport const& report, model::Incident const& incident) {
  std::string out;
  for (auto const& allegation : incident.allegations) {
    auto const clause =
        std::find_if(report.clauses.begin(), report.clauses.end(),
                     [&](auto const& row) { return row.clause == allegation.clause; });
    auto title = allegation.clause.text();
    std::string text;
    if (clause != report.clauses.end()) {
      title = clause->title.empty() ? title : clause->title;
      text = fit(clean(clause->text), kClauseText);
    }
    if (allegation.exempt) {
      title += fmt::format(" – exempt: announced as {}", model::text(*allegation.exempt));
      text.clear();
    } else if (allegation.distance) {
      title +=
          fmt::format(", {} km from {}", decimal(allegation.distance->count(), 1), allegation.near);
    }
    out += (out.empty() ? "" : "<br/>") + clause_cell(title, text);
  }
  return out;
}

std::string incident_in_words(model::ListedIncident const& row) {
  auto text = munitions_in_words(row.munitions);
  if (text.empty()) {
    text = humanised(model::text(row.incident.kind));
  }
  if (auto const live = row.incident.live_fire.all(); live > 0) {
    text += fmt::format(", live fire {}", grouped(live));
  }
  return text;
}

std::string incidents(WatchReport const& report) {
  if (report.incidents.empty()) {
    return {};
  }
  HtmlTable table{{{"Incident", false, 19},
                   {"When, UTC", false, 14},
                   {"Sector", false, 11},
                   {"What", false, 20},
                   {"State", false, 11},
                   {"Said against it", false, 25}}};
  for (auto const& row : report.incidents) {
    auto const& incident = row.incident;
    std::string sources;
    for (auto const& source : row.sources) {
      sources += (sources.empty() ? "; " : ", ") + source;
    }
    table.row({tag("span", escape(incident.id.text()), R"(class="id")") +
                   quiet(fmt::format(" r.\u202F{}", incident.revision)),
               escape(span_in_words(incident.from, incident.to)),
               escape(sector_name(incident.sector)),
               escape(incident_in_words(row)) + quiet(sources), escape(explain(row.state)),
               allegations(report, incident)});
  }
  return table.html(
      "Each incident once, whoever reported it, by its start, with its revision and what was "
      "counted in this period. Its number stays the same in every report.",
      "incidents.csv");
}

std::string restrictions(WatchReport const& report) {
  if (report.restrictions.empty()) {
    return {};
  }
  HtmlTable table{{{"When, UTC", false, 18},
                   {"Sector", false, 14},
                   {"What", false, 12},
                   {"Whom", false, 14},
                   {"Report", false, 42}}};
  for (auto const& row : report.restrictions) {
    table.row({escape(span_in_words(row.from, row.to)), escape(sector_name(row.sector)),
               escape(model::text(row.kind)), escape(row.observer),
               escape(row.text) + quiet((row.text.empty() ? "" : " · ") + row.report.text())});
  }
  return table.html("Where monitors were kept from going or looking, or were jammed.",
                    "restrictions.csv");
}

std::string warnings(WatchReport const& report) {
  if (report.warnings.empty()) {
    return {};
  }
  HtmlTable table{{{"Warning", false, 22},
                   {"Since, UTC", false, 16},
                   {"Weight", true, 10},
                   {"Signs", false, 52}}};
  for (auto const& row : report.warnings) {
    table.row({escape(row.warning), escape(span_in_words(row.at, row.at)), decimal(row.weight, 2),
               escape(listed(row.reasons))});
  }
  return table.html(
      "Signs of preparation breach nothing. A warning is given where their weights come to 1.",
      "warnings.csv");
}

std::string corrections(WatchReport const& report) {
  if (report.corrects.empty()) {
    return {};
  }
  auto const against = fmt::format("{}, revision {}", report.corrects, report.corrects_revision);
  if (report.corrections.empty()) {
    return finding("Nothing published in " + against + " has changed.");
  }
  HtmlTable table{{{"Incident", false, 26}, {"What changed", false, 74}}};
  for (auto const& row : report.corrections) {
    table.row({tag("span", escape(row.incident.text()), R"(class="id")"),
               escape(correction_in_words(row))});
  }
  return table.html("Against " + against + ", which stays readable as it was.", "corrections.csv");
}

std::string colophon(model::Scenario const& scenario, WatchReport const& report) {
  auto const row = [](std::string_view title, std::string const& html) {
    return tag("dt", escape(title)) + tag("dd", html);
  };
  return finding(
             "An event that several report counts once; reports of one observer add up. An "
             "incident "
             "counts on the day it began, munitions on the day of their reports. Days are UTC.") +
         tag("dl",
             row("Report", escape(fmt::format("{}, revision {}", report.id, report.revision))) +
                 row("Program", escape("Guarantor " + report.program_version)) +
                 row("Scenario", escape(scenario.header.id.text()) + "<br/>" +
                                     tag("code", escape(report.scenario_hash))) +
                 row("This report", tag("code", watch_hash(scenario, report))));
}

std::string dateline(WatchReport const& report) {
  auto text = fmt::format("{}, revision {}", period_in_words(report.days), report.revision);
  if (report.made) {
    text += ", from what was known at " + span_in_words(*report.made, *report.made) + " UTC";
  }
  return text;
}

}  // namespace

std::string to_page(model::Scenario const& scenario, WatchReport const& report) {
  auto const mark = banner(scenario);
  auto const strip = mark.empty() ? std::string{} : tag("p", escape(mark), R"(class="banner")");
  auto const title = fmt::format("{}{} · {}", mark.empty() ? "" : mark + " · ",
                                 scenario.header.title, period_in_words(report.days));
  auto const head = tag("p", "What was watched, and what was seen", R"(class="kicker")") +
                    tag("h1", escape(scenario.header.title)) +
                    tag("p", escape(dateline(report)), R"(class="dateline")");
  auto const first = tag(
      "section", tag("header", head) + tag("p", escape(watch_headline(report)), R"(class="lead")") +
                     totals(report));
  Chapters chapters;
  chapters.add("Sector by sector", coverage(report));
  chapters.add("This period against the last", period_bars(report));
  chapters.add("Clauses", clauses(report));
  chapters.add("Incidents", incidents(report));
  chapters.add("Restrictions and jamming", restrictions(report));
  chapters.add("Warnings", warnings(report));
  chapters.add("Corrections", corrections(report));
  chapters.add("How this was made", colophon(scenario, report));
  // Nothing is fetched, run or framed: the browser is told so as well.
  auto const meta = std::string{R"(<meta charset="utf-8"/>)"} +
                    R"(<meta http-equiv="Content-Security-Policy" )"
                    R"(content="default-src 'none'; style-src 'unsafe-inline'"/>)" +
                    R"(<meta name="viewport" content="width=device-width, initial-scale=1"/>)" +
                    tag("title", escape(title)) +
                    tag("style", style(scenario, watch_hash(scenario, report), "report") +
                                     std::string{kOwnStyle});
  return "<!DOCTYPE html>\n" +
         tag("html",
             tag("head", meta) + "\n" +
                 tag("body", strip + tag("main", first + chapters.html()) + strip),
             R"(lang="en")") +
         "\n";
}

}  // namespace guarantor::report
