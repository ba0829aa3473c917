#include "guarantor/generate/timeline_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace guarantor::generate {
namespace {

constexpr double kLeastGain = 1e-9;

/// Large quantities move in groups of 1, 2, 4, ...: any number can be made of them.
constexpr int kMostSingles = 16;

/// The share of a run in which rules may be broken.
constexpr double kLenient = 0.9;

/// What it costs to break a rule: from `first` to more than it can bring, and then more than
/// anything.
double rule_price(double first, double share_done) {
  constexpr double kLast = 2;
  return share_done < kLenient ? first * std::pow(kLast / first, share_done / kLenient)
                               : PlanState::kRulesHold;
}

}  // namespace

TimelineSearch::TimelineSearch(model::Scenario const& scenario, Instance const& instance,
                               model::RandomStream stream)
    : instance_{instance},
      stream_{stream},
      state_{scenario, instance},
      groups_of_line_(instance.lines.size()),
      groups_of_pledge_(instance.pledges.size()) {
  for (PledgeIndex const pledge : order()) {
    add_groups(pledge);
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    PlannedPledge const& pledge = instance.pledges[groups_[g].pledge];
    groups_of_pledge_[groups_[g].pledge.place].push_back(g);
    bool delicate = !pledge.needs.empty();
    for (OptionIndex const option : pledge.options) {
      LineIndex const line = instance.options[option].line;
      groups_of_line_[line.place].push_back(g);
      delicate = delicate || instance.lines[line].led;
    }
    if (delicate) {
      delicate_groups_.push_back(g);
    }
  }
  tie_groups();
  for (PlannedLine const& line : instance.lines) {
    mean_worth_ += line.worth / static_cast<double>(instance.lines.size());
  }
  best_.resize(groups_.size());
}

void TimelineSearch::tie_groups() {
  for (PlannedCeiling const& ceiling : instance_.ceilings) {
    std::vector<bool> under(groups_.size(), false);
    for (OptionIndex const option : ceiling.options) {
      for (std::size_t const g : groups_of_pledge_[instance_.options[option].pledge.place]) {
        under[g] = true;
      }
    }
    std::vector<std::size_t>& tied = tied_groups_.emplace_back();
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (under[g]) {
        tied.push_back(g);
      }
    }
  }
  for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
    for (auto const& needed : instance_.pledges[PledgeIndex{p}].needs) {
      if (needed) {
        tied_groups_.push_back(groups_of_pledge_[p]);
        auto const& others = groups_of_pledge_[needed->place];
        tied_groups_.back().insert(tied_groups_.back().end(), others.begin(), others.end());
      }
    }
  }
  std::erase_if(tied_groups_, [](auto const& tied) { return tied.empty(); });
}

/// Those that others stand on first, then those worth most.
std::vector<PledgeIndex> TimelineSearch::order() const {
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

void TimelineSearch::add_groups(PledgeIndex pledge) {
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

void TimelineSearch::clear() {
  state_.set_rule_price(PlanState::kRulesHold);
  for (Group& group : groups_) {
    state_.remove(group.timeline, group.units);
    group.timeline.clear();
  }
}

void TimelineSearch::fill() {
  for (Group& group : groups_) {
    if (group.timeline.empty()) {
      put_in(group, 1);
    }
  }
  if (is_better()) {
    keep_best();
  }
}

void TimelineSearch::start_anew() {
  clear();
  fill();
}

void TimelineSearch::start_from_best() {
  clear();
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    groups_[g].timeline = best_[g];
    state_.insert(groups_[g].timeline, groups_[g].units);
  }
}

/// Whether a group is home and rested in a month, after all tours it has so far.
bool TimelineSearch::is_free(Group const& group, int month) const {
  if (group.timeline.empty()) {
    return true;
  }
  UnitTour const last = group.timeline.back();
  Option const& option = instance_.options[last.option];
  return instance_.rest_end(option, instance_.tour_end(option, last.start)) <= month;
}

/// Shares a plan's tours out among the groups, which have none.
void TimelineSearch::hand_out(std::vector<Start> const& starts) {
  std::map<PledgeIndex, std::vector<Start>> tours;
  for (Start const& start : starts) {
    tours[instance_.options[start.option].pledge].push_back(start);
  }
  for (auto& [pledge, of_pledge] : tours) {
    std::stable_sort(of_pledge.begin(), of_pledge.end(),
                     [](Start const& a, Start const& b) { return a.month < b.month; });
    for (Start const& start : of_pledge) {
      // Tours and rests are intervals: among single units the first that is free will always do.
      // Groups, the largest first, may leave some units of a large pledge out.
      int left = start.units;
      for (std::size_t const g : groups_of_pledge_[pledge.place]) {
        Group& group = groups_[g];
        if (group.units <= left && is_free(group, start.month)) {
          group.timeline.push_back({start.option, start.month});
          left -= group.units;
        }
      }
    }
  }
}

void TimelineSearch::start_near(std::vector<Start> const& starts) {
  clear();
  hand_out(starts);
  for (Group& group : groups_) {
    Timeline wanted;
    wanted.swap(group.timeline);
    for (UnitTour const tour : wanted) {
      if (state_.allows(tour, group.units)) {
        group.timeline.push_back(tour);
        state_.insert({tour}, group.units);
      }
    }
  }
  taken_count_ = 0;
  take_out_stranded();
  fill();
}

void TimelineSearch::start_from(std::vector<Start> const& starts) {
  clear();
  hand_out(starts);
  for (Group const& group : groups_) {
    state_.insert(group.timeline, group.units);
  }
  taken_count_ = 0;
  take_out_stranded();
  // Units put in below a line's least useful share can make a plan worse for the time being.
  if (is_better()) {
    keep_best();
  }
  fill();
}

void TimelineSearch::put_in(Group& group, double presence) {
  state_.best_timeline(group.pledge, {group.units, presence}, group.timeline);
  state_.insert(group.timeline, group.units);
}

void TimelineSearch::take_out(std::size_t g) {
  if (taken_count_ == taken_.size()) {
    taken_.emplace_back();
  }
  Taken& taken = taken_[taken_count_++];
  taken.group = g;
  taken.timeline.swap(groups_[g].timeline);
  groups_[g].timeline.clear();
  state_.remove(taken.timeline, groups_[g].units);
}

bool TimelineSearch::is_taken(std::size_t g) const {
  return std::any_of(taken_.begin(), taken_.begin() + static_cast<std::ptrdiff_t>(taken_count_),
                     [&](Taken const& taken) { return taken.group == g; });
}

/// Units that the rules forbid now that others are gone.
void TimelineSearch::take_out_stranded() {
  for (bool again = !delicate_groups_.empty(); again;) {
    again = false;
    for (std::size_t const g : delicate_groups_) {
      if (!groups_[g].timeline.empty() && state_.breaks_a_rule(groups_[g].timeline)) {
        take_out(g);
        again = true;
      }
    }
  }
}

std::size_t TimelineSearch::below(std::size_t n) {
  return static_cast<std::size_t>(stream_.uniform() * static_cast<double>(n));
}

void TimelineSearch::run(std::size_t moves, Heat heat, Stretch stretch,
                         model::RunControl const& control) {
  if (groups_.empty()) {
    return;
  }
  double const ratio = heat.last / heat.first;
  double temperature = 0;
  // A new price of rules has everything weighed anew: not too often, but some times in a short run.
  constexpr std::size_t kPrices = 32;
  std::size_t const look_up = std::clamp<std::size_t>(moves / kPrices, 1, 64);
  std::size_t const new_price =
      look_up * std::clamp<std::size_t>(moves / (kPrices * look_up), 1, kPrices);
  for (std::size_t move = 0; move < moves; ++move) {
    if (move % look_up == 0) {
      if (control.must_stop()) {
        break;
      }
      double const done = stretch.from + (stretch.to - stretch.from) * static_cast<double>(move) /
                                             static_cast<double>(moves);
      temperature = mean_worth_ * heat.first * std::pow(ratio, done);
      if (move % new_price == 0) {
        state_.set_rule_price(rule_price(heat.rule_price, done));
        if (state_.is_strict() && !state_.keeps_rules()) {
          mend();
        }
      }
    }
    try_move(temperature);
    ++moves_;
  }
  drop_useless();
  if (is_better()) {
    keep_best();
  }
}

/// Takes out units until every rule is kept, and puts them in again.
void TimelineSearch::mend() {
  taken_count_ = 0;
  // Whoever goes may leave others alone: again, until all is well.
  while (!state_.keeps_rules()) {
    for (std::size_t g = groups_.size(); g-- > 0 && !state_.keeps_rules();) {
      if (!groups_[g].timeline.empty() && state_.breaks_a_rule(groups_[g].timeline)) {
        take_out(g);
      }
    }
  }
  for (std::size_t i = 0; i < taken_count_; ++i) {
    put_in(groups_[taken_[i].group], 1);
  }
}

/// Whether the plan as it stands is the best so far.
bool TimelineSearch::is_better() const {
  return state_.objective() > best_objective_ + kLeastGain && state_.keeps_rules();
}

void TimelineSearch::try_move(double temperature) {
  double const before = state_.objective();
  bool const best_before = is_better();
  choose_related();
  taken_count_ = 0;
  for (std::size_t const g : chosen_) {
    if (!is_taken(g)) {
      take_out(g);
    }
  }
  if (state_.is_strict()) {
    take_out_stranded();
  }
  put_back_all();
  put_in_again();
  double const after = state_.objective();
  if (best_before && (after < before - kLeastGain || !state_.keeps_rules())) {
    undo();
    keep_best();
    return;
  }
  if (after < before - kLeastGain) {
    if (stream_.uniform() >= std::exp((after - before) / temperature)) {
      undo();
    }
  }
}

/// In random order, but those that others stand on go back first.
void TimelineSearch::put_back_all() {
  order_.clear();
  for (std::size_t i = 0; i < taken_count_; ++i) {
    order_.push_back(taken_[i].group);
  }
  for (std::size_t i = order_.size(); i > 1; --i) {
    std::swap(order_[i - 1], order_[below(i)]);
  }
  if (!delicate_groups_.empty()) {
    std::stable_partition(order_.begin(), order_.end(), [&](std::size_t g) {
      return instance_.pledges[groups_[g].pledge].stands_under_others;
    });
  }
  // A nation whose units come together pays for its presence once: counted in full by each unit
  // alone, it would keep them all away.
  constexpr double kDiscountChance = 0.25;
  double const presence = stream_.uniform() < kDiscountChance ? stream_.uniform() : 1;
  for (std::size_t const g : order_) {
    put_in(groups_[g], presence);
  }
}

/// Each unit once more, now that the others are back. One that others may stand on stays.
void TimelineSearch::put_in_again() {
  if (order_.size() < 2) {
    return;
  }
  for (std::size_t const g : order_) {
    Group& group = groups_[g];
    if (instance_.pledges[group.pledge].stands_under_others) {
      continue;
    }
    state_.remove(group.timeline, group.units);
    put_in(group, 1);
  }
}

void TimelineSearch::undo() {
  for (std::size_t i = taken_count_; i-- > 0;) {
    Group& group = groups_[taken_[i].group];
    state_.remove(group.timeline, group.units);
  }
  for (std::size_t i = 0; i < taken_count_; ++i) {
    Group& group = groups_[taken_[i].group];
    group.timeline.swap(taken_[i].timeline);
    state_.insert(group.timeline, group.units);
  }
}

void TimelineSearch::keep_best() {
  best_objective_ = state_.objective();
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    best_[g] = groups_[g].timeline;
  }
}

/// Takes out tours that turned out to add nothing, as at lines that stay below their least useful
/// share: the dynamic programme values cover there as if it counted.
void TimelineSearch::drop_useless() {
  for (Group& group : groups_) {
    if (instance_.pledges[group.pledge].stands_under_others) {
      continue;
    }
    for (std::size_t i = group.timeline.size(); i-- > 0;) {
      UnitTour const tour = group.timeline[i];
      if (instance_.lines[instance_.options[tour.option].line].min_cover <= 0) {
        continue;
      }
      double const before = state_.objective();
      spare_.assign(1, tour);
      state_.remove(spare_, group.units);
      if (state_.objective() > before + kLeastGain) {
        group.timeline.erase(group.timeline.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        state_.insert(spare_, group.units);
      }
    }
  }
}

std::vector<Start> TimelineSearch::best() const {
  std::map<std::pair<OptionIndex, int>, int> begun;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    for (UnitTour const tour : best_[g]) {
      begun[{tour.option, tour.start}] += groups_[g].units;
    }
  }
  std::vector<Start> starts;
  for (auto const& [where, units] : begun) {
    starts.push_back({where.first, where.second, units});
  }
  return starts;
}

}  // namespace guarantor::generate
