#include "bench/background_training.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace guarantor::bench {
namespace {

/// Of one year, the first and the last month with a fire.
struct Months {
  unsigned first{12};
  unsigned last{1};
};

std::map<int, Months> months_of_years(std::vector<watch::ThermalFire> const& fires) {
  std::map<int, Months> years;
  for (watch::ThermalFire const& fire : fires) {
    auto const month = static_cast<unsigned>(std::chrono::year_month_day{fire.day}.month());
    Months& months = years[watch::year_of(fire.day)];
    months.first = std::min(months.first, month);
    months.last = std::max(months.last, month);
  }
  return years;
}

/// A line for every year that begins or ends months before the others.
std::vector<std::string> notes_on_parts(std::vector<watch::ThermalFire> const& fires) {
  constexpr unsigned kMonths = 2;  // one may be the season's; two are a file that ends early
  auto const years = months_of_years(fires);
  Months widest;
  for (auto const& [year, months] : years) {
    widest.first = std::min(widest.first, months.first);
    widest.last = std::max(widest.last, months.last);
  }
  std::vector<std::string> notes;
  for (auto const& [year, months] : years) {
    if (months.last + kMonths <= widest.last || months.first >= widest.first + kMonths) {
      notes.push_back(fmt::format(
          "{} has fires from month {} to {} only, other years from {} to {}: if its file is a part "
          "of the year, leave it out, since the rest of it counts as months without a fire",
          year, months.first, months.last, widest.first, widest.last));
    }
  }
  return notes;
}

std::vector<int> observed_years(std::vector<watch::ThermalFire> const& fires,
                                std::vector<int> const& stated,
                                std::optional<model::Date> const& first_judged) {
  std::set<int> years{stated.begin(), stated.end()};
  if (years.empty()) {
    for (watch::ThermalFire const& fire : fires) {
      years.insert(watch::year_of(fire.day));
    }
  }
  std::erase_if(years, [&first_judged](int year) {
    return first_judged &&
           model::Date{std::chrono::year{year} / std::chrono::January / 1} >= *first_judged;
  });
  return {years.begin(), years.end()};
}

}  // namespace

model::Result<Training> training_before(std::optional<model::Date> const& first_judged,
                                        std::vector<watch::ThermalFire> fires,
                                        std::vector<int> const& stated) {
  Training training;
  auto const left_out = std::erase_if(fires, [&first_judged](watch::ThermalFire const& fire) {
    return first_judged && fire.day >= *first_judged;
  });
  training.years = observed_years(fires, stated, first_judged);
  if (left_out > 0) {
    training.notes.push_back(
        fmt::format("{} fires on or after {}, the first judged day, are left out", left_out,
                    model::print(*first_judged)));
    if (training.years.size() < 2) {
      return model::Error{
          model::ErrorKind::kBadInput,
          fmt::format(
              "train: {}; that leaves {}, and a background needs at least two earlier "
              "years",
              training.notes.back(),
              training.years.empty() ? "no year" : fmt::format("{} alone", training.years.front())),
          "give files of earlier years, or a later --from"};
    }
  }
  std::ranges::copy(notes_on_parts(fires), std::back_inserter(training.notes));
  training.fires = std::move(fires);
  return training;
}

}  // namespace guarantor::bench
