#include <utility>

#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_sheets.h"
#include "guarantor/report/promise_reading.h"
#include "guarantor/report/promise_report.h"

namespace guarantor::report {
namespace {

Sheet sheet_of(std::string name, std::string title, std::initializer_list<char const*> columns) {
  Sheet sheet{std::move(name), std::move(title), {}, {}};
  for (char const* const column : columns) {
    sheet.columns.push_back({column, column});
  }
  return sheet;
}

Cell number(std::optional<model::Units> units) {
  return units ? Cell{units->count()} : Cell{};
}

template <class Word>
Cell word(std::optional<Word> value) {
  return value ? Cell{std::string{model::text(*value)}} : Cell{};
}

Cell day(std::optional<model::Date> date) {
  return date ? Cell{model::print(*date)} : Cell{};
}

Cell count(std::size_t value) {
  return static_cast<std::int64_t>(value);
}

Sheet events(PromiseReading const& reading) {
  Sheet sheet = sheet_of("events", "Events",
                         {"date", "pledge", "nation", "capability", "event", "change", "after",
                          "status_before", "status_after", "meeting", "to", "reference", "table",
                          "source", "source_date", "confidence", "note"});
  for (model::PromiseEvent const& event : reading.ledger().events) {
    auto const& from = model::provenance_of(reading.scenario(), event);
    bool const delivery = event.table == model::Table::kDeliveries;
    auto const& deliveries = reading.scenario().deliveries;
    sheet.rows.push_back(
        {day(event.date), event.pledge.text(), event.nation.text(), event.capability.text(),
         std::string{model::text(event.kind)}, number(event.change), number(event.after),
         word(event.status_before), word(event.status_after), event.meeting.text(),
         delivery ? deliveries[event.row].to : "", delivery ? deliveries[event.row].reference : "",
         std::string{model::text(event.table)}, from.source, day(from.source_date),
         word(from.confidence), from.note});
  }
  return sheet;
}

Sheet promises(PromiseReading const& reading) {
  Sheet sheet =
      sheet_of("promises", "Promises",
               {"nation", "capability", "unit", "pledges", "first_offered",
                "first_offered_not_stated", "offered", "offered_not_stated", "transferred",
                "transferred_not_stated", "delivered", "delivered_not_stated", "owed",
                "owed_not_stated", "withdrawn_pledges", "withdrawn", "withdrawn_not_stated"});
  for (model::PromiseSum const& sum : reading.ledger().sums) {
    sheet.rows.push_back({sum.nation.text(), sum.capability.text(), reading.unit(sum.capability),
                          count(sum.pledges), number(sum.first.units), count(sum.first.not_stated),
                          number(sum.offered.units), count(sum.offered.not_stated),
                          number(sum.transferred.units), count(sum.transferred.not_stated),
                          number(sum.delivered.units), count(sum.delivered.not_stated),
                          number(sum.owed.units), count(sum.owed.not_stated),
                          count(sum.withdrawn_pledges), number(sum.taken_back.units),
                          count(sum.taken_back.not_stated)});
  }
  return sheet;
}

}  // namespace

std::map<std::string, std::string> to_csv(model::Scenario const& scenario,
                                          model::PromiseLedger const& ledger) {
  PromiseReading const reading{scenario, ledger};
  std::map<std::string, std::string> files;
  for (Sheet const& sheet : {events(reading), promises(reading)}) {
    files.emplace(sheet.name + ".csv", to_csv_text(sheet, banner(scenario)));
  }
  return files;
}

}  // namespace guarantor::report
