#include "guarantor/generate/glance.h"

#include <utility>

#include "guarantor/generate/component_search.h"
#include "guarantor/generate/components.h"
#include "guarantor/generate/instance.h"
#include "guarantor/generate/plan.h"

namespace guarantor::generate {
namespace {

/// For each group of units: as far as people wait for without noticing.
constexpr double kMoves = 6;
/// Wider than any gap there is, so that the search of a proof ends where it begins.
constexpr double kAnyGap = 1e9;
constexpr double kProven = 1e-9;

ComponentAnswer const* find(std::span<ComponentCache const* const> caches,
                            std::string const& fingerprint) {
  for (ComponentCache const* cache : caches) {
    if (auto const* answer = cache->find(fingerprint)) {
      return answer;
    }
  }
  return nullptr;
}

/// Leaves in the cache what a short search finds of each component it does not know.
model::Result<model::Done> look_at(model::Scenario const& scenario, Instance const& instance,
                                   std::uint64_t seed, ComponentCache& cache,
                                   std::span<ComponentCache const* const> elsewhere) {
  for (Component& component : split(instance)) {
    ComponentSearch part{scenario, std::move(component), seed};
    if (cache.find(part.fingerprint()) != nullptr) {
      continue;
    }
    if (auto const* answer = find(elsewhere, part.fingerprint())) {
      cache.keep(part.fingerprint(), *answer);
      continue;
    }
    part.begin_like(cache);
    part.search(kMoves, 0, 1, {});
    if (auto stock = part.take_stock(); !stock.ok()) {
      return stock;
    }
    cache.keep(part.fingerprint(), part.answer());
  }
  return model::Done{};
}

}  // namespace

model::Result<model::ForcePlan> glance(model::Scenario const& scenario,
                                       model::WorldRequest const& world, ComponentCache& cache,
                                       std::span<ComponentCache const* const> elsewhere) {
  auto const resolved = model::resolve(scenario, world);
  if (!resolved.ok()) {
    return resolved.error();
  }
  Request request;
  request.world = world;
  request.gap = kAnyGap;
  request.explain = false;
  if (resolved.value().viable) {
    auto const looked = look_at(scenario, build_instance(scenario, resolved.value()), request.seed,
                                cache, elsewhere);
    if (!looked.ok()) {
      return looked.error();
    }
  }
  auto found = plan(scenario, request, cache, {});
  if (found.ok() && found.value().status == model::PlanStatus::kOptimal &&
      found.value().gap > kProven) {
    found.value().status = model::PlanStatus::kFeasible;
    found.value().stopped_by_limit = true;
    found.value().reason = "a glance: a longer search may find more";
  }
  return found;
}

}  // namespace guarantor::generate
