#include "guarantor/intake/mapping_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "guarantor/intake/plausible.h"

namespace guarantor::intake {
namespace {

constexpr std::string_view kWordsTable = "words.";
constexpr std::string_view kAnyWord = "*";

struct Unit {
  MappedField field;
  std::string_view name;
  double factor;  ///< to metres, millimetres, shares
};
constexpr std::array<Unit, 10> kUnits{{{MappedField::kPrecision, "m", 1},
                                       {MappedField::kPrecision, "km", 1000},
                                       {MappedField::kPrecision, "mi", 1609.344},
                                       {MappedField::kPrecision, "nmi", 1852},
                                       {MappedField::kPrecision, "ft", 0.3048},
                                       {MappedField::kCalibre, "mm", 1},
                                       {MappedField::kCalibre, "cm", 10},
                                       {MappedField::kCalibre, "in", 25.4},
                                       {MappedField::kProbability, "share", 1},
                                       {MappedField::kProbability, "percent", 0.01}}};

/// A field by the name that mappings use: as our own form calls it, and without its unit.
std::optional<MappedField> parse_field(std::string_view name) {
  if (name == "precision") {
    return MappedField::kPrecision;
  }
  if (name == "calibre") {
    return MappedField::kCalibre;
  }
  return model::parse<MappedField>(name);
}

}  // namespace

MappingReading MappingBuilder::build(std::vector<MappingEntry> const& entries) {
  for (MappingEntry const& entry : entries) {
    add(entry);
  }
  check_whole();
  MappingReading reading;
  std::ranges::stable_sort(problems_, {}, &MappingProblem::line);
  if (problems_.empty()) {
    reading.mapping = std::move(mapping_);
  }
  reading.problems = std::move(problems_);
  return reading;
}

void MappingBuilder::add(MappingEntry const& entry) {
  std::string_view const table = entry.table;
  if (table.empty()) {
    add_setting(entry);
    return;
  }
  bool const words = table.starts_with(kWordsTable);
  if (!words && table != "columns" && table != "constants" && table != "units") {
    problem(entry, fmt::format("there is no table `{}`; there are columns, constants, units and "
                               "words.FIELD",
                               excerpt(table)));
    return;
  }
  std::string_view const name = words ? table.substr(kWordsTable.size()) : entry.key;
  auto const field = parse_field(name);
  if (!field) {
    problem(entry, fmt::format("there is no field `{}`; there are {}", excerpt(name),
                               fmt::join(model::kWords<MappedField>, ", ")));
    return;
  }
  Mapping::Filling& filling = mapping_.fillings_.at(static_cast<std::size_t>(*field));
  if (words) {
    add_word(entry, *field, filling);
  } else if (table == "columns") {
    add_column(entry, filling);
  } else if (table == "constants") {
    add_constant(entry, *field, filling);
  } else {
    add_unit(entry, *field, filling);
  }
}

void MappingBuilder::add_setting(MappingEntry const& entry) {
  if (entry.key == "id") {
    add_id(entry);
  } else if (entry.key == "time_formats") {
    add_formats(entry);
  } else if (entry.key == "source") {
    if (wants_text(entry)) {
      mapping_.source_ = entry.values.front();
    }
  } else if (entry.key == "separator") {
    add_separator(entry, mapping_.separator_);
  } else if (entry.key == "evidence_separator") {
    add_separator(entry, mapping_.evidence_separator_);
  } else if (entry.key == "zone") {
    if (auto const zone =
            wants_text(entry) ? TimeZone::parse(entry.values.front()) : std::optional<TimeZone>{}) {
      mapping_.zone_ = *zone;
    } else {
      problem(entry,
              "a zone is UTC, an offset such as +02:00, or a zone of the European Union such "
              "as Europe/Kyiv");
    }
  } else if (entry.key == "place_optional") {
    mapping_.needs_place_ = entry.values.front() != "true";
    if (entry.is_text || (entry.values.front() != "true" && entry.values.front() != "false")) {
      problem(entry, "true or false is expected");
    }
  } else {
    problem(entry, fmt::format("there is no setting `{}`; there are source, id, separator, "
                               "evidence_separator, time_formats, zone and place_optional",
                               excerpt(entry.key)));
  }
}

void MappingBuilder::add_id(MappingEntry const& entry) {
  if (!entry.is_text || entry.values.empty()) {
    problem(entry, "id is a column, or a list of columns");
    return;
  }
  for (std::string const& name : entry.values) {
    mapping_.id_columns_.push_back(column(name));
  }
}

void MappingBuilder::add_separator(MappingEntry const& entry, char& separator) {
  if (!wants_text(entry)) {
    return;
  }
  std::string const& text = entry.values.front();
  if (text.size() != 1 || text.front() == '"' || text.front() == '\n' || text.front() == '\r') {
    problem(entry, "a separator is one character, such as \";\" or \"\\t\"");
    return;
  }
  separator = text.front();
}

void MappingBuilder::add_formats(MappingEntry const& entry) {
  mapping_.formats_.clear();
  for (std::string const& pattern : entry.values) {
    auto const format = TimeFormat::parse(pattern);
    if (format) {
      mapping_.formats_.push_back(format.value());
    } else {
      problem(entry, fmt::format("{}; there are {}", format.error().message, format.error().hint));
    }
  }
  if (!entry.is_text || entry.values.empty()) {
    problem(entry, "time_formats is a list of formats such as \"YYYY-MM-DD hh:mm\"");
  }
}

void MappingBuilder::add_column(MappingEntry const& entry, Mapping::Filling& filling) {
  if (wants_text(entry)) {
    filling.column = column(entry.values.front());
  }
}

void MappingBuilder::add_constant(MappingEntry const& entry, MappedField field,
                                  Mapping::Filling& filling) {
  if (entry.is_list) {
    problem(entry, "a constant is one value");
    return;
  }
  filling.constant = entry.values.front();
  check_value(entry, field, entry.values.front());
}

void MappingBuilder::add_unit(MappingEntry const& entry, MappedField field,
                              Mapping::Filling& filling) {
  if (!wants_text(entry)) {
    return;
  }
  std::vector<std::string_view> known;
  for (Unit const& unit : kUnits) {
    if (unit.field == field && unit.name == entry.values.front()) {
      filling.factor = unit.factor;
      return;
    }
    if (unit.field == field) {
      known.push_back(unit.name);
    }
  }
  problem(entry, known.empty() ? fmt::format("the field {} has no unit", entry.key)
                               : fmt::format("`{}` is none of: {}", excerpt(entry.values.front()),
                                             fmt::join(known, ", ")));
}

void MappingBuilder::add_word(MappingEntry const& entry, MappedField field,
                              Mapping::Filling& filling) {
  if (entry.is_list) {
    problem(entry, "a word stands for one of ours");
    return;
  }
  check_value(entry, field, entry.values.front());
  if (entry.key == kAnyWord) {
    filling.other_word = entry.values.front();
  } else {
    filling.words.emplace(entry.key, entry.values.front());
  }
}

/// Whether our own word is in its list; numbers and texts are looked at row by row.
void MappingBuilder::check_value(MappingEntry const& entry, MappedField field,
                                 std::string const& value) {
  bool good = true;
  if (field == MappedField::kKind) {
    good = model::parse<model::EventKind>(value).has_value();
  } else if (field == MappedField::kSense) {
    good = model::parse<model::Sense>(value).has_value();
  } else if (field == MappedField::kBlast) {
    good = model::parse<model::BlastKind>(value).has_value();
  } else if (field == MappedField::kLiveFire || field == MappedField::kWithdrawn) {
    good = value == "true" || value == "false";
  } else if (field == MappedField::kPrecision || field == MappedField::kCount ||
             field == MappedField::kCalibre || field == MappedField::kProbability) {
    good = parse_number(value).has_value();
  }
  if (!good) {
    problem(entry,
            fmt::format("`{}` is nothing that {} can be", excerpt(value), model::text(field)));
  }
}

void MappingBuilder::check_whole() {
  auto const given = [&](MappedField field) {
    Mapping::Filling const& filling = mapping_.filling(field);
    return filling.column || filling.constant;
  };
  if (mapping_.source_.empty()) {
    problems_.push_back({0, "source is missing: who publishes the table"});
  }
  if (mapping_.id_columns_.empty()) {
    problems_.push_back({0, "id is missing: the column, or columns, that tell rows apart"});
  }
  for (MappedField const field : {MappedField::kFrom, MappedField::kKind}) {
    if (!given(field)) {
      problems_.push_back(
          {0, fmt::format("{} is missing: a column, or a constant", model::text(field))});
    }
  }
  mapping_.maps_place_ = given(MappedField::kLatitude);
  if (given(MappedField::kLatitude) != given(MappedField::kLongitude)) {
    problems_.push_back({0, "latitude and longitude are given together"});
  }
}

std::size_t MappingBuilder::column(std::string const& name) {
  auto const found = std::ranges::find(mapping_.columns_, name);
  if (found == mapping_.columns_.end()) {
    mapping_.columns_.push_back(name);
    return mapping_.columns_.size() - 1;
  }
  return static_cast<std::size_t>(found - mapping_.columns_.begin());
}

bool MappingBuilder::wants_text(MappingEntry const& entry) {
  bool const good = entry.is_text && !entry.is_list && !entry.values.front().empty();
  if (!good) {
    problem(entry, fmt::format("{} is one text in quotes, not empty", excerpt(entry.key)));
  }
  return good;
}

void MappingBuilder::problem(MappingEntry const& entry, std::string message) {
  problems_.push_back({entry.line, std::move(message)});
}

}  // namespace guarantor::intake
