#include "guarantor/serve/plan_shelf.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <ranges>
#include <utility>

#include "guarantor/ledger/digest.h"
#include "guarantor/policy/operation.h"
#include "guarantor/report/json_text.h"
#include "guarantor/serve/record_sight.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

std::string text_at(Json const& json, char const* name) {
  auto const found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<double> number_at(Json const& json, char const* name) {
  auto const found = json.find(name);
  return found != json.end() && found->is_number() ? std::optional{found->get<double>()}
                                                   : std::nullopt;
}

/// Nothing where the body is no plan: what people put in themselves is read by `report` later on.
std::optional<ListedPlan> summary(store::Record&& record) {
  auto const json = Json::parse(record.body, nullptr, false);
  if (!json.is_object()) {
    return std::nullopt;
  }
  ListedPlan listed{.plan = std::move(record.key),
                    .version = ledger::hex(record.version),
                    .position = record.position,
                    .at = record.at,
                    .by = std::move(record.by),
                    .releasable_to = std::move(record.releasable_to),
                    .scenario = text_at(json, "scenario"),
                    .scenario_version = text_at(json, "scenario_hash"),
                    .title = {},
                    .status = text_at(json, "status"),
                    .objective = number_at(json, "objective"),
                    .gap = number_at(json, "gap"),
                    .name = {}};
  if (auto const asked = json.find("asked"); asked != json.end() && asked->is_object()) {
    listed.title = text_at(*asked, "title");
    listed.what_if = asked->contains("changes");
  }
  return listed;
}

Error none_such(std::string_view plan) {
  return {ErrorKind::kNotFound, fmt::format("there is no plan `{}` for you to read", plan),
          "GET …/plans lists those there are"};
}

}  // namespace

Result<model::Done> PlanShelf::refresh() const {
  return gate_.read([&](auto const& store) -> Result<model::Done> {
    auto const gone =
        store.each(store::RecordKind::kErasure, erasures_read_, [&](store::Record&& record) {
          store::Position position = 0;
          char const* const end = record.key.data() + record.key.size();
          if (std::from_chars(record.key.data(), end, position).ec == std::errc{}) {
            erased_.insert(position);
          }
          erasures_read_ = record.position + 1;
          return true;
        });
    if (!gone.ok()) {
      return gone;
    }
    return store.each(store::RecordKind::kPlan, plans_read_, [&](store::Record&& record) {
      plans_read_ = record.position + 1;
      if (!record.erased) {
        add(std::move(record));
      }
      return true;
    });
  });
}

void PlanShelf::add(store::Record&& record) const {
  auto listed = summary(std::move(record));
  if (!listed) {
    return;
  }
  std::erase_if(plans_, [&](ListedPlan const& other) {
    return other.plan == listed->plan && other.version == listed->version;
  });
  plans_.push_back(*std::move(listed));
}

Result<std::vector<ListedPlan>> PlanShelf::list(policy::Viewer const& viewer,
                                                std::string_view scenario) const {
  std::vector<ListedPlan> wanted;
  {
    std::scoped_lock const lock{mutex_};
    if (auto const read = refresh(); !read.ok()) {
      return read.error();
    }
    for (ListedPlan const& listed : plans_ | std::views::reverse) {
      if (listed.scenario == scenario && !erased_.contains(listed.position) &&
          sees(viewer, policy::Record::kPlan, {}, listed.releasable_to)) {
        wanted.push_back(listed);
        wanted.back().name = listed.version;
      }
    }
  }
  if (policy::sees_everything(viewer)) {
    return wanted;
  }
  std::vector<ListedPlan> plans;
  std::set<std::pair<std::string, std::string>> told;
  for (ListedPlan& listed : wanted) {
    auto const plan = shown(viewer, listed);
    // What may be seen of one whose scenario is gone cannot be told.
    if (plan.ok() && told.emplace(listed.plan, plan.value()->listed.name).second) {
      plans.push_back(plan.value()->listed);
    }
  }
  return plans;
}

Result<SharedPlan> PlanShelf::find(policy::Viewer const& viewer, std::string_view scenario,
                                   std::string_view plan, std::string_view version) const {
  auto const all = list(viewer, scenario);
  if (!all.ok()) {
    return all.error();
  }
  std::vector<ListedPlan> found;
  for (ListedPlan const& one : all.value()) {
    if (one.plan == plan && one.name.starts_with(version)) {
      found.push_back(one);
    }
  }
  if (found.empty()) {
    return none_such(plan);
  }
  if (found.size() > 1 && !version.empty()) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("several versions of the plan begin with {}", version),
                 "give more digits"};
  }
  return shown(viewer, found.front());
}

Result<SharedPlan> PlanShelf::shown(policy::Viewer const& viewer, ListedPlan const& listed) const {
  auto const eyes = policy::sees_everything(viewer) ? std::string{"whole"} : policy::print(viewer);
  std::pair const key{eyes, listed.position};
  {
    std::scoped_lock const lock{mutex_};
    if (auto const at = shown_.find(key); at != shown_.end()) {
      return at->second;
    }
  }
  auto const record = gate_.read([&](auto const& store) { return store.at(listed.position); });
  auto kept = record.ok() && !record.value().erased ? from_body(record.value().body)
                                                    : Result<KeptPlan>{none_such(listed.plan)};
  if (!kept.ok()) {
    return kept.error();
  }
  auto const scenario = scenario_of(
      kept.value(), [&](std::string_view id, std::string_view version) -> Result<model::Scenario> {
        auto const view = views_.whole(id, version);
        return view.ok() ? Result<model::Scenario>{view.value()->scenario} : view.error();
      });
  auto seen = scenario.ok()
                  ? seen_plan(scenario.value(), kept.value().plan, viewer, listed.releasable_to)
                  : Result<SeenPlan>{scenario.error()};
  if (!seen.ok()) {
    return seen.error();
  }
  auto plan = std::make_shared<ShownPlan>();
  plan->listed = listed;
  plan->seen = std::move(seen).value();
  plan->json = to_json(plan->seen);
  plan->listed.name = plan->seen.whole ? listed.version : report::sha256(plan->json);
  std::scoped_lock const lock{mutex_};
  if (shown_.size() >= kMostShown) {
    shown_.clear();
  }
  shown_[key] = plan;
  return SharedPlan{plan};
}

}  // namespace guarantor::serve
