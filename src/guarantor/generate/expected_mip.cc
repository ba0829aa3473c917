#include "guarantor/generate/expected_mip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace guarantor::generate {
namespace {

using solver::Column;
using solver::LinearProgram;
using solver::LinearRow;

/// The columns x of one option that are present in a month.
using PresentColumns = std::map<std::pair<OptionIndex, int>, std::vector<Column>>;

PresentColumns present_columns(Instance const& instance, std::vector<Start> const& starts,
                               std::vector<Column> const& columns) {
  PresentColumns present;
  for (std::size_t place = 0; place < starts.size(); ++place) {
    Start const& start = starts[place];
    int const end = instance.tour_end(instance.options[start.option], start.month);
    for (int t = start.month; t < end; ++t) {
      present[{start.option, t}].push_back(columns[place]);
    }
  }
  return present;
}

/// Row R with its column d, but for the designation's side.
LinearRow add_reassignment(LinearProgram& program, std::string const& where, double limit,
                           double cost, double most, std::vector<Column> const& present) {
  Column const beyond = program.add_column({"d_" + where, -cost, most, false});
  LinearRow const row = program.add_row({"R_" + where, limit});
  for (Column const x : present) {
    program.add(row, x, 1);
  }
  program.add(row, beyond, -1);
  return row;
}

std::string place_name(model::Scenario const& scenario, Instance const& instance, OptionIndex index,
                       int month) {
  Option const& option = instance.options[index];
  return fmt::format("{}_{}_{}", scenario.pledges[instance.pledges[option.pledge].row].id.text(),
                     scenario.requirements[instance.lines[option.line].row].id.text(), month);
}

/// Adds a copy of a program, its objective scaled; returns where its columns begin.
std::size_t append(LinearProgram& program, LinearProgram const& copy, std::string const& prefix,
                   double scale) {
  std::size_t const first_column = program.columns().size();
  std::size_t const first_row = program.rows().size();
  for (auto column : copy.columns()) {
    column.name = prefix + column.name;
    column.objective = scale > 0 ? column.objective * scale : 0;
    program.add_column(std::move(column));
  }
  for (auto row : copy.rows()) {
    row.name = prefix + row.name;
    program.add_row(std::move(row));
  }
  for (auto const& entry : copy.merged_entries()) {
    program.add(LinearRow{first_row + entry.row}, Column{first_column + entry.column},
                entry.coefficient);
  }
  return first_column;
}

std::vector<Column> moved(std::vector<Column> columns, std::size_t by) {
  for (Column& column : columns) {
    column.place += by;
  }
  return columns;
}

class ExtensiveBuilder {
 public:
  ExtensiveBuilder(model::Scenario const& scenario, double reassign_cost)
      : scenario_{scenario}, reassign_cost_{reassign_cost} {}

  ExtensiveForm run(std::vector<Component> const& nominal, std::vector<WeightedPart> const& parts) {
    for (Component const& component : nominal) {
      add_designation(component.instance);
    }
    for (std::size_t k = 0; k < parts.size(); ++k) {
      add_part(parts[k], fmt::format("w{}_", k));
    }
    return std::move(form_);
  }

 private:
  using Place = std::tuple<std::size_t, std::size_t, int>;  ///< rows of pledge and line, month

  static Place place_of(Instance const& instance, OptionIndex index, int month) {
    Option const& option = instance.options[index];
    return {instance.pledges[option.pledge].row, instance.lines[option.line].row, month};
  }

  void add_designation(Instance const& instance) {
    MipModel const mip = build_mip(scenario_, instance, Formulation::kTight);
    std::size_t const offset = append(form_.program, mip.program, "now_", 0);
    form_.nominal.push_back(&instance);
    form_.starts.push_back(mip.starts);
    form_.columns.push_back(moved(mip.start_columns, offset));
    for (auto const& [where, columns] :
         present_columns(instance, mip.starts, form_.columns.back())) {
      designated_[place_of(instance, where.first, where.second)] = columns;
    }
  }

  void add_part(WeightedPart const& part, std::string const& prefix) {
    Instance const& instance = *part.instance;
    MipModel const mip = build_mip(scenario_, instance, Formulation::kTight);
    std::size_t const offset = append(form_.program, mip.program, prefix, part.weight);
    for (auto const& [where, columns] :
         present_columns(instance, mip.starts, moved(mip.start_columns, offset))) {
      auto const [option, month] = where;
      LinearRow const row =
          add_reassignment(form_.program, prefix + place_name(scenario_, instance, option, month),
                           0, reassign_cost_ * part.weight,
                           instance.pledges[instance.options[option].pledge].quantity, columns);
      if (auto const found = designated_.find(place_of(instance, option, month));
          found != designated_.end()) {
        for (Column const x : found->second) {
          form_.program.add(row, x, -1);
        }
      }
    }
  }

  model::Scenario const& scenario_;
  double reassign_cost_;
  ExtensiveForm form_;
  std::map<Place, std::vector<Column>> designated_;
};

}  // namespace

MipModel build_recourse_mip(model::Scenario const& scenario, Instance const& instance,
                            PresenceTable const& designated, double reassign_cost) {
  MipModel mip = build_mip(scenario, instance, Formulation::kTight);
  for (auto const& [where, columns] : present_columns(instance, mip.starts, mip.start_columns)) {
    auto const [option, month] = where;
    int const free = designated.at(option, month);
    int const quantity = instance.pledges[instance.options[option].pledge].quantity;
    if (free < quantity) {
      add_reassignment(mip.program, place_name(scenario, instance, option, month), free,
                       reassign_cost, quantity - free, columns);
    }
  }
  return mip;
}

ExtensiveForm build_extensive_form(model::Scenario const& scenario,
                                   std::vector<Component> const& nominal,
                                   std::vector<WeightedPart> const& parts, double reassign_cost) {
  return ExtensiveBuilder{scenario, reassign_cost}.run(nominal, parts);
}

Designation ExtensiveForm::designation_in(std::vector<double> const& values) const {
  Designation designation;
  for (std::size_t part = 0; part < nominal.size(); ++part) {
    std::vector<Start> chosen;
    for (std::size_t place = 0; place < starts[part].size(); ++place) {
      Start start = starts[part][place];
      start.units = static_cast<int>(std::lround(values.at(columns[part][place].place)));
      if (start.units > 0) {
        chosen.push_back(start);
      }
    }
    auto const postings = designation_of(*nominal[part], chosen);
    designation.insert(designation.end(), postings.begin(), postings.end());
  }
  std::sort(designation.begin(), designation.end());
  return designation;
}

std::size_t count_starts(Instance const& instance) {
  std::size_t count = 0;
  for (Option const& option : instance.options) {
    count += static_cast<std::size_t>(option.last - option.first);
  }
  return count;
}

}  // namespace guarantor::generate
