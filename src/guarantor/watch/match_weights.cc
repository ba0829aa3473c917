#include "guarantor/watch/match_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace guarantor::watch {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::string_view kHeader = "part,name,other,value";
constexpr std::string_view kConstant = "constant";

std::vector<std::string_view> second_names() {
  auto const pair = pair_feature_names();
  auto const rival = rival_feature_names();
  std::vector<std::string_view> names{pair.begin(), pair.end()};
  names.insert(names.end(), rival.begin(), rival.end());
  return names;
}

std::vector<std::string_view> first_names() {
  auto const pair = pair_feature_names();
  return {pair.begin(), pair.end()};
}

void append(std::string& text, std::string_view part, std::vector<std::string_view> const& names,
            LogisticWeights const& weights) {
  text += fmt::format("{},{},,{}\n", part, kConstant, weights.constant);
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += fmt::format("{},{},,{}\n", part, names[i], weights.weights[i]);
  }
}

/// Files of earlier versions have no such weights: there they are 0.
bool came_later(std::string_view name) {
  auto const later = later_pair_feature_names();
  return std::ranges::find(later, name) != later.end();
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional{value} : std::nullopt;
}

std::optional<std::array<std::string_view, 4>> cells_of(std::string_view line) {
  std::array<std::string_view, 4> cells;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto const comma = line.find(',');
    if ((comma == std::string_view::npos) != (i + 1 == cells.size())) {
      return std::nullopt;
    }
    cells.at(i) = line.substr(0, comma);
    line.remove_prefix(comma == std::string_view::npos ? line.size() : comma + 1);
  }
  return cells;
}

/// Reads line by line; every weight must stand once, but those that came later may be missing.
class WeightsReader {
 public:
  explicit WeightsReader(std::string_view file) : file_{file} {
    expect("first", first_names(), weights_.first);
    expect("second", second_names(), weights_.second);
    expect("calibration", {"score"}, weights_.calibration);
  }

  Result<MatchWeights> read(std::string_view text) {
    while (!text.empty()) {
      auto const end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      ++line_;
      if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
      }
      if (auto problem = take(line)) {
        return std::move(*problem);
      }
    }
    if (line_ == 0) {
      return wrong("the file is empty");
    }
    for (auto const& [name, place] : places_) {
      if (!found_.contains(name) && !came_later(name.second)) {
        return wrong(fmt::format("no weight `{},{}`", name.first, name.second));
      }
    }
    if (weights_.calibration.weights[0] < 0) {
      return wrong("calibration,score is below 0: a better score would be less likely");
    }
    return std::move(weights_);
  }

 private:
  using Name = std::pair<std::string, std::string>;

  void expect(std::string const& part, std::vector<std::string_view> const& names,
              LogisticWeights& weights) {
    weights.weights.resize(names.size());
    places_[{part, std::string{kConstant}}] = &weights.constant;
    for (std::size_t i = 0; i < names.size(); ++i) {
      places_[{part, std::string{names[i]}}] = &weights.weights[i];
    }
  }

  [[nodiscard]] Error wrong(std::string const& what) const {
    return {ErrorKind::kBadInput, fmt::format("{}:{}: {}", file_, line_, what),
            "a file of weights is what --save-weights writes"};
  }

  std::optional<Error> take(std::string_view line) {
    if (line_ == 1) {
      return line == kHeader ? std::nullopt
                             : std::optional{wrong(fmt::format("the heading is `{}`", kHeader))};
    }
    auto const cells = cells_of(line);
    auto const value = cells ? number(cells->at(3)) : std::nullopt;
    if (!value) {
      return wrong("four cells are expected, the last a finite number");
    }
    Name name{(*cells)[0], (*cells)[1]};
    if (name.first == "category") {
      bool const fresh =
          weights_.categories.emplace(std::pair{name.second, std::string{(*cells)[2]}}, *value)
              .second;
      return fresh ? std::nullopt : std::optional{wrong("these categories stand twice")};
    }
    auto const place = places_.find(name);
    if (place == places_.end()) {
      return wrong(fmt::format("no such weight: `{},{}`", name.first, name.second));
    }
    *place->second = *value;
    return found_.insert(std::move(name)).second ? std::nullopt
                                                 : std::optional{wrong("this weight stands twice")};
  }

  std::string_view file_;
  std::size_t line_{};
  MatchWeights weights_;
  std::map<Name, double*> places_;
  std::set<Name> found_;
};

}  // namespace

std::string print(MatchWeights const& weights) {
  std::string text = fmt::format("{}\n", kHeader);
  append(text, "first", first_names(), weights.first);
  append(text, "second", second_names(), weights.second);
  for (auto const& [categories, odds] : weights.categories) {
    text += fmt::format("category,{},{},{}\n", categories.first, categories.second, odds);
  }
  append(text, "calibration", {"score"}, weights.calibration);
  return text;
}

Result<MatchWeights> parse_match_weights(std::string_view text, std::string_view file) {
  return WeightsReader{file}.read(text);
}

}  // namespace guarantor::watch
