#include "guarantor/serve/pot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "guarantor/generate/glance.h"
#include "guarantor/report/gap_words.h"
#include "guarantor/report/plan_reading.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/pot_json.h"

namespace guarantor::serve {
namespace {

using model::Result;

model::WorldRequest of_kind(model::WorldKind kind) {
  model::WorldRequest request;
  request.kind = kind;
  return request;
}

Result<SharedPot> make(SharedView const& view, model::WorldKind world,
                       std::vector<SharedPot> const& like) {
  auto pot = std::make_shared<Pot>();
  pot->view = view;
  std::vector<generate::ComponentCache const*> elsewhere;
  for (SharedPot const& other : like) {
    elsewhere.push_back(&other->known);
  }
  auto plan = generate::glance(view->scenario, of_kind(world), pot->known, elsewhere);
  if (!plan.ok()) {
    return plan.error();
  }
  pot->plan = std::move(plan).value();
  pot->json = dump(pot_json(*view, pot->plan));
  pot->tag = entity_tag(pot->json);
  return SharedPot{pot};
}

/// The mean share of each line, by its id.
std::map<std::string, double> shares(model::Scenario const& scenario,
                                     model::ForcePlan const& plan) {
  report::PlanReading const reading{scenario, plan};
  std::map<std::string, double> means;
  for (auto const& line : reading.lines()) {
    means.emplace(line.line->id.text(), line.cover == report::Cover::kNotPlanned ? 0 : line.mean);
  }
  return means;
}

}  // namespace

Result<SharedPot> Pots::of(SharedView const& view, model::WorldKind world) {
  auto const whose =
      fmt::format("{} {} {} ", model::text(world), view->version.scenario, view->viewer);
  auto const key = whose + view->name;
  std::promise<Result<SharedPot>> promise;
  std::shared_future<Result<SharedPot>> pot;
  bool mine = false;
  {
    std::scoped_lock const lock{mutex_};
    auto const found = kept_.find(key);
    if (found != kept_.end()) {
      found->second.used = ++clock_;
      pot = found->second.pot;
    } else {
      drop_oldest(whose, kMostKeptOfOne);
      drop_oldest({}, kMostKept);
      pot = promise.get_future().share();
      kept_[key] = {.pot = pot, .used = ++clock_};
      ++made_;
      mine = true;
    }
  }
  if (mine) {
    try {
      auto made = make(view, world, like(view));
      if (made.ok()) {
        remember(made.value());
      }
      promise.set_value(std::move(made));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
    std::scoped_lock const lock{mutex_};
    bool failed = true;
    try {
      failed = !pot.get().ok();
    } catch (std::exception const&) {
      failed = true;
    }
    if (failed) {
      kept_.erase(key);  // another time it may be made
    }
  }
  return pot.get();
}

std::vector<SharedPot> Pots::like(SharedView const& view) const {
  std::scoped_lock const lock{mutex_};
  std::vector<SharedPot> found;
  std::ranges::copy_if(recent_, std::back_inserter(found), [&](SharedPot const& pot) {
    return pot->view->version.scenario == view->version.scenario;
  });
  return found;
}

void Pots::remember(SharedPot const& pot) {
  std::scoped_lock const lock{mutex_};
  recent_.push_front(pot);
  if (recent_.size() > kMostRecent) {
    recent_.pop_back();
  }
}

/// Makes room for one more among those whose keys begin so.
void Pots::drop_oldest(std::string const& beginning, std::size_t most) {
  auto const first = kept_.lower_bound(beginning);
  auto last = first;
  std::size_t count = 0;
  for (; last != kept_.end() && last->first.starts_with(beginning); ++last) {
    ++count;
  }
  if (count >= most) {
    kept_.erase(std::min_element(
        first, last, [](auto const& a, auto const& b) { return a.second.used < b.second.used; }));
  }
}

std::uint64_t Pots::made() const {
  std::scoped_lock const lock{mutex_};
  return made_;
}

Result<Trial> trial_of(Pot const& pot, RowEdit const& pledge, model::WorldKind world) {
  Trial trial;
  auto const changed = with_changes(*pot.view, std::vector<RowEdit>{pledge});
  if (!changed.made) {
    trial.problems = changed.errors;
    return trial;
  }
  auto known = pot.known;
  auto const plan = generate::glance(changed.made->scenario, of_kind(world), known);
  if (!plan.ok()) {
    return plan.error();
  }
  constexpr double kSame = 1e-9;
  auto const before = shares(pot.view->scenario, pot.plan);
  for (auto const& [line, after] : shares(changed.made->scenario, plan.value())) {
    auto const found = before.find(line);
    double const was = found == before.end() ? 0 : found->second;
    if (std::abs(after - was) > kSame) {
      trial.lines.push_back({line, was, after});
    }
  }
  // What it closes first.
  std::ranges::stable_sort(trial.lines, [](LineChange const& a, LineChange const& b) {
    return a.after - a.before > b.after - b.before;
  });
  return trial;
}

}  // namespace guarantor::serve
