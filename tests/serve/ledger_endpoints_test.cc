#include <gtest/gtest.h>

#include <string>

#include "guarantor/ledger/proof_file.h"
#include "guarantor/ledger/tile.h"
#include "guarantor/store/accounts.h"
#include "serve_case.h"
#include "small_front.h"
#include "watched_front.h"

namespace guarantor::serve {
namespace {

using nlohmann::json;

class Ledger : public testing::Test {
 protected:
  Ledger() {
    auto own = monitor::report("b1", 0, 30'000, 5);
    own.owner = model::NationId{"XAA"};
    own.releasable_to = {"public"};
    take(serve_, {monitor::report("a1", 0, 100, 0), own});
    publish();
  }

  void publish() {
    ASSERT_TRUE(serve_.services().store.write([](auto& store) { return store.publish({}); }).ok());
  }

  /// Where the last record of a thing is.
  store::Position place(store::RecordKind kind, std::string const& key) {
    auto const record =
        serve_.services().store.read([&](auto const& store) { return store.latest(kind, key); });
    EXPECT_TRUE(record.ok() && record.value());
    return record.value()->position;
  }

  std::vector<ledger::VerifierKey> keys() {
    auto const key = ledger::VerifierKey::parse(
        serve_.json("public", "/api/ledger").at("key").get<std::string>());
    EXPECT_TRUE(key.ok());
    return {key.value()};
  }

  std::string proof(std::string const& viewer, store::Position position) {
    auto const response = serve_.get(viewer, "/api/ledger/proofs/" + std::to_string(position));
    EXPECT_EQ(response.status, 200) << response.text();
    return std::string{response.text()};
  }

  ServeCase serve_{watched_front()};
};

TEST_F(Ledger, ItsHeadIsEverybodys) {
  auto const head = serve_.json("public", "/api/ledger");
  auto const size = serve_.services().store.read([](auto const& store) { return store.size(); });
  EXPECT_EQ(head.at("size"), size.value());
  EXPECT_NE(head.at("checkpoint").get<std::string>().find(head.at("root").get<std::string>()),
            std::string::npos);
}

TEST_F(Ledger, AProofConvincesAStranger) {
  auto const position = place(store::RecordKind::kObservation, "patrol:b1");
  for (char const* viewer : {"public", "planner", "monitor"}) {
    auto const file = ledger::parse_inclusion_file(proof(viewer, position));
    ASSERT_TRUE(file.ok());
    EXPECT_TRUE(ledger::verify_record(file.value(), {}, keys()).ok()) << viewer;
    EXPECT_NE(file.value().payload->find("patrol:b1"), std::string::npos);
  }
}

TEST_F(Ledger, NobodyGetsAProofOfWhatIsNotHis) {
  auto const observation = place(store::RecordKind::kObservation, "patrol:a1");
  auto const path = "/api/ledger/proofs/" + std::to_string(observation);
  EXPECT_EQ(serve_.get("public", path).status, 403);
  EXPECT_EQ(serve_.get("delegate:XBB", path).status, 403);
  EXPECT_EQ(serve_.get("verifier", path).status, 200);
  EXPECT_EQ(serve_.get("public", "/api/ledger/proofs/999999").status, 404);
  EXPECT_EQ(serve_.get("public", "/api/ledger/proofs/one").status, 400);
}

TEST_F(Ledger, AProofComesOfWhatWasJustKept) {
  take(serve_, {monitor::report("c1", 0, -20'000, 0)});
  auto const position = place(store::RecordKind::kObservation, "patrol:c1");
  auto const file = ledger::parse_inclusion_file(proof("monitor", position));
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(ledger::verify_record(file.value(), {}, keys()).ok());
}

TEST_F(Ledger, APublishedReportCanBeProvedByThePublic) {
  ASSERT_EQ(serve_.ask("monitor", "POST", "/api/watch/reports", R"({"days":"2026-06-03"})").status,
            201);
  auto const position = place(store::RecordKind::kReport, "watch-2026-06-03");
  auto const file = ledger::parse_inclusion_file(proof("public", position));
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(ledger::verify_record(file.value(), {}, keys()).ok());
  auto const whole = serve_.services().views.whole("front");
  EXPECT_EQ(file.value().payload->find(whole.value()->name), std::string::npos);
}

TEST_F(Ledger, RecordsAreReadAsFarAsTheyAreReleased) {
  auto const path = [&](store::RecordKind kind, std::string const& key) {
    return "/api/records/" + std::to_string(place(kind, key));
  };
  auto const seen = serve_.json("public", path(store::RecordKind::kObservation, "patrol:b1"));
  EXPECT_EQ(seen.at("withheld"), false);
  EXPECT_EQ(seen.at("body").at("id"), "patrol:b1");
  auto const hidden = serve_.json("public", path(store::RecordKind::kObservation, "patrol:a1"));
  EXPECT_EQ(hidden.at("withheld"), true);
  EXPECT_EQ(hidden.size(), 3U) << hidden.dump();
  auto const incident = path(store::RecordKind::kIncident, first_incident(serve_));
  EXPECT_EQ(serve_.json("verifier", incident).at("kind"), "incident");
  EXPECT_FALSE(serve_.json("delegate:XBB", incident).contains("body"));
  auto const row = path(store::RecordKind::kScenario, "front");
  EXPECT_EQ(serve_.json("auditor", row).at("kind"), "scenario");
  EXPECT_FALSE(serve_.json("monitor", row).contains("kind"));
}

TEST_F(Ledger, AccountsAreTheControllersAndAuditors) {
  auto const kept = serve_.services().store.write([](auto& store) {
    store::Draft const draft{.kind = store::RecordKind::kAccess,
                             .key = "somebody",
                             .body = "{}",
                             .owner = {},
                             .releasable_to = {}};
    return store.append({&draft, 1}, {.name = "x", .at = monitor::kNoon});
  });
  ASSERT_TRUE(kept.ok());
  auto const path = "/api/records/" + std::to_string(kept.value().first);
  EXPECT_EQ(serve_.json("controller", path).at("kind"), "access");
  EXPECT_EQ(serve_.json("auditor", path).at("kind"), "access");
  EXPECT_FALSE(serve_.json("planner", path).contains("kind"));
}

TEST_F(Ledger, ThatItOnlyGrewIsProved) {
  auto const before = serve_.json("public", "/api/ledger");
  ASSERT_GT(before.at("size"), 3);
  auto const response = serve_.get("public", "/api/ledger/growth?since=3");
  ASSERT_EQ(response.status, 200) << response.text();
  auto const file = ledger::parse_consistency_file(response.text());
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file.value().old_size, 3U);
  EXPECT_EQ(serve_.get("public", "/api/ledger/growth?since=99999").status, 400);
  EXPECT_EQ(serve_.get("public", "/api/ledger/growth").status, 400);
}

TEST_F(Ledger, OnlyThePublicFilesAreFiles) {
  auto const checkpoint = serve_.get("public", "/log/checkpoint");
  ASSERT_EQ(checkpoint.status, 200);
  EXPECT_EQ(checkpoint.text(),
            serve_.json("public", "/api/ledger").at("checkpoint").get<std::string>());
  auto const size = serve_.json("public", "/api/ledger").at("size").get<int>();
  auto const tile = serve_.get("public", "/log/tile/0/000.p/" + std::to_string(size));
  ASSERT_EQ(tile.status, 200);
  EXPECT_EQ(tile.text().size(), 32U * static_cast<std::size_t>(size));
  // A narrower one is the beginning of it.
  auto const part = serve_.get("public", "/log/tile/0/000.p/" + std::to_string(size - 1));
  ASSERT_EQ(part.status, 200);
  EXPECT_EQ(part.text(), tile.text().substr(0, 32U * static_cast<std::size_t>(size - 1)));
  for (char const* name :
       {"head", "lock", "watch-lock", "first-key", "tile/0/000", "tile/../head", "%2e%2e/case.db",
        "..%2Fcase.db", "tile/0/..%2F..%2Fhead", "checkpoint/", "Checkpoint", "tile/8/000.p/1"}) {
    EXPECT_EQ(serve_.get("public", std::string{"/log/"} + name).status, 404) << name;
  }
}

}  // namespace
}  // namespace guarantor::serve
