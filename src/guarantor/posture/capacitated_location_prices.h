#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "guarantor/posture/capacitated_location.h"
#include "guarantor/posture/site_prices.h"
#include "guarantor/posture/transportation.h"

namespace guarantor::posture {

/// Bounds a capacitated location problem by pricing its demands. A site then asks for itself which
/// shares to serve (a continuous knapsack, x_ij <= y_j kept), and the sites together must have room
/// for all demands (a knapsack over sites, bounded by its relaxation and by the least number of
/// sites whose rooms suffice).
///     L(u) = Σ_i u_i + min { Σ_j v_j y_j : Σ_j capacity_j y_j >= Σ_i amount_i },  u >= 0
///     v_j = open_cost_j + min { Σ_i (cost_ij - u_i) x_ij : Σ_i amount_i x_ij <= capacity_j }
class CapacitatedLocationPrices : public SitePrices {
 public:
  explicit CapacitatedLocationPrices(CapacitatedLocationProblem const& problem);

  [[nodiscard]] std::vector<double> first_prices() const;
  /// The sites the best prices favour, served by transportation; none where that was asked before.
  [[nodiscard]] std::optional<Placing> round() override;

  /// What exactly these sites cost; nothing where they cannot serve all. Sites without use that are
  /// free to close are left out.
  [[nodiscard]] std::optional<Placing> serve(std::vector<std::uint32_t> const& open);
  /// The shares of the last solution of `serve`, all of its sites counted.
  [[nodiscard]] std::vector<ServedShare> shares(std::vector<std::size_t> const& open);

 protected:
  Part lay_out(std::vector<SiteState>& marks) override;
  double evaluate() override;
  void judge_sites(double value) override;

 private:
  struct Offer {
    double cost{};
    std::uint32_t place{};  ///< of the site among those in play
  };
  struct Item {
    double gain{};  ///< price less cost
    double amount{};
    std::uint32_t demand{};
  };
  /// A site in play: marked open or free.
  struct Site {
    std::uint32_t number{};
    bool stands{};
    std::vector<Item> items;
    double last_share{1};  ///< of its last item taken
    double value{};        ///< v_j
  };
  /// Of the knapsack over free sites.
  struct Choice {
    double value{};
    bool by_number{};  ///< bounded by the number of sites rather than by their room
  };

  bool mark_what_is_needed(std::vector<SiteState>& marks);
  void lay_out_offers(std::vector<SiteState> const& marks);
  Part settle(std::vector<SiteState> const& marks);
  void gather();
  void fill(Site& site) const;
  Choice choose();
  double fill_room(double room, std::vector<double>* taken);
  double take_number(std::size_t number, std::vector<double>* taken);
  void add_slope(Site const& site, double times);

  CapacitatedLocationProblem const& problem_;
  Transportation transportation_;
  double total_{};                                                        ///< amount
  std::vector<std::vector<CapacitatedLocationProblem::Service>> sorted_;  ///< by demand: by cost
  std::vector<char> standing_;  ///< by site: existing beforehand
  std::set<std::vector<std::uint32_t>> asked_;
  std::vector<double> matrix_;            ///< costs of the transportation last asked
  std::vector<std::size_t> offer_begin_;  ///< by demand
  std::vector<Offer> offers_;             ///< in play, by cost
  std::vector<Site> in_play_;
  std::vector<std::uint32_t> place_of_free_;  ///< by free site: in `in_play_`
  std::vector<std::uint32_t> by_ratio_;       ///< free sites (local) by value per room
  std::vector<std::uint32_t> by_value_;       ///< free sites (local) by value
  std::vector<double> taken_;                 ///< by free site
  double room_needed_{};                      ///< beyond the sites that stand
  std::size_t number_needed_{};               ///< of free sites
  std::vector<double> used_;                  ///< by free site: share opened by the best prices
  Choice last_choice_;
};

}  // namespace guarantor::posture
