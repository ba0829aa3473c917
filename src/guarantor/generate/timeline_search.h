#pragma once

#include <cstddef>
#include <vector>

#include "guarantor/generate/instance.h"
#include "guarantor/generate/plan_state.h"
#include "guarantor/model/random_stream.h"
#include "guarantor/model/run_control.h"

namespace guarantor::generate {

/// A search for good plans, without a bound. Units are put in where they add most; then, again and
/// again, a few related ones are taken out and put back one by one, each on the timeline that adds
/// most just then; a worse plan is accepted with a chance that falls as a run goes on (simulated
/// annealing). Early in a run the rules that tie units together may be broken, at a price that
/// rises until nobody pays it: a nation can come before another has gone. What it answers keeps
/// every rule. Its work is counted in moves, so the same stream gives the same plan; only
/// `RunControl` can cut it short. REQUIRES: every pledge has an option, as in a component.
class TimelineSearch {
 public:
  TimelineSearch(model::Scenario const& scenario, Instance const& instance,
                 model::RandomStream stream);

  /// How worse a plan may be to be accepted, as a share of a unit-month's mean worth; and what it
  /// costs first to break a rule, as a share of what is concerned.
  struct Heat {
    double first{0.2};
    double last{0.004};
    double rule_price{0.01};
  };

  /// Puts in every unit afresh.
  void start_anew();
  /// Takes up a plan; units it leaves idle are put in.
  void start_from(std::vector<Start> const& starts);
  /// Takes up what keeps the rules of something that is almost a plan; units left idle are put in.
  void start_near(std::vector<Start> const& starts);
  /// Takes up the best plan found so far.
  void start_from_best();

  /// A stretch of an annealing run, by the share of it that is done before and after.
  struct Stretch {
    double from{0};
    double to{1};
  };
  /// `moves` moves from the plan as it stands, as that stretch of a run with that heat.
  void run(std::size_t moves, Heat heat, Stretch stretch, model::RunControl const& control);

  /// The best plan found, and its objective.
  [[nodiscard]] std::vector<Start> best() const;
  [[nodiscard]] double best_objective() const { return best_objective_; }

  /// Moves made: a measure of work that no clock moves.
  [[nodiscard]] long moves() const { return moves_; }

  /// Groups of units that move together: a measure of how much there is to search.
  [[nodiscard]] std::size_t size() const { return groups_.size(); }

 private:
  /// Units of one pledge that move together.
  struct Group {
    PledgeIndex pledge;
    int units{};
    Timeline timeline;
  };
  struct Taken {
    std::size_t group;
    Timeline timeline;
  };

  [[nodiscard]] std::vector<PledgeIndex> order() const;
  void add_groups(PledgeIndex pledge);
  void hand_out(std::vector<Start> const& starts);
  void clear();
  void fill();
  void put_in(Group& group, double presence);
  void take_out(std::size_t g);
  void take_out_stranded();
  [[nodiscard]] bool is_taken(std::size_t g) const;
  [[nodiscard]] bool is_free(Group const& group, int month) const;
  std::size_t below(std::size_t n);
  void choose_related();
  void choose_from_pool(std::size_t most);
  void choose_for_line();
  void choose_present();
  void choose_serving();
  void choose_chain();
  void choose_pledge();
  void choose_tied();
  void tie_groups();
  void try_move(double temperature);
  void put_back_all();
  void put_in_again();
  void undo();
  void mend();
  [[nodiscard]] bool is_better() const;
  void keep_best();
  void drop_useless();
  [[nodiscard]] bool stands_at(Group const& group, LineIndex line, int month) const;

  Instance const& instance_;
  model::RandomStream stream_;
  PlanState state_;
  double mean_worth_{0};
  bool delicate_{false};  ///< some group can be stranded by another's going
  std::vector<Group> groups_;
  std::vector<std::vector<std::size_t>> groups_of_line_;
  std::vector<std::vector<std::size_t>> groups_of_pledge_;
  std::vector<std::size_t> delicate_groups_;
  std::vector<std::vector<std::size_t>> tied_groups_;  ///< by a ceiling, or by what requires what

  std::vector<std::size_t> chosen_;  ///< room for a move
  std::vector<std::size_t> pool_;
  std::vector<std::size_t> order_;
  std::vector<Taken> taken_;
  std::size_t taken_count_{0};
  Timeline spare_;

  std::vector<Timeline> best_;
  double best_objective_{0};
  long moves_{0};
};

}  // namespace guarantor::generate
