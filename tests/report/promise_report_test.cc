#include "guarantor/report/promise_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "golden_file.h"
#include "guarantor/report/promise_words.h"
#include "html_tags.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::json;
using model::Units;
using enum model::PledgeStatus;

model::Row sourced(model::Confidence confidence, std::string source = "a communiqué") {
  return {.provenance = {.source = std::move(source), .confidence = confidence}};
}

/// Two nations, five pledges: delivered, in part, without a number, withdrawn, as it was.
model::Scenario scenario(model::Confidence confidence = model::Confidence::kReported) {
  model::Scenario s;
  s.header.id = model::ScenarioId{"quay"};
  s.header.title = "Fourth Quay <draft>";
  s.header.kind = model::ScenarioKind::kExercise;
  s.header.marking = "FOR PLANNERS";
  s.header.as_of = *model::parse_date("2026-03-01");
  s.nations = {{.id = model::NationId{"XAB"}, .name = "Birchland"},
               {.id = model::NationId{"XAA"}, .name = "Alder & Ash"}};
  s.capabilities = {
      {.id = model::CapabilityId{"inf"}, .title = "Infantry", .unit = "company"},
      {.id = model::CapabilityId{"fuel"}, .title = "Fuel", .unit = "thousand tonnes"}};
  s.meetings = {{.id = model::MeetingId{"quay-1"}, .title = "First conference"}};
  auto const pledge = [&](char const* id, char const* nation, char const* capability,
                          std::optional<Units> quantity, model::PledgeStatus status) {
    s.pledges.push_back({.id = model::PledgeId{id},
                         .nation = model::NationId{nation},
                         .capability = model::CapabilityId{capability},
                         .quantity = quantity,
                         .status = status,
                         .row = sourced(confidence)});
  };
  pledge("alder-inf", "XAA", "inf", Units{6}, kCabinet);
  pledge("alder-fuel", "XAA", "fuel", Units{1200}, kMandated);
  pledge("birch-inf", "XAB", "inf", std::nullopt, kAnnounced);
  pledge("birch-guard", "XAB", "inf", Units{2}, kWithdrawn);
  pledge("birch-fuel", "XAB", "fuel", Units{4}, kAnnounced);
  auto const offer = [&](char const* id, char const* date, model::PledgeStatus status,
                         std::optional<Units> quantity) {
    s.offers.push_back({.pledge = model::PledgeId{id},
                        .date = model::parse_date(date),
                        .meeting = model::MeetingId{"quay-1"},
                        .status = status,
                        .quantity = quantity,
                        .row = sourced(confidence, "https://example.invalid/quay?a=1&b=2")});
  };
  offer("alder-inf", "2026-01-10", kMandated, Units{4});
  offer("alder-inf", "2026-02-10", kCabinet, Units{6});
  offer("alder-fuel", "2026-01-10", kMandated, Units{1200});
  offer("birch-guard", "2026-01-10", kAnnounced, Units{2});
  offer("birch-guard", "2026-02-01", kWithdrawn, Units{2});
  auto const came = [&](char const* id, char const* date, model::DeliveryKind kind, int quantity) {
    s.deliveries.push_back({.pledge = model::PledgeId{id},
                            .date = model::parse_date(date),
                            .kind = kind,
                            .quantity = Units{quantity},
                            .to = "the host's stores",
                            .reference = "protocol 1",
                            .row = sourced(confidence)});
  };
  came("alder-fuel", "2026-02-20", model::DeliveryKind::kDelivered, 700);
  came("alder-fuel", "2026-02-25", model::DeliveryKind::kDelivered, 500);
  came("alder-inf", "2026-02-15", model::DeliveryKind::kTransferred, 3);
  came("alder-inf", "2026-02-21", model::DeliveryKind::kDelivered, 1);
  return s;
}

model::PromiseLedger ledger_of(model::Scenario const& s,
                               model::PromiseRequest const& request = {}) {
  auto ledger = model::promise_ledger(s, request);
  ledger.scenario_hash = "0123456789abcdef";
  ledger.program_version = "1.2.3";
  return ledger;
}

TEST(PromiseReport, EachPledgeIsCountedOnceByHowFarItHasCome) {
  auto const s = scenario();
  auto const ledger = ledger_of(s);
  PromiseReading const reading{s, ledger};
  ASSERT_EQ(reading.nations().size(), 2U);
  EXPECT_EQ(reading.nations()[0].nation.text(), "XAB") << "in the order of the table of nations";
  auto const& total = reading.total();
  EXPECT_EQ(total.pledges(), 5U);
  EXPECT_EQ(total.at(PromiseStage::kDelivered), 1U);
  EXPECT_EQ(total.at(PromiseStage::kPartly), 1U);
  EXPECT_EQ(total.at(PromiseStage::kTransferred), 0U);
  EXPECT_EQ(total.at(PromiseStage::kOffered), 1U);
  EXPECT_EQ(total.at(PromiseStage::kNotStated), 1U);
  EXPECT_EQ(total.at(PromiseStage::kWithdrawn), 1U);
  EXPECT_EQ(total.upgraded, 1U);
  EXPECT_EQ(total.downgraded, 1U) << "more units and less firm are two facts";
}

TEST(PromiseReport, NoFigureHeadsWhatIsMostlyIllustrative) {
  for (auto const confidence : {model::Confidence::kReported, model::Confidence::kIllustrative}) {
    auto const s = scenario(confidence);
    auto const ledger = ledger_of(s);
    auto const headline = promises_headline(PromiseReading{s, ledger});
    EXPECT_EQ(headline.find("no single figure") == std::string::npos,
              confidence == model::Confidence::kReported)
        << headline;
  }
  auto const s = scenario();
  auto const ledger = ledger_of(s);
  EXPECT_EQ(promises_headline(PromiseReading{s, ledger}),
            "Of five pledges by two nations, one is delivered in full, one in part, none is handed "
            "over and one is withdrawn. One is on offer without a number.");
  auto unrecorded = s;
  unrecorded.deliveries.clear();
  auto const other = ledger_of(unrecorded);
  EXPECT_EQ(promises_headline(PromiseReading{unrecorded, other}),
            "Of five pledges by two nations, none is handed over and one is withdrawn. One is on "
            "offer without a number. No delivery is recorded in these tables, which does not say "
            "that none was made.");
}

TEST(PromiseReport, TheTerminalTableStaysAsItWasRead) {
  auto const s = scenario();
  expect_golden("promises.txt", to_table(s, ledger_of(s), {.colour = false, .width = 100}));
}

TEST(PromiseReport, ThePageStaysAsItWasRead) {
  auto const s = scenario();
  expect_golden("promises.html", to_page(s, ledger_of(s)));
}

TEST(PromiseReport, ThePageIsWholeAndNeedsNothingElse) {
  for (auto const& request :
       {model::PromiseRequest{}, model::PromiseRequest{.capability = model::CapabilityId{"fuel"}},
        model::PromiseRequest{.nation = model::NationId{"XZZ"}},
        model::PromiseRequest{.from = model::parse_date("2030-01-01")}}) {
    auto const s = scenario();
    auto const page = to_page(s, ledger_of(s, request));
    EXPECT_EQ(tag_fault(page), "");
    EXPECT_EQ(page.find("<draft>"), std::string::npos);
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_NE(page.find("EXERCISE · FOR PLANNERS"), std::string::npos);
  }
}

TEST(PromiseReport, OfOneCapabilityTheCourseIsInItsUnits) {
  auto const s = scenario();
  auto const all = to_page(s, ledger_of(s));
  auto const fuel = to_page(s, ledger_of(s, {.capability = model::CapabilityId{"fuel"}}));
  EXPECT_NE(all.find("<title>Pledges offered and delivered"), std::string::npos);
  EXPECT_NE(fuel.find("<title>Units offered and delivered"), std::string::npos);
  EXPECT_NE(fuel.find("delivered 1\u202F200</text>"), std::string::npos);
}

TEST(PromiseReport, JsonHoldsEverythingAndNothingThatWasNotStated) {
  auto const s = scenario();
  auto const json = Json::parse(to_json(s, ledger_of(s)));
  EXPECT_EQ(json["heading"], "EXERCISE · FOR PLANNERS");
  EXPECT_EQ(json["footing"], "EXERCISE · FOR PLANNERS");
  EXPECT_EQ(json["scenario_hash"], "0123456789abcdef");
  EXPECT_EQ(json["provenance"]["reported"], 1.0);
  EXPECT_EQ(json["events"].size(), 12U);
  EXPECT_EQ(json["events"][0]["event"], "offered");
  EXPECT_EQ(json["events"][0]["meeting"], "quay-1");
  EXPECT_EQ(json["events"].back()["date"], nullptr);
  auto const& birch = json["pledges"][2];
  EXPECT_EQ(birch["offered"], nullptr);
  EXPECT_EQ(birch["owed"], nullptr);
  EXPECT_EQ(json["promises"][0]["nation"], "XAB") << "in the order of the tables";
  EXPECT_EQ(json["promises"][0]["offered"]["not_stated"], 1);
  EXPECT_EQ(json["promises"][3]["delivered"]["units"], 1200);
  EXPECT_EQ(json["promise_hash"].get<std::string>().size(), 64U);
}

TEST(PromiseReport, CsvCarriesTheMarkInEveryRow) {
  auto const s = scenario();
  auto const files = to_csv(s, ledger_of(s));
  ASSERT_EQ(files.size(), 2U);
  for (auto const& [name, text] : files) {
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      EXPECT_EQ(text.substr(at).rfind("EXERCISE · FOR PLANNERS,", 0), 0U) << name << text;
    }
  }
  EXPECT_NE(
      files.at("events.csv").find(",2026-02-10,alder-inf,XAA,inf,upgraded,2,6,,,quay-1,,,offers,"),
      std::string::npos)
      << files.at("events.csv");
  EXPECT_NE(files.at("promises.csv").find(",XAB,inf,company,2,2,1,0,1,,0,,0,0,1,1,2,0\n"),
            std::string::npos)
      << files.at("promises.csv");
}

}  // namespace
}  // namespace guarantor::report
