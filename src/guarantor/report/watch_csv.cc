#include <algorithm>
#include <utility>

#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_sheets.h"
#include "guarantor/report/watch_report.h"
#include "guarantor/report/watch_words.h"

namespace guarantor::report {
namespace {

using Row = std::vector<Cell>;

/// A text from outside that a spreadsheet would take for a formula begins with an apostrophe.
void disarm(Cell& cell) {
  if (auto* const text = std::get_if<std::string>(&cell);
      text != nullptr && !text->empty() &&
      std::string_view{"=+-@\t\r"}.find(text->front()) != std::string_view::npos) {
    text->insert(text->begin(), '\'');
  }
}

/// A table whose rows begin with the report and its revision.
class ReportSheet {
 public:
  ReportSheet(model::WatchReport const& report, std::string name,
              std::vector<std::string> const& columns)
      : report_{report}, sheet_{std::move(name), {}, {}, {}} {
    for (auto const& column : {std::string{"report"}, std::string{"report_revision"}}) {
      sheet_.columns.push_back({column, column});
    }
    for (auto const& column : columns) {
      sheet_.columns.push_back({column, column});
    }
  }

  void row(Row cells) {
    std::ranges::for_each(cells, disarm);
    cells.insert(cells.begin(), {report_.id, report_.revision});
    sheet_.rows.push_back(std::move(cells));
  }
  [[nodiscard]] Sheet const& sheet() const { return sheet_; }

 private:
  model::WatchReport const& report_;
  Sheet sheet_;
};

/// Never a zero where nobody watched.
Cell count(model::WatchedCount const& watched) {
  auto const number = watched.number();
  return number ? Cell{*number} : Cell{"not watched"};
}

template <class Word>
Cell word(std::optional<Word> const& some) {
  return some ? Cell{std::string{model::text(*some)}} : Cell{};
}

Cell number(std::optional<std::int64_t> const& some) {
  return some ? Cell{*some} : Cell{};
}

template <class Texts, class Text>
std::string joined(Texts const& texts, Text const& text) {
  std::string out;
  for (auto const& one : texts) {
    out += (out.empty() ? "" : ";") + text(one);
  }
  return out;
}

template <class Ids>
std::string joined_ids(Ids const& ids) {
  return joined(ids, [](auto const& id) { return id.text(); });
}

void put_states(Row& cells, std::array<model::WatchedCount, model::kCaseStates> const& states) {
  for (auto const& state : states) {
    cells.push_back(count(state));
  }
}

void name_states(std::vector<std::string>& columns) {
  for (auto const word_of : model::kWords<model::CaseState>) {
    columns.push_back("state_" + std::string{word_of});
    auto& column = columns.back();
    std::replace(column.begin(), column.end(), '-', '_');
  }
}

Sheet sectors(model::WatchReport const& report) {
  std::vector<std::string> columns{"sector",        "day",
                                   "watched_hours", "of_hours",
                                   "looks",         "incidents",
                                   "explosions",    "explosions_watched_hours",
                                   "bursts",        "bursts_watched_hours",
                                   "shots",         "shots_watched_hours",
                                   "live_fire",     "alleged"};
  name_states(columns);
  for (char const* const column : {"exempt", "restrictions", "jammings"}) {
    columns.emplace_back(column);
  }
  for (auto const reason : model::kWords<model::BlindReason>) {
    columns.push_back("not_watched_" + std::string{reason} + "_hours");
  }
  ReportSheet sheet{report, "sectors", columns};
  for (auto const& row : report.sector_days) {
    auto const& tally = row.tally;
    Row cells{row.sector.text(),
              model::print(row.day),
              hours_of(tally.watched.watched),
              hours_of(tally.watched.whole),
              tally.watched.looks,
              count(tally.incidents)};
    for (auto const& fire : {tally.explosions, tally.bursts, tally.shots}) {
      cells.push_back(count(fire));
      cells.emplace_back(hours_of(fire.time().watched));
    }
    cells.push_back(count(tally.live_fire));
    cells.push_back(count(tally.alleged));
    put_states(cells, tally.states);
    cells.push_back(count({tally.exempt, tally.incidents.time()}));
    cells.emplace_back(tally.restrictions);
    cells.emplace_back(tally.jammings);
    for (std::size_t r = 0; r < model::kWords<model::BlindReason>.size(); ++r) {
      double hours = 0;
      for (auto const& blind : row.why_not) {
        hours += static_cast<std::size_t>(blind.reason) == r ? hours_of(blind.time) : 0;
      }
      cells.emplace_back(hours);
    }
    sheet.row(std::move(cells));
  }
  return sheet.sheet();
}

Sheet clauses(model::WatchReport const& report) {
  std::vector<std::string> columns{"clause",    "sector",        "day",      "alleged",
                                   "munitions", "watched_hours", "of_hours", "looks"};
  name_states(columns);
  columns.emplace_back("exempt");
  ReportSheet sheet{report, "clauses", columns};
  for (auto const& row : report.clause_days) {
    auto const& time = row.tally.alleged.time();
    Row cells{row.clause.text(),          row.sector.text(),
              model::print(row.day),      count(row.tally.alleged),
              count(row.tally.munitions), hours_of(time.watched),
              hours_of(time.whole),       time.looks};
    put_states(cells, row.tally.states);
    cells.push_back(count({row.tally.exempt, time}));
    sheet.row(std::move(cells));
  }
  return sheet.sheet();
}

Sheet incidents(model::WatchReport const& report) {
  ReportSheet sheet{report,
                    "incidents",
                    {"incident", "revision",   "cause",   "state",     "kind",
                     "from",     "to",         "sector",  "longitude", "latitude",
                     "radius_m", "explosions", "bursts",  "shots",     "live_fire_of_all_days",
                     "clauses",  "exempt",     "sources", "observers", "observations"}};
  for (auto const& row : report.incidents) {
    auto const& incident = row.incident;
    std::vector<model::ClauseId> alleged;
    std::vector<model::ClauseId> exempt;
    for (auto const& allegation : incident.allegations) {
      (allegation.exempt ? exempt : alleged).push_back(allegation.clause);
    }
    // Of what is not counted by its number nothing is said, rather than none.
    auto const of = [&](std::int64_t some) {
      return incident.munitions.all() == 0 ? Cell{} : Cell{some};
    };
    auto const as_it_is = [](std::string const& text) { return text; };
    sheet.row({incident.id.text(),
               incident.revision,
               std::string{model::text(incident.cause)},
               std::string{model::text(row.state)},
               std::string{model::text(incident.kind)},
               model::print(incident.from),
               model::print(incident.to),
               incident.sector.text(),
               incident.place ? Cell{incident.place->longitude.count()} : Cell{},
               incident.place ? Cell{incident.place->latitude.count()} : Cell{},
               incident.radius.count(),
               of(row.munitions.explosions),
               of(row.munitions.bursts),
               of(row.munitions.shots),
               of(incident.live_fire.all()),
               joined_ids(alleged),
               joined_ids(exempt),
               joined(row.sources, as_it_is),
               joined(incident.observers, as_it_is),
               joined_ids(incident.observations)});
  }
  return sheet.sheet();
}

Sheet restrictions(model::WatchReport const& report) {
  ReportSheet sheet{
      report, "restrictions", {"observation", "kind", "from", "to", "sector", "observer", "text"}};
  for (auto const& row : report.restrictions) {
    sheet.row({row.report.text(), std::string{model::text(row.kind)}, model::print(row.from),
               model::print(row.to), row.sector.text(), row.observer, row.text});
  }
  return sheet.sheet();
}

Sheet warnings(model::WatchReport const& report) {
  ReportSheet sheet{report, "warnings", {"warning", "at", "weight", "reasons"}};
  for (auto const& row : report.warnings) {
    sheet.row({row.warning, model::print(row.at), row.weight,
               joined(row.reasons, [](std::string const& text) { return text; })});
  }
  return sheet.sheet();
}

Sheet corrections(model::WatchReport const& report) {
  ReportSheet sheet{report,
                    "corrections",
                    {"corrects", "corrects_revision", "incident", "revision_before", "revision_now",
                     "cause", "others", "explosions_before", "explosions_now", "bursts_before",
                     "bursts_now", "shots_before", "shots_now", "state_before", "state_now"}};
  for (auto const& row : report.corrections) {
    sheet.row({report.corrects, report.corrects_revision, row.incident.text(),
               number(row.revision_before), number(row.revision_now), word(row.cause),
               joined_ids(row.others), row.munitions_before.explosions,
               row.munitions_now.explosions, row.munitions_before.bursts, row.munitions_now.bursts,
               row.munitions_before.shots, row.munitions_now.shots, word(row.state_before),
               word(row.state_now)});
  }
  return sheet.sheet();
}

}  // namespace

std::map<std::string, std::string> to_csv(model::Scenario const& scenario,
                                          model::WatchReport const& report) {
  std::map<std::string, std::string> files;
  for (Sheet const& sheet : {sectors(report), clauses(report), incidents(report),
                             restrictions(report), warnings(report), corrections(report)}) {
    files.emplace(sheet.name + ".csv", to_csv_text(sheet, banner(scenario)));
  }
  return files;
}

}  // namespace guarantor::report
