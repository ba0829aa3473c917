#include "guarantor/generate/package.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "guarantor/generate/instance.h"
#include "guarantor/generate/solved_plan.h"

namespace guarantor::generate {
namespace {

/// Elementary steps spent on one package tried, and on all of them: some seconds, and the same
/// answer on every machine.
constexpr long kMostWorkOfOne = 40'000'000;
constexpr long kMostWork = 400'000'000;
/// What a package tried costs beside the search: the instance is built anew.
constexpr long kFixedWork = 100'000;
constexpr std::size_t kMostTrials = 500;
constexpr double kTolerance = 1e-9;
/// By how much the stated lines count for more, to tell plans of the same worth apart.
constexpr double kPreference = 1e-5;

constexpr char const* kName = "PACKAGE ";  // capitals and a blank: no identifier

model::Requirement const& row_of(model::Scenario const& scenario, model::RequirementId const& id) {
  return *std::ranges::find(scenario.requirements, id, &model::Requirement::id);
}

std::map<model::RequirementId, double> mean_fills(model::ForcePlan const& plan) {
  std::map<model::RequirementId, std::pair<double, int>> sums;
  for (model::Fill const& fill : plan.fill) {
    auto& [sum, months] = sums[fill.requirement];
    sum += fill.covered / static_cast<double>(fill.required.count());
    ++months;
  }
  std::map<model::RequirementId, double> means;
  for (auto const& [line, sum] : sums) {
    means[line] = sum.first / sum.second;
  }
  return means;
}

class PackageSearch {
 public:
  PackageSearch(model::Scenario const& scenario, Request const& request, ComponentCache& cache,
                model::RunControl const& control, model::ForcePlan const& plan)
      : scenario_{scenario},
        wanted_{*request.package},
        request_{request},
        cache_{cache},
        control_{control},
        before_{plan} {
    request_.explain = false;
    request_.package.reset();
    request_.most_work = kMostWorkOfOne;
    control_.progress = nullptr;
    package_.nation = wanted_.nation;
    package_.fill = wanted_.fill;
    auto const means = mean_fills(plan);
    for (model::RequirementId const& id : wanted_.lines) {
      double const share = mean_of(means, id);
      package_.lines.push_back({id, share, share});
    }
    list_capabilities();
  }

  model::Result<model::Package> run() {
    if (reaches(before_)) {
      package_.reached = true;
      package_.proven = !before_.stopped_by_limit;
      return std::move(package_);
    }
    if (auto const enough = enough_of_everything()) {
      Counts counts = reduce(used(*enough));
      package_.proven = try_smaller(counts) && complete_;
      settle(counts);
    }
    if (error_) {
      return *error_;
    }
    return std::move(package_);
  }

 private:
  /// Units by place in `capabilities_`.
  using Counts = std::vector<std::int64_t>;

  static double mean_of(std::map<model::RequirementId, double> const& means,
                        model::RequirementId const& id) {
    auto const found = means.find(id);
    return found == means.end() ? 0 : found->second;
  }

  [[nodiscard]] bool reaches(model::ForcePlan const& plan) const {
    auto const means = mean_fills(plan);
    return std::ranges::all_of(wanted_.lines, [&](model::RequirementId const& id) {
      return mean_of(means, id) >= wanted_.fill - kTolerance;
    });
  }

  /// Those that count at a stated line first: they alone are tried first.
  void list_capabilities() {
    for (bool const direct : {true, false}) {
      for (model::Capability const& capability : scenario_.capabilities) {
        bool const at_line = std::ranges::any_of(wanted_.lines, [&](auto const& id) {
          return counts_at(capability.id, row_of(scenario_, id)).has_value();
        });
        if (at_line == direct) {
          capabilities_.push_back(capability.id);
          direct_ += direct ? 1 : 0;
        }
      }
    }
    for (model::CapabilityId const& capability : capabilities_) {
      std::int64_t most = 1;
      for (model::Requirement const& line : scenario_.requirements) {
        if (auto const counts = counts_at(capability, line)) {
          most += static_cast<std::int64_t>(
              std::ceil(static_cast<double>(line.quantity.count()) / *counts));
        }
      }
      most_.push_back(most);
    }
  }

  [[nodiscard]] std::optional<double> counts_at(model::CapabilityId const& capability,
                                                model::Requirement const& line) const {
    model::Pledge pledge;
    pledge.capability = capability;
    return effectiveness(scenario_, pledge, line);
  }

  /// The plan with a package; nothing once a limit or the budget stops the search.
  std::optional<model::ForcePlan> plan_with(std::vector<model::PackageUnits> const& units,
                                            double preference) {
    if (error_ || control_.must_stop() || work_ >= kMostWork || trials_ >= kMostTrials) {
      complete_ = false;
      return std::nullopt;
    }
    model::Scenario scenario = with_package(scenario_, wanted_.nation, units);
    for (model::Requirement& line : scenario.requirements) {
      if (std::ranges::find(wanted_.lines, line.id) != wanted_.lines.end()) {
        int const months = line.months(scenario.header.horizon).length().count();
        line.weight = line.weight.value_or(months) * (1 + preference);
      }
    }
    ComponentCache cache = cache_;
    auto result = solve_plan(scenario, request_, cache, control_);
    if (!result.ok()) {
      error_ = result.error();
      return std::nullopt;
    }
    ++trials_;
    work_ += result.value().work + kFixedWork;
    complete_ = complete_ && !result.value().plan.stopped_by_limit;
    return std::move(result).value().plan;
  }

  [[nodiscard]] std::vector<model::PackageUnits> units_of(Counts const& counts) const {
    std::vector<model::PackageUnits> units;
    for (std::size_t c = 0; c < counts.size(); ++c) {
      if (counts[c] > 0) {
        units.push_back({capabilities_[c], model::Units{counts[c]}, model::Months{0}});
      }
    }
    return units;
  }

  bool reaches(Counts const& counts) {
    auto const known = tried_.find(counts);
    if (known != tried_.end()) {
      return known->second;
    }
    auto const plan = plan_with(units_of(counts), kPreference);
    bool const enough = plan && reaches(*plan);
    if (plan) {
      tried_[counts] = enough;
    }
    return enough;
  }

  /// A plan with more of everything than anybody can use, or nothing: the reason is noted.
  std::optional<model::ForcePlan> enough_of_everything() {
    Counts direct(capabilities_.size(), 0);
    std::copy_n(most_.begin(), direct_, direct.begin());
    for (Counts const& counts : {direct, most_}) {
      auto plan = plan_with(units_of(counts), kPreference);
      if (!plan) {
        package_.reason = "stopped by a limit";
        return std::nullopt;
      }
      if (reaches(*plan)) {
        package_.reason.clear();
        return plan;
      }
      package_.reason = in_the_way(*plan);
    }
    return std::nullopt;
  }

  /// The reason for most of what is still missing at a stated line.
  [[nodiscard]] std::string in_the_way(model::ForcePlan const& plan) const {
    std::set<model::RequirementId> const lines{wanted_.lines.begin(), wanted_.lines.end()};
    auto const means = mean_fills(plan);
    model::Gap const* worst = nullptr;
    auto const missing = [](model::Gap const& gap) {
      return gap.short_by * gap.months.length().count();
    };
    for (model::Gap const& gap : plan.gaps) {
      if (lines.contains(gap.requirement) &&
          mean_of(means, gap.requirement) < wanted_.fill - kTolerance &&
          (worst == nullptr || missing(gap) > missing(*worst))) {
        worst = &gap;
      }
    }
    if (worst == nullptr) {
      return plan.reason;
    }
    auto by = worst->by;
    for (auto at = by.find(kName); at != std::string::npos; at = by.find(kName)) {
      by.replace(at, std::string{kName}.size(), "package-");
    }
    return fmt::format("{}: {}{}", worst->requirement.text(), model::text(worst->reason),
                       by.empty() ? "" : fmt::format(" ({})", by));
  }

  /// The units of the package in place, by capability and month.
  [[nodiscard]] std::vector<std::vector<std::int64_t>> in_place(
      model::ForcePlan const& plan, std::vector<model::PackageUnits> const& units) const {
    auto const horizon = static_cast<std::size_t>(scenario_.header.horizon.count());
    std::vector<std::vector<std::int64_t>> present(capabilities_.size(),
                                                   std::vector<std::int64_t>(horizon, 0));
    for (model::Assignment const& assignment : plan.assignments) {
      for (std::size_t i = 0; i < units.size(); ++i) {
        if (assignment.pledge.text() != kName + std::to_string(i + 1)) {
          continue;
        }
        auto const c = static_cast<std::size_t>(
            std::ranges::find(capabilities_, units[i].capability) - capabilities_.begin());
        for (int t = assignment.months.from.count(); t < assignment.months.to.count(); ++t) {
          present[c][static_cast<std::size_t>(t)] += assignment.units.count();
        }
      }
    }
    return present;
  }

  /// The most units a plan with enough of everything has in place at a time; all, should these not
  /// do.
  Counts used(model::ForcePlan const& plan) {
    Counts direct(capabilities_.size(), 0);
    std::copy_n(most_.begin(), direct_, direct.begin());
    for (Counts const& all : {direct, most_}) {
      Counts peak;
      for (auto const& months : in_place(plan, units_of(all))) {
        peak.push_back(months.empty() ? 0 : *std::ranges::max_element(months));
      }
      if (reaches(peak)) {
        return peak;
      }
    }
    return reaches(direct) ? direct : most_;
  }

  /// Fewer units of one capability after the other, until none can be spared.
  Counts reduce(Counts counts) {
    for (bool fewer = true; fewer;) {
      fewer = false;
      for (std::size_t c = counts.size(); c-- > 0;) {
        std::int64_t low = 0;
        std::int64_t high = counts[c];
        while (low < high) {
          std::int64_t const middle = (low + high) / 2;
          Counts less = counts;
          less[c] = middle;
          (reaches(less) ? high : low) = reaches(less) ? middle : middle + 1;
        }
        fewer = fewer || high < counts[c];
        counts[c] = high;
      }
    }
    return counts;
  }

  /// Tries all packages of fewer units, the smallest first; false where they are too many.
  bool try_smaller(Counts& best) {
    auto const size = std::accumulate(best.begin(), best.end(), std::int64_t{0});
    for (std::int64_t units = 1; units < size; ++units) {
      if (packages_of(units) > static_cast<double>(kMostTrials - std::min(trials_, kMostTrials))) {
        return false;
      }
      Counts counts(capabilities_.size(), 0);
      if (auto found = first_that_reaches(counts, 0, units)) {
        best = *std::move(found);
        return true;
      }
      if (!complete_) {
        return false;
      }
    }
    return true;
  }

  /// How many ways there are to choose so many units among the capabilities.
  [[nodiscard]] double packages_of(std::int64_t units) const {
    double ways = 1;
    for (std::size_t c = 1; c < capabilities_.size(); ++c) {
      ways *= static_cast<double>(units + static_cast<std::int64_t>(c)) / static_cast<double>(c);
    }
    return ways;
  }

  std::optional<Counts> first_that_reaches(Counts& counts, std::size_t c, std::int64_t left) {
    if (c + 1 == counts.size()) {
      counts[c] = left;
      return reaches(counts) ? std::optional{counts} : std::nullopt;
    }
    for (counts[c] = left; counts[c] >= 0; --counts[c]) {
      if (auto found = first_that_reaches(counts, c + 1, left - counts[c])) {
        return found;
      }
    }
    counts[c] = 0;
    return std::nullopt;
  }

  /// Units as late as the plan with them needs them, and what it gains.
  void settle(Counts const& counts) {
    package_.units = units_of(counts);
    auto plan = plan_with(package_.units, kPreference);
    if (!plan || !reaches(*plan)) {
      return stop_short();
    }
    auto const present = in_place(*plan, package_.units);
    std::vector<model::PackageUnits> late;
    for (std::size_t c = 0; c < counts.size(); ++c) {
      add_late(capabilities_[c], counts[c], present[c], late);
    }
    if (auto later = plan_with(late, kPreference); later && reaches(*later)) {
      package_.units = std::move(late);
      plan = std::move(later);
    }
    auto const gained = plan_with(package_.units, 0);
    if (!gained) {
      return stop_short();
    }
    package_.reached = true;
    package_.gain = gained->objective - before_.objective;
    auto const means = mean_fills(*plan);
    for (model::LineLift& lift : package_.lines) {
      lift.after = mean_of(means, lift.line);
    }
  }

  void stop_short() {
    package_.units.clear();
    package_.reason = "stopped by a limit";
    package_.proven = false;
  }

  /// The units of one capability by the first month in which so many are in place.
  static void add_late(model::CapabilityId const& capability, std::int64_t count,
                       std::vector<std::int64_t> const& present,
                       std::vector<model::PackageUnits>& out) {
    std::int64_t known = 0;
    for (std::size_t t = 0; t < present.size(); ++t) {
      if (present[t] > known) {
        out.push_back(
            {capability, model::Units{present[t] - known}, model::Months{static_cast<int>(t)}});
        known = present[t];
      }
    }
    // Present nowhere, and missed all the same: that the nation joins is what counts.
    if (known < count) {
      out.push_back({capability, model::Units{count - known}, model::Months{0}});
    }
  }

  model::Scenario const& scenario_;
  PackageRequest const wanted_;
  Request request_;
  ComponentCache const& cache_;
  model::RunControl control_;
  model::ForcePlan const& before_;
  model::Package package_;
  std::vector<model::CapabilityId> capabilities_;
  std::size_t direct_{0};  ///< so many of them count at a stated line
  std::vector<std::int64_t> most_;
  std::map<Counts, bool> tried_;
  std::size_t trials_{0};
  long work_{0};
  bool complete_{true};  ///< no trial was left out or cut short
  std::optional<model::Error> error_;
};

}  // namespace

std::optional<model::Error> unknown_names(model::Scenario const& scenario, Request const& request) {
  if (!request.package) {
    return std::nullopt;
  }
  auto const& [nation, lines, fill] = *request.package;
  auto const bad = [](std::string message, std::string hint) {
    return model::Error{model::ErrorKind::kBadInput, std::move(message), std::move(hint)};
  };
  if (std::ranges::find(scenario.nations, nation, &model::Nation::id) == scenario.nations.end()) {
    return bad(fmt::format("the scenario has no nation `{}` to ask for a package", nation.text()),
               "nations stand in nations.csv");
  }
  if (lines.empty()) {
    return bad("a package is asked for no line", "name the lines it is to lift");
  }
  for (model::RequirementId const& line : lines) {
    if (std::ranges::find(scenario.requirements, line, &model::Requirement::id) ==
        scenario.requirements.end()) {
      return bad(fmt::format("the scenario has no line `{}` to lift", line.text()),
                 "lines stand in requirements.csv");
    }
  }
  if (!(fill > 0 && fill <= 1)) {
    return bad(fmt::format("a line cannot be lifted to a fill of {}", fill),
               "it is a share above 0 and at most 1");
  }
  return std::nullopt;
}

model::Scenario with_package(model::Scenario const& scenario, model::NationId const& nation,
                             std::vector<model::PackageUnits> const& units) {
  model::Scenario changed = scenario;
  for (std::size_t i = 0; i < units.size(); ++i) {
    model::Pledge pledge;
    pledge.id = model::PledgeId{kName + std::to_string(i + 1)};
    pledge.nation = nation;
    pledge.capability = units[i].capability;
    pledge.quantity = units[i].units;
    pledge.quantity_is = model::QuantityIs::kSustained;
    pledge.from = units[i].from;
    pledge.roe = model::RulesOfEngagement::kAssistHost;
    changed.pledges.push_back(std::move(pledge));
  }
  return changed;
}

model::Result<model::Package> find_package(model::Scenario const& scenario, Request const& request,
                                           ComponentCache& cache, model::RunControl const& control,
                                           model::ForcePlan const& plan) {
  return PackageSearch{scenario, request, cache, control, plan}.run();
}

}  // namespace guarantor::generate
