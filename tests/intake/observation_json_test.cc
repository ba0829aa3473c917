#include "guarantor/intake/observation_json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "guarantor/intake/observation_lines.h"
#include "recorded_sink.h"

namespace guarantor::intake {
namespace {

using model::Observation;

constexpr std::string_view kShort =
    R"({"id":"a:1","source":"a","kind":"shot","from":"2022-01-01T00:00:00.000000Z",)"
    R"("to":"2022-01-01T00:00:00.000000Z","sense":"reported"})";

rc::Gen<std::string> text() {
  // ASCII with all controls, and characters of two to four bytes.
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
                          rc::gen::map(rc::gen::inRange(0, 128),
                                       [](int c) { return std::string(1, static_cast<char>(c)); }),
                          rc::gen::element<std::string>("\xc3\xa9", "\xe2\x82\xac",
                                                        "\xf0\x9f\x94\xa5", "\\", "\""))),
                      [](std::vector<std::string> const& parts) {
                        std::string joined;
                        for (std::string const& part : parts) {
                          joined += part;
                        }
                        return joined;
                      });
}

Observation drawn_observation() {
  Observation observation;
  observation.id = model::ObservationId{"s:" + *text()};
  observation.source = "s" + *text();
  observation.observer = *text();
  observation.kind = static_cast<model::EventKind>(
      *rc::gen::inRange(0, static_cast<int>(model::kWords<model::EventKind>.size())));
  observation.category = *text();
  auto const moment = rc::gen::inRange<std::int64_t>(700'000'000'000'000, 4'000'000'000'000'000);
  observation.from = model::Instant{std::chrono::microseconds{*moment}};
  observation.to = observation.from +
                   std::chrono::microseconds{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000)};
  auto const share = [] {
    return static_cast<double>(*rc::gen::arbitrary<std::uint32_t>()) / 4294967295.0;
  };
  if (*rc::gen::arbitrary<bool>()) {
    observation.place = {model::Degrees{360 * share() - 180}, model::Degrees{180 * share() - 90}};
  }
  observation.precision =
      model::Metres{*rc::gen::element(0.0, 375.0, 1e-9, 0.1 + 0.2, 20'040'000.0)};
  if (*rc::gen::arbitrary<bool>()) {
    observation.count = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000);
    observation.blast = static_cast<model::BlastKind>(*rc::gen::inRange(0, 4));
    observation.calibre = model::Millimetres{*rc::gen::inRange(1, 100'000)};
    observation.probability = share();
  }
  observation.sense = static_cast<model::Sense>(*rc::gen::inRange(0, 5));
  observation.sector = model::SectorId{*text()};
  if (*rc::gen::arbitrary<bool>()) {
    observation.reported = model::Instant{std::chrono::microseconds{*moment}};
  }
  observation.weapon = *text();
  observation.actor = *text();
  observation.live_fire = *rc::gen::arbitrary<bool>();
  observation.withdrawn = *rc::gen::arbitrary<bool>();
  observation.text = *text();
  observation.evidence = *rc::gen::container<std::vector<std::string>>(text());
  observation.owner = model::NationId{*text()};
  observation.releasable_to = *rc::gen::container<std::vector<std::string>>(text());
  return observation;
}

RC_GTEST_PROP(ObservationJson, ComesBackEqualAndAsTheSameBytes, ()) {
  Observation const observation = drawn_observation();
  std::string const json = to_json(observation);
  RC_ASSERT(json.find('\n') == std::string::npos);
  auto const again = parse_observation(json);
  RC_ASSERT(again.ok());
  RC_ASSERT(again.value() == observation);
  RC_ASSERT(to_json(again.value()) == json);
}

TEST(ObservationJson, WritesOnlyWhatIsGiven) {
  Observation observation;
  observation.id = model::ObservationId{"a:1"};
  observation.source = "a";
  observation.kind = model::EventKind::kShot;
  observation.from = observation.to = *model::parse_instant("2022-01-01T00:00:00Z");
  EXPECT_EQ(to_json(observation), kShort);
}

TEST(ObservationJson, WritesAllInItsOrder) {
  Observation observation;
  observation.id = model::ObservationId{"patrol-7:12"};
  observation.source = "patrol-7";
  observation.observer = "camera-3";
  observation.kind = model::EventKind::kExplosion;
  observation.category = "shelling";
  observation.from = *model::parse_instant("2022-01-01T00:00:00Z");
  observation.to = *model::parse_instant("2022-01-01T00:05:00.5Z");
  observation.reported = *model::parse_instant("2022-01-01T06:00:00Z");
  observation.sector = model::SectorId{"north"};
  observation.place = {model::Degrees{37.5}, model::Degrees{48}};
  observation.precision = model::Metres{250};
  observation.count = 3;
  observation.sense = model::Sense::kHeard;
  observation.blast = model::BlastKind::kImpact;
  observation.weapon = "mortar";
  observation.calibre = model::Millimetres{120};
  observation.actor = "A";
  observation.live_fire = true;
  observation.withdrawn = true;
  observation.probability = 0.75;
  observation.text = "a \"quoted\"\nline\x01";
  observation.evidence = {"https://example.org/1", "x"};
  observation.owner = model::NationId{"FR"};
  observation.releasable_to = {"PL"};
  EXPECT_EQ(to_json(observation),
            R"({"id":"patrol-7:12","source":"patrol-7","observer":"camera-3","kind":"explosion",)"
            R"("category":"shelling","from":"2022-01-01T00:00:00.000000Z",)"
            R"("to":"2022-01-01T00:05:00.500000Z","reported":"2022-01-01T06:00:00.000000Z",)"
            R"("latitude":48,"longitude":37.5,"precision_m":250,"sector":"north",)"
            R"("count":3,"sense":"heard","blast":"impact","weapon":"mortar","calibre_mm":120,)"
            R"("actor":"A","live_fire":true,"withdrawn":true,"probability":0.75,)"
            R"("text":"a \"quoted\"\nline\u0001","evidence":["https://example.org/1","x"],)"
            R"("owner":"FR","releasable_to":["PL"]})");
}

std::string with(std::string_view members) {
  std::string json{kShort};
  json.insert(json.size() - 1, members);
  return json;
}

TEST(ObservationLines, SayWhyALineIsNotTaken) {
  std::string const deep(10'000'000, '[');
  std::vector<std::pair<std::string, RejectReason>> const cases{
      {"{", RejectReason::kBadSyntax},
      {"[]", RejectReason::kBadSyntax},
      {std::string(200, '['), RejectReason::kBadSyntax},
      {with(",\"text\":\"\xff\""), RejectReason::kNotUtf8},
      {with(",\"colour\":\"red\""), RejectReason::kUnknownField},
      {with(",\"sense\":\"seen\""), RejectReason::kBadSyntax},
      {with(",\"text\":1"), RejectReason::kBadSyntax},
      {with(",\"evidence\":[1]"), RejectReason::kBadSyntax},
      {with(",\"live_fire\":\"yes\""), RejectReason::kBadSyntax},
      {with(",\"latitude\":1"), RejectReason::kMissingField},
      {with(",\"latitude\":91,\"longitude\":0"), RejectReason::kLatitudeOutOfRange},
      {with(",\"latitude\":1,\"longitude\":-181"), RejectReason::kLongitudeOutOfRange},
      {with(",\"latitude\":\"1\",\"longitude\":0"), RejectReason::kBadNumber},
      {with(",\"count\":1.5"), RejectReason::kBadNumber},
      {with(",\"count\":0"), RejectReason::kBadNumber},
      {with(",\"calibre_mm\":0"), RejectReason::kBadNumber},
      {with(",\"precision_m\":-1"), RejectReason::kBadNumber},
      {with(",\"probability\":1.1"), RejectReason::kBadNumber},
      {with(",\"blast\":\"loud\""), RejectReason::kBadWord},
      {R"({"id":"a:1","source":"a","kind":"bang"})", RejectReason::kUnknownKind},
      {R"({"id":"a:1","source":"a","kind":"shot","from":"1.1.2022"})", RejectReason::kBadDate},
      {R"({"id":"a:1","source":"a","kind":"shot"})", RejectReason::kMissingField},
      {R"({"id":"","source":"a","kind":"shot","from":"2022-01-01T00:00:00Z","to":"2022-01-01T00:00:00Z"})",
       RejectReason::kMissingField},
      {R"({"id":"a:1","source":"a","kind":"shot","from":"2022-01-01T00:00:01Z","to":"2022-01-01T00:00:00Z"})",
       RejectReason::kBadDate},
      {R"({"id":"a:1","source":"a","kind":"shot","from":"1900-01-01T00:00:01Z","to":"2022-01-01T00:00:00Z"})",
       RejectReason::kDateOutOfRange},
      {deep, RejectReason::kTooLong}};
  std::string text = std::string{kShort} + "\n\n";
  for (auto const& [line, reason] : cases) {
    text += line + "\r\n";
  }
  text += kShort;
  Recorded const recorded = read_all(observation_lines(), text);
  ASSERT_EQ(recorded.rejects.size(), cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(recorded.rejects[i].reason, cases[i].second) << print(recorded.rejects[i]);
    EXPECT_EQ(recorded.rejects[i].line, i + 3);
  }
  ASSERT_EQ(recorded.taken.size(), 2U);
  EXPECT_EQ(recorded.taken[1].first, cases.size() + 3);
}

}  // namespace
}  // namespace guarantor::intake
