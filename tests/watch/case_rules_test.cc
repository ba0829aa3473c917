#include "guarantor/watch/case_rules.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

namespace guarantor::watch {
namespace {

using model::CaseAction;
using model::CaseFile;
using model::CaseState;
using model::CaseStep;

model::Instant const kNow{std::chrono::sys_days{std::chrono::year{2026} / 6 / 3}};

model::Incident alleged() {
  model::Incident incident;
  incident.id = model::IncidentId{"i-1"};
  incident.allegations.push_back({.clause = model::ClauseId{"no-fire"}});
  return incident;
}

CaseStep step(CaseAction action) {
  CaseStep next;
  next.incident = model::IncidentId{"i-1"};
  next.action = action;
  next.by = "somebody";
  next.why = "a reason";
  next.at = kNow;
  return next;
}

CaseStep verdict(CaseState state) {
  CaseStep next = step(CaseAction::kVerify);
  next.verdict = state;
  if (state == CaseState::kUnverifiable) {
    next.obstacle = model::Obstacle::kAccessDenied;
  }
  return next;
}

CaseStep finding() {
  CaseStep next = step(CaseAction::kFind);
  next.parties = {model::PartyId{"party-a"}, model::PartyId{"party-b"}};
  next.certainty = model::Certainty::kModerate;
  next.reply_by = kNow + std::chrono::hours{48};
  return next;
}

CaseStep reply(std::string const& party) {
  CaseStep next = step(CaseAction::kReply);
  next.parties = {model::PartyId{party}};
  return next;
}

CaseStep decision(std::chrono::hours after) {
  CaseStep next = step(CaseAction::kDecide);
  next.certainty = model::Certainty::kHigh;
  next.at = kNow + after;
  return next;
}

/// The state after all steps, or "refused N" for the step that was not allowed.
std::string play(std::vector<CaseStep> const& steps, model::Incident const& of = alleged()) {
  CaseFile file = open_case(of);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto next = after(file, steps[i]);
    if (!next.ok()) {
      return std::string{text(next.error().kind)} + " " + std::to_string(i);
    }
    file = std::move(next).value();
  }
  return std::string{model::text(file.state)};
}

TEST(CaseRules, FromAllegationToVerdictToItsEnd) {
  EXPECT_EQ(play({}), "alleged");
  EXPECT_EQ(play({verdict(CaseState::kVerified)}), "verified");
  EXPECT_EQ(play({verdict(CaseState::kUnverifiable), step(CaseAction::kClose)}), "closed");
  EXPECT_EQ(play({verdict(CaseState::kVerified), step(CaseAction::kDispute),
                  verdict(CaseState::kNotVerified)}),
            "not-verified");
  EXPECT_EQ(
      play({verdict(CaseState::kVerified), step(CaseAction::kClose), step(CaseAction::kDispute)}),
      "disputed");
}

TEST(CaseRules, NothingIsSkipped) {
  EXPECT_EQ(play({step(CaseAction::kClose)}), "refused 0");
  EXPECT_EQ(play({step(CaseAction::kDispute)}), "refused 0");
  EXPECT_EQ(play({finding()}), "refused 0");
  EXPECT_EQ(play({verdict(CaseState::kVerified), reply("party-a")}), "refused 1");
  EXPECT_EQ(play({verdict(CaseState::kVerified), decision(std::chrono::hours{99})}), "refused 1");
  EXPECT_EQ(play({verdict(CaseState::kNotVerified), finding()}), "refused 1");
  EXPECT_EQ(play({verdict(CaseState::kVerified), step(CaseAction::kClose),
                  verdict(CaseState::kNotVerified)}),
            "refused 2");
}

TEST(CaseRules, WhatNobodyAllegesOrWhatWasAnnouncedIsNotVerified) {
  model::Incident incident = alleged();
  incident.allegations.front().exempt = model::Exemption::kExercise;
  EXPECT_EQ(play({}, incident), "observed");
  EXPECT_EQ(play({verdict(CaseState::kVerified)}, incident), "refused 0");
}

TEST(CaseRules, NothingIsDecidedBeforeThoseAskedRepliedOrTheirTimePassed) {
  CaseStep const verified = verdict(CaseState::kVerified);
  std::chrono::hours const soon{1};
  std::chrono::hours const late{49};
  EXPECT_EQ(play({verified, finding(), decision(soon)}), "refused 2");
  EXPECT_EQ(play({verified, finding(), reply("party-a"), decision(soon)}), "refused 3");
  EXPECT_EQ(play({verified, finding(), reply("party-a"), reply("party-b"), decision(soon)}),
            "verified");
  EXPECT_EQ(play({verified, finding(), decision(late)}), "verified");
  EXPECT_EQ(play({verified, finding(), reply("party-c")}), "refused 2");
  CaseStep of_another = decision(late);
  of_another.parties = {model::PartyId{"party-a"}, model::PartyId{"party-c"}};
  EXPECT_EQ(play({verified, finding(), of_another}), "refused 2") << "nobody asked it";
}

TEST(CaseRules, ADecisionRestsOnTheVerdictItWasFoundOn) {
  CaseStep const verified = verdict(CaseState::kVerified);
  std::chrono::hours const late{49};
  EXPECT_EQ(play({verified, finding(), step(CaseAction::kDispute), decision(late)}), "refused 3");
  EXPECT_EQ(play({verified, finding(), verdict(CaseState::kNotVerified), decision(late)}),
            "refused 3");
  EXPECT_EQ(play({verified, finding(), decision(late), decision(late)}), "refused 3");
}

TEST(CaseRules, EveryStepHasWhoAndWhy) {
  for (std::string CaseStep::* member : {&CaseStep::by, &CaseStep::why}) {
    CaseStep next = verdict(CaseState::kVerified);
    (next.*member).clear();
    EXPECT_EQ(play({next}), "bad input 0");
  }
  CaseStep blocked = verdict(CaseState::kUnverifiable);
  blocked.obstacle.reset();
  EXPECT_EQ(play({blocked}), "bad input 0");
  CaseStep unsure = finding();
  unsure.certainty.reset();
  EXPECT_EQ(play({verdict(CaseState::kVerified), unsure}), "bad input 1");
}

TEST(CaseRules, AnyStepsLeadOnlyAlongTheArrows) {
  rc::check([] {
    CaseFile file = open_case(alleged());
    auto const size = *rc::gen::inRange<std::size_t>(0, 30);
    for (std::size_t i = 0; i < size; ++i) {
      CaseStep next = step(static_cast<CaseAction>(*rc::gen::inRange(0, 6)));
      if (next.action == CaseAction::kVerify) {
        next = verdict(static_cast<CaseState>(*rc::gen::inRange(2, 5)));
      } else if (next.action == CaseAction::kFind) {
        next = finding();
      } else if (next.action == CaseAction::kReply) {
        next = reply(*rc::gen::element(std::string{"party-a"}, std::string{"party-b"}));
      } else if (next.action == CaseAction::kDecide) {
        next = decision(std::chrono::hours{*rc::gen::inRange(0, 99)});
      }
      CaseState const before = file.state;
      auto result = after(file, next);
      if (!result.ok()) {
        continue;
      }
      file = std::move(result).value();
      bool const verdict_before = before == CaseState::kVerified ||
                                  before == CaseState::kNotVerified ||
                                  before == CaseState::kUnverifiable;
      if (file.state == CaseState::kClosed && before != CaseState::kClosed) {
        RC_ASSERT(verdict_before || before == CaseState::kDisputed);
      }
      if (file.decision) {
        RC_ASSERT(file.finding.has_value());
      }
      RC_ASSERT(file.state != CaseState::kObserved);
    }
  });
}

}  // namespace
}  // namespace guarantor::watch
