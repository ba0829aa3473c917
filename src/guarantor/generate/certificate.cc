#include "guarantor/generate/certificate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "guarantor/generate/by_month.h"

namespace guarantor::generate {
namespace {

constexpr double kTolerance = 1e-9;

/// One unit group in place at a line in a month.
struct Presence {
  PledgeIndex pledge;
  NationIndex nation;
  double effectiveness{};
  int units{};
};

class Auditor {
 public:
  Auditor(model::Scenario const& scenario, Instance const& instance,
          std::vector<Start> const& starts)
      : scenario_{scenario},
        instance_{instance},
        starts_{starts},
        present_{instance.lines.size(), instance.horizon},
        busy_{instance.pledges.size(), instance.horizon} {}

  Certificate run() {
    lay_out();
    check_units();
    for (std::size_t r = 0; r < instance_.lines.size(); ++r) {
      count_line(LineIndex{r});
    }
    check_ceilings();
    check_bundles();
    return std::move(certificate_);
  }

 private:
  void broken(std::string rule) { certificate_.broken_rules.push_back(std::move(rule)); }

  [[nodiscard]] std::string const& name(PledgeIndex p) const {
    return scenario_.pledges[instance_.pledges[p].row].id.text();
  }
  [[nodiscard]] std::string const& name(LineIndex r) const {
    return scenario_.requirements[instance_.lines[r].row].id.text();
  }

  void lay_out() {
    std::map<std::pair<OptionIndex, int>, int> begun;
    for (Start const& start : starts_) {
      Option const& option = instance_.options[start.option];
      int const units = begun[{start.option, start.month}] += start.units;
      if (start.month < option.first || start.month >= option.last || start.units < 0 ||
          units > option.most) {
        broken(fmt::format("S: {} may not begin at {} in month {}", name(option.pledge),
                           name(option.line), start.month));
      }
      int const end = instance_.tour_end(option, start.month);
      PlannedPledge const& pledge = instance_.pledges[option.pledge];
      for (int t = std::max(start.month, 0); t < end; ++t) {
        present_.at(option.line, t)
            .push_back({option.pledge, pledge.nation, option.effectiveness, start.units});
      }
      for (int t = std::max(start.month, 0); t < instance_.rest_end(option, end); ++t) {
        busy_.at(option.pledge, t) += start.units;
      }
      certificate_.objective -= option.cost * (end - start.month) * start.units;
    }
  }

  void check_units() {
    busy_.each([&](PledgeIndex pledge, int month, int units) {
      if (units > instance_.pledges[pledge].quantity) {
        broken(fmt::format("U: {} uses {} units in month {}", name(pledge), units, month));
      }
    });
  }

  void count_line(LineIndex r) {
    PlannedLine const& line = instance_.lines[r];
    std::vector<double> months;
    for (int t = line.from; t < line.to; ++t) {
      double cover = 0;
      std::map<NationIndex, int> nations;
      for (Presence const& presence : present_.at(r, t)) {
        cover += presence.effectiveness * presence.units;
        nations[presence.nation] += presence.units;
      }
      cover = std::min(cover, line.quantity);
      if (cover < line.min_cover - kTolerance) {
        cover = 0;
      }
      months.push_back(cover);
      certificate_.objective += line.worth * cover;
      certificate_.objective -= line.nation_penalty * static_cast<double>(nations.size());
      check_nations(r, t, nations);
    }
    certificate_.cover.add(std::move(months));
  }

  void check_nations(LineIndex r, int t, std::map<NationIndex, int> const& nations) {
    PlannedLine const& line = instance_.lines[r];
    for (auto const& [nation, units] : nations) {
      if (units > line.nation_limit) {
        broken(fmt::format("N: {} has {} units at {} in month {}", instance_.nations[nation].text(),
                           units, name(r), t));
      }
    }
    if (line.max_nations && nations.size() > static_cast<std::size_t>(*line.max_nations)) {
      broken(fmt::format("M: {} nations at {} in month {}", nations.size(), name(r), t));
    }
    if (line.led && !nations.empty() && (!line.framework || !nations.contains(*line.framework))) {
      broken(fmt::format("F: {} is without its framework nation in month {}", name(r), t));
    }
  }

  void check_ceilings() {
    for (PlannedCeiling const& ceiling : instance_.ceilings) {
      std::set<OptionIndex> const in_scope{ceiling.options.begin(), ceiling.options.end()};
      std::map<int, std::int64_t> people;
      for (Start const& start : starts_) {
        if (!in_scope.contains(start.option)) {
          continue;
        }
        Option const& option = instance_.options[start.option];
        for (int t = start.month; t < instance_.tour_end(option, start.month); ++t) {
          people[t] += instance_.pledges[option.pledge].personnel * start.units;
        }
      }
      for (auto const& [t, count] : people) {
        if (t >= ceiling.from && t < ceiling.to && count > ceiling.personnel) {
          broken(fmt::format("K: {} people under {} in month {}", count,
                             scenario_.ceilings[ceiling.row].id.text(), t));
        }
      }
    }
  }

  /// Pledges that others need beside them, and those others.
  [[nodiscard]] std::set<PledgeIndex> bundled() const {
    std::set<PledgeIndex> pledges;
    for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
      for (auto const& needed : instance_.pledges[PledgeIndex{p}].needs) {
        pledges.insert(PledgeIndex{p});
        if (needed) {
          pledges.insert(*needed);
        }
      }
    }
    return pledges;
  }

  void check_bundles() {
    auto const asked = bundled();
    std::map<std::pair<std::string, int>, std::map<PledgeIndex, int>> by_area;
    present_.each([&](LineIndex line, int month, std::vector<Presence> const& units) {
      std::string const& area = scenario_.requirements[instance_.lines[line].row].area.text();
      for (Presence const& presence : units) {
        if (asked.contains(presence.pledge)) {
          by_area[{area, month}][presence.pledge] += presence.units;
        }
      }
    });
    for (auto const& [where, units] : by_area) {
      for (auto const& [pledge, count] : units) {
        for (auto const& needed : instance_.pledges[pledge].needs) {
          int const beside = needed && units.contains(*needed) ? units.at(*needed) : 0;
          if (count > 0 && count > instance_.pledges[pledge].quantity * beside) {
            broken(fmt::format("Q: {} is without what it requires in month {}", name(pledge),
                               where.second));
          }
        }
      }
    }
  }

  model::Scenario const& scenario_;
  Instance const& instance_;
  std::vector<Start> const& starts_;
  Certificate certificate_;
  ByMonth<LineIndex, std::vector<Presence>> present_;
  ByMonth<PledgeIndex, int> busy_;
};

}  // namespace

Certificate certify(model::Scenario const& scenario, Instance const& instance,
                    std::vector<Start> const& starts) {
  return Auditor{scenario, instance, starts}.run();
}

}  // namespace guarantor::generate
