#include "guarantor/store/envelope.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "guarantor/ledger/canonical_json.h"
#include "temporary_store.h"

namespace guarantor::store {
namespace {

TEST(Envelope, ReadsAsItIsWritten) {
  Draft const draft{.kind = RecordKind::kFinding,
                    .key = "f-1",
                    .owner = model::NationId{"XAB"},
                    .releasable_to = {"XAC", "XAD:place"}};
  auto const text = write_envelope(draft, R"({"a":[1,"]}"],"b":null})", somebody());
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text.value(), R"({"at":"2026-11-29T10:00:00.000001Z","body":{"a":[1,"]}"],"b":null},)"
                          R"("by":"planner:anna","key":"f-1","kind":"finding","owner":"XAB",)"
                          R"("releasable_to":["XAC","XAD:place"]})");
  auto const record = read_envelope(text.value());
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(record.value().kind, draft.kind);
  EXPECT_EQ(record.value().key, draft.key);
  EXPECT_EQ(record.value().owner, draft.owner);
  EXPECT_EQ(record.value().releasable_to, draft.releasable_to);
  EXPECT_EQ(record.value().body, R"({"a":[1,"]}"],"b":null})");
  EXPECT_EQ(record.value().at, somebody().at);
  EXPECT_EQ(record.value().by, somebody().name);
}

TEST(Envelope, IsCanonicalWhateverTheTextsHold) {
  EXPECT_TRUE(rc::check([](std::string const& key, std::string const& by) {
    Draft const draft{.key = key};
    auto const text = write_envelope(draft, "{}", {by, somebody().at});
    if (!text.ok()) {
      return;  // no UTF-8
    }
    auto const canonical = ledger::canonical_json(text.value());
    RC_ASSERT(canonical.ok());
    RC_ASSERT(canonical.value() == text.value());
    auto const record = read_envelope(text.value());
    RC_ASSERT(record.ok());
    RC_ASSERT(record.value().key == key);
    RC_ASSERT(record.value().by == by);
  }));
}

TEST(Envelope, RefusesWhatIsNone) {
  std::string const whole = write_envelope({.key = "k"}, R"({"x":"y"})", somebody()).value();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(read_envelope(whole.substr(0, length)).ok()) << length;
  }
  EXPECT_FALSE(read_envelope("[]").ok());
  EXPECT_FALSE(write_envelope({.key = "\xff"}, "{}", somebody()).ok());
}

}  // namespace
}  // namespace guarantor::store
