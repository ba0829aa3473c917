#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "drawn_front.h"
#include "guarantor/watch/daily_report.h"

namespace guarantor::watch {
namespace {

model::Date march(unsigned day) {
  return std::chrono::sys_days{std::chrono::year{2026} / std::chrono::March /
                               std::chrono::day{day}};
}

/// A truce of two parties along `front`; `front-b` is another line.
model::Scenario truce_along_two_lines() {
  auto scenario = drawn_front("mast mast front-01 front-02 front-03 front-04 standing");
  model::Area other = scenario.areas.front();
  other.id = model::AreaId{"front-b"};
  scenario.areas.push_back(other);
  scenario.agreements = {{.id = model::AgreementId{"truce"}, .from = march(1)}};
  accept(scenario, "truce", march(1));
  scenario.clauses = {{.id = model::ClauseId{"no-fire"},
                       .agreement = model::AgreementId{"truce"},
                       .acts = {model::EventKind::kExplosion},
                       .line = model::AreaId{"front"},
                       .within = model::Kilometres{15}}};
  return scenario;
}

TEST(ReportClauses, HasNoZeroForAClauseThatIsNotInForce) {
  auto scenario = truce_along_two_lines();
  auto const clause_rows = [&] {
    auto const report = daily_report(scenario, {}, {}, {.days = {march(10), march(11)}}).value();
    std::string rows;
    for (auto const& row : report.clause_days) {
      rows += fmt::format("{} {}; ", row.clause.text(), row.sector.text());
    }
    return rows;
  };
  EXPECT_EQ(clause_rows(),
            "no-fire front-01; no-fire front-02; no-fire front-03; no-fire front-04; ")
      << "front-b has a line of its own";
  scenario.positions.push_back({.agreement = model::AgreementId{"truce"},
                                .party = model::PartyId{"party-a"},
                                .date = march(9),
                                .standing = model::Standing::kSuspended});
  EXPECT_EQ(clause_rows(), "");
}

}  // namespace
}  // namespace guarantor::watch
