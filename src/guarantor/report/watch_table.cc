#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "guarantor/report/display_text.h"
#include "guarantor/report/terminal_page.h"
#include "guarantor/report/watch_report.h"
#include "guarantor/report/watch_words.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kFigure = 11;
constexpr std::size_t kWatched = 16;
constexpr std::size_t kSector = 22;
constexpr std::size_t kMostIncidents = 40;

/// A watch report as it is written for a terminal, part by part.
class WatchTable {
 public:
  WatchTable(model::Scenario const& scenario, model::WatchReport const& report, TableStyle style)
      : scenario_{scenario}, report_{report}, page_{style} {}

  std::string write() {
    page_.mark(scenario_);
    page_.title(fmt::format("{}: {}, revision {}", scenario_.header.title,
                            period_in_words(report_.days), report_.revision));
    page_.paragraph(watch_headline(report_));
    sectors();
    clauses();
    incidents();
    for (model::ListedWarning const& warning : report_.warnings) {
      page_.section("Warning: " + warning.warning);
      for (std::string const& reason : warning.reasons) {
        page_.paragraph(reason, "- ");
      }
    }
    corrections();
    page_.mark(scenario_);
    return page_.text();
  }

 private:
  void sectors() {
    page_.section(pad_right("Sector", kSector) + pad_left("watched", kWatched) +
                  pad_left("incidents", kFigure) + pad_left("explosions", kFigure) +
                  pad_left("bursts", kFigure) + pad_left("shots", kFigure) +
                  pad_left("alleged", kFigure));
    for (model::SectorPeriod const& sector : report_.sectors) {
      row(sector_name(sector.sector), sector.now);
    }
    row("All", report_.now);
    row("The time before", report_.before);
    page_.paragraph("* watched in part, or not at all; n. w.: none seen, and nobody watched");
  }

  void row(std::string const& name, model::WatchTally const& tally) {
    page_.line(pad_right(fit(name, kSector), kSector) +
               pad_left(model::print(tally.watched), kWatched) +
               pad_left(print_briefly(tally.incidents), kFigure) +
               pad_left(print_briefly(tally.explosions), kFigure) +
               pad_left(print_briefly(tally.bursts), kFigure) +
               pad_left(print_briefly(tally.shots), kFigure) +
               pad_left(print_briefly(tally.alleged), kFigure));
  }

  void clauses() {
    for (model::ClausePeriod const& clause : report_.clauses) {
      if (clause.now.alleged.number().value_or(0) == 0 && clause.now.exempt == 0) {
        continue;
      }
      page_.section(fmt::format("{}: {} alleged, {} the time before, {} exempt", clause.title,
                                model::print(clause.now.alleged),
                                model::print(clause.before.alleged), clause.now.exempt));
      page_.paragraph(clause.text);
    }
  }

  void incidents() {
    if (report_.incidents.empty()) {
      return;
    }
    page_.section("Incidents");
    std::size_t const shown = std::min(report_.incidents.size(), kMostIncidents);
    for (std::size_t i = 0; i < shown; ++i) {
      model::ListedIncident const& listed = report_.incidents[i];
      model::Incident const& incident = listed.incident;
      std::string const counted = munitions_in_words(listed.munitions);
      page_.line(fmt::format("{} r{}  {}  {}  {}  {}", incident.id.text(), incident.revision,
                             span_in_words(incident.from, incident.to),
                             sector_name(incident.sector), explain(listed.state),
                             counted.empty() ? std::string{model::text(incident.kind)} : counted));
    }
    if (shown < report_.incidents.size()) {
      page_.paragraph(
          fmt::format("{} more: `watch incidents` lists all", report_.incidents.size() - shown));
    }
  }

  void corrections() {
    if (report_.corrections.empty()) {
      return;
    }
    page_.section(fmt::format("Corrected since {}, revision {}", report_.corrects,
                              report_.corrects_revision));
    for (model::Correction const& correction : report_.corrections) {
      page_.paragraph(correction_in_words(correction), correction.incident.text() + ": ");
    }
  }

  model::Scenario const& scenario_;
  model::WatchReport const& report_;
  TerminalPage page_;
};

}  // namespace

std::string to_table(model::Scenario const& scenario, model::WatchReport const& report,
                     TableStyle style) {
  return WatchTable{scenario, report, style}.write();
}

}  // namespace guarantor::report
