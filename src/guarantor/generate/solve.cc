#include "guarantor/generate/solve.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

#include "guarantor/generate/component_search.h"
#include "guarantor/generate/components.h"

namespace guarantor::generate {
namespace {

/// Moves for each group of units in the first annealing run; each later one has so many times more.
constexpr double kFirstRun = 150;
constexpr double kLongerRun = 4;
/// Beyond so many moves for each group better plans have become rare; with fewer than those needed,
/// bounds are not yet where time should go.
constexpr double kUsefulMoves = 40'000;
constexpr double kNeededMoves = 3'000;
constexpr double kShareOfSearch = 0.35;
/// Evaluations of the first descent, before branching.
constexpr double kDescent = 1'000;
constexpr double kShortestDescent = 200;
/// Where there is time, a longer one, up to a share of it.
constexpr double kShareOfDescent = 0.2;
constexpr double kLongestDescent = 4'000;
/// Evaluations, and moves for each group, in the first round; each later one has so many times
/// more.
constexpr double kFirstRound = 50;
constexpr double kLongerRound = 1.2;
/// What a component's branching still gets where more of it has lately brought little.
constexpr double kLittle = 0.1;
constexpr double kLongestRound = 1'000;
/// A round in which branch and cut is tried is so many times longer: that takes its time.
constexpr double kBesideExact = 5;
constexpr double kDearest = 1e99;

/// What the rounds have cost, in seconds of one thread: only asked for where a limit is set.
struct Cost {
  double seconds{0};
  double units{0};
  [[nodiscard]] double each() const { return units > 0 ? seconds / units : 0; }
};

class Search {
 public:
  Search(model::Scenario const& scenario, Request const& request, ComponentCache& cache,
         model::RunControl const& control)
      : scenario_{scenario},
        gap_{request.gap},
        seed_{request.seed},
        most_work_{request.most_work},
        threads_{std::max(1, request.threads)},
        cache_{cache},
        control_{control},
        quiet_{control},
        on_cancel_{control.cancel, [this] { ended_.request_stop(); }} {
    quiet_.progress = nullptr;
    aside_control_ = quiet_;
    aside_control_.cancel = ended_.get_token();
  }

  model::Result<Solution> run(Instance const& instance) {
    for (Component& component : split(instance)) {
      auto part = std::make_unique<ComponentSearch>(scenario_, std::move(component), seed_);
      if (auto const* known = cache_.find(part->fingerprint())) {
        part->begin_with(*known);
      } else {
        part->begin_like(cache_);
      }
      parts_.push_back(std::move(part));
    }
    if (auto begun = begin(); !begun.ok()) {
      return begun.error();
    }
    double length = kFirstRound;
    for (int round = 0; !done() && !control_.must_stop() && !spent(); ++round) {
      if (auto played = play(length); !played.ok()) {
        return played.error();
      }
      report();
      if (round == 0) {
        make_schedule();
      }
      length = std::min(kLongestRound, length * kLongerRound);
    }
    ended_.request_stop();
    aside_.clear();
    if (auto last = take_stock(); !last.ok()) {
      return last.error();
    }
    return assemble();
  }

 private:
  struct Task {
    std::function<void()> run;
    double cost{0};  ///< as far as known
  };

  [[nodiscard]] double objective() const {
    double sum = 0;
    for (auto const& part : parts_) {
      sum += part->objective();
    }
    return sum;
  }
  [[nodiscard]] double bound() const {
    double sum = 0;
    for (auto const& part : parts_) {
      sum += part->bound();
    }
    return sum;
  }
  [[nodiscard]] bool spent() const { return most_work_ > 0 && work_ >= most_work_; }
  [[nodiscard]] bool done() const {
    return bound() - objective() <= gap_ * std::max(1.0, std::abs(objective()));
  }

  /// A plan for every component, however soon the search must stop.
  model::Result<model::Done> begin() {
    std::vector<Task> tasks;
    for (auto const& part : parts_) {
      if (!part->proven() && part->starts().empty()) {
        tasks.push_back({[&part, this] { part->search(0, 0, 0, quiet_); }});
      }
    }
    work_off(tasks);
    return take_stock();
  }

  model::Result<model::Done> take_stock() {
    for (auto const& part : parts_) {
      if (!part->proven()) {
        if (auto stock = part->take_stock(); !stock.ok()) {
          return stock;
        }
      }
    }
    return model::Done{};
  }

  /// Whether components known from an earlier run are left as they are, so that all work goes to
  /// what a change touched: while they leave room within the gap, what is new has not come as near
  /// to its bound as is asked of the whole, and prices have not fallen too far for others to join.
  [[nodiscard]] bool known_may_rest() const {
    double left_by_known = 0;
    double left_by_new = 0;
    double new_objective = 0;
    for (auto const& part : parts_) {
      (part->known() ? left_by_known : left_by_new) += part->bound() - part->objective();
      new_objective += part->known() ? 0 : part->objective();
    }
    return left_by_known < gap_ * std::max(1.0, std::abs(objective())) &&
           left_by_new > gap_ * std::max(1.0, std::abs(new_objective)) &&
           4 * descended_ < 3 * schedule_.descent;
  }

  /// One round: every open component's search and bound go on, all of them side by side. None
  /// looks at another's result, so their order and the number of threads do not matter.
  model::Result<model::Done> play(double length) {
    std::vector<ComponentSearch*> open;
    bool const rests = known_may_rest();
    for (auto const& part : parts_) {
      if (!part->proven() && !(part->known() && rests)) {
        open.push_back(part.get());
      }
    }
    std::stable_sort(open.begin(), open.end(),
                     [](ComponentSearch* a, ComponentSearch* b) { return a->size() > b->size(); });
    std::vector<Task> tasks;
    for (ComponentSearch* const part : open) {
      if (part->wants_exact()) {
        try_exactly(*part, tasks);
      }
    }
    if (!tasks.empty()) {
      length = std::min(kLongestRound, length * kBesideExact);
    }
    bool const branches = descended_ >= schedule_.descent;
    Cost const bounding = bounding_;
    Cost const searching = searching_;
    add_bounding(open, length, tasks);
    add_searching(open, length, tasks);
    work_off(tasks);
    if (branches) {
      keep_shares(bounding_.seconds - bounding.seconds, searching_.seconds - searching.seconds);
    }
    for (ComponentSearch* const part : open) {
      work_ += static_cast<long>(length * static_cast<double>(part->size()));
    }
    return take_stock();
  }

  /// Branch and cut is one more task of a round, which waits for it; but where time is short it
  /// goes on in a thread of its own beside the rounds, and those do with a thread less meanwhile.
  void try_exactly(ComponentSearch& part, std::vector<Task>& tasks) {
    bool const hurried = control_.time_limit.has_value();
    if (!hurried || threads_ == 1) {
      part.begin_exact(hurried);
      tasks.push_back({[&part, this] { part.solve_exactly(quiet_); }, kDearest});
    } else if (beside_.load() < threads_ / 2) {
      part.begin_exact(hurried);
      ++beside_;
      aside_.emplace_back([&part, this] {
        part.solve_exactly(aside_control_);
        --beside_;
      });
    }
  }

  void add_bounding(std::vector<ComponentSearch*> const& open, double length,
                    std::vector<Task>& tasks) {
    if (descended_ >= schedule_.descent) {
      add_branching(open, length * schedule_.evaluations_per_move, tasks);
      return;
    }
    int const steps = std::min(static_cast<int>(std::ceil(length * schedule_.steps_per_move)),
                               schedule_.descent - descended_);
    double const from = static_cast<double>(descended_) / schedule_.descent;
    double const to = static_cast<double>(descended_ + steps) / schedule_.descent;
    for (ComponentSearch* const part : open) {
      tasks.push_back(timed(bounding_, steps * static_cast<double>(part->size()),
                            [=, this] { part->lower_bound(steps, from, to, quiet_); }));
    }
    bounding_.units += steps + (descended_ == 0 ? PriceBound::kFirstEvaluations : 0);
    descended_ += steps;
  }

  /// Corrects how much is branched by what the last round has cost.
  void keep_shares(double bounding, double searching) {
    constexpr double kFastest = 2;
    double const share = schedule_.search_share;
    if (bounding > 0 && searching > 0 && share < 1) {
      schedule_.evaluations_per_move *=
          std::clamp(searching / share * (1 - share) / bounding, 1 / kFastest, kFastest);
    }
  }

  /// How much of a round's work a component gets, by its share of what is still open.
  [[nodiscard]] double weight(ComponentSearch const& part, std::size_t open) const {
    constexpr double kLeast = 0.1;
    constexpr double kMost = 4;
    double const share = (part.bound() - part.objective()) / (bound() - objective());
    return std::clamp(share * static_cast<double>(open), kLeast, kMost);
  }

  void add_branching(std::vector<ComponentSearch*> const& open, double length,
                     std::vector<Task>& tasks) {
    if (length < 1) {
      return;
    }
    for (ComponentSearch* const part : open) {
      part->begin_branching(quiet_);
      auto const evaluations =
          static_cast<long>(std::ceil(length * weight(*part, open.size()) / Branching::kSlots));
      double const size = static_cast<double>(evaluations) * static_cast<double>(part->size());
      for (std::size_t slot = 0; slot < Branching::kSlots; ++slot) {
        tasks.push_back(
            timed(bounding_, size, [=, this] { part->branch(slot, evaluations, quiet_); }));
      }
    }
  }

  void add_searching(std::vector<ComponentSearch*> const& open, double length,
                     std::vector<Task>& tasks) {
    if (moved_ >= run_) {
      begin_run();
    }
    double const moves = std::min(length, run_ - moved_);
    double const from = moved_ / run_;
    double const to = std::min(1.0, (moved_ + moves) / run_);
    for (ComponentSearch* const part : open) {
      double const own = moves * (all_moves_ > 0 ? weight(*part, open.size()) : 1);
      double const size = own * static_cast<double>(part->size());
      if (near_prices_) {
        constexpr double kNear = 0.5;
        tasks.push_back(timed(searching_, size * (1 - kNear),
                              [=, this] { part->search(own * (1 - kNear), from, to, quiet_); }));
        tasks.push_back(timed(searching_, size * kNear, [=, this] {
          part->search_near_prices(own * kNear, from, to, quiet_);
        }));
      } else {
        tasks.push_back(
            timed(searching_, size, [=, this] { part->search(own, from, to, quiet_); }));
      }
    }
    searching_.units += moves;
    moved_ += moves;
    all_moves_ += moves;
  }

  /// The next annealing run: longer than the last; what would be too short to follow it joins it.
  void begin_run() {
    constexpr double kWorthARun = 1.5;
    auto const seconds = control_.remaining();
    double const left =
        seconds && searching_.units > 0
            ? seconds->count() * threads_ * schedule_.search_share / searching_.each()
            : 0;
    run_ = left > 0 && left < next_run_ * (1 + kWorthARun) ? left : next_run_;
    next_run_ *= kLongerRun;
    moved_ = 0;
    near_prices_ = descended_ >= schedule_.descent;
  }

  /// Divides the time there is between descent, search and branching, by what each has cost in the
  /// first round. Without a limit nothing is divided, and no clock is asked.
  void make_schedule() {
    auto const left = control_.remaining();
    if (!left || bounding_.units == 0 || searching_.units == 0) {
      return;
    }
    constexpr double kSpare = 0.97;
    constexpr double kMostForDescent = 0.45;
    double const seconds = kSpare * left->count() * threads_;
    schedule_.descent = static_cast<int>(std::max(
        std::clamp(kMostForDescent * seconds / bounding_.each(), kShortestDescent, kDescent),
        std::min(kShareOfDescent * seconds / bounding_.each(), kLongestDescent)));
    // While prices fall, a search costs a third of the time: it does better once they have.
    constexpr double kFallingCost = 2;
    constexpr double kFewest = 0.5;
    constexpr double kMost = 20;
    schedule_.steps_per_move =
        std::clamp(kFallingCost * searching_.each() / bounding_.each(), kFewest, kMost);
    run_ = moved_ + (schedule_.descent - descended_) / schedule_.steps_per_move;
    double const rest =
        std::max(0.0, seconds - (schedule_.descent - descended_) * bounding_.each());
    double const moves = rest / searching_.each();
    double const search =
        std::min(kUsefulMoves, std::max(std::min(kNeededMoves, moves), kShareOfSearch * moves));
    schedule_.search_share = moves > 0 ? search / moves : 1;
    schedule_.evaluations_per_move =
        (rest - search * searching_.each()) / bounding_.each() / std::max(1.0, search);
  }

  /// Measures a task where somebody counts time; the sum is not exact where threads meet, and need
  /// not be. `size` compares it with others of its kind.
  Task timed(Cost& cost, double size, std::function<void()> run) {
    if (!control_.remaining()) {
      return {std::move(run)};
    }
    return {[this, &cost, run = std::move(run)] {
              double const begun = control_.elapsed().count();
              run();
              std::atomic_ref<double>{cost.seconds} += control_.elapsed().count() - begun;
            },
            size * cost.each()};
  }

  /// The dearest first, so that threads end together.
  void work_off(std::vector<Task> tasks) const {
    std::stable_sort(tasks.begin(), tasks.end(),
                     [](Task const& a, Task const& b) { return a.cost > b.cost; });
    std::atomic<std::size_t> next{0};
    auto const work = [&] {
      for (std::size_t place = next++; place < tasks.size(); place = next++) {
        tasks[place].run();
      }
    };
    std::vector<std::jthread> others;
    int const threads = std::min(threads_ - beside_.load(), static_cast<int>(tasks.size()));
    for (int thread = 1; thread < threads; ++thread) {
      others.emplace_back(work);
    }
    work();
  }

  void report() const {
    double const best = objective();
    double const gap = (bound() - best) / std::max(1.0, std::abs(best));
    // From a gap of 100 % to the one asked for, by orders of magnitude.
    double const least = std::max(gap_, 1e-6);
    double const share = gap <= least ? 1 : 1 - std::log(gap / least) / std::log(1 / least);
    control_.report({"search and bound", best, bound(), std::clamp(share, 0.0, 1.0)});
  }

  [[nodiscard]] Solution assemble() {
    Solution solution;
    for (auto const& part : parts_) {
      solution.objective += part->objective();
      solution.bound += part->bound();
      for (Start start : part->starts()) {
        start.option = part->component().original[start.option.place];
        solution.starts.push_back(start);
      }
      cache_.keep(part->fingerprint(), part->answer());
      part->name(cache_);
    }
    solution.work = work_;
    solution.proven = done();
    return solution;
  }

  model::Scenario const& scenario_;
  double gap_;
  std::uint64_t seed_;
  long most_work_;
  long work_{0};
  int threads_;
  ComponentCache& cache_;
  model::RunControl const& control_;
  model::RunControl quiet_;
  std::vector<std::unique_ptr<ComponentSearch>> parts_;
  std::stop_source ended_;  ///< for what goes on beside the rounds
  std::stop_callback<std::function<void()>> on_cancel_;
  model::RunControl aside_control_;
  std::atomic<int> beside_{0};  ///< threads there

  /// How the work is divided.
  struct Schedule {
    int descent{static_cast<int>(kDescent)};
    double search_share{1};          ///< of the time after the descent
    double steps_per_move{1};        ///< of the descent
    double evaluations_per_move{1};  ///< of branching
  };
  Schedule schedule_;
  int descended_{0};
  double run_{0};
  double next_run_{kFirstRun};
  bool near_prices_{false};  ///< whether this run also searches there
  double moved_{0};
  double all_moves_{0};
  Cost bounding_;
  Cost searching_;
  std::vector<std::jthread> aside_;  ///< last: ends before what it works on
};

}  // namespace

model::Result<Solution> solve(model::Scenario const& scenario, Instance const& instance,
                              Request const& request, ComponentCache& cache,
                              model::RunControl const& control) {
  return Search{scenario, request, cache, control}.run(instance);
}

}  // namespace guarantor::generate
