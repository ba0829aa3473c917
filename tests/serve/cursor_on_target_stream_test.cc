#include "guarantor/serve/cursor_on_target_stream.h"

#include <gtest/gtest.h>

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "guarantor/intake/cursor_on_target.h"
#include "guarantor/monitor/incident_json.h"
#include "guarantor/serve/cot_text.h"
#include "guarantor/serve/listener.h"
#include "raw_client.h"
#include "recorded_sink.h"
#include "serve_case.h"
#include "small_front.h"
#include "watched_front.h"

namespace guarantor::serve {
namespace {

model::Instant at(std::string const& text) {
  return *model::parse_instant(text);
}

model::Incident incident(std::string const& id, std::int64_t revision) {
  model::Incident incident;
  incident.id = model::IncidentId{id};
  incident.revision = revision;
  incident.cause = model::RevisionCause::kGrew;
  incident.kind = model::EventKind::kExplosion;
  incident.from = at("2026-11-29T10:00:00Z");
  incident.to = at("2026-11-29T10:05:00Z");
  incident.place =
      model::Position{.longitude = model::Degrees{37.25}, .latitude = model::Degrees{48.5}};
  incident.radius = model::Metres{250};
  incident.observations.emplace_back("cot:1");
  return incident;
}

class CotStream : public ::testing::Test {
 protected:
  void keep(model::Incident const& one, std::vector<std::string> to = {}) {
    store::Draft const draft{.kind = store::RecordKind::kIncident,
                             .key = one.id.text(),
                             .body = monitor::to_json(one),
                             .owner = {},
                             .releasable_to = std::move(to)};
    auto const kept = serve_.services().store.write(
        [&](auto& store) { return store.append({&draft, 1}, store::somebody()); });
    ASSERT_TRUE(kept.ok());
  }
  std::unique_ptr<CursorOnTargetStream> stream(std::string const& viewer) {
    auto made = std::make_unique<CursorOnTargetStream>(
        serve_.services().store, serve_.services().watch, policy::parse_viewer(viewer).value(),
        [this] { return now_; });
    EXPECT_TRUE(made->look().ok());
    return made;
  }
  static pugi::xml_document parse(std::string const& text) {
    pugi::xml_document document;
    EXPECT_TRUE(
        document.load_string(("<all>" + text.substr(text.find("?>") + 2) + "</all>").c_str()));
    return document;
  }

  ServeCase serve_{scenario_at("scenarios/tutorial")};
  model::Instant now_{at("2026-11-29T12:00:00Z")};
};

TEST_F(CotStream, SaysWhenItWasHowLongItCountsAndWhere) {
  keep(incident("i1", 1));
  auto const document = parse(stream("monitor")->connect()->take());
  auto const event = document.child("all").child("event");
  EXPECT_STREQ(event.attribute("version").value(), "2.0");
  EXPECT_STREQ(event.attribute("uid").value(), "guarantor.i1");
  EXPECT_EQ(at(event.attribute("time").value()), now_);
  EXPECT_EQ(at(event.attribute("start").value()), at("2026-11-29T10:00:00Z"));
  EXPECT_EQ(at(event.attribute("stale").value()), at("2026-11-30T10:05:00Z"));
  EXPECT_DOUBLE_EQ(event.child("point").attribute("lat").as_double(), 48.5);
  EXPECT_DOUBLE_EQ(event.child("point").attribute("lon").as_double(), 37.25);
  EXPECT_DOUBLE_EQ(event.child("point").attribute("ce").as_double(), 250);
}

TEST_F(CotStream, ChangesAndEndsAreToldOnceEach) {
  keep(incident("i1", 1));
  auto const source = stream("monitor");
  auto const client = source->connect();
  static_cast<void>(client->take());
  ASSERT_TRUE(source->look().ok());
  EXPECT_EQ(client->take(), "");
  now_ += std::chrono::minutes{1};
  keep(incident("i1", 2));  // says nothing else
  ASSERT_TRUE(source->look().ok());
  EXPECT_EQ(client->take(), "");
  auto wider = incident("i1", 3);
  wider.radius = model::Metres{400};
  keep(wider);
  ASSERT_TRUE(source->look().ok());
  auto const changed = client->take();
  EXPECT_NE(changed.find("time=\"" + model::print(now_)), std::string::npos) << changed;
  auto gone = incident("i1", 4);
  gone.cause = model::RevisionCause::kEmptied;
  gone.observations.clear();
  keep(gone);
  ASSERT_TRUE(source->look().ok());
  auto const document = parse("?>" + client->take());
  auto const event = document.child("all").child("event");
  EXPECT_STREQ(event.attribute("type").value(), "t-x-d-d");
  EXPECT_STREQ(event.child("detail").child("link").attribute("uid").value(), "guarantor.i1");
  EXPECT_LE(at(event.attribute("start").value()), at(event.attribute("stale").value()));
  ASSERT_TRUE(source->look().ok());
  EXPECT_EQ(client->take(), "");
  EXPECT_EQ(source->connect()->take().find("<event"), std::string::npos);
}

TEST_F(CotStream, WhatIsStaleIsNeitherToldNorTakenBack) {
  keep(incident("i1", 1));
  auto const source = stream("monitor");
  auto const client = source->connect();
  static_cast<void>(client->take());
  now_ = at("2026-11-30T10:05:00Z");
  EXPECT_EQ(source->connect()->take().find("<event"), std::string::npos);
  ASSERT_TRUE(source->look().ok());
  EXPECT_EQ(client->take(), "");
}

TEST_F(CotStream, EachSeesWhatWasReleasedToItsEyes) {
  keep(incident("hidden", 1));
  keep(incident("open", 1), {"public"});
  auto const shown = stream("public")->connect()->take();
  EXPECT_EQ(shown.find("hidden"), std::string::npos);
  EXPECT_NE(shown.find("guarantor.open"), std::string::npos);
  EXPECT_NE(stream("monitor")->connect()->take().find("guarantor.hidden"), std::string::npos);
}

TEST_F(CotStream, OurOwnIntakeReadsIt) {
  keep(incident("i1", 1));
  auto const source = stream("monitor");
  auto const client = source->connect();
  auto text = client->take();
  auto gone = incident("i1", 2);
  gone.cause = model::RevisionCause::kEmptied;
  gone.observations.clear();
  keep(gone);
  ASSERT_TRUE(source->look().ok());
  text += client->take();
  intake::RecordedSink sink;
  auto const adapter = intake::cursor_on_target();
  adapter->feed(text, sink);
  adapter->finish(sink);
  auto const& recorded = sink.recorded;
  ASSERT_EQ(recorded.taken.size(), 2U);
  EXPECT_TRUE(recorded.rejects.empty());
  EXPECT_EQ(recorded.taken[0].second.id.text(), "cot:guarantor.i1");
  EXPECT_EQ(recorded.taken[0].second.from, at("2026-11-29T10:00:00Z"));
  EXPECT_EQ(recorded.taken[0].second.precision, model::Metres{250});
  EXPECT_EQ(recorded.taken[1].second.id.text(), "cot:guarantor.i1");
  EXPECT_TRUE(recorded.taken[1].second.withdrawn);
}

TEST_F(CotStream, ClientsOfTheNetworkAreToldAtOnce) {
  keep(incident("i1", 1));
  auto const source = stream("monitor");
  auto const listener = Listener::open_stream({.port = 0}, [&] { return source->connect(); });
  ASSERT_TRUE(listener.ok());
  std::jthread const thread{[&] { listener.value()->run(); }};
  RawClient client{listener.value()->port()};
  client.send("<event uid=\"mine\"/>");  // what it says is read over
  EXPECT_NE(client.read_until("</event>").find("guarantor.i1"), std::string::npos);
  auto wider = incident("i1", 2);
  wider.radius = model::Metres{400};
  keep(wider);
  ASSERT_TRUE(source->look().ok());
  EXPECT_NE(client.read_until("</event>").find("guarantor.i1"), std::string::npos);
  listener.value()->stop();
  client.read_all();
}

TEST(CotStreamOfAFront, WhatANationKeepsToItselfNeitherShowsNorTakesAnythingAway) {
  ServeCase serve{watched_front()};
  take(serve, {monitor::report("a1", 0, 100, 0)});
  CursorOnTargetStream source{serve.services().store, serve.services().watch,
                              policy::parse_viewer("delegate:XAA").value(),
                              [] { return monitor::kNoon + std::chrono::hours{1}; }};
  ASSERT_TRUE(source.look().ok());
  auto const client = source.connect();
  auto const first = client->take();
  ASSERT_NE(first.find("reports: 1"), std::string::npos) << first;
  auto secret = monitor::report("s1", 50, 100, 3);
  secret.owner = model::NationId{"XBB"};
  auto elsewhere = monitor::report("s2", -30'000, 100, 3);
  elsewhere.owner = secret.owner;
  take(serve, {secret, elsewhere});
  ASSERT_TRUE(source.look().ok());
  EXPECT_EQ(client->take(), "");
  EXPECT_EQ(source.connect()->take(), first);
  take(serve, {monitor::report("a3", 0, 120, 9)});
  ASSERT_TRUE(source.look().ok());
  EXPECT_NE(client->take().find("reports: 2"), std::string::npos);
}

TEST(CotText, ComesBackFromXmlAsItWas) {
  for (std::string const text : {"plain", "<&>\"'", "a\nb\tc\rd", "]]>", "&#38;", "Київ",
                                 "\xF0\x9F\x94\xA5", "  blanks  "}) {
    auto const xml = "<e a=\"" + xml_text(text) + "\">" + xml_text(text) + "</e>";
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata))
        << xml;
    EXPECT_EQ(document.child("e").attribute("a").value(), text);
    EXPECT_EQ(document.child("e").text().get(), text);
  }
}

TEST(CotText, LeavesOutWhatXmlCannotSay) {
  EXPECT_EQ(xml_text(std::string_view{"a\0b\x01\x1F", 5}), "ab");
  EXPECT_EQ(xml_text("a\xFF\x80z"), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
  EXPECT_EQ(xml_text("a\xEF\xBF\xBFz"), "az");
}

}  // namespace
}  // namespace guarantor::serve
