#include "guarantor/serve/plan_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "guarantor/serve/problem.h"
#include "guarantor/serve/unsound.h"
#include "guarantor/tables/row_records.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using Json = nlohmann::json;

constexpr double kLongest = 3600;
constexpr int kMostWorlds = 10'000;
constexpr std::size_t kMostChanges = 1'000;
constexpr std::size_t kLongestTitle = 200;

constexpr std::array kMembers{
    "title",   "time_limit", "gap",          "world", "assume", "with_sites",       "version",
    "changes", "explain",    "strict_tiers", "seed",  "worlds", "include_indicated"};

Error wrong(std::string_view member, std::string_view wanted) {
  return {ErrorKind::kBadInput, fmt::format("`{}` must be {}", member, wanted),
          "/openapi.yaml shows the whole"};
}

/// Reads members one by one and keeps the first thing that is wrong.
class Members {
 public:
  explicit Members(Json const& body) : body_{body} {
    for (auto const& [name, value] : body.items()) {
      if (std::ranges::find(kMembers, name) == kMembers.end()) {
        note({ErrorKind::kBadInput, fmt::format("a plan is not asked for with `{}`", name),
              "/openapi.yaml shows what there is"});
      }
    }
  }

  void text(char const* name, std::string& value) {
    if (Json const* const found = find(name)) {
      if (found->is_string()) {
        value = found->get<std::string>();
      } else {
        note(wrong(name, "a text"));
      }
    }
  }
  void flag(char const* name, bool& value) {
    if (Json const* const found = find(name)) {
      if (found->is_boolean()) {
        value = found->get<bool>();
      } else {
        note(wrong(name, "true or false"));
      }
    }
  }
  void number(char const* name, double& value, double from, double to) {
    if (Json const* const found = find(name)) {
      double const read = found->is_number() ? found->get<double>() : from - 1;
      if (read >= from && read <= to) {
        value = read;
      } else {
        note(wrong(name, fmt::format("a number from {} to {}", from, to)));
      }
    }
  }
  template <class Whole>
  void whole(char const* name, Whole& value, double from, double to) {
    double read = static_cast<double>(value);
    number(name, read, from, to);
    if (read != std::floor(read)) {
      note(wrong(name, "a whole number"));
    } else {
      value = static_cast<Whole>(read);
    }
  }
  [[nodiscard]] Json const* find(char const* name) const {
    auto const found = body_.find(name);
    return found == body_.end() || found->is_null() ? nullptr : &*found;
  }
  void note(Error error) {
    if (!error_) {
      error_ = std::move(error);
    }
  }
  [[nodiscard]] std::optional<Error> const& error() const { return error_; }

 private:
  Json const& body_;
  std::optional<Error> error_;
};

void read_world(Members& members, model::WorldRequest& world) {
  if (Json const* const assume = members.find("assume")) {
    if (!assume->is_object()) {
      members.note(wrong("assume", "an object of conditions, each true or false"));
      return;
    }
    for (auto const& [condition, holds] : assume->items()) {
      if (!holds.is_boolean()) {
        members.note(wrong("assume", "an object of conditions, each true or false"));
        return;
      }
      world.assumed[model::ConditionId{condition}] = holds.get<bool>();
    }
  }
  std::string word{world.assumed.empty() ? "nominal" : "given"};
  members.text("world", word);
  auto const kind = model::parse<model::WorldKind>(word);
  if (!kind) {
    members.note(wrong("world", "nominal, assured, given or expected"));
    return;
  }
  if (!world.assumed.empty() && *kind != model::WorldKind::kGiven &&
      *kind != model::WorldKind::kExpected) {
    members.note(
        {ErrorKind::kBadInput,
         fmt::format("`assume` changes the given or the expected world, not the {} one", word),
         "leave out `world`, or ask for the given one"});
  }
  world.kind = *kind;
}

std::optional<SupposedRow> read_change(Json const& json) {
  if (!json.is_object() || !json.contains("table") || !json.contains("key") ||
      !json["table"].is_string() || !json["key"].is_string()) {
    return std::nullopt;
  }
  SupposedRow change{json["table"].get<std::string>(), json["key"].get<std::string>(), {}};
  auto const cells = json.find("cells");
  if (cells == json.end() || cells->is_null()) {
    return change;
  }
  if (!cells->is_object()) {
    return std::nullopt;
  }
  change.cells.emplace();
  for (auto const& [column, value] : cells->items()) {
    if (!value.is_string()) {
      return std::nullopt;
    }
    if (!value.get_ref<std::string const&>().empty()) {
      (*change.cells)[column] = value.get<std::string>();
    }
  }
  return change;
}

void read_changes(Members& members, std::vector<SupposedRow>& changes) {
  Json const* const list = members.find("changes");
  if (list == nullptr) {
    return;
  }
  if (!list->is_array() || list->size() > kMostChanges) {
    members.note(wrong("changes", fmt::format("a list of at most {} changes", kMostChanges)));
    return;
  }
  for (Json const& json : *list) {
    auto change = read_change(json);
    if (!change || !model::parse<model::Table>(change->table)) {
      members.note(wrong("changes", "a list of {table, key, cells}, cells of text or null"));
      return;
    }
    changes.push_back(*std::move(change));
  }
}

/// Half of the cores, so that pages are answered while a plan is made.
int threads() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) / 2, 1, 2);
}

/// The scenario with the order's changes, or what is wrong with them.
std::optional<Response> apply_changes(PlanOrder& order, ScenarioView const& view) {
  order.scenario = view.scenario;
  if (order.asked.changes.empty()) {
    return std::nullopt;
  }
  order.asked.based_on = view.version.content_hash;
  auto const rows = supposed_rows(view.text.rows.all(), order.asked.changes);
  if (!rows.ok()) {
    return problem(rows.error());
  }
  auto loaded = tables::from_rows(rows.value(), view.version.scenario);
  if (!loaded.scenario) {
    return unsound(loaded.diagnostics, rows.value());
  }
  order.scenario = *std::move(loaded.scenario);
  return std::nullopt;
}

}  // namespace

std::variant<PlanOrder, Response> read_plan_order(Json const& body, ScenarioView const& view) {
  PlanOrder order;
  auto& force = order.request.force;
  force.threads = threads();
  order.request.sites.threads = force.threads;
  Members members{body};
  members.text("title", order.asked.title);
  if (order.asked.title.size() > kLongestTitle) {
    members.note(wrong("title", fmt::format("at most {} bytes long", kLongestTitle)));
  }
  double seconds = order.time_limit.count();
  members.number("time_limit", seconds, 0.1, kLongest);
  order.time_limit = model::Seconds{seconds};
  members.number("gap", force.gap, 0, 1);
  members.flag("with_sites", order.request.with_sites);
  members.flag("explain", force.explain);
  members.flag("strict_tiers", force.strict_tiers);
  members.flag("include_indicated", force.world.include_indicated);
  members.whole("seed", force.seed, 0, 1e15);
  members.whole("worlds", force.worlds, 2, kMostWorlds);
  read_world(members, force.world);
  read_changes(members, order.asked.changes);
  if (members.error()) {
    return problem(*members.error());
  }
  if (auto refused = apply_changes(order, view)) {
    return *std::move(refused);
  }
  order.name = plan_name(view.version.scenario, order.asked);
  return order;
}

}  // namespace guarantor::serve
