#include "guarantor/model/validate.h"

#include <gtest/gtest.h>

#include <limits>

namespace guarantor::model {
namespace {

Scenario sound() {
  Scenario s;
  s.header.id = ScenarioId{"sound"};
  s.nations.push_back({.id = NationId{"XAA"}});
  s.capabilities.push_back(
      {.id = CapabilityId{"inf"}, .domain = DomainId{"land"}, .personnel = Personnel{100}});
  s.conditions.push_back({.id = ConditionId{"vote"}});
  Pledge pledge;
  pledge.id = PledgeId{"p"};
  pledge.nation = NationId{"XAA"};
  pledge.capability = CapabilityId{"inf"};
  s.pledges.push_back(pledge);
  Requirement line;
  line.id = RequirementId{"r"};
  line.capability = CapabilityId{"inf"};
  line.quantity = Units{1};
  s.requirements.push_back(line);
  return s;
}

std::vector<std::string> errors(Scenario const& scenario) {
  std::vector<std::string> messages;
  for (Finding const& finding : validate(scenario)) {
    if (finding.severity == Severity::kError) {
      messages.push_back(std::string{text(finding.cell.table)} + "." + finding.cell.column + ": " +
                         finding.message);
    }
  }
  return messages;
}

TEST(Validate, ASoundScenarioHasNoFindings) {
  EXPECT_TRUE(validate(sound()).empty());
}

TEST(Validate, ReferencesMustExist) {
  Scenario s = sound();
  s.pledges[0].capability = CapabilityId{"ifn"};
  auto const findings = validate(s);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "unknown capability `ifn`");
  EXPECT_EQ(findings[0].hint, "did you mean `inf`?");
  EXPECT_EQ(findings[0].cell, (CellRef{Table::kPledges, 0, "capability", 0}));
}

TEST(Validate, KeysStandOnce) {
  Scenario s = sound();
  s.nations.push_back(s.nations[0]);
  EXPECT_EQ(errors(s), std::vector<std::string>{
                           "nations.nation: duplicate key: row 1 of nations has it already"});
}

TEST(Validate, WindowsLeaveAMonth) {
  Scenario s = sound();
  s.requirements[0].from = Months{3};
  s.requirements[0].to = Months{3};
  EXPECT_EQ(errors(s), std::vector<std::string>{"requirements.to_month: impossible window: "
                                                "from_month and to_month leave no month"});
}

TEST(Validate, NumbersThatAreNoneAreRefused) {
  Scenario s = sound();
  s.header.cost_weight = std::numeric_limits<double>::quiet_NaN();
  s.requirements[0].min_fill = std::numeric_limits<double>::quiet_NaN();
  s.pledges[0].quantity = Units{-1};
  EXPECT_EQ(errors(s).size(), 3U);
}

TEST(Validate, CoalitionAtomsStandWithoutNot) {
  Scenario s = sound();
  s.pledges[0].conditions = std::get<Expression>(parse_expression("!joins(XAA) & !vote"));
  EXPECT_EQ(errors(s),
            std::vector<std::string>{"pledges.conditions: `joins(XAA)` stands under `!`"});
}

TEST(Validate, AreasAreKnownOnlyWhereThereIsAMap) {
  Scenario s = sound();
  s.requirements[0].area = AreaId{"north"};
  EXPECT_TRUE(errors(s).empty());
  s.areas.push_back({.id = AreaId{"nord"}, .parts = {Point{}}});
  EXPECT_EQ(errors(s), std::vector<std::string>{"requirements.area: unknown area `north`"});
}

TEST(Validate, SaysWhereAForceIsPromisedTwice) {
  Scenario s = sound();
  s.header.kind = ScenarioKind::kExercise;
  s.nations[0].personnel = Personnel{1000};
  s.pledges[0].quantity = Units{5};
  s.force_claims.push_back(
      {.nation = NationId{"XAA"}, .capability = CapabilityId{"inf"}, .quantity = Units{6}});
  auto const findings = validate(s);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].severity, Severity::kWarning);
  EXPECT_EQ(findings[0].message,
            "pledges 500 people where 400 are left after what XAA has promised elsewhere");
}

/// What is wrong with deliveries of a pledge of six that was first offered in January, then of
/// eight.
std::vector<std::string> warnings_of(std::vector<Delivery> deliveries,
                                     PledgeStatus last = PledgeStatus::kCabinet) {
  Scenario s = sound();
  s.header.kind = ScenarioKind::kExercise;
  s.pledges[0].quantity = Units{6};
  auto const statement = [&](char const* date, PledgeStatus status, std::int64_t quantity) {
    return Offer{.pledge = s.pledges[0].id,
                 .date = parse_date(date),
                 .status = status,
                 .quantity = Units{quantity}};
  };
  s.offers = {statement("2026-03-01", last, 8),
              statement("2026-01-10", PledgeStatus::kAnnounced, 4)};
  for (Delivery& delivery : deliveries) {
    delivery.pledge = s.pledges[0].id;
  }
  s.deliveries = std::move(deliveries);
  std::vector<std::string> out;
  for (Finding const& finding : validate(s)) {
    EXPECT_EQ(finding.cell.table, Table::kDeliveries);
    EXPECT_EQ(finding.severity, Severity::kWarning) << finding.message;
    out.push_back(std::to_string(finding.cell.row) + ": " + finding.message);
  }
  return out;
}

Delivery delivered(char const* date, std::int64_t quantity,
                   DeliveryKind kind = DeliveryKind::kDelivered) {
  return {.date = parse_date(date), .kind = kind, .quantity = Units{quantity}};
}

TEST(Validate, DeliveriesAddUpToNoMoreThanWasEverOffered) {
  EXPECT_TRUE(warnings_of({delivered("2026-02-01", 5), delivered("2026-02-02", 3)}).empty());
  EXPECT_EQ(warnings_of({delivered("2026-02-01", 5), delivered("2026-02-02", 4),
                         delivered("2026-02-03", 1)}),
            std::vector<std::string>{"1: delivered 9 where at most 8 were ever offered"});
  EXPECT_EQ(warnings_of({delivered("2026-02-01", 3),
                         delivered("2026-02-02", 2, DeliveryKind::kTransferred)}),
            std::vector<std::string>{"0: delivered 3 where 2 were transferred"});
}

TEST(Validate, DeliveriesFallBetweenTheFirstOfferAndItsWithdrawal) {
  EXPECT_EQ(warnings_of({delivered("2026-01-09", 1), delivered("2026-01-10", 1)}),
            std::vector<std::string>{"0: before the pledge was first offered, on 2026-01-10"});
  EXPECT_EQ(warnings_of({delivered("2026-03-01", 1), delivered("2026-03-02", 1)},
                        PledgeStatus::kWithdrawn),
            std::vector<std::string>{"1: after the pledge was withdrawn"});
  EXPECT_TRUE(warnings_of({{.kind = DeliveryKind::kDelivered, .quantity = Units{1}}},
                          PledgeStatus::kWithdrawn)
                  .empty())
      << "not dated: nothing can be said of its day";
}

TEST(Validate, ADeliveryIsOfAPledgeAndNotNegativeAndStandsOnce) {
  Scenario s = sound();
  s.deliveries = {{.pledge = PledgeId{"no-such"}, .quantity = Units{-1}},
                  {.pledge = s.pledges[0].id, .reference = "protocol"},
                  {.pledge = s.pledges[0].id, .reference = "protocol"},
                  {.pledge = s.pledges[0].id, .reference = "another"}};
  auto const found = errors(s);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0], "deliveries.pledge: unknown pledge `no-such`");
  EXPECT_EQ(found[1], "deliveries.quantity: quantity is negative or no number");
  EXPECT_EQ(found[2], "deliveries.pledge: duplicate key: row 2 of deliveries has it already");
}

TEST(Validate, ARealGovernmentsNumberNeedsASource) {
  Scenario s = sound();
  s.pledges[0].quantity = Units{1};
  ASSERT_EQ(validate(s).size(), 1U);
  EXPECT_EQ(validate(s)[0].message, "a quantity without a source");
  s.pledges[0].row.provenance.source = "a communique";
  EXPECT_TRUE(validate(s).empty());
}

}  // namespace
}  // namespace guarantor::model
