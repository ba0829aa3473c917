#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/posture/siting_model.h"
#include "guarantor/solver/linear_program.h"
#include "guarantor/solver/mip.h"

namespace guarantor::posture {

/// The model of siting.h as a mixed-integer program, row by row; rows bear the letters of the
/// model. A column for each site that is free; what exists is a number, what is closed is left out.
class SitingProgram {
 public:
  /// The objective is minus the costs of sites that are opened; none given: they cost nothing.
  explicit SitingProgram(SitingModel const& model, std::vector<double> const& cost = {});

  /// (S) and (R).
  void require(StandardRow const& row);
  /// (P).
  void limit_count();
  /// A column that is whole: one demand met, worth so much, where it keeps its rows.
  solver::Column reward(std::size_t demand, double worth, std::vector<StandardRow> const& rows);
  /// A column worth minus itself: weighted hours, at most so many.
  solver::Column pay_for_hours(double upper);

  /// Shares y_ij of the demands among open sites.
  struct Sharing {
    std::vector<std::size_t> lost{};        ///< sites that share nothing
    std::optional<solver::Column> hours{};  ///< no less than the weighted hours of all shares
    bool within_capacity{};                 ///< (C), and then within the standards
    double within{};                        ///< and within so many hours
    std::vector<std::optional<solver::Column>>
        met{};  ///< by demand: only where it is met; empty: all
  };
  void share_out(Sharing const& sharing);

  /// The best sites, ascending. `known` is the objective of sites that the caller has, `bound` one
  /// on all, both in the terms of the program, which is a maximisation; only better sites are
  /// sought. Empty: there are none.
  struct Found {
    std::vector<std::size_t> open;
    std::vector<double> values;  ///< by column
    double bound{};
    bool proven{};
    long work{};
  };
  [[nodiscard]] model::Result<Found> solve(double known, double bound, SitingRequest const& request,
                                           model::RunControl const& control) const;

 private:
  void add_site(solver::LinearRow row, std::size_t site, double coefficient);
  [[nodiscard]] double standing(std::vector<std::uint32_t> const& sites) const;
  void share_out_one(Sharing const& sharing, std::size_t demand,
                     std::vector<std::optional<solver::LinearRow>>& room,
                     std::optional<solver::LinearRow> hours);

  SitingModel const& model_;
  solver::LinearProgram program_;
  std::vector<std::optional<solver::Column>> site_;  ///< by site
  int sharings_{0};
};

}  // namespace guarantor::posture
