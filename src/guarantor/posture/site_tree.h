#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/run_control.h"
#include "guarantor/posture/site_prices.h"

namespace guarantor::posture {

/// Branch and bound over sites, open or closed, with the bounds of a `SitePrices`. It goes deep
/// first, so memory stays small; it branches on the site whose marks raised the bound most, learnt
/// from short tries (reliability branching: Achterberg, Koch and Martin, "Branching rules
/// revisited", Operations Research Letters 33, 2005), and marks at each part the sites that no
/// better choice can have otherwise. Deterministic as long as no time limit cuts it short.
class SiteTree {
 public:
  struct Rules {
    double grain{0};    ///< every choice costs a multiple of it; 0: any cost may be
    double gap{0};      ///< see SitingRequest::gap, as a share of |cost - zero|
    double zero{0};     ///< the cost at which the objective is nothing
    long most_work{0};  ///< evaluations; 0: as many as it takes
    double enough{-std::numeric_limits<double>::infinity()};  ///< a choice at that cost will do
    std::string stage;                                        ///< for progress
    SitePrices::Stride stride{.steps = 60, .patience = 20, .shorter = 0.7};
    ///< at every part
    SitePrices::Stride probe{.steps = 25, .patience = 20, .shorter = 0.7};  ///< at a try
  };

  SiteTree(SitePrices& prices, Rules rules, model::RunControl const& control)
      : prices_{prices}, rules_{std::move(rules)}, control_{control} {}

  struct Answer {
    std::optional<Placing> best;  ///< none: nothing better than the choice known before
    double bound{};               ///< on every choice within the first marks
    bool proven{};
  };
  /// The best choice within the marks that costs less than `known`, from prices by row. `bound` is
  /// what is known of all of them.
  [[nodiscard]] Answer search(std::vector<SiteState> marks, std::vector<double> prices,
                              double bound, double known);
  /// What a choice must cost less than to be worth finding, where one of cost `known` is there.
  [[nodiscard]] static double cutoff(Rules const& rules, double known);

 private:
  struct Part {
    std::vector<SiteState> marks;
    std::vector<double> prices;
    double bound{};
  };
  struct Experience {
    double gain{};
    int times{};
  };
  struct Try {
    std::size_t site{};
    double open{};       ///< the bound were it open
    double closed{};     ///< were it closed
    double gain_open{};  ///< what the bound is expected to gain were it open
    double gain_closed{};
    double score{};
  };

  void explore(Part part);
  bool tighten(Part& part);
  bool mark_by_margins(Part& part);
  void take(std::optional<Placing> found);
  [[nodiscard]] std::optional<Try> choose(Part& part, bool& marked);
  [[nodiscard]] std::vector<Try> candidates() const;
  bool try_out(Try& one, Part& part);
  [[nodiscard]] double expected(std::vector<Experience> const& of, std::size_t site) const;
  void learn(Experience& of, double gain);
  [[nodiscard]] bool must_stop() const;
  void report(double bound) const;
  [[nodiscard]] double open_bound() const;

  SitePrices& prices_;
  Rules rules_;
  model::RunControl const& control_;
  std::vector<Part> parts_;
  std::vector<Experience> opening_;
  std::vector<Experience> closing_;
  std::optional<Placing> best_;
  double known_{};
  double cutoff_{};
  long parts_seen_{0};
};

}  // namespace guarantor::posture
