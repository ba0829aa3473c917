#include "guarantor/posture/capacitated_location_prices.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

namespace guarantor::posture {
namespace {

constexpr double kHair = 1e-12;  ///< of all amounts together: less is nothing

}  // namespace

CapacitatedLocationPrices::CapacitatedLocationPrices(CapacitatedLocationProblem const& problem)
    : SitePrices{problem.open_cost.size(), problem.amount.size()},
      problem_{problem},
      transportation_{problem.amount},
      total_{std::accumulate(problem.amount.begin(), problem.amount.end(), 0.0)},
      sorted_{problem.services},
      standing_(problem.open_cost.size(), 0) {
  for (auto& services : sorted_) {
    std::sort(services.begin(), services.end(), [](auto const& a, auto const& b) {
      return a.cost != b.cost ? a.cost < b.cost : a.site < b.site;
    });
  }
  for (std::size_t const site : problem.existing) {
    standing_[site] = 1;
  }
}

/// The cheapest service and the demand's part of the cheapest room.
std::vector<double> CapacitatedLocationPrices::first_prices() const {
  double room = std::numeric_limits<double>::infinity();
  for (std::size_t site = 0; site < sites(); ++site) {
    if (problem_.capacity[site] > 0) {
      room = std::min(room, problem_.open_cost[site] / problem_.capacity[site]);
    }
  }
  std::vector<double> prices;
  for (std::size_t demand = 0; demand < sorted_.size(); ++demand) {
    double const cheapest = sorted_[demand].empty() ? 0 : sorted_[demand].front().cost;
    prices.push_back(cheapest + (problem_.amount[demand] > 0 ? problem_.amount[demand] * room : 0));
  }
  return prices;
}

/// Opens sites without which a demand has no service or the room does not suffice; false where even
/// all sites are not enough.
bool CapacitatedLocationPrices::mark_what_is_needed(std::vector<SiteState>& marks) {
  for (auto const& services : sorted_) {
    std::size_t count = 0;
    std::uint32_t only = 0;
    for (auto const& service : services) {
      if (marks[service.site] != SiteState::kClosed) {
        ++count;
        only = service.site;
      }
    }
    if (count == 0) {
      return false;
    }
    if (count == 1) {
      marks[only] = SiteState::kOpen;
    }
  }
  double room = 0;
  for (std::size_t site = 0; site < marks.size(); ++site) {
    room += marks[site] != SiteState::kClosed ? problem_.capacity[site] : 0;
  }
  if (room < total_ * (1 - kHair)) {
    return false;
  }
  for (std::size_t site = 0; site < marks.size(); ++site) {
    if (marks[site] == SiteState::kFree && room - problem_.capacity[site] < total_ * (1 - kHair)) {
      marks[site] = SiteState::kOpen;
    }
  }
  return true;
}

void CapacitatedLocationPrices::lay_out_offers(std::vector<SiteState> const& marks) {
  std::vector<std::uint32_t> place(marks.size(), 0);
  in_play_.clear();
  place_of_free_.clear();
  free_sites_.clear();
  room_needed_ = total_;
  for (std::size_t site = 0; site < marks.size(); ++site) {
    if (marks[site] == SiteState::kClosed) {
      continue;
    }
    auto const number = static_cast<std::uint32_t>(site);
    place[site] = static_cast<std::uint32_t>(in_play_.size());
    bool const stands = marks[site] == SiteState::kOpen;
    if (stands) {
      room_needed_ -= problem_.capacity[site];
    } else {
      free_sites_.push_back(number);
      place_of_free_.push_back(place[site]);
    }
    in_play_.push_back({number, stands, {}, 1, 0});
  }
  offer_begin_.assign(1, 0);
  offers_.clear();
  for (auto const& services : sorted_) {
    for (auto const& service : services) {
      if (marks[service.site] != SiteState::kClosed) {
        offers_.push_back({service.cost, place[service.site]});
      }
    }
    offer_begin_.push_back(offers_.size());
  }
  std::vector<double> rooms;
  for (std::uint32_t const site : free_sites_) {
    rooms.push_back(problem_.capacity[site]);
  }
  std::sort(rooms.begin(), rooms.end(), std::greater{});
  number_needed_ = 0;
  for (double room = room_needed_; room > kHair * total_ && number_needed_ < rooms.size();) {
    room -= rooms[number_needed_++];
  }
}

SitePrices::Part CapacitatedLocationPrices::settle(std::vector<SiteState> const& marks) {
  std::vector<std::uint32_t> open;
  for (std::size_t site = 0; site < marks.size(); ++site) {
    if (marks[site] == SiteState::kOpen) {
      open.push_back(static_cast<std::uint32_t>(site));
    }
  }
  auto const served = serve(open);
  if (!served) {
    return Part::kEmpty;
  }
  settled_ = *served;
  return Part::kSettled;
}

SitePrices::Part CapacitatedLocationPrices::lay_out(std::vector<SiteState>& marks) {
  if (!mark_what_is_needed(marks)) {
    return Part::kEmpty;
  }
  lay_out_offers(marks);
  if (free_sites_.empty()) {
    return settle(marks);
  }
  live_rows_.resize(sorted_.size());
  std::iota(live_rows_.begin(), live_rows_.end(), 0U);
  most_.assign(sorted_.size(), std::numeric_limits<double>::infinity());
  taken_.assign(free_sites_.size(), 0);
  used_.assign(free_sites_.size(), 0);
  by_ratio_.resize(free_sites_.size());
  std::iota(by_ratio_.begin(), by_ratio_.end(), 0U);
  by_value_ = by_ratio_;
  return Part::kOpen;
}

/// What each site would gain by serving whom.
void CapacitatedLocationPrices::gather() {
  for (Site& site : in_play_) {
    site.items.clear();
  }
  for (std::size_t i = 0; i < now_.size(); ++i) {
    double const price = now_[i];
    for (std::size_t at = offer_begin_[i]; at < offer_begin_[i + 1]; ++at) {
      if (offers_[at].cost >= price) {
        break;
      }
      in_play_[offers_[at].place].items.push_back(
          {price - offers_[at].cost, problem_.amount[i], static_cast<std::uint32_t>(i)});
    }
  }
}

/// Serves what gains most for its amount until the room is full.
void CapacitatedLocationPrices::fill(Site& site) const {
  double room = problem_.capacity[site.number];
  double gain = 0;
  double amount = 0;
  for (Item const& item : site.items) {
    gain += item.gain;
    amount += item.amount;
  }
  site.last_share = 1;
  if (amount > room) {
    std::sort(site.items.begin(), site.items.end(), [](Item const& a, Item const& b) {
      double const left = a.gain * b.amount;
      double const right = b.gain * a.amount;
      return left != right ? left > right : a.demand < b.demand;
    });
    gain = 0;
    std::size_t count = 0;
    for (; count < site.items.size(); ++count) {
      Item const& item = site.items[count];
      if (item.amount >= room && item.amount > 0) {
        site.last_share = room / item.amount;
        gain += item.gain * site.last_share;
        ++count;
        break;
      }
      gain += item.gain;
      room -= item.amount;
    }
    site.items.resize(count);
  }
  site.value = problem_.open_cost[site.number] - gain;
}

/// Free sites by value for room until the room suffices, the last in part; sites that pay for
/// themselves in any case. The probed site goes as it must.
double CapacitatedLocationPrices::fill_room(double room, std::vector<double>* taken) {
  double value = 0;
  if (taken != nullptr) {
    taken->assign(free_sites_.size(), 0);
  }
  auto const take = [&](std::uint32_t local, double share) {
    value += share * in_play_[place_of_free_[local]].value;
    room -= share * problem_.capacity[free_sites_[local]];
    if (taken != nullptr) {
      (*taken)[local] = share;
    }
  };
  if (probed_ != kNone && probed_mark_ == SiteState::kOpen) {
    take(static_cast<std::uint32_t>(probed_), 1);
  }
  for (std::uint32_t const local : by_ratio_) {
    double const capacity = problem_.capacity[free_sites_[local]];
    if (local == probed_) {
      continue;
    }
    if (in_play_[place_of_free_[local]].value <= 0) {
      take(local, 1);
    } else if (room > 0 && capacity > 0) {
      take(local, std::min(1.0, room / capacity));
    }
  }
  return value;
}

/// The cheapest `number` free sites, and more where they pay for themselves.
double CapacitatedLocationPrices::take_number(std::size_t number, std::vector<double>* taken) {
  double value = 0;
  if (taken != nullptr) {
    taken->assign(free_sites_.size(), 0);
  }
  std::size_t count = 0;
  auto const take = [&](std::uint32_t local) {
    value += in_play_[place_of_free_[local]].value;
    ++count;
    if (taken != nullptr) {
      (*taken)[local] = 1;
    }
  };
  if (probed_ != kNone && probed_mark_ == SiteState::kOpen) {
    take(static_cast<std::uint32_t>(probed_));
  }
  for (std::uint32_t const local : by_value_) {
    if (local != probed_ && (in_play_[place_of_free_[local]].value <= 0 || count < number)) {
      take(local);
    }
  }
  return value;
}

CapacitatedLocationPrices::Choice CapacitatedLocationPrices::choose() {
  auto const value = [this](std::uint32_t local) { return in_play_[place_of_free_[local]].value; };
  auto const capacity = [this](std::uint32_t local) {
    return problem_.capacity[free_sites_[local]];
  };
  std::sort(by_ratio_.begin(), by_ratio_.end(), [&](std::uint32_t a, std::uint32_t b) {
    double const left = value(a) * capacity(b);
    double const right = value(b) * capacity(a);
    return left != right ? left < right : a < b;
  });
  std::sort(by_value_.begin(), by_value_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return value(a) != value(b) ? value(a) < value(b) : a < b;
  });
  double const by_room = fill_room(room_needed_, &taken_);
  double const by_number = take_number(number_needed_, nullptr);
  if (by_number >= by_room) {
    take_number(number_needed_, &taken_);
    return {by_number, true};
  }
  return {by_room, false};
}

void CapacitatedLocationPrices::add_slope(Site const& site, double times) {
  for (Item const& item : site.items) {
    bool const last = &item == &site.items.back();
    slope_[item.demand] -= times * (last ? site.last_share : 1);
  }
}

double CapacitatedLocationPrices::evaluate() {
  gather();
  double value = 0;
  for (std::size_t i = 0; i < now_.size(); ++i) {
    value += now_[i];
    slope_[i] = 1;
  }
  for (Site& site : in_play_) {
    fill(site);
    if (site.stands) {
      value += site.value;
      add_slope(site, 1);
    }
  }
  last_choice_ = choose();
  for (std::size_t k = 0; k < free_sites_.size(); ++k) {
    chosen_[k] = taken_[k] > 0.5 ? 1 : 0;
    if (taken_[k] > 0) {
      add_slope(in_play_[place_of_free_[k]], taken_[k]);
    }
  }
  return value + last_choice_.value;
}

/// The better of both bounds were the site so, asked as a probe asks.
void CapacitatedLocationPrices::judge_sites(double value) {
  double const rest = value - last_choice_.value;
  for (std::size_t k = 0; k < free_sites_.size(); ++k) {
    used_[k] = taken_[k];
    probed_ = k;
    probed_mark_ = SiteState::kOpen;
    double const open =
        std::max(fill_room(room_needed_, nullptr), take_number(number_needed_, nullptr));
    probed_mark_ = SiteState::kClosed;
    double const closed =
        std::max(fill_room(room_needed_, nullptr), take_number(number_needed_, nullptr));
    probed_ = kNone;
    when_open_[k] = rest + open;
    when_closed_[k] = rest + closed;
  }
}

std::optional<Placing> CapacitatedLocationPrices::serve(std::vector<std::uint32_t> const& open) {
  std::vector<double> capacity;
  std::vector<std::uint32_t> place(sites(), static_cast<std::uint32_t>(open.size()));
  for (std::size_t k = 0; k < open.size(); ++k) {
    capacity.push_back(problem_.capacity[open[k]]);
    place[open[k]] = static_cast<std::uint32_t>(k);
  }
  matrix_.assign(sorted_.size() * open.size(), Transportation::kCannot);
  for (std::size_t i = 0; i < sorted_.size(); ++i) {
    for (auto const& service : sorted_[i]) {
      if (place[service.site] < open.size()) {
        matrix_[i * open.size() + place[service.site]] = service.cost;
      }
    }
  }
  Placing placing;
  placing.cost = transportation_.solve(capacity, matrix_);
  if (placing.cost == Transportation::kCannot) {
    return std::nullopt;
  }
  for (std::size_t k = 0; k < open.size(); ++k) {
    bool used = standing_[open[k]] != 0;
    for (std::size_t i = 0; !used && i < sorted_.size(); ++i) {
      used = transportation_.share(i, k) > 0;
    }
    if (used) {
      placing.cost += problem_.open_cost[open[k]];
      placing.open.push_back(open[k]);
    }
  }
  return placing;
}

std::vector<ServedShare> CapacitatedLocationPrices::shares(std::vector<std::size_t> const& open) {
  std::vector<std::uint32_t> const sites{open.begin(), open.end()};
  std::vector<ServedShare> all;
  if (!serve(sites)) {
    return all;
  }
  for (std::size_t i = 0; i < sorted_.size(); ++i) {
    for (std::size_t k = 0; k < sites.size(); ++k) {
      if (double const share = transportation_.share(i, k); share > 0) {
        all.push_back({i, open[k], share});
      }
    }
  }
  return all;
}

std::optional<Placing> CapacitatedLocationPrices::round() {
  std::vector<std::uint32_t> open;
  double room = total_;
  std::vector<char> in(sites(), 0);
  auto const take = [&](std::uint32_t site) {
    if (in[site] == 0) {
      in[site] = 1;
      open.push_back(site);
      room -= problem_.capacity[site];
    }
  };
  for (Site const& site : in_play_) {
    if (site.stands) {
      take(site.number);
    }
  }
  std::vector<std::uint32_t> rest;
  for (std::size_t k = 0; k < free_sites_.size(); ++k) {
    used_[k] > 0.5 ? take(free_sites_[k]) : rest.push_back(static_cast<std::uint32_t>(k));
  }
  std::stable_sort(rest.begin(), rest.end(),
                   [this](std::uint32_t a, std::uint32_t b) { return used_[a] > used_[b]; });
  for (std::size_t at = 0; at < rest.size() && room > 0; ++at) {
    take(free_sites_[rest[at]]);
  }
  for (std::size_t i = 0; i < sorted_.size(); ++i) {
    bool served = false;
    for (std::size_t at = offer_begin_[i]; !served && at < offer_begin_[i + 1]; ++at) {
      served = in[in_play_[offers_[at].place].number] != 0;
    }
    if (!served) {
      take(in_play_[offers_[offer_begin_[i]].place].number);
    }
  }
  std::sort(open.begin(), open.end());
  if (!asked_.insert(open).second) {
    return std::nullopt;
  }
  return serve(open);
}

}  // namespace guarantor::posture
