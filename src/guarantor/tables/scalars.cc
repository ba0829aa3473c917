#include "guarantor/tables/scalars.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/model/spelling.h"

namespace guarantor::tables {
namespace {

using model::Header;

std::vector<Column<Header>> all_columns() {
  return {
      bind_column<Header>("format", &Header::format,
                          {.about = "format = 1", .required = true, .least = 1, .most = 1}),
      bind_column<Header>("id", &Header::id,
                          {.about = "identifier, e.g. id = \"ukraine\"", .required = true}),
      bind_column<Header>(
          "title", &Header::title,
          {.about = "a name for people, e.g. title = \"Ukraine\"", .required = true}),
      bind_column<Header>(
          "kind", &Header::kind,
          {.about = "kind = \"case\", or \"exercise\" if it is fictional", .required = true}),
      bind_column<Header>("marking", &Header::marking,
                          {.about = "handling marking, printed on every export"}),
      bind_column<Header>(
          "as_of", &Header::as_of,
          {.about = "date of the information, e.g. as_of = 2026-01-06", .required = true}),
      bind_column<Header>(
          "c_day", &Header::c_day,
          {.about = "the date of day 0, e.g. c_day = 2026-06-01", .required = true}),
      bind_column<Header>("horizon_months", &Header::horizon,
                          {.about = "months of 30 days to plan for, e.g. horizon_months = 24",
                           .unit = "months",
                           .required = true,
                           .least = 1,
                           .most = 120}),
      bind_column<Header>("currency", &Header::currency,
                          {.about = "ISO 4217 code, e.g. currency = \"EUR\"", .required = true}),
      bind_column<Header>("tier_weights", &Header::tier_weights,
                          {.about = "weight of tier 1, 2, ...", .least = 0}),
      bind_column<Header>(
          "nation_penalty", &Header::nation_penalty,
          {.about = "objective units for each nation present at a line, a month", .least = 0}),
      bind_column<Header>("cost_weight", &Header::cost_weight,
                          {.about = "objective units for each cost unit", .least = 0}),
      bind_column<Header>(
          "reassign_cost", &Header::reassign_cost,
          {.about = "objective units for each unit and month reassigned", .least = 0}),
      bind_column<Header>(
          "viable_if", &Header::viable_if,
          {.about = "without this there is no coalition", .refers_to = model::Table::kConditions}),
      bind_column<Header>(
          "siting.minimum_km_from_line",
          [](auto& header) -> auto& { return header.siting.minimum_from_line; },
          {.about = "no new site nearer to a line of contact", .unit = "km", .least = 0}),
      bind_column<Header>("siting.backup",
                          [](auto& header) -> auto& { return header.siting.backup; },
                          {.about = "further sites that reach each point within its first standard",
                           .least = 0,
                           .most = 9}),
      bind_column<Header>("siting.loss_of",
                          [](auto& header) -> auto& { return header.siting.loss_of; },
                          {.about = "sites that may be lost while each point's last standard holds",
                           .least = 0,
                           .most = 9}),
      bind_column<Header>("siting.maximum_reserve",
                          [](auto& header) -> auto& { return header.siting.maximum_reserve; },
                          {.about = "most sites of reserves", .least = 0}),
      bind_column<Header>("siting.maximum_stockpile",
                          [](auto& header) -> auto& { return header.siting.maximum_stockpile; },
                          {.about = "most stockpiles", .least = 0}),
      bind_column<Header>("siting.maximum_medical",
                          [](auto& header) -> auto& { return header.siting.maximum_medical; },
                          {.about = "most medical stations", .least = 0}),
  };
}

void check_format(Header const& header, Scalars const& scalars, Diagnostics& log) {
  auto const format = scalars.values.find("format");
  if (format != scalars.values.end() && header.format != 1) {
    log.error(place_in(format->second.file, format->second.cell),
              fmt::format("format {} is not known", header.format),
              "this program reads format 1; a newer one may be needed");
  }
}

}  // namespace

std::span<Column<Header> const> scalar_columns() {
  static std::vector<Column<Header>> const kColumns = all_columns();
  return kColumns;
}

ColumnInfo const* find_scalar(std::string_view key) {
  for (Column<Header> const& column : scalar_columns()) {
    if (column.info.name == key) {
      return &column.info;
    }
  }
  return nullptr;
}

bool is_scalar_table(std::string_view name) {
  return std::any_of(scalar_columns().begin(), scalar_columns().end(), [&](auto const& column) {
    return column.info.name.size() > name.size() && column.info.name.starts_with(name) &&
           column.info.name[name.size()] == '.';
  });
}

void warn_of_unknown_key(std::string_view key, Place const& place, Diagnostics& log) {
  std::vector<std::string_view> known{kExtendsKey, kNetworkKey};
  for (Column<Header> const& column : scalar_columns()) {
    known.push_back(column.info.name);
  }
  auto const near = model::closest(key, known);
  log.warning(place, fmt::format("a scenario has no `{}`", excerpt(key)),
              near ? fmt::format("did you mean `{}`? It is not used", *near) : "it is not used");
}

Header read_scalars(Scalars const& scalars, Diagnostics& log, FaultyCells& faulty) {
  Header header;
  for (Column<Header> const& column : scalar_columns()) {
    std::string const name{column.info.name};
    auto const found = scalars.values.find(name);
    bool const text = column.info.type.kind == FieldKind::kText;
    bool const given = found != scalars.values.end();
    if (scalars.unusable.contains(name)) {
      faulty.add(model::Table::kScenario, 0, name);
      continue;
    }
    if (given && column.info.type.list) {
      (void)column.read("", header);  // an empty list is given, and replaces the usual one
    }
    bool const empty = !given || (text ? found->second.cell.text.empty()
                                       : trimmed(found->second.cell.text).empty());
    if (empty) {
      if (column.info.facts.required && scalars.whole) {
        Place const place =
            given ? place_in(found->second.file, found->second.cell) : Place{scalars.file, 0, 0};
        log.error(place, name + (given ? " must not be empty" : " is missing"),
                  std::string{column.info.facts.about});
      }
      if (column.info.facts.required) {
        faulty.add(model::Table::kScenario, 0, name);
      }
      continue;
    }
    Scalar const& scalar = found->second;
    if (Problem const problem = column.read(scalar.cell.text, header)) {
      log.error(place_in(scalar.file, scalar.cell, problem->offset), name + ": " + problem->message,
                problem->hint);
      faulty.add(model::Table::kScenario, 0, name);
    }
  }
  check_format(header, scalars, log);
  return header;
}

std::vector<std::pair<ColumnInfo, std::string>> write_scalars(Header const& header) {
  std::vector<std::pair<ColumnInfo, std::string>> texts;
  for (Column<Header> const& column : scalar_columns()) {
    std::string text = column.write(header);
    if (!text.empty()) {
      texts.emplace_back(column.info, std::move(text));
    }
  }
  return texts;
}

}  // namespace guarantor::tables
