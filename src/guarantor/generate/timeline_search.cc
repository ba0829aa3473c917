#include "guarantor/generate/timeline_search.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/plan_state.h"

namespace guarantor::generate {
namespace {

constexpr std::size_t kMovesPerGroup = 400;
constexpr std::size_t kFewestMoves = 2'000;
constexpr std::size_t kMostMoves = 200'000;
constexpr std::size_t kMostTakenOut = 8;
constexpr double kFirstTemperature = 0.2;  ///< as a share of a unit-month's mean worth
constexpr double kLastTemperature = 0.004;

/// Units of one pledge that move together.
struct Group {
  PledgeIndex pledge;
  int units{};
  Timeline timeline;
};

/// Large quantities move in groups of 1, 2, 4, ...: any number can be made of them.
constexpr int kMostSingles = 16;

class TimelineSearch {
 public:
  TimelineSearch(model::Scenario const& scenario, Instance const& instance,
                 model::RandomStream stream, model::RunControl const& control)
      : scenario_{scenario},
        instance_{instance},
        stream_{stream},
        control_{control},
        state_{scenario, instance},
        groups_of_line_(instance.lines.size()) {
    for (PledgeIndex const pledge : order()) {
      add_groups(pledge);
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (OptionIndex const option : instance.pledges[groups_[g].pledge].options) {
        groups_of_line_[instance.options[option].line.place].push_back(g);
      }
    }
  }

  std::vector<Start> run() {
    for (Group& group : groups_) {
      put_in(group);
    }
    best_ = state_.starts();
    best_objective_ = state_.objective();
    anneal();
    return drop_useless(std::move(best_));
  }

 private:
  /// Those that others stand on first, then those worth most.
  [[nodiscard]] std::vector<PledgeIndex> order() const {
    std::vector<std::pair<bool, double>> rank;
    std::vector<PledgeIndex> pledges;
    for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
      PlannedPledge const& pledge = instance_.pledges[PledgeIndex{p}];
      double worth = 0;
      for (OptionIndex const index : pledge.options) {
        Option const& option = instance_.options[index];
        worth = std::max(worth, instance_.lines[option.line].worth * option.effectiveness);
      }
      pledges.push_back(PledgeIndex{p});
      rank.emplace_back(pledge.stands_under_others, worth);
    }
    std::stable_sort(pledges.begin(), pledges.end(),
                     [&](PledgeIndex a, PledgeIndex b) { return rank[a.place] > rank[b.place]; });
    return pledges;
  }

  void add_groups(PledgeIndex pledge) {
    int const quantity = instance_.pledges[pledge].quantity;
    if (quantity <= kMostSingles) {
      groups_.insert(groups_.end(), static_cast<std::size_t>(quantity), Group{pledge, 1, {}});
      return;
    }
    std::vector<int> sizes;
    int left = quantity;
    for (int size = 1; size <= left; size *= 2) {
      sizes.push_back(size);
      left -= size;
    }
    sizes.push_back(left);
    std::sort(sizes.rbegin(), sizes.rend());
    for (int const size : sizes) {
      if (size > 0) {
        groups_.push_back({pledge, size, {}});
      }
    }
  }

  void put_in(Group& group) {
    group.timeline = state_.best_timeline(group.pledge, group.units);
    state_.insert(group.timeline, group.units);
  }

  void take_out(std::size_t g, std::vector<std::pair<std::size_t, Timeline>>& taken) {
    state_.remove(groups_[g].timeline, groups_[g].units);
    taken.emplace_back(g, std::exchange(groups_[g].timeline, {}));
  }

  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(stream_.uniform() * static_cast<double>(n));
  }

  void anneal() {
    if (groups_.empty()) {
      return;
    }
    std::size_t const moves = std::clamp(groups_.size() * kMovesPerGroup, kFewestMoves, kMostMoves);
    double worth = 0;
    for (PlannedLine const& line : instance_.lines) {
      worth += line.worth / static_cast<double>(instance_.lines.size());
    }
    for (std::size_t move = 0; move < moves; ++move) {
      constexpr std::size_t kLookUp = 16;
      if (move % kLookUp == 0 && control_.must_stop()) {
        return;
      }
      double const done = static_cast<double>(move) / static_cast<double>(moves);
      try_move(worth * kFirstTemperature * std::pow(kLastTemperature / kFirstTemperature, done));
    }
  }

  void try_move(double temperature) {
    double const before = state_.objective();
    std::vector<std::pair<std::size_t, Timeline>> taken;
    for (std::size_t const g : related_groups()) {
      take_out(g, taken);
    }
    take_out_stranded(taken);
    std::vector<std::size_t> order;
    for (auto const& [g, timeline] : taken) {
      order.push_back(g);
    }
    shuffle(order);
    // Those that others stand on go back first.
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return leads(a) && !leads(b); });
    for (std::size_t const g : order) {
      put_in(groups_[g]);
    }
    double const after = state_.objective();
    if (after > best_objective_ + 1e-9) {
      best_objective_ = after;
      best_ = state_.starts();
    }
    if (after < before && stream_.uniform() >= std::exp((after - before) / temperature)) {
      for (std::size_t const g : order) {
        state_.remove(groups_[g].timeline, groups_[g].units);
      }
      for (auto& [g, timeline] : taken) {
        groups_[g].timeline = std::move(timeline);
        state_.insert(groups_[g].timeline, groups_[g].units);
      }
    }
  }

  /// Units that could serve the same line: taking them out together lets them change places.
  std::vector<std::size_t> related_groups() {
    std::vector<std::size_t> pool = groups_of_line_[below(groups_of_line_.size())];
    if (pool.empty()) {
      pool = {below(groups_.size())};
    }
    std::size_t const count = std::min(pool.size(), 1 + below(kMostTakenOut));
    for (std::size_t i = 0; i < count; ++i) {
      std::swap(pool[i], pool[i + below(pool.size() - i)]);
    }
    pool.resize(count);
    return pool;
  }

  /// Units that the rules forbid now that others are gone.
  void take_out_stranded(std::vector<std::pair<std::size_t, Timeline>>& taken) {
    for (bool again = true; again;) {
      again = false;
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (!groups_[g].timeline.empty() && state_.breaks_a_rule(groups_[g].timeline)) {
          take_out(g, taken);
          again = true;
        }
      }
    }
  }

  [[nodiscard]] bool leads(std::size_t g) const {
    return instance_.pledges[groups_[g].pledge].stands_under_others;
  }

  void shuffle(std::vector<std::size_t>& order) {
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[below(i)]);
    }
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
  model::RandomStream stream_;
  model::RunControl const& control_;
  PlanState state_;
  std::vector<Group> groups_;
  std::vector<std::vector<std::size_t>> groups_of_line_;
  std::vector<Start> best_;
  double best_objective_{0};
};

}  // namespace

std::vector<Start> search_timelines(model::Scenario const& scenario, Instance const& instance,
                                    model::RandomStream stream, model::RunControl const& control) {
  return TimelineSearch{scenario, instance, stream, control}.run();
}

}  // namespace guarantor::generate
