#include "guarantor/generate/greedy.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "guarantor/generate/certificate.h"

namespace guarantor::generate {
namespace {

constexpr double kForbidden = -std::numeric_limits<double>::infinity();
constexpr double kLeastGain = 1e-9;

class Greedy {
 public:
  Greedy(model::Scenario const& scenario, Instance const& instance)
      : scenario_{scenario},
        instance_{instance},
        cover_(instance.lines.size()),
        units_(instance.lines.size()),
        nations_(instance.lines.size()),
        ceilings_of_(instance.options.size()),
        people_(instance.ceilings.size()) {
    auto const months = static_cast<std::size_t>(instance.horizon);
    for (std::size_t r = 0; r < instance.lines.size(); ++r) {
      cover_[r].assign(months, 0);
      nations_[r].assign(months, 0);
      units_[r].assign(months * instance.nations.size(), 0);
    }
    for (std::size_t c = 0; c < instance.ceilings.size(); ++c) {
      people_[c].assign(months, 0);
      for (OptionIndex const option : instance.ceilings[c].options) {
        ceilings_of_[option.place].push_back(c);
      }
    }
  }

  std::vector<Start> run() {
    for (PledgeIndex const pledge : order()) {
      for (int unit = 0; unit < instance_.pledges[pledge].quantity; ++unit) {
        if (!insert_unit(pledge)) {
          break;
        }
      }
    }
    std::vector<Start> starts;
    for (auto const& [key, units] : begun_) {
      starts.push_back({key.first, key.second, units});
    }
    return drop_useless(std::move(starts));
  }

 private:
  /// Those that others wait for first, then those worth most.
  [[nodiscard]] std::vector<PledgeIndex> order() const {
    std::vector<int> waited_for(instance_.pledges.size(), 0);
    std::vector<double> worth(instance_.pledges.size(), 0);
    std::vector<PledgeIndex> pledges;
    for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
      PlannedPledge const& pledge = instance_.pledges[PledgeIndex{p}];
      pledges.push_back(PledgeIndex{p});
      for (auto const& needed : pledge.needs) {
        if (needed) {
          waited_for[needed->place] = 2;
        }
      }
      for (OptionIndex const index : pledge.options) {
        Option const& option = instance_.options[index];
        PlannedLine const& line = instance_.lines[option.line];
        worth[p] = std::max(worth[p], line.worth * option.effectiveness);
        if (line.framework == pledge.nation) {
          waited_for[p] = std::max(waited_for[p], 1);
        }
      }
    }
    std::stable_sort(pledges.begin(), pledges.end(), [&](PledgeIndex a, PledgeIndex b) {
      return std::pair{waited_for[a.place], worth[a.place]} >
             std::pair{waited_for[b.place], worth[b.place]};
    });
    return pledges;
  }

  [[nodiscard]] std::size_t nation_slot(NationIndex nation, int month) const {
    return static_cast<std::size_t>(month) * instance_.nations.size() + nation.place;
  }

  [[nodiscard]] bool needs_met(PlannedPledge const& pledge, LineIndex line, int month) const {
    return std::all_of(pledge.needs.begin(), pledge.needs.end(), [&](auto const& needed) {
      if (!needed) {
        return false;
      }
      auto const found = beside_.find({*needed, area(line), month});
      return found != beside_.end() && found->second > 0;
    });
  }

  [[nodiscard]] std::string const& area(LineIndex line) const {
    return scenario_.requirements[instance_.lines[line].row].area.text();
  }

  /// What one more unit at the option's line adds in a month, or kForbidden.
  [[nodiscard]] double month_gain(OptionIndex index, int month) const {
    Option const& option = instance_.options[index];
    PlannedPledge const& pledge = instance_.pledges[option.pledge];
    PlannedLine const& line = instance_.lines[option.line];
    auto const r = option.line.place;
    auto const t = static_cast<std::size_t>(month);
    int const own = units_[r][nation_slot(pledge.nation, month)];
    if (own + 1 > line.nation_limit || !needs_met(pledge, option.line, month)) {
      return kForbidden;
    }
    for (std::size_t const c : ceilings_of_[index.place]) {
      PlannedCeiling const& ceiling = instance_.ceilings[c];
      if (month >= ceiling.from && month < ceiling.to &&
          people_[c][t] + pledge.personnel > ceiling.personnel) {
        return kForbidden;
      }
    }
    double gain = line.worth * (std::min(line.quantity, cover_[r][t] + option.effectiveness) -
                                std::min(line.quantity, cover_[r][t]));
    if (own == 0) {
      bool const led_by_other = line.led && line.framework != pledge.nation;
      if ((line.max_nations && nations_[r][t] + 1 > *line.max_nations) ||
          (led_by_other &&
           (!line.framework || units_[r][nation_slot(*line.framework, month)] == 0))) {
        return kForbidden;
      }
      gain -= instance_.nation_penalty;
    }
    return gain - pledge.cost;
  }

  bool insert_unit(PledgeIndex p) {
    struct Choice {
      double worth{};
      std::optional<OptionIndex> option;
    };
    auto const horizon = static_cast<std::size_t>(instance_.horizon);
    std::vector<Choice> best(horizon + 1);
    std::vector<std::vector<double>> gains;
    for (OptionIndex const index : instance_.pledges[p].options) {
      Option const& option = instance_.options[index];
      std::vector<double>& gain = gains.emplace_back(horizon, kForbidden);
      for (int t = option.first; t < option.until; ++t) {
        gain[static_cast<std::size_t>(t)] = month_gain(index, t);
      }
    }
    for (int s = instance_.horizon - 1; s >= 0; --s) {
      auto const slot = static_cast<std::size_t>(s);
      best[slot] = {best[slot + 1].worth, std::nullopt};
      for (std::size_t o = 0; o < gains.size(); ++o) {
        OptionIndex const index = instance_.pledges[p].options[o];
        Option const& option = instance_.options[index];
        if (s < option.first || s >= option.last || begun(index, s) >= option.most) {
          continue;
        }
        int const end = instance_.tour_end(option, s);
        double worth = best[static_cast<std::size_t>(instance_.rest_end(option, end))].worth;
        for (int t = s; t < end; ++t) {
          worth += gains[o][static_cast<std::size_t>(t)];
        }
        if (worth > best[slot].worth + kLeastGain) {
          best[slot] = {worth, index};
        }
      }
    }
    for (int s = 0; s < instance_.horizon;) {
      auto const& choice = best[static_cast<std::size_t>(s)];
      s = choice.option ? place_tour(*choice.option, s) : s + 1;
    }
    return best[0].worth > kLeastGain;
  }

  [[nodiscard]] int begun(OptionIndex option, int month) const {
    auto const found = begun_.find({option, month});
    return found == begun_.end() ? 0 : found->second;
  }

  /// Records one unit's tour; returns when the unit may begin again.
  int place_tour(OptionIndex index, int start) {
    Option const& option = instance_.options[index];
    PlannedPledge const& pledge = instance_.pledges[option.pledge];
    auto const r = option.line.place;
    int const end = instance_.tour_end(option, start);
    ++begun_[{index, start}];
    for (int month = start; month < end; ++month) {
      auto const t = static_cast<std::size_t>(month);
      cover_[r][t] += option.effectiveness;
      nations_[r][t] += units_[r][nation_slot(pledge.nation, month)]++ == 0 ? 1 : 0;
      ++beside_[{option.pledge, area(option.line), month}];
      for (std::size_t const c : ceilings_of_[index.place]) {
        people_[c][t] += pledge.personnel;
      }
    }
    return instance_.rest_end(option, end);
  }

  /// Takes out tours that turned out to add nothing, as at lines that stay below their least useful
  /// share: the dynamic programme values cover there as if it counted.
  [[nodiscard]] std::vector<Start> drop_useless(std::vector<Start> starts) const {
    Certificate best = certify(scenario_, instance_, starts);
    for (std::size_t i = starts.size(); i-- > 0;) {
      if (instance_.lines[instance_.options[starts[i].option].line].min_cover <= 0) {
        continue;
      }
      std::vector<Start> without = starts;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      Certificate trial = certify(scenario_, instance_, without);
      if (trial.broken_rules.empty() && trial.objective > best.objective) {
        starts = std::move(without);
        best = std::move(trial);
      }
    }
    return starts;
  }

  model::Scenario const& scenario_;
  Instance const& instance_;
  std::vector<std::vector<double>> cover_;  ///< by line and month
  std::vector<std::vector<int>> units_;     ///< by line, month and nation
  std::vector<std::vector<int>> nations_;   ///< present, by line and month
  std::vector<std::vector<std::size_t>> ceilings_of_;
  std::vector<std::vector<std::int64_t>> people_;  ///< by ceiling and month
  std::map<std::tuple<PledgeIndex, std::string, int>, int> beside_;
  std::map<std::pair<OptionIndex, int>, int> begun_;
};

}  // namespace

std::vector<Start> greedy_plan(model::Scenario const& scenario, Instance const& instance) {
  return Greedy{scenario, instance}.run();
}

}  // namespace guarantor::generate
