#include <algorithm>
#include <iterator>
#include <map>

#include "guarantor/model/checker.h"

/// The rules of the table of what became of pledges.
namespace guarantor::model {
namespace {

/// The most a pledge was ever stated to be, by its row or in its history; nothing where no number
/// was given.
std::optional<Units> most_offered(Pledge const& pledge, std::vector<Offer const*> const& offers) {
  std::optional<Units> most = pledge.quantity;
  for (Offer const* offer : offers) {
    if (offer->quantity && (!most || *offer->quantity > *most)) {
      most = offer->quantity;
    }
  }
  return most;
}

/// The dated statements of a pledge that give its status, in order of date.
std::vector<Offer const*> dated_statements(std::vector<Offer const*> offers) {
  std::erase_if(offers, [](Offer const* offer) { return !offer->date || !offer->status; });
  std::stable_sort(offers.begin(), offers.end(),
                   [](Offer const* a, Offer const* b) { return *a->date < *b->date; });
  return offers;
}

/// Whether the last of them before a day withdrew the pledge.
bool withdrawn_before(Date day, std::vector<Offer const*> const& dated) {
  auto const after =
      std::lower_bound(dated.begin(), dated.end(), day,
                       [](Offer const* offer, Date limit) { return *offer->date < limit; });
  return after != dated.begin() && (*std::prev(after))->status == PledgeStatus::kWithdrawn;
}

/// The day of the first dated statement.
std::optional<Date> first_day(std::vector<Offer const*> const& offers) {
  std::optional<Date> first;
  for (Offer const* offer : offers) {
    if (offer->date && (!first || *offer->date < *first)) {
      first = offer->date;
    }
  }
  return first;
}

/// What was handed over in all, where a number was given.
std::optional<Units> handed_over_in_all(std::vector<Delivery> const& deliveries,
                                        std::vector<std::size_t> const& rows) {
  std::optional<Units> sum;
  for (std::size_t const row : rows) {
    Delivery const& delivery = deliveries[row];
    if (delivery.kind == DeliveryKind::kTransferred && delivery.quantity) {
      sum = sum.value_or(Units{0}) + *delivery.quantity;
    }
  }
  return sum;
}

}  // namespace

void Checker::check_deliveries() {
  std::map<PledgeId, std::vector<std::size_t>> rows_of;
  for (std::size_t row = 0; row < scenario_.deliveries.size(); ++row) {
    Delivery const& delivery = scenario_.deliveries[row];
    known({Table::kDeliveries, row, "pledge"}, "pledge", delivery.pledge.text(), names_.pledges);
    not_negative({Table::kDeliveries, row, "quantity"}, delivery.quantity);
    rows_of[delivery.pledge].push_back(row);
  }
  std::map<PledgeId, std::vector<Offer const*>> offers_of;
  for (Offer const& offer : scenario_.offers) {
    if (rows_of.contains(offer.pledge)) {
      offers_of[offer.pledge].push_back(&offer);
    }
  }
  for (Pledge const& pledge : scenario_.pledges) {
    auto const rows = rows_of.find(pledge.id);
    if (rows == rows_of.end()) {
      continue;
    }
    check_deliveries_of(rows->second, pledge, offers_of[pledge.id]);
    rows_of.erase(rows);
  }
}

void Checker::check_deliveries_of(std::vector<std::size_t> const& rows, Pledge const& pledge,
                                  std::vector<Offer const*> const& offers) {
  auto const dated = dated_statements(offers);
  auto const first = first_day(offers);
  auto const most = most_offered(pledge, offers);
  auto const handed_over = handed_over_in_all(scenario_.deliveries, rows);
  std::map<DeliveryKind, Units> sum;
  for (std::size_t const row : rows) {
    Delivery const& delivery = scenario_.deliveries[row];
    if (delivery.date && first && *delivery.date < *first) {
      warning({Table::kDeliveries, row, "date"},
              "before the pledge was first offered, on " + print(*first));
    }
    if (delivery.date && withdrawn_before(*delivery.date, dated)) {
      warning({Table::kDeliveries, row, "date"}, "after the pledge was withdrawn",
              "an offer made again stands in offers");
    }
    Units& total = sum[delivery.kind];
    Units const before = total;
    total += delivery.quantity.value_or(Units{0});
    auto const passes = [&](std::optional<Units> limit) {
      return limit && total > *limit && before <= *limit;
    };
    std::string const what{text(delivery.kind)};
    if (passes(most)) {
      warning({Table::kDeliveries, row, "quantity"},
              what + " " + std::to_string(total.count()) + " where at most " +
                  std::to_string(most->count()) + " were ever offered");
    } else if (delivery.kind == DeliveryKind::kDelivered && passes(handed_over)) {
      warning({Table::kDeliveries, row, "quantity"},
              "delivered " + std::to_string(total.count()) + " where " +
                  std::to_string(handed_over->count()) + " were transferred");
    }
  }
}

}  // namespace guarantor::model
