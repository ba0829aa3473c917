#include "guarantor/generate/component_search.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/mip_model.h"
#include "guarantor/solver/mip.h"

namespace guarantor::generate {
namespace {

constexpr TimelineSearch::Heat kHeat{0.8, 0.01};
/// Near prices rules are almost kept: to let go of them would only lose the way.
constexpr TimelineSearch::Heat kCool{0.1, 0.01, 0.3};
constexpr PriceBound::Stride kStride{0.1, 0.0005};
/// What is left between bound and plan may be the arithmetic's doing.
constexpr double kTolerance = 1e-7;

double between(double first, double last, double share) {
  return first * std::pow(last / first, share);
}

/// No plan can be worth more: every line full in every month in which somebody can be there, nobody
/// paid for.
double trivial_bound(Instance const& instance) {
  double bound = 0;
  for (PlannedLine const& line : instance.lines) {
    int first = line.to;
    int last = line.from;
    for (OptionIndex const index : line.options) {
      first = std::min(first, instance.options[index].first);
      last = std::max(last, instance.options[index].until);
    }
    bound += line.worth * line.quantity * std::max(0, last - first);
  }
  return bound;
}

}  // namespace

ComponentSearch::ComponentSearch(model::Scenario const& scenario, Component component,
                                 std::uint64_t seed)
    : scenario_{scenario},
      component_{std::move(component)},
      fingerprint_{generate::fingerprint(scenario, component_.instance)},
      seed_{seed},
      bound_{trivial_bound(component_.instance)} {
  for (Option const& option : component_.instance.options) {
    size_ += static_cast<std::size_t>(option.until - option.first);
  }
}

void ComponentSearch::begin_with(ComponentAnswer const& answer) {
  Instance const& instance = component_.instance;
  bool const fits =
      std::all_of(answer.starts.begin(), answer.starts.end(), [&](Start const& start) {
        return start.option.place < instance.options.size() && start.month >= 0 &&
               start.month < instance.horizon && start.units > 0;
      });
  if (!fits || !adopt(answer.starts).ok()) {
    return;
  }
  known_ = true;
  bound_ = std::max(objective_, std::min(bound_, answer.bound));
  first_prices_ = answer.prices;
  best_prices_ = answer.prices;
}

void ComponentSearch::begin_like(ComponentCache const& cache) {
  if (cache.tours.empty()) {
    return;
  }
  // Tours that the change forbids are not taken up.
  (void)adopt(tours_like(cache)).ok();
  like_ = &cache.prices;
}

std::vector<Start> ComponentSearch::tours_like(ComponentCache const& cache) const {
  std::vector<Start> starts;
  Instance const& instance = component_.instance;
  for (std::size_t o = 0; o < instance.options.size(); ++o) {
    Option const& option = instance.options[OptionIndex{o}];
    auto const& pledge = scenario_.pledges[instance.pledges[option.pledge].row].id;
    auto const& line = scenario_.requirements[instance.lines[option.line].row].id;
    for (auto at = cache.tours.lower_bound({pledge, line, option.first});
         at != cache.tours.end() && std::get<0>(at->first) == pledge &&
         std::get<1>(at->first) == line && std::get<2>(at->first) < option.last;
         ++at) {
      starts.push_back({OptionIndex{o}, std::get<2>(at->first), std::min(at->second, option.most)});
    }
  }
  return starts;
}

void ComponentSearch::name(ComponentCache& cache) const {
  Instance const& instance = component_.instance;
  auto const key = [&](Option const& option, int month) {
    return std::tuple{scenario_.pledges[instance.pledges[option.pledge].row].id,
                      scenario_.requirements[instance.lines[option.line].row].id, month};
  };
  for (Start const& start : starts_) {
    cache.tours[key(instance.options[start.option], start.month)] = start.units;
  }
  if (!prices_ || best_prices_.empty()) {
    return;
  }
  for (std::size_t o = 0; o < instance.options.size(); ++o) {
    Option const& option = instance.options[OptionIndex{o}];
    for (int t = option.first; t < option.until; ++t) {
      cache.prices[key(option, t)] = prices_->price_in(best_prices_, OptionIndex{o}, t);
    }
  }
}

ComponentAnswer ComponentSearch::answer() const {
  return {starts_, objective_, bound_, best_prices_};
}

void ComponentSearch::begin_search() {
  search_ = std::make_unique<TimelineSearch>(
      scenario_, component_.instance,
      model::RandomStream{seed_, "timeline search", stream_number(fingerprint_)});
  if (starts_.empty()) {
    search_->start_anew();
  } else {
    search_->start_from(starts_);
  }
}

void ComponentSearch::search(double moves, double from, double to,
                             model::RunControl const& control) {
  if (!search_) {
    begin_search();
  }
  auto const count =
      static_cast<std::size_t>(std::ceil(moves * static_cast<double>(search_->size())));
  search_->run(count, kHeat, {from, to}, control);
  if (to >= 1) {
    search_->start_from_best();
  }
}

void ComponentSearch::search_near_prices(double moves, double from, double to,
                                         model::RunControl const& control) {
  if (!near_prices_) {
    near_prices_ = std::make_unique<TimelineSearch>(
        scenario_, component_.instance,
        model::RandomStream{seed_, "search near prices", stream_number(fingerprint_)});
  }
  if (from <= 0) {
    near_prices_->start_near(pointed_to_);
  }
  auto const count =
      static_cast<std::size_t>(std::ceil(moves * static_cast<double>(near_prices_->size())));
  near_prices_->run(count, kCool, {from, to}, control);
}

void ComponentSearch::lower_bound(int steps, double from, double to,
                                  model::RunControl const& control) {
  bool const fresh = !prices_;
  if (fresh) {
    prices_ = std::make_unique<PriceBound>(scenario_, component_.instance);
    prices_->begin(control);
    if (like_ != nullptr) {
      first_prices_ = prices_->best_prices();
      prices_->take_names(scenario_, *like_, first_prices_);
    }
    if (first_prices_.size() == prices_->size()) {
      prices_->try_from(first_prices_);
    }
  }
  PriceBound::Stride const stride{between(kStride.first, kStride.last, from),
                                  between(kStride.first, kStride.last, to)};
  if (from > 0 && !fresh) {
    prices_->descend_on(steps, stride, objective_, control);
  } else {
    prices_->descend(steps, stride, objective_, control);
  }
  best_prices_ = prices_->best_prices();
}

void ComponentSearch::begin_branching(model::RunControl const& control) {
  if (!prices_) {
    lower_bound(0, 0, 1, control);
  }
  if (!branching_) {
    branching_ = std::make_unique<Branching>(*prices_);
    paid_bound_ = prices_->bound();
  }
}

void ComponentSearch::branch(std::size_t slot, long evaluations, model::RunControl const& control) {
  branching_->run(slot, evaluations, objective_, control);
}

model::Result<model::Done> ComponentSearch::take_stock() {
  for (TimelineSearch const* const search : {search_.get(), near_prices_.get()}) {
    if (auto found = adopt_best_of(search); !found.ok()) {
      return found;
    }
  }
  if (branching_) {
    branching_->gather(objective_);
    pointed_to_ = branching_->rounded();
    bound_ = std::min(bound_, branching_->bound());
    adopt_suggestion();
    see_whether_branching_pays();
  } else if (prices_) {
    pointed_to_ = prices_->rounded();
    bound_ = std::min(bound_, prices_->bound());
  }
  if (exact_ && exact_->ended) {
    if (auto found = adopt_exact(); !found.ok()) {
      return found;
    }
  }
  close();
  return model::Done{};
}

model::Result<model::Done> ComponentSearch::adopt_best_of(TimelineSearch const* search) {
  if (search == nullptr) {
    return model::Done{};
  }
  return search->best_objective() > objective_ + kTolerance ? adopt(search->best()) : model::Done{};
}

void ComponentSearch::see_whether_branching_pays() {
  constexpr double kStretch = 2'000;
  constexpr double kLeastShare = 0.002;  ///< of what is open, for each thousand evaluations
  auto const work = static_cast<double>(branching_->work() - paid_work_);
  if (work < kStretch) {
    return;
  }
  double const share = (paid_bound_ - bound_) / std::max(kTolerance, paid_bound_ - objective_);
  branching_pays_ = share >= kLeastShare * work / 1'000;
  paid_work_ = branching_->work();
  paid_bound_ = bound_;
}

void ComponentSearch::close() {
  if (bound_ <= objective_ + kTolerance * std::max(1.0, std::abs(objective_))) {
    bound_ = objective_;
  }
}

model::Result<model::Done> ComponentSearch::adopt(std::vector<Start> starts) {
  Certificate const certificate = certify(scenario_, component_.instance, starts);
  if (!certificate.broken_rules.empty()) {
    return model::Error{model::ErrorKind::kDefect, "the plan found breaks a rule of the model",
                        certificate.broken_rules.front()};
  }
  if (certificate.objective > objective_) {
    objective_ = certificate.objective;
    starts_ = std::move(starts);
  }
  return model::Done{};
}

/// What the pledges of a part do need not be a plan: taken only if it is one.
void ComponentSearch::adopt_suggestion() {
  double const before = objective_;
  if (adopt(branching_->suggestion()).ok() && objective_ > before && search_) {
    search_->start_from(starts_);
  }
}

/// Whether rules tie lines together that prices hold only loosely.
bool ComponentSearch::tied() const {
  Instance const& instance = component_.instance;
  return !instance.ceilings.empty() ||
         std::any_of(instance.lines.begin(), instance.lines.end(),
                     [](PlannedLine const& line) { return line.min_cover > 0 || line.led; }) ||
         std::any_of(instance.pledges.begin(), instance.pledges.end(),
                     [](PlannedPledge const& pledge) { return !pledge.needs.empty(); });
}

/// Branch and cut does well on small components, and closes what prices leave open; it is tried for
/// longer the longer a component stays open, and sooner where rules tie lines together.
bool ComponentSearch::wants_exact() const {
  constexpr std::size_t kMostCells = 600;
  constexpr std::size_t kMostTiedCells = 2'000;
  constexpr double kFirstTry = 10;  ///< evaluations for each cell
  constexpr double kLater = 4;
  if (exact_ || !prices_ || size_ > (tied() ? kMostTiedCells : kMostCells)) {
    return false;
  }
  if (exact_tries_ == 0 && tied()) {
    return true;
  }
  return branching_ && (branching_->exhausted() || static_cast<double>(branching_->work()) >=
                                                       kFirstTry * static_cast<double>(size_) *
                                                           std::pow(kLater, exact_tries_));
}

void ComponentSearch::begin_exact(bool hurried) {
  constexpr int kFirstNodes = 100;
  constexpr int kLater = 4;
  constexpr int kMostTries = 8;
  constexpr int kFirstNodesUnhurried = 2'000;
  int nodes = hurried && !tied() ? kFirstNodes : kFirstNodesUnhurried;
  for (int i = 0; i < std::min(exact_tries_, kMostTries); ++i) {
    nodes *= kLater;
  }
  ++exact_tries_;
  exact_ = std::make_unique<ExactTry>();
  exact_->mip = build_mip(scenario_, component_.instance, Formulation::kTight);
  exact_->request = {0, bound_, objective_, nodes};
}

void ComponentSearch::solve_exactly(model::RunControl const& control) {
  exact_->answer = solver::solve(exact_->mip.program, exact_->request, control);
  exact_->ended = true;
}

model::Result<model::Done> ComponentSearch::adopt_exact() {
  std::unique_ptr<ExactTry> const tried = std::move(exact_);
  if (!tried->answer->ok()) {
    return tried->answer->error();
  }
  solver::MipResult const& result = tried->answer->value();
  bound_ = std::min(bound_, result.bound);
  if (!result.values.empty()) {
    if (auto found = adopt(tried->mip.starts_of(result.values)); !found.ok()) {
      return found;
    }
  }
  bound_ = std::max(bound_, objective_);
  constexpr double kSolverTolerance = 1e-6;
  if (result.proven && bound_ - objective_ <= kSolverTolerance * std::max(1.0, objective_)) {
    bound_ = objective_;
  }
  return model::Done{};
}

}  // namespace guarantor::generate
