#include "guarantor/posture/maximal_cover_prices.h"

#include <algorithm>

namespace guarantor::posture {
namespace {

constexpr double kHair = 1e-12;  ///< of a weight: exchanges that gain less are none

}  // namespace

MaximalCoverPrices::MaximalCoverPrices(MaximalCoverCore const& core)
    : SitePrices{core.matrix.columns(), core.matrix.rows()}, core_{core} {}

std::vector<double> MaximalCoverPrices::first_prices() const {
  std::vector<double> prices;
  for (std::size_t row = 0; row < core_.weight.size(); ++row) {
    prices.push_back(core_.weight[row] / core_.need[row] /
                     static_cast<double>(std::max<std::size_t>(
                         core_.matrix.columns_of(row).size() / core_.need[row], 1)));
  }
  return prices;
}

/// Rows not covered yet that free sites can still cover often enough.
void MaximalCoverPrices::lay_out_rows(std::vector<SiteState> const& marks) {
  need_.assign(core_.need.begin(), core_.need.end());
  reach_.assign(core_.need.size(), 0);
  for (std::size_t site = 0; site < marks.size(); ++site) {
    if (marks[site] == SiteState::kClosed) {
      continue;
    }
    bool const open = marks[site] == SiteState::kOpen;
    for (std::uint32_t const row : core_.matrix.rows_of(site)) {
      need_[row] -= open ? 1 : 0;
      reach_[row] += open ? 0 : 1;
    }
  }
  live_rows_.clear();
  weight_.clear();
  needed_.clear();
  most_.clear();
  place_.assign(core_.need.size(), 0);
  lost_ = 0;
  for (std::size_t row = 0; row < core_.need.size(); ++row) {
    if (need_[row] <= 0) {
      continue;
    }
    if (reach_[row] < need_[row] || static_cast<std::size_t>(need_[row]) > left_) {
      lost_ += core_.weight[row];
      need_[row] = 0;
      continue;
    }
    place_[row] = static_cast<std::uint32_t>(live_rows_.size());
    live_rows_.push_back(static_cast<std::uint32_t>(row));
    weight_.push_back(core_.weight[row]);
    needed_.push_back(need_[row]);
    most_.push_back(core_.weight[row] / need_[row]);
  }
}

void MaximalCoverPrices::lay_out_sites(std::vector<SiteState> const& marks) {
  free_sites_.clear();
  begin_.assign(1, 0);
  entries_.clear();
  for (std::size_t site = 0; site < marks.size(); ++site) {
    if (marks[site] != SiteState::kFree) {
      continue;
    }
    for (std::uint32_t const row : core_.matrix.rows_of(site)) {
      if (need_[row] > 0) {
        entries_.push_back(place_[row]);
      }
    }
    begin_.push_back(static_cast<std::uint32_t>(entries_.size()));
    free_sites_.push_back(static_cast<std::uint32_t>(site));
  }
}

SitePrices::Part MaximalCoverPrices::lay_out(std::vector<SiteState>& marks) {
  open_.clear();
  for (std::size_t site = 0; site < marks.size(); ++site) {
    if (marks[site] == SiteState::kOpen) {
      open_.push_back(site);
    }
  }
  if (open_.size() > core_.most_open) {
    return Part::kEmpty;
  }
  left_ = core_.most_open - open_.size();
  lay_out_rows(marks);
  lay_out_sites(marks);
  worth_.assign(free_sites_.size(), 0);
  order_.resize(free_sites_.size());
  if (live_rows_.empty()) {
    settled_ = {lost_, open_};
    return Part::kSettled;
  }
  if (free_sites_.size() <= left_) {
    settled_ = {lost_, open_};
    for (std::uint32_t const site : free_sites_) {
      settled_.open.push_back(site);
    }
    std::sort(settled_.open.begin(), settled_.open.end());
    return Part::kSettled;
  }
  return Part::kOpen;
}

void MaximalCoverPrices::choose_dearest() {
  std::size_t count = 0;
  for (std::size_t k = 0; k < worth_.size(); ++k) {
    chosen_[k] = 0;
    if (k != probed_) {
      order_[count++] = static_cast<std::uint32_t>(k);
    }
  }
  std::size_t take = left_;
  if (probed_ != kNone && probed_mark_ == SiteState::kOpen) {
    chosen_[probed_] = 1;
    --take;
  }
  take = std::min(take, count);
  auto const begin = order_.begin();
  auto const dearer = [this](std::uint32_t a, std::uint32_t b) {
    return worth_[a] != worth_[b] ? worth_[a] > worth_[b] : a < b;
  };
  lowest_in_ = 0;
  highest_out_ = 0;
  auto const middle = begin + static_cast<std::ptrdiff_t>(take);
  auto const end = begin + static_cast<std::ptrdiff_t>(count);
  if (take < count) {
    std::nth_element(begin, middle, end, dearer);
    highest_out_ = worth_[*middle];
  }
  for (auto at = begin; at != middle; ++at) {
    chosen_[*at] = 1;
    lowest_in_ = at == begin ? worth_[*at] : std::min(lowest_in_, worth_[*at]);
  }
}

double MaximalCoverPrices::evaluate() {
  double value = lost_;
  for (std::size_t i = 0; i < weight_.size(); ++i) {
    bool const covered = now_[i] < most_[i];
    value += covered ? needed_[i] * now_[i] : weight_[i];
    // At the highest price covered or not is the same; as covered the price can fall again.
    slope_[i] = needed_[i];
  }
  for (std::size_t k = 0; k < worth_.size(); ++k) {
    double worth = 0;
    for (std::uint32_t at = begin_[k]; at < begin_[k + 1]; ++at) {
      worth += now_[entries_[at]];
    }
    worth_[k] = worth;
  }
  choose_dearest();
  for (std::size_t k = 0; k < worth_.size(); ++k) {
    if (chosen_[k] == 0) {
      continue;
    }
    value -= worth_[k];
    for (std::uint32_t at = begin_[k]; at < begin_[k + 1]; ++at) {
      slope_[entries_[at]] -= 1;
    }
  }
  return value;
}

void MaximalCoverPrices::judge_sites(double value) {
  for (std::size_t k = 0; k < worth_.size(); ++k) {
    bool const in = chosen_[k] != 0;
    when_open_[k] = in ? value : value + std::max(0.0, lowest_in_ - worth_[k]);
    when_closed_[k] = in ? value + std::max(0.0, worth_[k] - highest_out_) : value;
  }
}

void MaximalCoverPrices::set_open(std::size_t local, int by) {
  for (std::uint32_t at = begin_[local]; at < begin_[local + 1]; ++at) {
    covered_[entries_[at]] += by;
  }
}

double MaximalCoverPrices::gain_of(std::size_t local) const {
  double gain = 0;
  for (std::uint32_t at = begin_[local]; at < begin_[local + 1]; ++at) {
    std::uint32_t const row = entries_[at];
    gain += covered_[row] + 1 == static_cast<std::int32_t>(needed_[row]) ? weight_[row] : 0;
  }
  return gain;
}

double MaximalCoverPrices::loss_of(std::size_t local) const {
  double loss = 0;
  for (std::uint32_t at = begin_[local]; at < begin_[local + 1]; ++at) {
    std::uint32_t const row = entries_[at];
    loss += covered_[row] == static_cast<std::int32_t>(needed_[row]) ? weight_[row] : 0;
  }
  return loss;
}

/// The first exchange of an open site by the best other that gains; false where none does.
bool MaximalCoverPrices::exchange(std::vector<std::uint32_t>& open) {
  for (std::uint32_t& site : open) {
    double const loss = loss_of(site);
    set_open(site, -1);
    double best = loss + kHair * (1 + loss);
    std::uint32_t best_site = site;
    for (std::uint32_t other = 0; other < free_sites_.size(); ++other) {
      if (chosen_[other] == 0) {
        double const gain = gain_of(other);
        if (gain > best) {
          best = gain;
          best_site = other;
        }
      }
    }
    set_open(best_site, 1);
    if (best_site != site) {
      chosen_[site] = 0;
      chosen_[best_site] = 1;
      site = best_site;
      return true;
    }
  }
  return false;
}

std::optional<Placing> MaximalCoverPrices::round() {
  constexpr int kMostExchanges = 200;
  now_ = best_;
  evaluate();
  std::vector<std::uint32_t> open;
  covered_.assign(live_rows_.size(), 0);
  for (std::uint32_t k = 0; k < chosen_.size(); ++k) {
    if (chosen_[k] != 0) {
      open.push_back(k);
      set_open(k, 1);
    }
  }
  for (int done = 0; done < kMostExchanges && exchange(open); ++done) {
  }
  Placing placing{lost_, open_};
  for (std::size_t i = 0; i < covered_.size(); ++i) {
    placing.cost += covered_[i] < static_cast<std::int32_t>(needed_[i]) ? weight_[i] : 0;
  }
  for (std::uint32_t const k : open) {
    placing.open.push_back(free_sites_[k]);
  }
  std::sort(placing.open.begin(), placing.open.end());
  return placing;
}

}  // namespace guarantor::posture
