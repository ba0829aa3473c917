#include "guarantor/generate/mip_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace guarantor::generate {
namespace {

using solver::Column;
using solver::LinearRow;

/// The letters of columns and rows are those of the model in SCENARIO.md.
class MipBuilder {
 public:
  MipBuilder(model::Scenario const& scenario, Instance const& instance, Formulation formulation)
      : scenario_{scenario}, instance_{instance}, formulation_{formulation} {}

  MipModel run() {
    for (std::size_t r = 0; r < instance_.lines.size(); ++r) {
      add_cover(LineIndex{r});
    }
    for (std::size_t place = 0; place < instance_.options.size(); ++place) {
      add_starts(OptionIndex{place});
    }
    for (std::size_t r = 0; r < instance_.lines.size(); ++r) {
      add_nations(LineIndex{r});
    }
    add_ceilings();
    add_bundles();
    return std::move(model_);
  }

 private:
  using LineMonth = std::pair<LineIndex, int>;

  [[nodiscard]] std::string const& name(LineIndex r) const {
    return scenario_.requirements[instance_.lines[r].row].id.text();
  }
  [[nodiscard]] std::string const& name(PledgeIndex p) const {
    return scenario_.pledges[instance_.pledges[p].row].id.text();
  }
  [[nodiscard]] std::string const& area(LineIndex r) const {
    return scenario_.requirements[instance_.lines[r].row].area.text();
  }

  /// y and b; rows C, B and L.
  void add_cover(LineIndex r) {
    PlannedLine const& line = instance_.lines[r];
    for (int t = line.from; t < line.to; ++t) {
      Column const y = program().add_column(
          {fmt::format("y_{}_{}", name(r), t), line.worth, line.quantity, false});
      LinearRow const cover = program().add_row({fmt::format("C_{}_{}", name(r), t), 0});
      program().add(cover, y, 1);
      cover_row_[{r, t}] = cover;
      if (line.min_cover <= 0) {
        continue;
      }
      Column const b = program().add_column({fmt::format("b_{}_{}", name(r), t), 0, 1, true});
      LinearRow const counted = program().add_row({fmt::format("B_{}_{}", name(r), t), 0});
      program().add(counted, y, 1);
      program().add(counted, b, -line.quantity);
      LinearRow const least = program().add_row({fmt::format("L_{}_{}", name(r), t), 0});
      program().add(least, b, line.min_cover);
      least_row_[{r, t}] = least;
    }
  }

  /// x; its entries in C, L and U, and what is present for the rows that come later.
  void add_starts(OptionIndex index) {
    Option const& option = instance_.options[index];
    for (int s = option.first; s < option.last; ++s) {
      int const end = instance_.tour_end(option, s);
      Column const x = program().add_column(
          {fmt::format("x_{}_{}_{}", name(option.pledge), name(option.line), s),
           option.cost == 0 ? 0 : -option.cost * (end - s), static_cast<double>(option.most),
           true});
      model_.starts.push_back({index, s, 0});
      model_.start_columns.push_back(x);
      for (int t = s; t < end; ++t) {
        program().add(cover_row_.at({option.line, t}), x, -option.effectiveness);
        if (auto const least = least_row_.find({option.line, t}); least != least_row_.end()) {
          program().add(least->second, x, -option.effectiveness);
        }
        present_[{option.line, t}].push_back({index, x});
      }
      for (int t = s; t < instance_.rest_end(option, end); ++t) {
        program().add(unit_row(option.pledge, t), x, 1);
      }
    }
  }

  LinearRow unit_row(PledgeIndex p, int t) {
    auto const [place, fresh] = unit_row_.try_emplace({p, t});
    if (fresh) {
      place->second = program().add_row(
          {fmt::format("U_{}_{}", name(p), t), static_cast<double>(instance_.pledges[p].quantity)});
    }
    return place->second;
  }

  /// z; rows N, M, F and P (and D) of one line.
  void add_nations(LineIndex r) {
    PlannedLine const& line = instance_.lines[r];
    for (int t = line.from; t < line.to; ++t) {
      auto const found = present_.find({r, t});
      if (found == present_.end()) {
        continue;
      }
      std::map<NationIndex, std::vector<Present>> by_nation;
      for (Present const& present : found->second) {
        Option const& option = instance_.options[present.option];
        by_nation[instance_.pledges[option.pledge].nation].push_back(present);
      }
      std::map<NationIndex, Column> presence;
      for (auto const& [nation, units] : by_nation) {
        presence[nation] = add_presence(r, t, nation, units);
      }
      if (line.max_nations) {
        LinearRow const most = program().add_row(
            {fmt::format("M_{}_{}", name(r), t), static_cast<double>(*line.max_nations)});
        for (auto const& [nation, z] : presence) {
          program().add(most, z, 1);
        }
      }
      if (line.led) {
        add_framework(r, t, presence, by_nation);
      }
    }
  }

  struct Present {
    OptionIndex option;
    Column start;
  };

  Column add_presence(LineIndex r, int t, NationIndex nation, std::vector<Present> const& units) {
    std::string const where = fmt::format("{}_{}_{}", instance_.nations[nation].text(), name(r), t);
    Column const z =
        program().add_column({"z_" + where, -instance_.lines[r].nation_penalty, 1, true});
    LinearRow const row = program().add_row({"N_" + where, 0});
    std::map<PledgeIndex, std::vector<Column>> by_pledge;
    for (Present const& present : units) {
      program().add(row, present.start, 1);
      by_pledge[instance_.options[present.option].pledge].push_back(present.start);
    }
    int const limit = instance_.lines[r].nation_limit;
    int most = limit;
    if (formulation_ == Formulation::kTight) {
      long available = 0;
      for (auto const& [pledge, starts] : by_pledge) {
        available += instance_.pledges[pledge].quantity;
      }
      most = static_cast<int>(std::min<long>(limit, available));
      if (by_pledge.size() > 1) {
        add_pledge_presence(r, t, z, by_pledge);
      }
    }
    program().add(row, z, -static_cast<double>(most));
    return z;
  }

  void add_pledge_presence(LineIndex r, int t, Column z,
                           std::map<PledgeIndex, std::vector<Column>> const& by_pledge) {
    for (auto const& [pledge, starts] : by_pledge) {
      LinearRow const row =
          program().add_row({fmt::format("D_{}_{}_{}", name(pledge), name(r), t), 0});
      for (Column const x : starts) {
        program().add(row, x, 1);
      }
      program().add(row, z,
                    -static_cast<double>(std::min(instance_.pledges[pledge].quantity,
                                                  instance_.lines[r].nation_limit)));
    }
  }

  void add_framework(LineIndex r, int t, std::map<NationIndex, Column> const& presence,
                     std::map<NationIndex, std::vector<Present>> const& by_nation) {
    auto const framework = instance_.lines[r].framework;
    auto const leads = framework ? presence.find(*framework) : presence.end();
    for (auto const& [nation, z] : presence) {
      if (framework && nation == *framework) {
        continue;
      }
      LinearRow const follows = program().add_row(
          {fmt::format("F_{}_{}_{}", instance_.nations[nation].text(), name(r), t), 0});
      program().add(follows, z, 1);
      if (leads != presence.end()) {
        program().add(follows, leads->second, -1);
      }
    }
    if (leads != presence.end()) {
      LinearRow const really = program().add_row({fmt::format("P_{}_{}", name(r), t), 0});
      program().add(really, leads->second, 1);
      for (Present const& present : by_nation.at(*framework)) {
        program().add(really, present.start, -1);
      }
    }
  }

  /// Rows K.
  void add_ceilings() {
    for (PlannedCeiling const& ceiling : instance_.ceilings) {
      std::vector<char> in_scope(instance_.options.size(), 0);
      for (OptionIndex const index : ceiling.options) {
        in_scope[index.place] = 1;
      }
      std::map<int, LinearRow> row_of;
      for (std::size_t place = 0; place < model_.starts.size(); ++place) {
        Start const& start = model_.starts[place];
        if (in_scope[start.option.place] == 0) {
          continue;
        }
        Option const& option = instance_.options[start.option];
        int const end = std::min(instance_.tour_end(option, start.month), ceiling.to);
        for (int t = std::max(start.month, ceiling.from); t < end; ++t) {
          auto const [row, fresh] = row_of.try_emplace(t);
          if (fresh) {
            row->second = program().add_row(
                {fmt::format("K_{}_{}", scenario_.ceilings[ceiling.row].id.text(), t),
                 static_cast<double>(ceiling.personnel)});
          }
          program().add(row->second, model_.start_columns[place],
                        static_cast<double>(instance_.pledges[option.pledge].personnel));
        }
      }
    }
  }

  /// Rows Q, a row for each needed pledge, area and month in which the needing one can be present.
  void add_bundles() {
    std::map<std::tuple<PledgeIndex, std::string, int>, std::vector<Column>> present_in;
    for (auto const& [where, units] : present_) {
      for (Present const& present : units) {
        present_in[{instance_.options[present.option].pledge, area(where.first), where.second}]
            .push_back(present.start);
      }
    }
    for (auto const& [key, starts] : present_in) {
      auto const& [p, where, t] = key;
      PlannedPledge const& pledge = instance_.pledges[p];
      auto const& named = scenario_.pledges[pledge.row].requires_pledges;
      for (std::size_t i = 0; i < pledge.needs.size(); ++i) {
        LinearRow const row = program().add_row(
            {fmt::format("Q_{}_{}_{}_{}", name(p), named[i].text(), where, t), 0});
        for (Column const x : starts) {
          program().add(row, x, 1);
        }
        if (!pledge.needs[i]) {
          continue;
        }
        if (auto const beside = present_in.find({*pledge.needs[i], where, t});
            beside != present_in.end()) {
          for (Column const x : beside->second) {
            program().add(row, x, -static_cast<double>(pledge.quantity));
          }
        }
      }
    }
  }

  solver::LinearProgram& program() { return model_.program; }

  model::Scenario const& scenario_;
  Instance const& instance_;
  Formulation formulation_;
  MipModel model_;
  std::map<LineMonth, LinearRow> cover_row_;
  std::map<LineMonth, LinearRow> least_row_;
  std::map<std::pair<PledgeIndex, int>, LinearRow> unit_row_;
  std::map<LineMonth, std::vector<Present>> present_;
};

}  // namespace

MipModel build_mip(model::Scenario const& scenario, Instance const& instance,
                   Formulation formulation) {
  return MipBuilder{scenario, instance, formulation}.run();
}

std::vector<Start> MipModel::starts_of(std::vector<double> const& values) const {
  std::vector<Start> chosen;
  for (std::size_t place = 0; place < starts.size(); ++place) {
    auto const units = static_cast<int>(std::lround(values.at(start_columns[place].place)));
    if (units > 0) {
      chosen.push_back({starts[place].option, starts[place].month, units});
    }
  }
  return chosen;
}

}  // namespace guarantor::generate
