#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "guarantor/model/run_control.h"
#include "guarantor/posture/site_choice.h"

namespace guarantor::posture {

/// Sites that keep every rule, and what they cost.
struct Placing {
  double cost{};
  std::vector<std::size_t> open;  ///< ascending
};

/// A lower bound on the cost of every choice of sites, by Lagrangian relaxation: the rows that tie
/// demands to sites are priced, and what is left falls apart into one small question a site. Any
/// prices give a bound; `ascend` looks for high ones by deflected subgradient steps (Camerini,
/// Fratta and Maffioli, "On improving relaxation methods by modified gradient techniques",
/// Mathematical Programming Study 3, 1975). A kind of siting problem says what its rows are and how
/// they are priced; steps, memory and what the bound says of single sites are the same for all.
class SitePrices {
 public:
  SitePrices(std::size_t sites, std::size_t rows) : sites_{sites}, rows_{rows} {}
  SitePrices(SitePrices const&) = delete;
  SitePrices& operator=(SitePrices const&) = delete;
  virtual ~SitePrices() = default;

  [[nodiscard]] std::size_t sites() const { return sites_; }

  enum class Part {
    kEmpty,    ///< no choice keeps these marks
    kSettled,  ///< one choice is at least as good as any other: `settled()`
    kOpen,     ///< to be searched
  };
  /// From now on only choices within the marks count, and the bound begins anew from these prices
  /// (by row). Marks more sites where all choices, or one of the best, agree on them.
  Part enter(std::vector<SiteState>& marks, std::vector<double> const& prices);
  /// REQUIRES: the last `enter` was kSettled.
  [[nodiscard]] Placing const& settled() const { return settled_; }

  /// How steps are taken: `length` is a share of the way to the target that the slope promises.
  struct Stride {
    int steps{};
    double length{1};
    int patience{5};  ///< steps without a better bound before `length` is shortened
    double shorter{0.6};
    double least{0.02};  ///< ends when `length` falls below
  };
  /// Raises the bound by steps from the best prices so far; fewer if it reaches `enough`.
  virtual void ascend(Stride const& stride, double enough, model::RunControl const& control);
  /// The bound in this part if the free site were marked so, after a few steps; what is known
  /// otherwise stays. REQUIRES: the site is free.
  [[nodiscard]] virtual double probe(std::size_t site, SiteState mark, Stride const& stride,
                                     double enough, model::RunControl const& control);

  [[nodiscard]] double bound() const { return bound_; }
  /// The bound were this free site open, were it closed.
  [[nodiscard]] double if_open(std::size_t local) const { return if_open_[local]; }
  [[nodiscard]] double if_closed(std::size_t local) const { return if_closed_[local]; }
  /// How often of late the relaxation opened it, in [0, 1].
  [[nodiscard]] double share(std::size_t local) const { return share_[local]; }
  /// The sites free in this part; the functions above go by places in this list.
  [[nodiscard]] std::vector<std::uint32_t> const& free_sites() const { return free_sites_; }
  /// The best prices, by row; rows without meaning in this part keep what they were given.
  [[nodiscard]] std::vector<double> const& prices();

  /// A choice near what the prices favour, if there is one.
  [[nodiscard]] virtual std::optional<Placing> round() = 0;

  /// Evaluations of the bound so far.
  [[nodiscard]] long evaluations() const { return evaluations_; }

 protected:
  /// Finds the free sites and live rows of a part; sets `free_sites_`, `live_rows_`, `most_` and,
  /// if settled, `settled_`.
  virtual Part lay_out(std::vector<SiteState>& marks) = 0;
  /// The bound at `now_`. Sets `slope_` by live row and `chosen_` by free site, of which `probed_`
  /// (if any) must be taken as `probed_mark_`.
  virtual double evaluate() = 0;
  /// Sets `when_open_` and `when_closed_` by free site, given the bound last evaluated: what it
  /// would be were the site so.
  virtual void judge_sites(double value) = 0;

  /// The bound at `now_`, which is kept with these prices where it is the best so far.
  double offer();

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::vector<std::uint32_t> free_sites_;
  std::vector<std::uint32_t> live_rows_;
  std::vector<double> most_;  ///< by live row: the highest price that can be of use
  std::vector<double> now_;   ///< prices, by live row
  std::vector<double> best_;  ///< the prices of `bound_`
  std::vector<double> slope_;
  std::vector<char> chosen_;
  std::vector<double> share_;            ///< by free site: how much of it the relaxation opens
  std::vector<std::uint32_t> local_of_;  ///< by site: its place among the free ones
  long evaluations_{0};
  std::vector<double> when_open_;
  std::vector<double> when_closed_;
  std::size_t probed_{kNone};
  SiteState probed_mark_{SiteState::kFree};
  Placing settled_;

 private:
  double climb(Stride const& stride, double start, double enough, model::RunControl const& control);
  bool step(double length, double value, double target);
  void remember_sites(double value);

  std::size_t sites_;
  std::size_t rows_;
  std::vector<double> all_prices_;  ///< by row
  std::vector<double> direction_;
  std::vector<double> if_open_;
  std::vector<double> if_closed_;
  std::vector<double> kept_;  ///< the best prices while a probe tries others
  double bound_{};
};

}  // namespace guarantor::posture
