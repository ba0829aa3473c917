#include "guarantor/intake/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "guarantor/intake/mapping_builder.h"
#include "guarantor/intake/plausible.h"
#include "guarantor/intake/utf8.h"

namespace guarantor::intake {
namespace {

using model::Observation;
using Values = std::vector<std::string_view>;

constexpr int kMostCalibre = 100'000;  // mm

std::optional<bool> parse_flag(std::string_view word) {
  for (std::string_view const yes : {"true", "True", "TRUE", "yes", "1"}) {
    if (word == yes) {
      return true;
    }
  }
  for (std::string_view const no : {"false", "False", "FALSE", "no", "0"}) {
    if (word == no) {
      return false;
    }
  }
  return std::nullopt;
}

}  // namespace

MappingReading Mapping::parse(std::string_view text) {
  std::vector<MappingProblem> problems;
  std::vector<MappingEntry> const entries = parse_mapping_text(text, problems);
  return MappingBuilder{std::move(problems)}.build(entries);
}

Mapping Mapping::identity(std::string source) {
  std::vector<MappingEntry> entries{
      {.table = "", .key = "source", .values = {std::move(source)}, .is_text = true},
      {.table = "", .key = "id", .values = {"id"}, .is_text = true}};
  for (std::string_view const name : model::kWords<MappedField>) {
    if (name != "latitude" && name != "longitude") {
      entries.push_back({.table = "columns",
                         .key = std::string{name},
                         .values = {std::string{name}},
                         .is_text = true});
    }
  }
  return MappingBuilder{{}}.build(entries).mapping.value();
}

Mapping::Filling const& Mapping::filling(MappedField field) const {
  return fillings_.at(static_cast<std::size_t>(field));
}

/// What a row says about a field, in our words; the constant where it says nothing.
std::string_view Mapping::value(MappedField field, Values const& values) const {
  Filling const& filling = this->filling(field);
  std::string_view text = filling.column ? trimmed(values[*filling.column]) : std::string_view{};
  if (!text.empty()) {
    if (auto const found = filling.words.find(text); found != filling.words.end()) {
      return found->second;
    }
    return filling.other_word ? std::string_view{*filling.other_word} : text;
  }
  return filling.constant ? std::string_view{*filling.constant} : text;
}

/// The column that fills a field, as their table calls it.
std::string Mapping::name(MappedField field) const {
  auto const column = filling(field).column;
  return column ? columns_[*column] : std::string{model::text(field)};
}

Reject Mapping::bad(RejectReason reason, MappedField field, std::string_view value,
                    std::string_view expected) const {
  return {reason, 0, name(field), fmt::format("`{}` is no {}", excerpt(value), expected)};
}

std::optional<Reject> Mapping::read(Values const& values, Observation& observation) const {
  observation.source = source_;
  if (auto flaw = read_id(values, observation)) {
    return flaw;
  }
  if (auto flaw = read_moments(values, observation)) {
    return flaw;
  }
  read_texts(values, observation);
  if (maps_place_) {
    std::string_view const north = value(MappedField::kLatitude, values);
    std::string_view const east = value(MappedField::kLongitude, values);
    if ((needs_place_ && observation.sector.empty()) || !north.empty() || !east.empty()) {
      if (auto flaw = read_position(north, east, name(MappedField::kLatitude),
                                    name(MappedField::kLongitude), observation.place)) {
        return flaw;
      }
    }
  }
  if (auto flaw = read_words(values, observation)) {
    return flaw;
  }
  if (auto flaw = read_flags(values, observation)) {
    return flaw;
  }
  return read_numbers(values, observation);
}

std::optional<Reject> Mapping::read_id(Values const& values, Observation& observation) const {
  std::string id = source_;
  bool given = false;
  for (std::size_t i = 0; i < id_columns_.size(); ++i) {
    std::string_view const part = trimmed(values[id_columns_[i]]);
    given = given || !part.empty();
    id += i == 0 ? ':' : ',';
    id += part;
  }
  if (!given) {
    return Reject{RejectReason::kMissingField, 0, columns_[id_columns_.front()],
                  "the row has no id"};
  }
  observation.id = model::ObservationId{std::move(id)};
  return std::nullopt;
}

std::optional<TimeSpan> Mapping::parse_moment(std::string_view text) const {
  for (TimeFormat const& format : formats_) {
    if (auto const span = format.read(text, zone_)) {
      return span;
    }
  }
  return std::nullopt;
}

std::optional<Reject> Mapping::read_moments(Values const& values, Observation& observation) const {
  std::string_view const from = value(MappedField::kFrom, values);
  if (from.empty()) {
    return Reject{RejectReason::kMissingField, 0, name(MappedField::kFrom), "the row has no date"};
  }
  auto const begins = parse_moment(from);
  if (!begins) {
    return bad(RejectReason::kBadDate, MappedField::kFrom, from,
               "moment in a format of the mapping");
  }
  observation.from = begins->from;
  observation.to = begins->to;
  if (std::string_view const reported = value(MappedField::kReported, values); !reported.empty()) {
    auto const said = parse_moment(reported);
    if (!said) {
      return bad(RejectReason::kBadDate, MappedField::kReported, reported,
                 "moment in a format of the mapping");
    }
    observation.reported = said->from;
  }
  std::string_view const to = value(MappedField::kTo, values);
  if (to.empty()) {
    return std::nullopt;
  }
  auto const ends = parse_moment(to);
  if (!ends) {
    return bad(RejectReason::kBadDate, MappedField::kTo, to, "moment in a format of the mapping");
  }
  observation.to = ends->to;
  return std::nullopt;
}

std::optional<Reject> Mapping::read_words(Values const& values, Observation& observation) const {
  std::string_view const kind = value(MappedField::kKind, values);
  if (kind.empty()) {
    return Reject{RejectReason::kMissingField, 0, name(MappedField::kKind), "the row has no kind"};
  }
  auto const parsed = model::parse<model::EventKind>(kind);
  if (!parsed) {
    return bad(RejectReason::kUnknownKind, MappedField::kKind, kind,
               "kind of event; name it in [words.kind]");
  }
  observation.kind = *parsed;
  if (std::string_view const sense = value(MappedField::kSense, values); !sense.empty()) {
    auto const word = model::parse<model::Sense>(sense);
    if (!word) {
      return bad(RejectReason::kBadWord, MappedField::kSense, sense,
                 "seen, heard, camera, sensor or reported");
    }
    observation.sense = *word;
  }
  if (std::string_view const blast = value(MappedField::kBlast, values); !blast.empty()) {
    observation.blast = model::parse<model::BlastKind>(blast);
    if (!observation.blast) {
      return bad(RejectReason::kBadWord, MappedField::kBlast, blast,
                 "outgoing, impact, airburst or undetermined");
    }
  }
  return std::nullopt;
}

std::optional<Reject> Mapping::read_flags(Values const& values, Observation& observation) const {
  for (auto const& [field, flag] : {std::pair{MappedField::kLiveFire, &observation.live_fire},
                                    {MappedField::kWithdrawn, &observation.withdrawn}}) {
    std::string_view const word = value(field, values);
    if (word.empty()) {
      continue;
    }
    auto const parsed = parse_flag(word);
    if (!parsed) {
      return bad(RejectReason::kBadWord, field, word, "true, false, yes, no, 1 or 0");
    }
    *flag = *parsed;
  }
  return std::nullopt;
}

std::optional<Reject> Mapping::read_numbers(Values const& values, Observation& observation) const {
  auto const read = [&](MappedField field, auto const& set) -> std::optional<Reject> {
    std::string_view const text = value(field, values);
    if (text.empty()) {
      return std::nullopt;
    }
    auto const number = parse_number(text);
    // A constant is in our unit already.
    auto const column = filling(field).column;
    bool const theirs = column && !trimmed(values[*column]).empty();
    if (!number || !set(*number * (theirs ? filling(field).factor : 1))) {
      return bad(RejectReason::kBadNumber, field, text, "number that the field can have");
    }
    return std::nullopt;
  };
  if (auto flaw = read(MappedField::kPrecision, [&](double metres) {
        observation.precision = model::Metres{metres};
        return metres >= 0;
      })) {
    return flaw;
  }
  if (auto flaw = read(MappedField::kCount, [&](double number) {
        constexpr double kMost = 1e9;
        bool const good = number >= 0 && number <= kMost && number == std::floor(number);
        observation.count = good ? static_cast<std::int64_t>(number) : 1;
        return good;
      })) {
    return flaw;
  }
  if (auto flaw = read(MappedField::kCalibre, [&](double millimetres) {
        bool const good = millimetres >= 1 && millimetres <= kMostCalibre;
        observation.calibre =
            model::Millimetres{good ? static_cast<int>(std::lround(millimetres)) : 1};
        return good;
      })) {
    return flaw;
  }
  return read(MappedField::kProbability, [&](double share) {
    observation.probability = share;
    return share >= 0 && share <= 1;
  });
}

void Mapping::read_texts(Values const& values, Observation& observation) const {
  observation.observer = value(MappedField::kObserver, values);
  observation.category = value(MappedField::kCategory, values);
  // Their word for the kind is kept where no other column holds a category.
  if (auto const column = filling(MappedField::kKind).column;
      column && observation.category.empty()) {
    observation.category = trimmed(values[*column]);
  }
  observation.sector = model::SectorId{std::string{value(MappedField::kSector, values)}};
  observation.weapon = value(MappedField::kWeapon, values);
  observation.actor = value(MappedField::kActor, values);
  observation.text = value(MappedField::kText, values);
  observation.owner = model::NationId{std::string{value(MappedField::kOwner, values)}};
  std::string_view rest = value(MappedField::kEvidence, values);
  while (!rest.empty()) {
    std::string_view const item = rest.substr(0, rest.find(evidence_separator_));
    rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    if (!trimmed(item).empty()) {
      observation.evidence.emplace_back(trimmed(item));
    }
  }
}

}  // namespace guarantor::intake
