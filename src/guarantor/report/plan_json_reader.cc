#include <fmt/format.h>

#include <concepts>
#include <limits>
#include <utility>

#include "guarantor/report/json_tree.h"
#include "guarantor/report/plan_report.h"

namespace guarantor::report {
namespace {

using model::Error;
using model::ErrorKind;

/// Reads values out of a tree. The first thing wrong is kept and everything after it is passed
/// over.
class Reader {
 public:
  explicit Reader(std::string const& text) : text_{text} {}

  [[nodiscard]] std::optional<Error> const& error() const { return error_; }

  void fail(JsonTree const& at, std::string const& path, std::string const& expected) {
    if (!error_) {
      error_ = Error{ErrorKind::kBadInput,
                     fmt::format("{}: {}: expected {}", position_in(text_, at.begin),
                                 path.empty() ? "the plan" : path, expected),
                     ""};
    }
  }

  void read(JsonTree const& tree, std::string const& path, std::string& out) {
    if (auto const* value = std::get_if<std::string>(&tree.value)) {
      out = *value;
    } else {
      fail(tree, path, "a text in quotes");
    }
  }
  template <class Tag>
  void read(JsonTree const& tree, std::string const& path, model::Id<Tag>& out) {
    std::string text;
    read(tree, path, text);
    out = model::Id<Tag>{std::move(text)};
  }
  void read(JsonTree const& tree, std::string const& path, bool& out) {
    if (auto const* value = std::get_if<bool>(&tree.value)) {
      out = *value;
    } else {
      fail(tree, path, "true or false");
    }
  }
  void read(JsonTree const& tree, std::string const& path, double& out) {
    if (auto const* real = std::get_if<double>(&tree.value)) {
      out = *real;
    } else if (auto const* whole = std::get_if<std::int64_t>(&tree.value)) {
      out = static_cast<double>(*whole);
    } else if (auto const* natural = std::get_if<std::uint64_t>(&tree.value)) {
      out = static_cast<double>(*natural);
    } else if (std::holds_alternative<std::nullptr_t>(tree.value)) {
      out = std::numeric_limits<double>::infinity();
    } else {
      fail(tree, path, "a number");
    }
  }
  template <std::integral Int>
  void read(JsonTree const& tree, std::string const& path, Int& out) {
    auto const* whole = std::get_if<std::int64_t>(&tree.value);
    auto const* natural = std::get_if<std::uint64_t>(&tree.value);
    if (whole != nullptr && std::in_range<Int>(*whole)) {
      out = static_cast<Int>(*whole);
    } else if (natural != nullptr && std::in_range<Int>(*natural)) {
      out = static_cast<Int>(*natural);
    } else {
      fail(tree, path,
           fmt::format("a whole number from {} to {}", std::numeric_limits<Int>::min(),
                       std::numeric_limits<Int>::max()));
    }
  }
  template <class Unit, class Rep>
  void read(JsonTree const& tree, std::string const& path, model::Quantity<Unit, Rep>& out) {
    Rep count{};
    read(tree, path, count);
    out = model::Quantity<Unit, Rep>{count};
  }
  template <class Enum>
    requires(!model::kWords<Enum>.empty())
  void read(JsonTree const& tree, std::string const& path, Enum& out) {
    auto const* word = std::get_if<std::string>(&tree.value);
    auto const value = word != nullptr ? model::parse<Enum>(*word) : std::nullopt;
    if (value) {
      out = *value;
    } else {
      fail(tree, path, fmt::format("one of {}", fmt::join(model::kWords<Enum>, ", ")));
    }
  }
  template <class Item>
  void read(JsonTree const& tree, std::string const& path, std::vector<Item>& out) {
    auto const* items = std::get_if<JsonTree::Items>(&tree.value);
    if (items == nullptr) {
      fail(tree, path, "a list");
      return;
    }
    out.clear();
    for (std::size_t i = 0; i < items->size() && !error_; ++i) {
      Item item;
      read((*items)[i], fmt::format("{}[{}]", path, i), item);
      out.push_back(std::move(item));
    }
  }

  template <class Item>
  void read(JsonTree const& tree, std::string const& path, std::optional<Item>& out) {
    read(tree, path, out.emplace());
  }

  void read(JsonTree const& tree, std::string const& path, model::Assignment& out) {
    need(tree, path, "pledge", out.pledge);
    need(tree, path, "requirement", out.requirement);
    need(tree, path, "units", out.units);
    need(tree, path, "from_month", out.months.from);
    need(tree, path, "to_month", out.months.to);
  }
  void read(JsonTree const& tree, std::string const& path, model::Fill& out) {
    need(tree, path, "requirement", out.requirement);
    need(tree, path, "month", out.month);
    need(tree, path, "required", out.required);
    need(tree, path, "covered", out.covered);
    may(tree, path, "mean_covered", out.mean_covered);
  }
  void read(JsonTree const& tree, std::string const& path, model::Unlock& out) {
    need(tree, path, "kind", out.kind);
    need(tree, path, "what", out.what);
    need(tree, path, "gain", out.gain);
  }
  void read(JsonTree const& tree, std::string const& path, model::Gap& out) {
    need(tree, path, "requirement", out.requirement);
    need(tree, path, "from_month", out.months.from);
    need(tree, path, "to_month", out.months.to);
    need(tree, path, "short", out.short_by);
    need(tree, path, "reason", out.reason);
    need(tree, path, "by", out.by);
    need(tree, path, "unlocks", out.unlocks);
    may(tree, path, "outbid", out.outbid);
  }
  void read(JsonTree const& tree, std::string const& path, model::Outbid& out) {
    need(tree, path, "requirement", out.line);
    need(tree, path, "tier", out.tier);
    need(tree, path, "pledge", out.pledge);
    need(tree, path, "worth_there", out.worth_there);
    need(tree, path, "worth_here", out.worth_here);
  }
  void read(JsonTree const& tree, std::string const& path, model::TierResult& out) {
    need(tree, path, "tier", out.tier);
    need(tree, path, "objective", out.objective);
    need(tree, path, "bound", out.bound);
    need(tree, path, "gap", out.gap);
  }
  void read(JsonTree const& tree, std::string const& path, model::PackageUnits& out) {
    need(tree, path, "capability", out.capability);
    need(tree, path, "units", out.units);
    need(tree, path, "from_month", out.from);
  }
  void read(JsonTree const& tree, std::string const& path, model::LineLift& out) {
    need(tree, path, "requirement", out.line);
    need(tree, path, "before", out.before);
    need(tree, path, "after", out.after);
  }
  void read(JsonTree const& tree, std::string const& path, model::Package& out) {
    need(tree, path, "nation", out.nation);
    need(tree, path, "fill", out.fill);
    need(tree, path, "reached", out.reached);
    need(tree, path, "reason", out.reason);
    need(tree, path, "proven", out.proven);
    need(tree, path, "units", out.units);
    need(tree, path, "lines", out.lines);
    need(tree, path, "gain", out.gain);
  }
  void read(JsonTree const& tree, std::string const& path, model::Ask& out) {
    need(tree, path, "capability", out.capability);
    need(tree, path, "area", out.area);
    need(tree, path, "from_month", out.months.from);
    need(tree, path, "to_month", out.months.to);
    may(tree, path, "units", out.units);
    need(tree, path, "worth", out.worth);
    need(tree, path, "nations", out.nations);
    may(tree, path, "closes", out.closes);
  }
  void read(JsonTree const& tree, std::string const& path, model::Comparison& out) {
    need(tree, path, "label", out.label);
    need(tree, path, "without", out.without);
    need(tree, path, "viable", out.viable);
    need(tree, path, "objective", out.objective);
    need(tree, path, "bound", out.bound);
    need(tree, path, "fill", out.fill);
    need(tree, path, "lines_lost", out.lines_lost);
  }
  void read(JsonTree const& tree, std::string const& path, model::ExpectedWorlds& out) {
    need(tree, path, "worlds", out.worlds);
    need(tree, path, "distinct", out.distinct);
    need(tree, path, "enumerated", out.enumerated);
    need(tree, path, "low", out.low);
    need(tree, path, "high", out.high);
    need(tree, path, "not_viable", out.not_viable);
    need(tree, path, "reassigned", out.reassigned);
    need(tree, path, "reassign_cost", out.reassign_cost);
  }
  void read(JsonTree const& tree, std::string const& path, model::ProvenanceShares& out) {
    need(tree, path, "reported", out.reported);
    need(tree, path, "estimated", out.estimated);
    need(tree, path, "illustrative", out.illustrative);
  }
  void read(JsonTree const& tree, std::string const& path,
            std::map<model::ConditionId, bool>& out) {
    auto const* members = std::get_if<JsonTree::Members>(&tree.value);
    if (members == nullptr) {
      fail(tree, path, "an object of conditions and true or false");
      return;
    }
    for (auto const& [name, value] : *members) {
      read(value, fmt::format("{}.{}", path, name), out[model::ConditionId{name}]);
    }
  }

  void read(JsonTree const& tree, std::string const& path, model::ForcePlan& out) {
    may(tree, path, "program_version", out.program_version);
    may(tree, path, "scenario", out.scenario_id);
    may(tree, path, "scenario_hash", out.scenario_hash);
    may(tree, path, "world", out.world.kind);
    may(tree, path, "assumed", out.world.assumed);
    may(tree, path, "include_indicated", out.world.include_indicated);
    need(tree, path, "status", out.status);
    may(tree, path, "reason", out.reason);
    may(tree, path, "stopped_by_limit", out.stopped_by_limit);
    may(tree, path, "sites", out.sites);
    need(tree, path, "objective", out.objective);
    need(tree, path, "bound", out.bound);
    need(tree, path, "gap", out.gap);
    need(tree, path, "seconds", out.seconds);
    need(tree, path, "seed", out.seed);
    may(tree, path, "expected", out.expected);
    may(tree, path, "tiers", out.tiers);
    may(tree, path, "package", out.package);
    need(tree, path, "assignments", out.assignments);
    need(tree, path, "fill", out.fill);
    need(tree, path, "gaps", out.gaps);
    need(tree, path, "asks", out.asks);
    need(tree, path, "not_stated", out.not_stated);
    need(tree, path, "provenance", out.provenance);
    may(tree, path, "comparisons", out.comparisons);
  }

 private:
  template <class Value>
  void need(JsonTree const& tree, std::string const& path, std::string const& key, Value& out) {
    if (!error_ && tree.member(key) == nullptr) {
      bool const object = std::holds_alternative<JsonTree::Members>(tree.value);
      fail(tree, path, object ? fmt::format("the key \"{}\"", key) : "an object in braces");
    }
    may(tree, path, key, out);
  }
  template <class Value>
  void may(JsonTree const& tree, std::string const& path, std::string const& key, Value& out) {
    if (auto const* value = tree.member(key); value != nullptr && !error_) {
      read(*value, path.empty() ? key : fmt::format("{}.{}", path, key), out);
    }
  }

  std::string const& text_;
  std::optional<Error> error_;
};

}  // namespace

model::Result<model::ForcePlan> from_json(std::string const& text) {
  auto const tree = parse_json(text);
  if (!tree) {
    return tree.error();
  }
  Reader reader{text};
  model::ForcePlan plan;
  reader.read(tree.value(), "", plan);
  if (reader.error()) {
    return *reader.error();
  }
  return plan;
}

}  // namespace guarantor::report
