#include "guarantor/model/promise_ledger.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "guarantor/model/random_stream.h"

namespace guarantor::model {
namespace {

using enum PledgeStatus;

/// A pledge `p` of XAA's infantry with its history, said in few words.
class History {
 public:
  History(PledgeStatus status, std::optional<int> quantity) {
    scenario_.pledges.push_back({.id = PledgeId{"p"},
                                 .nation = NationId{"XAA"},
                                 .capability = CapabilityId{"inf"},
                                 .quantity = units(quantity),
                                 .status = status});
  }
  History& said(char const* date, std::optional<PledgeStatus> status, std::optional<int> quantity) {
    scenario_.offers.push_back({.pledge = PledgeId{"p"},
                                .date = parse_date(date),
                                .status = status,
                                .quantity = units(quantity)});
    return *this;
  }
  History& came(char const* date, DeliveryKind kind, std::optional<int> quantity) {
    scenario_.deliveries.push_back({.pledge = PledgeId{"p"},
                                    .date = parse_date(date),
                                    .kind = kind,
                                    .quantity = units(quantity)});
    return *this;
  }
  [[nodiscard]] Scenario const& scenario() const { return scenario_; }
  [[nodiscard]] PromiseLedger ledger(PromiseRequest const& request = {}) const {
    return promise_ledger(scenario_, request);
  }
  /// The events as a person would note them down: `2026-01-10 upgraded +2 =6 announced>cabinet`.
  [[nodiscard]] std::vector<std::string> notes() const {
    std::vector<std::string> out;
    for (PromiseEvent const& event : ledger().events) {
      std::string note =
          (event.date ? print(*event.date) : "undated") + " " + std::string{text(event.kind)};
      if (event.change) {
        note += (event.change->count() < 0 ? " " : " +") + std::to_string(event.change->count());
      }
      note += event.after ? " =" + std::to_string(event.after->count()) : " =?";
      if (event.status_after) {
        note += " " + (event.status_before ? std::string{text(*event.status_before)} : "") + ">" +
                std::string{text(*event.status_after)};
      }
      out.push_back(std::move(note));
    }
    return out;
  }

 private:
  static std::optional<Units> units(std::optional<int> count) {
    return count ? std::optional{Units{*count}} : std::nullopt;
  }
  Scenario scenario_;
};

using Notes = std::vector<std::string>;

TEST(PromiseLedger, MoreOrFirmerIsUpFewerOrLessFirmIsDown) {
  EXPECT_EQ(History(kCabinet, 6)
                .said("2026-01-10", kAnnounced, 4)
                .said("2026-02-10", kCabinet, 8)
                .said("2026-03-10", kCabinet, 6)
                .notes(),
            (Notes{"2026-01-10 offered +4 =4 >announced",
                   "2026-02-10 upgraded +4 =8 announced>cabinet", "2026-03-10 downgraded -2 =6"}));
}

TEST(PromiseLedger, BothDirectionsAtOnceAreTwoFacts) {
  EXPECT_EQ(History(kAnnounced, 6)
                .said("2026-01-10", kMandated, 4)
                .said("2026-02-10", kAnnounced, 6)
                .notes(),
            (Notes{"2026-01-10 offered +4 =4 >mandated", "2026-02-10 upgraded +2 =6",
                   "2026-02-10 downgraded =6 mandated>announced"}));
}

TEST(PromiseLedger, AMissingNumberIsNeverNought) {
  History history{kAnnounced, 3};
  history.said("2026-01-10", kIndicated, std::nullopt)
      .said("2026-02-10", kAnnounced, 3)
      .said("2026-02-20", std::nullopt, std::nullopt);
  EXPECT_EQ(history.notes(),
            (Notes{"2026-01-10 offered =? >indicated", "2026-02-10 quantified =3",
                   "2026-02-10 upgraded =3 indicated>announced", "2026-02-20 stated =3"}));
  auto const sum = history.ledger().sums.at(0);
  EXPECT_EQ(sum.first, (StatedUnits{std::nullopt, 1}));
  EXPECT_EQ(sum.offered, (StatedUnits{Units{3}, 0}));
  EXPECT_EQ(sum.delivered, StatedUnits{}) << "nothing was delivered, which is not a number given";
  EXPECT_EQ(sum.owed, (StatedUnits{Units{3}, 0}));

  auto const silent = History{kAnnounced, std::nullopt}.ledger().sums.at(0);
  EXPECT_EQ(silent.offered, (StatedUnits{std::nullopt, 1}));
  EXPECT_EQ(silent.owed, (StatedUnits{std::nullopt, 1}));
}

TEST(PromiseLedger, WithdrawnOfferedAgainAndWithdrawn) {
  History history{kWithdrawn, 2};
  history.said("2026-01-10", kAnnounced, 4)
      .said("2026-02-10", kWithdrawn, 4)
      .said("2026-02-11", kWithdrawn, std::nullopt)
      .said("2026-03-10", kIndicated, 2)
      .said("2026-04-10", kWithdrawn, std::nullopt);
  EXPECT_EQ(history.notes(),
            (Notes{"2026-01-10 offered +4 =4 >announced",
                   "2026-02-10 withdrawn -4 =0 announced>withdrawn", "2026-02-11 stated =0",
                   "2026-03-10 offered-again +2 =2 withdrawn>indicated",
                   "2026-04-10 withdrawn -2 =0 indicated>withdrawn"}));
  auto const sum = history.ledger().sums.at(0);
  EXPECT_EQ(sum.withdrawn_pledges, 1U);
  EXPECT_EQ(sum.taken_back, (StatedUnits{Units{2}, 0}));
  EXPECT_EQ(sum.offered, (StatedUnits{Units{0}, 0}));
  EXPECT_EQ(sum.owed, (StatedUnits{Units{0}, 0}));
}

TEST(PromiseLedger, DeliveriesAddUpAndWhatIsLeftIsOwed) {
  History history{kCabinet, 6};
  history.said("2026-01-10", kCabinet, 6)
      .came("2026-03-01", DeliveryKind::kDelivered, 1)
      .came("2026-02-20", DeliveryKind::kTransferred, 4)
      .came("2026-02-25", DeliveryKind::kDelivered, 2);
  EXPECT_EQ(history.notes(),
            (Notes{"2026-01-10 offered +6 =6 >cabinet", "2026-02-20 transferred +4 =4",
                   "2026-02-25 delivered +2 =2", "2026-03-01 delivered +1 =3"}));
  auto const standing = history.ledger().standings.at(0);
  EXPECT_EQ(standing.transferred, (StatedUnits{Units{4}, 0}));
  EXPECT_EQ(standing.delivered, (StatedUnits{Units{3}, 0}));
  EXPECT_EQ(standing.owed, Units{3});
  EXPECT_EQ(standing.delivered_on, parse_date("2026-02-25"));

  history.came("2026-03-02", DeliveryKind::kDelivered, std::nullopt);
  EXPECT_EQ(history.notes().back(), "2026-03-02 delivered =?");
  EXPECT_EQ(history.ledger().standings.at(0).owed, std::nullopt)
      << "something came, nobody said how much: what is left is not known";
  EXPECT_EQ(History(kCabinet, 2)
                .came("2026-03-01", DeliveryKind::kDelivered, 5)
                .ledger()
                .standings.at(0)
                .owed,
            Units{0});
}

TEST(PromiseLedger, AStatusCanSayThatAllWasHandedOver) {
  History history{kTransferred, 6};
  history.said("2026-01-10", kAnnounced, 6).said("2026-02-10", kTransferred, std::nullopt);
  EXPECT_EQ(history.notes(), (Notes{"2026-01-10 offered +6 =6 >announced",
                                    "2026-02-10 transferred =6 announced>transferred"}));
  EXPECT_EQ(history.ledger().sums.at(0).transferred, (StatedUnits{Units{6}, 0}));
  EXPECT_EQ(History(kTransferred, std::nullopt).ledger().sums.at(0).transferred,
            (StatedUnits{std::nullopt, 1}));
}

TEST(PromiseLedger, WhatHasNoDateComesLastAndIsNeverGivenOne) {
  EXPECT_EQ(History(kAnnounced, 5).notes(), Notes{"undated offered +5 =5 >announced"});
  EXPECT_EQ(History(kAnnounced, 5)
                .said("", kCabinet, 9)
                .said("2026-01-10", kAnnounced, 5)
                .came("", DeliveryKind::kDelivered, 1)
                .notes(),
            (Notes{"2026-01-10 offered +5 =5 >announced", "undated stated =9 >cabinet",
                   "undated delivered +1 =1"}));
}

TEST(PromiseLedger, WhereTheRowSaysOtherwiseItIsTold) {
  EXPECT_EQ(History(kMandated, 9).said("2026-01-10", kCabinet, 7).notes(),
            (Notes{"2026-01-10 offered +7 =7 >cabinet",
                   "undated stated-in-pledges +2 =9 cabinet>mandated"}));
  EXPECT_EQ(History(kCabinet, std::nullopt).said("2026-01-10", kCabinet, 7).notes().back(),
            "undated stated-in-pledges =? cabinet>cabinet");
  EXPECT_EQ(History(kCabinet, 7).said("2026-01-10", kCabinet, 7).notes().size(), 1U);
}

TEST(PromiseLedger, DaysLimitTheEventsAndNotTheStanding) {
  History history{kCabinet, 6};
  history.said("2026-01-10", kAnnounced, 6).said("2026-02-10", kCabinet, 6).said("", kCabinet, 6);
  auto const ledger =
      history.ledger({.from = parse_date("2026-01-10"), .until = parse_date("2026-02-10")});
  ASSERT_EQ(ledger.events.size(), 1U) << "the last day is the first that no longer counts";
  EXPECT_EQ(ledger.undated_left_out, 1U);
  EXPECT_EQ(ledger.sums, history.ledger().sums);
}

TEST(PromiseLedger, OnlyTheNationAndCapabilityAskedFor) {
  Scenario scenario = History(kCabinet, 6).scenario();
  scenario.pledges.push_back({.id = PledgeId{"q"},
                              .nation = NationId{"XAB"},
                              .capability = CapabilityId{"inf"},
                              .row = {.provenance = {.confidence = Confidence::kReported}}});
  EXPECT_EQ(promise_ledger(scenario, {.nation = NationId{"XAB"}}).standings.size(), 1U);
  EXPECT_EQ(promise_ledger(scenario, {.capability = CapabilityId{"inf"}}).standings.size(), 2U);
  EXPECT_TRUE(promise_ledger(scenario, {.capability = CapabilityId{"tank"}}).sums.empty());
  auto const shares = promise_ledger(scenario, {}).provenance;
  EXPECT_EQ(shares, (ProvenanceShares{0.5, 0, 0.5})) << "no confidence counts as illustrative";
}

/// Many drawn pledges whose every row is dated and has a number, in any order of rows.
Scenario drawn(std::uint64_t seed) {
  RandomStream random{seed, "promises"};
  auto const below = [&](std::uint64_t limit) { return random.bits() % limit; };
  Scenario scenario;
  for (int p = 0; p < 6; ++p) {
    PledgeId const id{"p" + std::to_string(p)};
    Pledge pledge{.id = id,
                  .nation = NationId{p % 2 == 0 ? "XAA" : "XAB"},
                  .capability = CapabilityId{p % 3 == 0 ? "inf" : "ship"}};
    Date last{};
    for (std::uint64_t s = below(6); s-- > 0;) {
      Offer const offer{.pledge = id,
                        .date = Date{std::chrono::days{20000 + 10 * below(40) + s}},
                        .status = static_cast<PledgeStatus>(below(6)),
                        .quantity = Units{static_cast<std::int64_t>(below(9))}};
      scenario.offers.push_back(offer);
      if (*offer.date >= last) {
        last = *offer.date;
        pledge.status = *offer.status;
        pledge.quantity = offer.quantity;
      }
    }
    if (last == Date{}) {
      pledge.quantity = Units{4};
    }
    scenario.pledges.push_back(pledge);
    for (std::uint64_t d = below(4); d-- > 0;) {
      scenario.deliveries.push_back({.pledge = id,
                                     .date = Date{std::chrono::days{20000 + below(400)}},
                                     .kind = static_cast<DeliveryKind>(below(2)),
                                     .quantity = Units{static_cast<std::int64_t>(below(3))}});
    }
  }
  return scenario;
}

TEST(PromiseLedger, TheChangesAddUpToThePresentAndTheSumsToTheRows) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Scenario const scenario = drawn(seed);
    auto const ledger = promise_ledger(scenario, {});
    ASSERT_TRUE(std::is_sorted(ledger.events.begin(), ledger.events.end(),
                               [](PromiseEvent const& a, PromiseEvent const& b) {
                                 return a.date && b.date && *a.date < *b.date;
                               }));
    std::map<PledgeId, Units> on_offer;
    std::map<PledgeId, Units> delivered;
    for (PromiseEvent const& event : ledger.events) {
      ASSERT_NE(event.kind, PromiseEventKind::kStatedInPledges) << "seed " << seed;
      auto& sum = event.kind == PromiseEventKind::kDelivered ? delivered : on_offer;
      if (event.table == Table::kDeliveries && event.kind != PromiseEventKind::kDelivered) {
        continue;
      }
      sum[event.pledge] += event.change.value_or(Units{0});
      if (event.change) {  // of two facts of one row only one is about units
        ASSERT_EQ(event.after, sum[event.pledge]) << "seed " << seed;
      }
    }
    Units all{0};
    Units owed{0};
    for (PromiseStanding const& standing : ledger.standings) {
      ASSERT_EQ(standing.offered, on_offer[standing.pledge]) << "seed " << seed;
      all += *standing.offered;
      owed += std::max(Units{0}, *standing.offered - delivered[standing.pledge]);
    }
    Units in_sums{0};
    Units owed_in_sums{0};
    for (PromiseSum const& sum : ledger.sums) {
      in_sums += *sum.offered.units;
      owed_in_sums += *sum.owed.units;
    }
    EXPECT_EQ(in_sums, all) << "seed " << seed;
    EXPECT_EQ(owed_in_sums, owed) << "seed " << seed;
  }
}

}  // namespace
}  // namespace guarantor::model
