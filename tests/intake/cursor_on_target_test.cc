#include "guarantor/intake/cursor_on_target.h"

#include <gtest/gtest.h>

#include <string>

#include "recorded_sink.h"

namespace guarantor::intake {
namespace {

std::string event(std::string_view uid, std::string_view type,
                  std::string_view point = R"(lat="48.5" lon="37.5" hae="0" ce="25.5" le="1")",
                  std::string_view detail = "") {
  return "<event version='2.0' uid=\"" + std::string{uid} + "\" type=\"" + std::string{type} +
         R"(" how="m-g" time="2022-01-01T10:00:05.5Z" start="2022-01-01T10:00:00Z" )" +
         "stale=\"2022-01-01T10:05:00Z\"><point " + std::string{point} + "/><detail>" +
         std::string{detail} + "</detail></event>";
}

std::string_view reason(std::string_view text) {
  Recorded const recorded = read_all(cursor_on_target(), text);
  EXPECT_EQ(recorded.taken.size() + recorded.rejects.size(), 1U) << text;
  return recorded.rejects.empty() ? "taken" : model::text(recorded.rejects[0].reason);
}

TEST(CursorOnTarget, ReadsEvents) {
  Recorded const recorded =
      read_all(cursor_on_target(),
               "<?xml version=\"1.0\"?>\n" +
                   event("u-1", "a-u-A-M-F-Q", R"(lat="48.5" lon="37.5" ce="25.5")",
                         "<contact callsign=\"tower\"/><remarks> low &amp; slow </remarks>") +
                   "\n" + event("u-2", "a-h-G-U-C") + event("u-3", "a-n-A-C-F"));
  EXPECT_TRUE(recorded.rejects.empty());
  ASSERT_EQ(recorded.taken.size(), 3U);
  model::Observation const& drone = recorded.taken[0].second;
  EXPECT_EQ(recorded.taken[0].first, 2U);
  EXPECT_EQ(drone.id.text(), "cot:u-1@2022-01-01T10:00:00.000000Z");
  EXPECT_EQ(drone.kind, model::EventKind::kDrone);
  EXPECT_EQ(drone.category, "a-u-A-M-F-Q");
  EXPECT_EQ(drone.observer, "tower");
  EXPECT_EQ(drone.text, "low & slow");
  EXPECT_EQ(drone.sense, model::Sense::kSensor);
  EXPECT_EQ(drone.from, *model::parse_instant("2022-01-01T10:00:00Z"));
  EXPECT_EQ(drone.to, *model::parse_instant("2022-01-01T10:00:05.5Z"));
  EXPECT_EQ(drone.reported, drone.to);
  EXPECT_EQ(drone.precision, model::Metres{25.5});
  EXPECT_EQ(recorded.taken[1].second.kind, model::EventKind::kPresence);
  EXPECT_EQ(recorded.taken[2].second.kind, model::EventKind::kAircraft);
}

TEST(CursorOnTarget, ADeletionWithdrawsWhatItLinksTo) {
  Recorded const recorded =
      read_all(cursor_on_target(), event("x", "t-x-d-d", R"(lat="0" lon="0" ce="9999999")",
                                         R"(<link uid="u-1" relation="p-p"/>)") +
                                       event("y", "t-x-d-d"));
  ASSERT_EQ(recorded.taken.size(), 1U);
  EXPECT_EQ(recorded.taken[0].second.id.text(), "cot:u-1");
  EXPECT_TRUE(recorded.taken[0].second.withdrawn);
  EXPECT_FALSE(recorded.taken[0].second.place);
  EXPECT_EQ(recorded.counts.count(RejectReason::kMissingField), 1U);
}

TEST(CursorOnTarget, ATrackThatMovesOnWasThereAllTheSame) {
  std::string later = event("u-1", "a-u-A-M-F-Q", R"(lat="49" lon="38" ce="25.5")");
  later.replace(later.find("start=\"2022-01-01T10:00:00Z"), 27, "start=\"2022-01-01T10:00:03Z");
  Recorded const recorded =
      read_all(cursor_on_target(), event("u-1", "a-u-A-M-F-Q") + later +
                                       event("x", "t-x-d-d", R"(lat="0" lon="0" ce="9999999")",
                                             R"(<link uid="u-1" type="a-u-A-M-F-Q"/>)"));
  ASSERT_EQ(recorded.taken.size(), 2U);
  EXPECT_NE(recorded.taken[0].second.id, recorded.taken[1].second.id);
  EXPECT_EQ(recorded.counts.count(RejectReason::kNotAnObservation), 1U);
}

TEST(CursorOnTarget, SaysWhyAnEventIsNotTaken) {
  EXPECT_EQ(reason(event("u", "t-x-c-t")), "not-an-observation");
  EXPECT_EQ(reason(event("u", "u-d-f")), "not-an-observation");
  EXPECT_EQ(reason(event("u", "b-m-p-s-p-i")), "taken");
  EXPECT_EQ(reason(event("u", "q-q")), "unknown-kind");
  EXPECT_EQ(reason(event("u", "")), "unknown-kind");
  EXPECT_EQ(reason(event("", "a-h-G")), "missing-field");
  EXPECT_EQ(reason(event("u", "a-h-G", R"(lat="91" lon="37")")), "latitude-out-of-range");
  EXPECT_EQ(reason(event("u", "a-h-G", R"(lat="1" lon="181")")), "longitude-out-of-range");
  EXPECT_EQ(reason(event("u", "a-h-G", R"(lat="1")")), "no-place");
  EXPECT_EQ(reason(event("u", "a-h-G", R"(lat="0" lon="0" ce="9999999.0")")), "no-place");
  EXPECT_EQ(reason(event("u", "a-h-G", R"(lat="1" lon="1" ce="far")")), "bad-number");
  EXPECT_EQ(reason("<event/>"), "missing-field");
  EXPECT_EQ(reason("<event time='x' start='y' stale='z'></event>"), "bad-date");
  EXPECT_EQ(reason("<event><a></event>"), "bad-syntax");
  EXPECT_EQ(reason("<event a='"), "bad-syntax");
  EXPECT_EQ(reason("no XML at all"), "bad-syntax");
  EXPECT_EQ(reason("<events></events>"), "bad-syntax");
  EXPECT_EQ(reason(""), "bad-syntax");
  EXPECT_EQ(reason(event("u\xff", "a-h-G")), "not-utf8");
}

TEST(CursorOnTarget, AnUnknownErrorIsARadiusOfItsOwn) {
  Recorded const recorded = read_all(cursor_on_target({.unknown_precision = model::Metres{500}}),
                                     event("u", "a-h-G", R"(lat="1" lon="1" ce="9999999")"));
  ASSERT_EQ(recorded.taken.size(), 1U);
  EXPECT_EQ(recorded.taken[0].second.precision, model::Metres{500});
}

TEST(CursorOnTarget, GoesOnBehindAnEventThatIsBroken) {
  std::string const good = event("u", "a-h-G");
  for (std::string const& bad : {std::string{"<event uid=\"x>\n"}, std::string{"<event><detail>\n"},
                                 std::string{"stray text\n"}, std::string{"<event"}}) {
    Recorded const recorded = read_all(cursor_on_target(), good + "\n" + bad + good + good);
    EXPECT_EQ(recorded.taken.size(), 3U) << bad;
    ASSERT_EQ(recorded.rejects.size(), bad == "<event" ? 0U : 1U) << bad;
  }
}

TEST(CursorOnTarget, IsNoWayInForBombs) {
  std::string const doctype =
      "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;\">]>";
  Recorded const entities = read_all(
      cursor_on_target(),
      doctype + event("u", "a-h-G", R"(lat="1" lon="1" ce="1")", "<remarks>&lol2;</remarks>"));
  ASSERT_EQ(entities.taken.size(), 1U);
  EXPECT_EQ(entities.taken[0].second.text, "&lol2;");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) {
    deep += "<a>";
  }
  EXPECT_EQ(reason(event("u", "a-h-G", R"(lat="1" lon="1" ce="1")", deep)), "bad-syntax");
  EXPECT_EQ(reason(event("u", "a-h-G", R"(lat="1" lon="1" ce="1")", "<remarks>&#xD800;</remarks>")),
            "not-utf8");
}

TEST(CursorOnTarget, PassesOverWhatIsTooLong) {
  Limits const limits{.record_bytes = 600};
  Recorded const recorded = read_all(
      cursor_on_target({.limits = limits}),
      event("u", "a-h-G", "", std::string(700, 'x') + "<b/>") + "\n" + event("v", "a-h-G"));
  ASSERT_EQ(recorded.rejects.size(), 1U);
  EXPECT_EQ(recorded.rejects[0].reason, RejectReason::kTooLong);
  ASSERT_EQ(recorded.taken.size(), 1U);
  EXPECT_EQ(recorded.taken[0].first, 2U);
}

}  // namespace
}  // namespace guarantor::intake
