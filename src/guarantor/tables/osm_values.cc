#include "guarantor/tables/osm_values.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <variant>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/numbers.h"

namespace guarantor::tables {
namespace {

/// A word that stands for a number, or a unit with its size.
struct Meaning {
  std::string_view word;
  double size;
};

std::optional<double> meaning(std::string_view word, std::span<Meaning const> meanings) {
  for (Meaning const& one : meanings) {
    if (one.word == word) {
      return one.size;
    }
  }
  return std::nullopt;
}

/// Longer values are no limits, and no file may make anyone search through them again and again.
constexpr std::size_t kLongestValue = 255;

bool is_one_of(std::string_view word, std::span<std::string_view const> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A number and its unit; nothing where the text is not so.
std::optional<double> measured(std::string_view text, std::span<Meaning const> units) {
  std::string_view const whole = trimmed(text);
  std::size_t const end = std::min(whole.find_first_not_of("-0123456789."), whole.size());
  auto const number = parse_number(whole.substr(0, end));
  auto const unit = meaning(trimmed(whole.substr(end)), units);
  if (!unit || !std::holds_alternative<double>(number)) {
    return std::nullopt;
  }
  return std::get<double>(number) * *unit;
}

constexpr std::array kSpeedUnits{Meaning{"", 1},           Meaning{"km/h", 1},
                                 Meaning{"kmh", 1},        Meaning{"kph", 1},
                                 Meaning{"mph", 1.609344}, Meaning{"knots", 1.852}};

/// The ends of words such as `DE:urban`. The limits themselves differ from country to country:
/// these are the usual ones of continental Europe.
constexpr std::array kSpeedZones{Meaning{"living_street", 20}, Meaning{"bicycle_road", 30},
                                 Meaning{"school", 30}, Meaning{"urban", 50}, Meaning{"rural", 90}};

constexpr std::array<std::string_view, 8> kNoSpeedLimit{
    "none", "no", "signals", "variable", "implicit", "unlimited", "default", "unknown"};
constexpr std::array<std::string_view, 3> kNoZoneLimit{"motorway", "trunk", "expressway"};

constexpr std::array kWeightUnits{Meaning{"", 1},
                                  Meaning{"t", 1},
                                  Meaning{"kg", 0.001},
                                  Meaning{"st", 0.90718474},
                                  Meaning{"lt", 1.0160469},
                                  Meaning{"lbs", 0.00045359237},
                                  Meaning{"lb", 0.00045359237}};

constexpr std::array<std::string_view, 6> kNoWeightLimit{"none",     "no",      "default",
                                                         "unsigned", "no_sign", "unknown"};

/// A limit where there is a number, and it lies within what any vehicle could keep.
TaggedLimit limit(std::optional<double> amount, double least, double most) {
  if (!amount) {
    return {LimitSign::kUnread};
  }
  bool const usable = *amount >= least && *amount <= most;
  return usable ? TaggedLimit{LimitSign::kLimit, *amount} : TaggedLimit{LimitSign::kUnusable};
}

}  // namespace

TaggedLimit read_speed_limit(std::string_view text) {
  constexpr double kWalk = 6;
  constexpr double kSlowest = 3;
  constexpr double kFastest = 400;
  constexpr std::string_view kZone = "zone";
  if (text.empty() || is_one_of(text, kNoSpeedLimit)) {
    return {LimitSign::kNone};
  }
  if (text.size() > kLongestValue) {
    return {LimitSign::kUnread};
  }
  if (text == "walk") {
    return {LimitSign::kLimit, kWalk};
  }
  std::string_view number = text;
  if (std::size_t const colon = text.find(':'); colon != std::string_view::npos) {
    number.remove_prefix(colon + 1);
    if (is_one_of(number, kNoZoneLimit)) {
      return {LimitSign::kNone};
    }
    if (auto const kmh = meaning(number, kSpeedZones)) {
      return {LimitSign::kLimit, *kmh};
    }
    if (number.starts_with(kZone)) {
      number.remove_prefix(kZone.size());
      number.remove_prefix(number.starts_with(':') ? 1 : 0);
    }
  }
  return limit(measured(number, kSpeedUnits), kSlowest, kFastest);
}

TaggedLimit read_weight_limit(std::string_view text) {
  constexpr double kLightest = 0.1;
  constexpr double kHeaviest = 1'000;
  if (text.empty() || is_one_of(text, kNoWeightLimit)) {
    return {LimitSign::kNone};
  }
  if (text.size() > kLongestValue) {
    return {LimitSign::kUnread};
  }
  return limit(measured(text, kWeightUnits), kLightest, kHeaviest);
}

}  // namespace guarantor::tables
