#include "guarantor/intake/observation_json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "guarantor/intake/json_parser.h"
#include "guarantor/intake/plausible.h"

namespace guarantor::intake {
namespace {

using model::Observation;
using simdjson::dom::element;

/// The members in the order in which they are written.
enum class Member {
  kId,
  kSource,
  kObserver,
  kKind,
  kCategory,
  kFrom,
  kTo,
  kReported,
  kLatitude,
  kLongitude,
  kPrecision,
  kSector,
  kCount,
  kSense,
  kBlast,
  kWeapon,
  kCalibre,
  kActor,
  kLiveFire,
  kWithdrawn,
  kProbability,
  kText,
  kEvidence,
  kOwner,
  kReleasableTo
};
constexpr std::array<std::string_view, 25> kMembers{
    "id",       "source",   "observer",   "kind",         "category",  "from",      "to",
    "reported", "latitude", "longitude",  "precision_m",  "sector",    "count",     "sense",
    "blast",    "weapon",   "calibre_mm", "actor",        "live_fire", "withdrawn", "probability",
    "text",     "evidence", "owner",      "releasable_to"};

std::string_view name_of(Member member) {
  return kMembers.at(static_cast<std::size_t>(member));
}

/// RFC 8259 without more escapes than it asks for.
void append_text(std::string_view value, std::string& text) {
  text += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto const byte = static_cast<unsigned char>(value[i]);
    if (byte >= 0x20U && byte != '"' && byte != '\\') {
      continue;
    }
    text += value.substr(plain, i - plain);
    plain = i + 1;
    if (byte == '"' || byte == '\\') {
      text += '\\';
      text += value[i];
    } else if (byte == '\n') {
      text += "\\n";
    } else {
      constexpr std::string_view kHex = "0123456789abcdef";
      text += "\\u00";
      text += kHex[byte >> 4U];
      text += kHex[byte & 0xfU];
    }
  }
  text += value.substr(plain);
  text += '"';
}

class Writer {
 public:
  explicit Writer(std::string& text) : text_{text} { text_ += '{'; }

  void name(Member member) {
    text_ += first_ ? "\"" : ",\"";
    first_ = false;
    text_ += name_of(member);
    text_ += "\":";
  }
  void always(Member member, std::string_view value) {
    name(member);
    append_text(value, text_);
  }
  void given(Member member, std::string_view value) {
    if (!value.empty()) {
      always(member, value);
    }
  }
  void given(Member member, std::vector<std::string> const& values) {
    if (values.empty()) {
      return;
    }
    name(member);
    char separator = '[';
    for (std::string const& value : values) {
      text_ += separator;
      append_text(value, text_);
      separator = ',';
    }
    text_ += ']';
  }
  /// The shortest text that reads as the same number.
  template <class Number>
  void number(Member member, Number value) {
    name(member);
    std::array<char, 32> digits{};
    Number const unsigned_zero = value == 0 ? Number{} : value;
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), unsigned_zero).ptr;
    text_.append(digits.data(), end);
  }
  void flag(Member member, bool value) {
    if (value) {
      name(member);
      text_ += "true";
    }
  }
  void instant(Member member, model::Instant value) {
    name(member);
    text_ += '"';
    text_ += model::print(value);
    text_ += '"';
  }

 private:
  std::string& text_;
  bool first_{true};
};

Reject bad(RejectReason reason, Member member, std::string message) {
  return {reason, 0, std::string{name_of(member)}, std::move(message)};
}

std::optional<Reject> read_text(Member member, element value, std::string& field) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) {
    return bad(RejectReason::kBadSyntax, member, "a text is expected");
  }
  field = text;
  return std::nullopt;
}

std::optional<Reject> read_texts(Member member, element value, std::vector<std::string>& field) {
  simdjson::dom::array items;
  if (value.get(items) != simdjson::SUCCESS) {
    return bad(RejectReason::kBadSyntax, member, "a list of texts is expected");
  }
  for (element const item : items) {
    std::string text;
    if (auto flaw = read_text(member, item, text)) {
      return flaw;
    }
    field.push_back(std::move(text));
  }
  return std::nullopt;
}

std::optional<Reject> read_number(Member member, element value, double& field) {
  // Any number, with or without a point.
  if (value.get(field) != simdjson::SUCCESS) {
    return bad(RejectReason::kBadNumber, member, "a number is expected");
  }
  return std::nullopt;
}

std::optional<Reject> read_integer(Member member, element value, std::int64_t& field) {
  if (value.get(field) != simdjson::SUCCESS) {
    return bad(RejectReason::kBadNumber, member, "a whole number is expected");
  }
  return std::nullopt;
}

std::optional<Reject> read_flag(Member member, element value, bool& field) {
  if (value.get(field) != simdjson::SUCCESS) {
    return bad(RejectReason::kBadSyntax, member, "true or false is expected");
  }
  return std::nullopt;
}

template <class Enum, class Field>
std::optional<Reject> read_word(Member member, element value, RejectReason reason, Field& field) {
  std::string_view word;
  if (value.get(word) != simdjson::SUCCESS) {
    return bad(RejectReason::kBadSyntax, member, "a word is expected");
  }
  auto const parsed = model::parse<Enum>(word);
  if (!parsed) {
    return bad(
        reason, member,
        fmt::format("`{}` is none of: {}", excerpt(word), fmt::join(model::kWords<Enum>, ", ")));
  }
  // NOLINTNEXTLINE(bugprone-optional-value-conversion): some members are optional
  field = *parsed;
  return std::nullopt;
}

std::optional<Reject> read_instant(Member member, element value, model::Instant& field) {
  std::string_view text;
  auto const instant = value.get(text) == simdjson::SUCCESS ? model::parse_instant(text)
                                                            : std::optional<model::Instant>{};
  if (!instant) {
    return bad(RejectReason::kBadDate, member, "a moment such as 2026-01-31T12:00:00Z is expected");
  }
  field = *instant;
  return std::nullopt;
}

/// The members of one object, one by one.
class Members {
 public:
  explicit Members(Observation& observation) : observation_{observation} {}

  std::optional<Reject> read(std::string_view name, element value) {
    // They mostly come in order.
    std::size_t i = next_;
    for (std::size_t tried = 0; tried < kMembers.size() && kMembers.at(i) != name; ++tried) {
      i = (i + 1) % kMembers.size();
    }
    if (kMembers.at(i) != name) {
      return Reject{RejectReason::kUnknownField, 0, excerpt(name),
                    fmt::format("an observation has no `{}`", excerpt(name))};
    }
    next_ = (i + 1) % kMembers.size();
    auto const member = static_cast<Member>(i);
    if (given_.at(i)) {
      return bad(RejectReason::kBadSyntax, member, "it stands twice");
    }
    given_.at(i) = true;
    return read_member(member, value);
  }

  std::optional<Reject> finish() {
    for (Member const member :
         {Member::kId, Member::kSource, Member::kKind, Member::kFrom, Member::kTo}) {
      if (!given_.at(static_cast<std::size_t>(member))) {
        return bad(RejectReason::kMissingField, member, "it is not given");
      }
    }
    bool const north = given_.at(static_cast<std::size_t>(Member::kLatitude));
    bool const east = given_.at(static_cast<std::size_t>(Member::kLongitude));
    if (north != east) {
      return bad(RejectReason::kMissingField, north ? Member::kLongitude : Member::kLatitude,
                 "latitude and longitude are given together");
    }
    if (north) {
      observation_.place = {model::Degrees{longitude_}, model::Degrees{latitude_}};
    }
    return std::nullopt;
  }

 private:
  std::optional<Reject> read_member(Member member, element value) {
    switch (member) {
      case Member::kId:
        return read_id(member, value, observation_.id);
      case Member::kSource:
        return read_text(member, value, observation_.source);
      case Member::kObserver:
        return read_text(member, value, observation_.observer);
      case Member::kKind:
        return read_word<model::EventKind>(member, value, RejectReason::kUnknownKind,
                                           observation_.kind);
      case Member::kCategory:
        return read_text(member, value, observation_.category);
      case Member::kFrom:
        return read_instant(member, value, observation_.from);
      case Member::kTo:
        return read_instant(member, value, observation_.to);
      case Member::kReported:
        return read_instant(member, value, observation_.reported.emplace());
      case Member::kLatitude:
        return read_number(member, value, latitude_);
      case Member::kLongitude:
        return read_number(member, value, longitude_);
      case Member::kPrecision:
        return read_quantity(member, value, observation_.precision);
      case Member::kSector:
        return read_id(member, value, observation_.sector);
      case Member::kCount:
        return read_integer(member, value, observation_.count.emplace());
      case Member::kSense:
        return read_word<model::Sense>(member, value, RejectReason::kBadWord, observation_.sense);
      case Member::kBlast:
        return read_word<model::BlastKind>(member, value, RejectReason::kBadWord,
                                           observation_.blast);
      case Member::kWeapon:
        return read_text(member, value, observation_.weapon);
      case Member::kCalibre:
        return read_calibre(member, value);
      case Member::kActor:
        return read_text(member, value, observation_.actor);
      case Member::kLiveFire:
        return read_flag(member, value, observation_.live_fire);
      case Member::kWithdrawn:
        return read_flag(member, value, observation_.withdrawn);
      case Member::kProbability:
        return read_number(member, value, observation_.probability.emplace());
      case Member::kText:
        return read_text(member, value, observation_.text);
      case Member::kEvidence:
        return read_texts(member, value, observation_.evidence);
      case Member::kOwner:
        return read_id(member, value, observation_.owner);
      case Member::kReleasableTo:
        return read_texts(member, value, observation_.releasable_to);
    }
    return std::nullopt;
  }

  template <class Id>
  static std::optional<Reject> read_id(Member member, element value, Id& field) {
    std::string text;
    auto flaw = read_text(member, value, text);
    field = Id{std::move(text)};
    return flaw;
  }

  static std::optional<Reject> read_quantity(Member member, element value, model::Metres& field) {
    double number = 0;
    auto flaw = read_number(member, value, number);
    field = model::Metres{number};
    return flaw;
  }

  std::optional<Reject> read_calibre(Member member, element value) {
    constexpr std::int64_t kMost = 100'000;
    std::int64_t number = 0;
    auto flaw = read_integer(member, value, number);
    if (!flaw && (number < 1 || number > kMost)) {
      return bad(RejectReason::kBadNumber, member, "a calibre in whole millimetres is expected");
    }
    observation_.calibre = model::Millimetres{static_cast<int>(number)};
    return flaw;
  }

  Observation& observation_;
  double latitude_{};
  double longitude_{};
  std::array<bool, kMembers.size()> given_{};
  std::size_t next_{};
};

}  // namespace

void append_json(Observation const& observation, std::string& text) {
  Writer writer{text};
  writer.always(Member::kId, observation.id.text());
  writer.always(Member::kSource, observation.source);
  writer.given(Member::kObserver, observation.observer);
  writer.always(Member::kKind, model::text(observation.kind));
  writer.given(Member::kCategory, observation.category);
  writer.instant(Member::kFrom, observation.from);
  writer.instant(Member::kTo, observation.to);
  if (observation.reported) {
    writer.instant(Member::kReported, *observation.reported);
  }
  if (observation.place) {
    writer.number(Member::kLatitude, observation.place->latitude.count());
    writer.number(Member::kLongitude, observation.place->longitude.count());
  }
  if (observation.precision != model::Metres{}) {
    writer.number(Member::kPrecision, observation.precision.count());
  }
  writer.given(Member::kSector, observation.sector.text());
  if (observation.count) {
    writer.number(Member::kCount, *observation.count);
  }
  writer.always(Member::kSense, model::text(observation.sense));
  if (observation.blast) {
    writer.always(Member::kBlast, model::text(*observation.blast));
  }
  writer.given(Member::kWeapon, observation.weapon);
  if (observation.calibre) {
    writer.number(Member::kCalibre, observation.calibre->count());
  }
  writer.given(Member::kActor, observation.actor);
  writer.flag(Member::kLiveFire, observation.live_fire);
  writer.flag(Member::kWithdrawn, observation.withdrawn);
  if (observation.probability) {
    writer.number(Member::kProbability, *observation.probability);
  }
  writer.given(Member::kText, observation.text);
  writer.given(Member::kEvidence, observation.evidence);
  writer.given(Member::kOwner, observation.owner.text());
  writer.given(Member::kReleasableTo, observation.releasable_to);
  text += '}';
}

std::string to_json(Observation const& observation) {
  std::string text;
  append_json(observation, text);
  return text;
}

struct ObservationReader::Parser {
  JsonParser json;
};

ObservationReader::ObservationReader(Limits const& limits)
    : parser_{std::make_unique<Parser>()}, limits_{limits} {}
ObservationReader::ObservationReader(ObservationReader&&) noexcept = default;
ObservationReader& ObservationReader::operator=(ObservationReader&&) noexcept = default;
ObservationReader::~ObservationReader() = default;

std::optional<Reject> ObservationReader::read(std::string_view text, Observation& observation) {
  element root;
  if (auto flaw = parser_->json.parse(text, root)) {
    return flaw;
  }
  simdjson::dom::object object;
  if (root.get(object) != simdjson::SUCCESS) {
    return Reject{RejectReason::kBadSyntax, 0, {}, "an object in braces is expected"};
  }
  Members members{observation};
  for (auto const& [name, value] : object) {
    if (auto flaw = members.read(name, value)) {
      return flaw;
    }
  }
  if (auto flaw = members.finish()) {
    return flaw;
  }
  return find_flaw(observation, limits_);
}

model::Result<Observation> parse_observation(std::string_view text, Limits const& limits) {
  Observation observation;
  ObservationReader reader{limits};
  if (auto const flaw = reader.read(text, observation)) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{}{}{}: {}", flaw->field, flaw->field.empty() ? "" : ": ",
                                    model::text(flaw->reason), flaw->message),
                        "one observation is one JSON object"};
  }
  return observation;
}

}  // namespace guarantor::intake
