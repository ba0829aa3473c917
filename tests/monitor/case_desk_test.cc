#include "guarantor/monitor/case_desk.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "guarantor/monitor/incident_json.h"
#include "temporary_store.h"

namespace guarantor::monitor {
namespace {

using model::CaseAction;
using model::CaseState;
using model::CaseStep;
using store::TemporaryStore;

model::Instant const kNoon = *model::parse_instant("2026-06-03T12:00:00Z");

store::Author verifier(std::string const& name, int hours = 0) {
  return {name, kNoon + std::chrono::hours{hours}};
}

void keep(store::Store& store, model::Incident const& incident) {
  store::Draft const draft{.kind = store::RecordKind::kIncident,
                           .key = incident.id.text(),
                           .body = to_json(incident),
                           .owner = {},
                           .releasable_to = {}};
  ASSERT_TRUE(store.append({&draft, 1}, verifier("desk")).ok());
}

model::Incident alleged(std::string const& id) {
  model::Incident incident;
  incident.id = model::IncidentId{id};
  incident.revision = 4;
  incident.observations = {model::ObservationId{"a:1"}};
  incident.allegations.push_back({.clause = model::ClauseId{"no-fire"}});
  return incident;
}

CaseStep step(CaseAction action, std::string const& why) {
  CaseStep next;
  next.incident = model::IncidentId{"i-1"};
  next.action = action;
  next.why = why;
  return next;
}

TEST(CaseDesk, AStepComesBackEqual) {
  CaseStep next = step(CaseAction::kDecide, "because");
  next.by = "commission";
  next.at = kNoon;
  next.revision = 4;
  next.verdict = CaseState::kVerified;
  next.obstacle = model::Obstacle::kNotWatched;
  next.certainty = model::Certainty::kHigh;
  next.reply_by = kNoon;
  next.parties = {model::PartyId{"a"}};
  next.dissents = {{"QOS", "one source alone"}};
  next.evidence = {"a:1"};
  auto const read = parse_case_step(to_json(next));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value(), next);
  EXPECT_FALSE(parse_case_step("{}").ok());
}

TEST(CaseDesk, TheWholeWayIsKeptWithWhoWhenAndWhy) {
  TemporaryStore temporary;
  keep(temporary.store(), alleged("i-1"));
  auto& store = temporary.store();
  CaseStep verdict = step(CaseAction::kVerify, "crater seen");
  verdict.verdict = CaseState::kVerified;
  ASSERT_TRUE(keep_step(store, verdict, verifier("ana")).ok());
  CaseStep finding = step(CaseAction::kFind, "from the east");
  finding.parties = {model::PartyId{"a"}};
  finding.certainty = model::Certainty::kModerate;
  finding.reply_by = kNoon + std::chrono::hours{24};
  ASSERT_TRUE(keep_step(store, finding, verifier("commission", 1)).ok());
  CaseStep decision = step(CaseAction::kDecide, "two independent sensors");
  decision.certainty = model::Certainty::kHigh;
  auto const early = keep_step(store, decision, verifier("commission", 2));
  ASSERT_FALSE(early.ok());
  EXPECT_NE(early.error().message.find("a may reply until"), std::string::npos);
  CaseStep reply = step(CaseAction::kReply, "no unit of ours was there");
  reply.parties = {model::PartyId{"a"}};
  ASSERT_TRUE(keep_step(store, reply, verifier("party a", 30)).ok());
  ASSERT_TRUE(keep_step(store, decision, verifier("commission", 31)).ok());
  auto const file = case_of(store, model::IncidentId{"i-1"});
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file.value().state, CaseState::kVerified);
  ASSERT_EQ(file.value().steps.size(), 4U);
  EXPECT_EQ(file.value().steps[0].by, "ana");
  EXPECT_EQ(file.value().steps[0].revision, 4);
  EXPECT_EQ(file.value().decision->by, "commission");
}

TEST(CaseDesk, ARefusedStepKeepsNothing) {
  TemporaryStore temporary;
  keep(temporary.store(), alleged("i-1"));
  auto const before = temporary.store().size().value();
  EXPECT_EQ(
      keep_step(temporary.store(), step(CaseAction::kClose, "done"), verifier("ana")).error().kind,
      model::ErrorKind::kRefused);
  EXPECT_EQ(temporary.store().size().value(), before);
}

TEST(CaseDesk, AnIncidentThatWasTakenIntoAnotherSaysInto) {
  TemporaryStore temporary;
  model::Incident gone = alleged("i-1");
  gone.cause = model::RevisionCause::kAbsorbed;
  gone.observations.clear();
  gone.others = {model::IncidentId{"i-2"}};
  keep(temporary.store(), gone);
  auto const file = case_of(temporary.store(), model::IncidentId{"i-1"});
  ASSERT_FALSE(file.ok());
  EXPECT_NE(file.error().hint.find("i-2"), std::string::npos);
  EXPECT_EQ(case_of(temporary.store(), model::IncidentId{"i-9"}).error().kind,
            model::ErrorKind::kNotFound);
}

TEST(CaseDesk, StepsOnAnIncidentThatWasTakenInStandInTheOther) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  keep(store, alleged("i-1"));
  CaseStep verdict = step(CaseAction::kVerify, "crater seen");
  verdict.verdict = CaseState::kVerified;
  ASSERT_TRUE(keep_step(store, verdict, verifier("ana")).ok());
  model::Incident merged = alleged("i-2");
  merged.cause = model::RevisionCause::kMerged;
  merged.others = {model::IncidentId{"i-1"}};
  keep(store, merged);
  auto const file = case_of(store, model::IncidentId{"i-2"});
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file.value().state, CaseState::kVerified);
  ASSERT_EQ(file.value().steps.size(), 1U);
  EXPECT_EQ(file.value().steps.front().why, "crater seen");
}

TEST(CaseDesk, OfTwoThatHadCasesTheNameThatStaysKeepsItsOwn) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  keep(store, alleged("i-1"));
  keep(store, alleged("i-2"));
  auto const verdict = [&](char const* id, CaseState state) {
    CaseStep next = step(CaseAction::kVerify, "seen");
    next.incident = model::IncidentId{id};
    next.verdict = state;
    return next;
  };
  CaseStep close = step(CaseAction::kClose, "settled");
  CaseStep find = step(CaseAction::kFind, "from the east");
  find.incident = model::IncidentId{"i-2"};
  find.parties = {model::PartyId{"a"}};
  find.certainty = model::Certainty::kLow;
  find.reply_by = kNoon + std::chrono::hours{48};
  ASSERT_TRUE(keep_step(store, verdict("i-1", CaseState::kNotVerified), verifier("ana")).ok());
  ASSERT_TRUE(keep_step(store, verdict("i-2", CaseState::kVerified), verifier("bo")).ok());
  ASSERT_TRUE(keep_step(store, close, verifier("ana")).ok());
  ASSERT_TRUE(keep_step(store, find, verifier("bo")).ok());
  model::Incident merged = alleged("i-2");
  merged.cause = model::RevisionCause::kMerged;
  merged.others = {model::IncidentId{"i-1"}};
  keep(store, merged);
  auto const file = case_of(store, model::IncidentId{"i-2"});
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(file.value().state, CaseState::kVerified);
  EXPECT_TRUE(file.value().finding);
  EXPECT_EQ(file.value().steps.size(), 4U) << "those of the other are there to read";
  CaseStep reply = step(CaseAction::kReply, "no unit of ours was there");
  reply.incident = model::IncidentId{"i-2"};
  reply.parties = {model::PartyId{"a"}};
  EXPECT_TRUE(keep_step(store, reply, verifier("party a", 1)).ok());
  EXPECT_EQ(case_of(store, model::IncidentId{"i-2"}).value().replies.size(), 1U);
}

TEST(CaseDesk, WhatWasDoneAfterAMergeStandsOnTheCaseTakenOver) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  keep(store, alleged("i-1"));
  CaseStep verdict = step(CaseAction::kVerify, "crater seen");
  verdict.verdict = CaseState::kVerified;
  ASSERT_TRUE(keep_step(store, verdict, verifier("ana")).ok());
  model::Incident merged = alleged("i-2");
  merged.cause = model::RevisionCause::kMerged;
  merged.others = {model::IncidentId{"i-1"}};
  keep(store, merged);
  CaseStep close = step(CaseAction::kClose, "settled");
  close.incident = model::IncidentId{"i-2"};
  ASSERT_TRUE(keep_step(store, close, verifier("bo")).ok());
  EXPECT_EQ(case_of(store, model::IncidentId{"i-2"}).value().state, CaseState::kClosed);
}

}  // namespace
}  // namespace guarantor::monitor
