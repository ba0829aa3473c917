#include "small_siting.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

std::size_t below(model::RandomStream& stream, std::size_t end) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(end));
}

bool holds(std::vector<std::size_t> const& list, std::size_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Calls `visit` with every set of sites that the choice allows.
void each_set(SmallSiting const& siting,
              std::function<void(std::vector<std::size_t> const&)> const& visit) {
  for (unsigned bits = 0; bits < (1U << siting.sites); ++bits) {
    std::vector<std::size_t> open;
    for (std::size_t j = 0; j < siting.sites; ++j) {
      if ((bits >> j & 1U) != 0) {
        open.push_back(j);
      }
    }
    bool right = open.size() == siting.choice.count;
    for (std::size_t const j : siting.choice.existing) {
      right = right && holds(open, j);
    }
    for (std::size_t const j : siting.choice.forbidden) {
      right = right && !holds(open, j);
    }
    if (right) {
      visit(open);
    }
  }
}

/// The least cost of giving the demands from one on to open sites with room.
double least_assignment(SmallSiting const& siting, std::vector<std::size_t> const& open,
                        std::vector<double>& left, std::size_t demand) {
  if (demand == siting.demands) {
    return 0;
  }
  double least = kAny;
  for (std::size_t const j : open) {
    if (siting.quantities[demand] <= left[j] + 1e-9 &&
        std::isfinite(siting.table[demand * siting.sites + j])) {
      left[j] -= siting.quantities[demand];
      least = std::min(least,
                       siting.cost(demand, j) + least_assignment(siting, open, left, demand + 1));
      left[j] += siting.quantities[demand];
    }
  }
  return least;
}

std::optional<double> least_of(SmallSiting const& siting,
                               std::function<double(double, double)> const& together) {
  double least = kAny;
  each_set(siting, [&](std::vector<std::size_t> const& open) {
    double total = 0;
    for (std::size_t i = 0; i < siting.demands; ++i) {
      double nearest = kAny;
      for (std::size_t const j : open) {
        if (std::isfinite(siting.table[i * siting.sites + j])) {
          nearest = std::min(nearest, siting.cost(i, j));
        }
      }
      total = together(total, nearest);
    }
    least = std::min(least, total);
  });
  return std::isfinite(least) ? std::optional{least} : std::nullopt;
}

/// Collects the ways to complete an assignment below a limit.
void complete_below(SmallSiting const& siting, double limit, OpenAssignment& made,
                    std::vector<double>& left, std::vector<OpenAssignment>& found) {
  std::size_t const demand = made.site.size();
  if (demand == siting.demands) {
    found.push_back(made);
    return;
  }
  for (std::size_t const j : made.open) {
    double const rest = limit - siting.cost(demand, j);
    if (std::isfinite(siting.table[demand * siting.sites + j]) && rest > 0 &&
        siting.quantities[demand] <= left[j]) {
      left[j] -= siting.quantities[demand];
      made.site.push_back(j);
      complete_below(siting, rest, made, left, found);
      made.site.pop_back();
      left[j] += siting.quantities[demand];
    }
  }
}

}  // namespace

std::vector<std::vector<std::size_t>> median_sets_below(SmallSiting const& siting, double limit) {
  std::vector<std::vector<std::size_t>> found;
  each_set(siting, [&](std::vector<std::size_t> const& open) {
    double total = 0;
    for (std::size_t i = 0; i < siting.demands; ++i) {
      double nearest = kAny;
      for (std::size_t const j : open) {
        if (std::isfinite(siting.table[i * siting.sites + j])) {
          nearest = std::min(nearest, siting.cost(i, j));
        }
      }
      total += nearest;
    }
    if (total < limit) {
      found.push_back(open);
    }
  });
  return found;
}

std::vector<OpenAssignment> assignments_below(SmallSiting const& siting, double limit) {
  std::vector<OpenAssignment> found;
  each_set(siting, [&](std::vector<std::size_t> const& open) {
    std::vector<double> left = siting.capacities;
    OpenAssignment made{.open = open, .site = {}};
    complete_below(siting, limit, made, left, found);
  });
  return found;
}

double SmallSiting::cost(std::size_t demand, std::size_t site) const {
  return (weights.empty() ? 1 : weights[demand]) * table[demand * sites + site];
}

SiteCosts SmallSiting::costs() const {
  return SiteCosts::from_table(demands, sites, table).value();
}

SmallSiting draw_siting(model::RandomStream& stream, SmallShape const& shape) {
  SmallSiting made{.demands = 1 + below(stream, shape.most_demands),
                   .sites = 1 + below(stream, shape.most_sites)};
  // Few different costs make ties, many make gaps between bound and best.
  double const scale = stream.uniform() < 0.3 ? 4 : 60;
  auto const amount = [&](double most) {
    double const drawn = stream.uniform() * most;
    return shape.whole ? std::floor(drawn) : drawn;
  };
  for (std::size_t k = 0; k < made.demands * made.sites; ++k) {
    bool const gap = shape.gaps && stream.uniform() < 0.4;
    made.table.push_back(gap ? kAny : amount(scale));
  }
  if (stream.uniform() < 0.5) {
    for (std::size_t i = 0; i < made.demands; ++i) {
      made.weights.push_back(amount(4));  // some are zero
    }
  }
  made.choice.count = below(stream, std::min<std::size_t>(made.sites, 6) + 1);
  double total = 0;
  for (std::size_t i = 0; i < made.demands; ++i) {
    made.quantities.push_back(amount(12));
    total += made.quantities.back();
  }
  double const mean = total / static_cast<double>(std::max<std::size_t>(1, made.choice.count));
  for (std::size_t j = 0; j < made.sites; ++j) {
    double const most = 2 * mean / std::max(0.1, shape.tightness);
    made.capacities.push_back(shape.whole ? std::ceil(stream.uniform() * most)
                                          : stream.uniform() * most);
  }
  for (std::size_t j = 0; j < made.sites && shape.settled; ++j) {
    double const draw = stream.uniform();
    if (draw < 0.12) {
      made.choice.existing.push_back(j);
    } else if (draw < 0.3) {
      made.choice.forbidden.push_back(j);
    }
  }
  return made;
}

std::optional<double> least_median(SmallSiting const& siting) {
  return least_of(siting, [](double total, double one) { return total + one; });
}

std::optional<double> least_center(SmallSiting const& siting) {
  return least_of(siting, [](double total, double one) { return std::max(total, one); });
}

std::optional<double> least_capacitated(SmallSiting const& siting) {
  double least = kAny;
  each_set(siting, [&](std::vector<std::size_t> const& open) {
    std::vector<double> left = siting.capacities;
    least = std::min(least, least_assignment(siting, open, left, 0));
  });
  return std::isfinite(least) ? std::optional{least} : std::nullopt;
}

bool keeps_rules(SmallSiting const& siting, SitingAnswer const& answer) {
  auto const& [count, existing, forbidden] = siting.choice;
  auto const open = [&](std::size_t site) { return holds(answer.open, site); };
  bool kept = answer.open.size() == count && answer.assigned.size() == siting.demands &&
              std::all_of(existing.begin(), existing.end(), open) &&
              std::none_of(forbidden.begin(), forbidden.end(), open);
  for (std::size_t i = 0; kept && i < siting.demands; ++i) {
    kept = open(answer.assigned[i]) &&
           std::isfinite(siting.table[i * siting.sites + answer.assigned[i]]);
  }
  return kept;
}

}  // namespace guarantor::posture
