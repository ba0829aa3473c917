#include "guarantor/watch/pair_features.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <string_view>

#include "guarantor/geo/geodesic.h"

namespace guarantor::watch {
namespace {

/// Hundred-thousandths of a degree, about a metre each.
constexpr std::array<double, 10> kBoxKnots{10, 30, 60, 80, 100, 200, 1'000, 3'000, 10'000, 25'000};
constexpr std::array<double, 5> kDayKnots{0, 1, 3, 7, 14};
constexpr double kFarMetres = 200;
constexpr double kNearMetres = 3'000;
constexpr double kNearDays = 1;
constexpr double kAveragePairs = 10;
constexpr double kMostLead = 4;

constexpr std::array<std::string_view, kPairFeatures> kPairNames{
    "box_10",   "box_30",    "box_60",    "box_80", "box_100",    "box_200",   "box_1000",
    "box_3000", "box_10000", "box_25000", "days_0", "days_1",     "days_3",    "days_7",
    "days_14",  "words",     "words_far", "told",   "categories", "same_kind", "other_kind"};
constexpr std::array<std::string_view, 2> kLaterNames{"same_kind", "other_kind"};
constexpr std::array<std::string_view, kRivalFeatures> kRivalNames{"b_behind", "b_ahead",
                                                                   "a_behind"};

/// Writes how near `value` is to each knot: 1 at a knot, falling in a straight line to 0 at the
/// next.
template <std::size_t N>
double* write_hats(std::array<double, N> const& knots, double value, double* to) {
  std::fill_n(to, N, 0);
  auto const above = std::ranges::lower_bound(knots, value) - knots.begin();
  if (above == 0) {
    to[0] = 1;
  } else if (above == static_cast<std::ptrdiff_t>(N)) {
    to[N - 1] = 1;
  } else {
    auto const i = static_cast<std::size_t>(above);
    to[i] = (value - knots.at(i - 1)) / (knots.at(i) - knots.at(i - 1));
    to[i - 1] = 1 - to[i];
  }
  return to + N;
}

double scaled_log(double value) {
  return std::log10(value + 1);
}

std::array<double, kBoxKnots.size()> log_knots() {
  std::array<double, kBoxKnots.size()> knots{};
  std::ranges::transform(kBoxKnots, knots.begin(), scaled_log);
  return knots;
}

/// The larger of the two differences in degrees. Sources round and blur by degrees, so this tells
/// more near a place than the length does.
double box_distance(model::Position a, model::Position b) {
  auto const east = geo::normalised(a.longitude - b.longitude);
  return std::max(std::abs(east.count()), std::abs((a.latitude - b.latitude).count())) * 1e5;
}

std::vector<std::vector<std::string>> words_of(std::span<SourceEvent const> a,
                                               std::span<SourceEvent const> b, bool places) {
  std::vector<std::vector<std::string>> words;
  words.reserve(a.size() + b.size());
  for (auto const source : {a, b}) {
    for (SourceEvent const& event : source) {
      words.push_back(compared_words(places ? event.place + " " + event.text : event.text));
    }
  }
  return words;
}

std::vector<model::Position> positions_of(std::span<SourceEvent const> events) {
  std::vector<model::Position> positions;
  positions.reserve(events.size());
  for (SourceEvent const& event : events) {
    positions.push_back(event.span.position);
  }
  return positions;
}

std::vector<std::string> categories_of(std::span<SourceEvent const> events) {
  std::vector<std::string> categories;
  categories.reserve(events.size());
  for (SourceEvent const& event : events) {
    categories.push_back(plain_category(event.category));
  }
  return categories;
}

/// Whether the two have any category in common. No category is none.
bool have_one_in_common(std::vector<std::string> const& a, std::vector<std::string> const& b) {
  std::set<std::string_view> const of_a{a.begin(), a.end()};
  return std::ranges::any_of(
      b, [&](std::string_view one) { return !one.empty() && of_a.contains(one); });
}

/// The best score of each event and the second best, for telling the best other.
struct Leaders {
  explicit Leaders(std::size_t events) : best(events, kNone), second(events, kNone) {}

  void add(std::uint32_t event, double score) {
    second[event] = std::max(second[event], std::min(score, best[event]));
    best[event] = std::max(best[event], score);
  }

  [[nodiscard]] double lead(std::uint32_t event, double score) const {
    double const other = score == best[event] ? second[event] : best[event];
    return std::clamp(score - other, -kMostLead, kMostLead);
  }

  static constexpr double kNone = -std::numeric_limits<double>::infinity();
  std::vector<double> best;
  std::vector<double> second;
};

}  // namespace

std::span<std::string_view const> pair_feature_names() {
  return kPairNames;
}

std::span<std::string_view const> later_pair_feature_names() {
  return kLaterNames;
}

std::span<std::string_view const> rival_feature_names() {
  return kRivalNames;
}

PairFeatures::PairFeatures(std::span<SourceEvent const> a, std::span<SourceEvent const> b,
                           std::span<EventPair const> pairs)
    : pairs_{pairs},
      a_positions_{positions_of(a)},
      b_positions_{positions_of(b)},
      a_categories_{categories_of(a)},
      b_categories_{categories_of(b)},
      all_words_{words_of(a, b, true)},
      told_words_{words_of(a, b, false)},
      share_categories_{have_one_in_common(a_categories_, b_categories_)} {}

PairRow PairFeatures::row(std::size_t pair, CategoryOdds const& odds) const {
  static auto const kBoxes = log_knots();
  EventPair const& one = pairs_[pair];
  auto const b_text = static_cast<std::uint32_t>(a_positions_.size()) + one.b;
  double const words = all_words_.between(one.a, b_text);
  double const far = std::max(0.0, scaled_log(one.apart.count()) - scaled_log(kFarMetres));
  PairRow row{};
  double* next = row.data();
  next =
      write_hats(kBoxes, scaled_log(box_distance(a_positions_[one.a], b_positions_[one.b])), next);
  next = write_hats(kDayKnots, one.days.count(), next);
  *next++ = words;
  *next++ = words * far;
  *next++ = told_words_.between(one.a, b_text);
  std::string const& a_kind = a_categories_[one.a];
  std::string const& b_kind = b_categories_[one.b];
  auto const known = odds.find({a_kind, b_kind});
  *next++ = known == odds.end() ? 0 : known->second;
  bool const compare = share_categories_ && !a_kind.empty() && !b_kind.empty();
  *next++ = compare && a_kind == b_kind ? 1 : 0;
  *next = compare && a_kind != b_kind ? 1 : 0;
  return row;
}

CategoryOdds PairFeatures::category_odds(std::vector<bool> const& known,
                                         std::vector<bool> const& used) const {
  struct Tally {
    double known{};
    double near{};
  };
  std::map<std::pair<std::string, std::string>, Tally> tallies;
  Tally all;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    EventPair const& one = pairs_[i];
    bool const near = one.apart.count() < kNearMetres && one.days.count() <= kNearDays;
    if (used[i] && (near || known[i])) {
      auto& tally = tallies[{a_categories_[one.a], b_categories_[one.b]}];
      for (Tally* const to : {&tally, &all}) {
        to->known += known[i] ? 1 : 0;
        to->near += near ? 1 : 0;
      }
    }
  }
  CategoryOdds odds;
  for (auto const& [categories, tally] : tallies) {
    if (tally.near > 0 && !(categories.first.empty() && categories.second.empty())) {
      double const share = tally.near / all.near;
      odds[categories] =
          std::log((tally.known + kAveragePairs * share) / ((all.known + kAveragePairs) * share));
    }
  }
  return odds;
}

std::vector<RivalRow> rival_rows(std::span<EventPair const> pairs, std::span<double const> scores) {
  std::uint32_t events = 0;
  for (EventPair const& pair : pairs) {
    events = std::max({events, pair.a + 1, pair.b + 1});
  }
  Leaders a{events};
  Leaders b{events};
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    a.add(pairs[i].a, scores[i]);
    b.add(pairs[i].b, scores[i]);
  }
  std::vector<RivalRow> rows;
  rows.reserve(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    double const b_lead = b.lead(pairs[i].b, scores[i]);
    double const a_lead = a.lead(pairs[i].a, scores[i]);
    rows.push_back({std::min(b_lead, 0.0), std::max(b_lead, 0.0), std::min(a_lead, 0.0)});
  }
  return rows;
}

}  // namespace guarantor::watch
