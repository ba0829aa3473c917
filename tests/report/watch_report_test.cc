#include "guarantor/report/watch_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "golden_file.h"
#include "guarantor/report/watch_charts.h"
#include "guarantor/report/watch_words.h"
#include "html_tags.h"
#include "watched_front.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::json;

TEST(WatchReport, ThePagesStayAsTheyWereRead) {
  expect_golden("watch-day.html", to_page(watched_front(), day_on_the_front()));
  expect_golden("watch-week.html", to_page(watched_front(), week_on_the_front()));
}

TEST(WatchReport, TheTablesStayAsTheyWereRead) {
  auto const scenario = watched_front();
  auto const report = day_on_the_front();
  expect_golden("watch-day.json", to_json(scenario, report));
  for (auto const& [name, text] : to_csv(scenario, report)) {
    expect_golden("watch-day-" + name, text);
  }
}

TEST(WatchReport, ThePageIsWholeAndNeedsNothingElse) {
  for (auto const& report : {day_on_the_front(), week_on_the_front(), model::WatchReport{}}) {
    auto const page = to_page(watched_front(), report);
    EXPECT_EQ(tag_fault(page), "");
    EXPECT_EQ(page.find("<monitoring"), std::string::npos);
    EXPECT_EQ(page.find("<north"), std::string::npos);
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_NE(page.find("EXERCISE · FOR MONITORS"), std::string::npos);
  }
}

/// Every count of the document, with its own hours beside it.
void check_counts(Json const& json, std::size_t& zeros, std::size_t& nothings) {
  if (json.is_object() && json.contains("number")) {
    bool const watched = json["watched_hours"].get<double>() > 0;
    if (!watched) {
      EXPECT_NE(json["number"], 0) << json;
      nothings += json["number"].is_null() ? 1U : 0U;
    }
    zeros += json["number"] == 0 ? 1U : 0U;
  }
  for (auto const& inner : json) {
    if (inner.is_structured()) {
      check_counts(inner, zeros, nothings);
    }
  }
}

TEST(WatchReport, JsonHasNoZeroWhereNobodyWatched) {
  std::size_t zeros = 0;
  std::size_t nothings = 0;
  check_counts(Json::parse(to_json(watched_front(), day_on_the_front())), zeros, nothings);
  EXPECT_GT(zeros, 20U);
  EXPECT_GT(nothings, 20U);
}

TEST(WatchReport, CsvSaysNotWatched) {
  auto const files = to_csv(watched_front(), day_on_the_front());
  auto const& sectors = files.at("sectors.csv");
  auto const at = sectors.find(",front-10,");
  ASSERT_NE(at, std::string::npos);
  auto const row = sectors.substr(at, sectors.find('\n', at) - at);
  EXPECT_EQ(row,
            ",front-10,2026-03-10,0,24,0,not watched,not watched,0,not watched,0,not watched,0,not "
            "watched,not watched,not watched,not watched,not watched,not watched,not watched,not "
            "watched,not watched,not watched,0,0,24,0,0,0,0,0");
  for (auto const& [name, text] : files) {
    for (std::size_t line = 0; line < text.size(); line = text.find('\n', line) + 1) {
      EXPECT_EQ(text.substr(line).rfind("EXERCISE · FOR MONITORS,", 0), 0U) << name << text;
    }
  }
}

TEST(WatchReport, SaysWhatItComesTo) {
  EXPECT_EQ(watch_headline(day_on_the_front()),
            "Nine incidents; 37 explosions, 14 bursts and 122 shots, 120 of them live fire. Six "
            "incidents are said to breach a clause; one verified and one unverifiable. 12 sectors "
            "were watched for 89.5 of 288 h, counted sector by sector; five not at all.");
  model::WatchReport nothing;
  EXPECT_EQ(
      watch_headline(nothing),
      "Nobody watched, and nothing was reported: that is not to say that nothing happened. No "
      "line is cut into sectors, so nothing can be said of what was watched.");
  nothing.sectors = {{.sector = model::SectorId{"front-01"}},
                     {.sector = model::SectorId{"front-02"}}};
  EXPECT_EQ(watch_headline(nothing),
            "Nobody watched, and nothing was reported: that is not to say that nothing happened. "
            "Nobody watched any of the two sectors.");
}

TEST(WatchReport, SaysWhen) {
  model::Instant const start = *model::parse_date("2026-03-10");
  using std::chrono::hours;
  EXPECT_EQ(span_in_words(start + hours{9}, start + hours{9}), "10 Mar 09:00");
  EXPECT_EQ(span_in_words(start + hours{9}, start + hours{10}), "10 Mar 09:00–10:00");
  EXPECT_EQ(span_in_words(start + hours{23}, start + hours{25}), "10 Mar 23:00–11 Mar 01:00");
}

TEST(WatchReport, SaysWhatChanged) {
  auto const report = day_on_the_front();
  ASSERT_EQ(report.corrections.size(), 2U);
  EXPECT_EQ(report.revision, 2);
  EXPECT_EQ(correction_in_words(report.corrections[0]),
            "revision 1 → 2 (corrected); 30 explosions → 33 explosions");
  EXPECT_EQ(correction_in_words(report.corrections[1]),
            "not listed before, now alleged (opened); no munitions → two shots");
  EXPECT_EQ(correction_in_words({.revision_before = 1,
                                 .revision_now = 2,
                                 .cause = model::RevisionCause::kAbsorbed,
                                 .others = {model::IncidentId{"fire-1"}},
                                 .state_before = model::CaseState::kAlleged}),
            "revision 1 → 2 (absorbed): fire-1; alleged → no incident of its own");
}

TEST(WatchReport, ManySectorsAreCutIntoPieces) {
  model::WatchReport report;
  report.days = {*model::parse_date("2026-03-10"), *model::parse_date("2026-03-11")};
  for (int i = 0; i < 170; ++i) {
    report.sectors.push_back({.sector = model::SectorId{"front-" + std::to_string(i)}});
  }
  auto const calendar = watch_calendar(report);
  std::size_t pieces = 0;
  for (auto at = calendar.find("<svg"); at != std::string::npos;
       at = calendar.find("<svg", at + 1)) {
    ++pieces;
  }
  EXPECT_EQ(pieces, 5U);
  EXPECT_NE(calendar.find("10 more sectors stand in sectors.csv."), std::string::npos);
  EXPECT_EQ(period_bars(report), "");
}

TEST(WatchReport, HashesWhatItSays) {
  auto report = day_on_the_front();
  auto const hash = watch_hash(watched_front(), report);
  EXPECT_EQ(Json::parse(to_json(watched_front(), report))["watch_hash"], hash);
  ++report.revision;
  EXPECT_NE(watch_hash(watched_front(), report), hash);
}

}  // namespace
}  // namespace guarantor::report
