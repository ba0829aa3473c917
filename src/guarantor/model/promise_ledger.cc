#include "guarantor/model/promise_ledger.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace guarantor::model {
namespace {

/// Dated rows in order of date, the others behind them in table order.
template <class RowType>
void in_order_of_date(std::vector<std::size_t>& rows, std::vector<RowType> const& table) {
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    auto const& first = table[a].date;
    auto const& second = table[b].date;
    return first && (!second || *first < *second);
  });
}

/// One pledge's statements and deliveries, read one after the other.
class PledgeHistory {
 public:
  PledgeHistory(Scenario const& scenario, std::size_t row, std::vector<PromiseEvent>& events)
      : scenario_{scenario}, pledge_{scenario.pledges[row]}, row_{row}, events_{events} {
    standing_.pledge = pledge_.id;
    standing_.nation = pledge_.nation;
    standing_.capability = pledge_.capability;
    standing_.confidence = Confidence::kReported;
    rests_on(pledge_.row);
  }

  PromiseStanding read(std::vector<std::size_t> offers, std::vector<std::size_t> deliveries) {
    in_order_of_date(offers, scenario_.offers);
    for (std::size_t const row : offers) {
      Offer const& offer = scenario_.offers[row];
      rests_on(offer.row);
      at_ = event(Table::kOffers, row, offer.date);
      at_.meeting = offer.meeting;
      state(offer.status, offer.quantity, offer.date.has_value());
    }
    present_state();
    in_order_of_date(deliveries, scenario_.deliveries);
    for (std::size_t const row : deliveries) {
      deliver(row);
    }
    add_up();
    return std::move(standing_);
  }

 private:
  [[nodiscard]] PromiseEvent event(Table table, std::size_t row, std::optional<Date> date) const {
    return {.table = table,
            .row = row,
            .pledge = pledge_.id,
            .nation = pledge_.nation,
            .capability = pledge_.capability,
            .date = date};
  }
  void rests_on(Row const& row) {
    standing_.confidence = std::max(standing_.confidence,
                                    row.provenance.confidence.value_or(Confidence::kIllustrative));
  }
  PromiseEvent& tell(PromiseEventKind kind) {
    PromiseEvent told = at_;
    told.kind = kind;
    told.after = withdrawn_ ? Units{0} : quantity_;
    return events_.emplace_back(std::move(told));
  }

  void state(std::optional<PledgeStatus> status, std::optional<Units> quantity, bool dated) {
    if (!begun_) {
      first_statement(status, quantity);
      standing_.offered_on = at_.date;
      dated_ = dated;
    } else if (!dated) {
      // Nobody knows what it followed, so no change is told.
      PromiseEvent& told = tell(PromiseEventKind::kStated);
      told.after = quantity;
      told.status_after = status;
    } else if (status == PledgeStatus::kWithdrawn && !withdrawn_) {
      withdraw(quantity);
    } else if (withdrawn_) {
      offer_again(status, quantity);
    } else {
      change(status, quantity);
    }
  }

  void first_statement(std::optional<PledgeStatus> status, std::optional<Units> quantity) {
    begun_ = true;
    standing_.first = quantity;
    if (status == PledgeStatus::kWithdrawn) {
      withdraw(quantity);
      return;
    }
    quantity_ = quantity;
    status_ = status;
    PromiseEvent& told = tell(PromiseEventKind::kOffered);
    told.change = quantity;
    told.status_after = status;
    if (status == PledgeStatus::kTransferred) {
      tell(PromiseEventKind::kTransferred).status_after = status;
    }
  }

  void withdraw(std::optional<Units> quantity) {
    standing_.taken_back = quantity_ ? quantity_ : quantity;
    withdrawn_ = true;
    PromiseEvent& told = tell(PromiseEventKind::kWithdrawn);
    if (quantity_) {
      told.change = Units{0} - *quantity_;
    }
    told.status_before = status_;
    told.status_after = PledgeStatus::kWithdrawn;
    status_ = PledgeStatus::kWithdrawn;
    quantity_.reset();
  }

  void offer_again(std::optional<PledgeStatus> status, std::optional<Units> quantity) {
    if (status.value_or(PledgeStatus::kWithdrawn) == PledgeStatus::kWithdrawn) {
      tell(PromiseEventKind::kStated);
      return;
    }
    withdrawn_ = false;
    quantity_ = quantity;
    PromiseEvent& told = tell(PromiseEventKind::kOfferedAgain);
    told.change = quantity;
    told.status_before = std::exchange(status_, status);
    told.status_after = status;
  }

  void change(std::optional<PledgeStatus> status, std::optional<Units> quantity) {
    auto const before = std::exchange(quantity_, quantity ? quantity : quantity_);
    auto const status_before = std::exchange(status_, status ? status : status_);
    std::size_t const told_before = events_.size();
    if (!before && quantity_) {
      tell(PromiseEventKind::kQuantified);
    }
    Units const more = before && quantity_ ? Units{quantity_->count() - before->count()} : Units{0};
    bool const moved = status_ && status_before != status_;
    bool const handed_over = moved && status_ == PledgeStatus::kTransferred;
    bool const firmer = moved && !handed_over && (!status_before || *status_ > *status_before);
    bool const softer = moved && !handed_over && !firmer;
    for (auto const& [kind, units, firmness] :
         {std::tuple{PromiseEventKind::kUpgraded, more > Units{0}, firmer},
          std::tuple{PromiseEventKind::kDowngraded, more < Units{0}, softer},
          std::tuple{PromiseEventKind::kTransferred, false, handed_over}}) {
      if (!units && !firmness) {
        continue;
      }
      PromiseEvent& told = tell(kind);
      told.change = units ? std::optional{more} : std::nullopt;
      told.status_before = firmness ? status_before : std::nullopt;
      told.status_after = firmness ? status_ : std::nullopt;
    }
    if (events_.size() == told_before) {
      tell(PromiseEventKind::kStated);
    }
  }

  /// The row in pledges: the only statement where there is no other, else a check of the last.
  void present_state() {
    at_ = event(Table::kPledges, row_, std::nullopt);
    bool const withdrawn = pledge_.status == PledgeStatus::kWithdrawn;
    if (!begun_) {
      first_statement(pledge_.status, pledge_.quantity);
    } else if (dated_ && (status_.value_or(pledge_.status) != pledge_.status ||
                          (!withdrawn && quantity_ != pledge_.quantity))) {
      PromiseEvent& told = tell(PromiseEventKind::kStatedInPledges);
      if (quantity_ && pledge_.quantity && !withdrawn) {
        told.change = *pledge_.quantity - *quantity_;
      }
      told.after = withdrawn ? Units{0} : pledge_.quantity;
      told.status_before = status_;
      told.status_after = pledge_.status;
    }
    standing_.withdrawn = withdrawn;
    if (!withdrawn) {
      standing_.taken_back.reset();
    } else if (!standing_.taken_back) {
      standing_.taken_back = quantity_ ? quantity_ : pledge_.quantity;
    }
  }

  void deliver(std::size_t row) {
    Delivery const& delivery = scenario_.deliveries[row];
    rests_on(delivery.row);
    bool const in_place = delivery.kind == DeliveryKind::kDelivered;
    StatedUnits& sum = in_place ? standing_.delivered : standing_.transferred;
    sum.add(delivery.quantity);
    if (in_place && delivery.date && !standing_.delivered_on) {
      standing_.delivered_on = delivery.date;
    }
    PromiseEvent told = event(Table::kDeliveries, row, delivery.date);
    told.kind = in_place ? PromiseEventKind::kDelivered : PromiseEventKind::kTransferred;
    told.change = delivery.quantity;
    told.after = sum.not_stated == 0 ? sum.units : std::nullopt;
    events_.push_back(std::move(told));
  }

  void add_up() {
    standing_.offered = standing_.withdrawn ? Units{0} : pledge_.quantity;
    if (pledge_.status == PledgeStatus::kTransferred) {
      StatedUnits whole;
      whole.add(pledge_.quantity);
      bool const more = pledge_.quantity && standing_.transferred.units > pledge_.quantity;
      standing_.transferred = more ? standing_.transferred : whole;
    }
    if (standing_.withdrawn) {
      standing_.owed = Units{0};
    } else if (standing_.offered && standing_.delivered.not_stated == 0) {
      Units const left = *standing_.offered - standing_.delivered.units.value_or(Units{0});
      standing_.owed = std::max(left, Units{0});
    }
  }

  Scenario const& scenario_;
  Pledge const& pledge_;
  std::size_t row_;
  std::vector<PromiseEvent>& events_;
  PromiseStanding standing_;
  PromiseEvent at_;  ///< the row that is read
  bool begun_{};
  bool dated_{};
  bool withdrawn_{};
  std::optional<PledgeStatus> status_;
  std::optional<Units> quantity_;
};

template <class RowType>
std::map<PledgeId, std::vector<std::size_t>> rows_by_pledge(std::vector<RowType> const& table) {
  std::map<PledgeId, std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < table.size(); ++row) {
    rows[table[row].pledge].push_back(row);
  }
  return rows;
}

/// What stands in the days asked for, in order.
void limit_and_order(PromiseLedger& ledger) {
  PromiseRequest const& request = ledger.request;
  if (request.from || request.until) {
    std::erase_if(ledger.events, [&](PromiseEvent const& event) {
      ledger.undated_left_out += event.date ? 0U : 1U;
      return !event.date || (request.from && *event.date < *request.from) ||
             (request.until && *event.date >= *request.until);
    });
  }
  std::stable_sort(
      ledger.events.begin(), ledger.events.end(), [](PromiseEvent const& a, PromiseEvent const& b) {
        return std::tuple{!a.date, a.date, a.pledge} < std::tuple{!b.date, b.date, b.pledge};
      });
}

template <class RowType>
auto places_of(std::vector<RowType> const& table) {
  std::map<decltype(RowType::id), std::size_t> places;
  for (RowType const& row : table) {
    places.emplace(row.id, places.size());
  }
  return places;
}

std::vector<PromiseSum> sums_of(Scenario const& scenario,
                                std::vector<PromiseStanding> const& standings) {
  auto const nations = places_of(scenario.nations);
  auto const capabilities = places_of(scenario.capabilities);
  auto const place = [](auto const& places, auto const& id) {
    auto const found = places.find(id);
    return found == places.end() ? places.size() : found->second;
  };
  using Key = std::tuple<std::size_t, NationId, std::size_t, CapabilityId>;
  std::map<Key, PromiseSum> sums;
  for (PromiseStanding const& standing : standings) {
    PromiseSum& sum = sums[{place(nations, standing.nation), standing.nation,
                            place(capabilities, standing.capability), standing.capability}];
    sum.nation = standing.nation;
    sum.capability = standing.capability;
    ++sum.pledges;
    sum.first.add(standing.first);
    sum.offered.add(standing.offered);
    sum.transferred.add(standing.transferred);
    sum.delivered.add(standing.delivered);
    sum.owed.add(standing.owed);
    if (standing.withdrawn) {
      ++sum.withdrawn_pledges;
      sum.taken_back.add(standing.taken_back);
    }
  }
  std::vector<PromiseSum> out;
  out.reserve(sums.size());
  for (auto& [key, sum] : sums) {
    out.push_back(std::move(sum));
  }
  return out;
}

ProvenanceShares shares_of(std::vector<PromiseStanding> const& standings) {
  std::array<double, 3> count{};
  for (PromiseStanding const& standing : standings) {
    count.at(static_cast<std::size_t>(standing.confidence)) += 1;
  }
  auto const all = std::max<double>(1, static_cast<double>(standings.size()));
  return {count[0] / all, count[1] / all, count[2] / all};
}

}  // namespace

void StatedUnits::add(std::optional<Units> amount) {
  if (amount) {
    units = units.value_or(Units{0}) + *amount;
  } else {
    ++not_stated;
  }
}

void StatedUnits::add(StatedUnits const& other) {
  if (other.units) {
    units = units.value_or(Units{0}) + *other.units;
  }
  not_stated += other.not_stated;
}

Provenance const& provenance_of(Scenario const& scenario, PromiseEvent const& event) {
  return event.table == Table::kOffers       ? scenario.offers[event.row].row.provenance
         : event.table == Table::kDeliveries ? scenario.deliveries[event.row].row.provenance
                                             : scenario.pledges[event.row].row.provenance;
}

PromiseLedger promise_ledger(Scenario const& scenario, PromiseRequest const& request) {
  PromiseLedger ledger;
  ledger.request = request;
  auto offers = rows_by_pledge(scenario.offers);
  auto deliveries = rows_by_pledge(scenario.deliveries);
  for (std::size_t row = 0; row < scenario.pledges.size(); ++row) {
    Pledge const& pledge = scenario.pledges[row];
    bool const asked = (request.nation.empty() || request.nation == pledge.nation) &&
                       (request.capability.empty() || request.capability == pledge.capability);
    if (asked) {
      PledgeHistory history{scenario, row, ledger.events};
      ledger.standings.push_back(
          history.read(std::move(offers[pledge.id]), std::move(deliveries[pledge.id])));
    }
  }
  limit_and_order(ledger);
  ledger.sums = sums_of(scenario, ledger.standings);
  ledger.provenance = shares_of(ledger.standings);
  return ledger;
}

}  // namespace guarantor::model
