#include "guarantor/policy/operation.h"

#include <gtest/gtest.h>

namespace guarantor::policy {
namespace {

using model::NationId;
using model::Table;

Viewer const kDelegate{Role::kDelegate, NationId{"XAB"}};

std::vector<Viewer> viewers() {
  std::vector<Viewer> all;
  for (std::size_t r = 0; r < kRoles; ++r) {
    all.push_back({static_cast<Role>(r), {}});
  }
  all.push_back(kDelegate);
  all.push_back({Role::kDecisionMaker, NationId{"XAB"}});
  return all;
}

TEST(Operation, ADelegateOffersForItsOwnNationOnly) {
  for (Table const table : {Table::kPledges, Table::kOffers, Table::kForceClaims}) {
    EXPECT_TRUE(may(kDelegate, Operation::kOffer, table, NationId{"XAB"}));
    EXPECT_FALSE(may(kDelegate, Operation::kOffer, table, NationId{"XAC"}));
    EXPECT_FALSE(may(kDelegate, Operation::kOffer, table));
  }
}

TEST(Operation, ReleaseOfARowIsItsOwnersAlone) {
  for (Viewer const& viewer : viewers()) {
    for (Table const table : {Table::kPledges, Table::kForceClaims, Table::kAssessments}) {
      EXPECT_FALSE(may(viewer, Operation::kRelease, table, NationId{"XAC"})) << print(viewer);
      EXPECT_EQ(may(viewer, Operation::kRelease, table, NationId{"XAB"}), viewer == kDelegate);
    }
  }
}

TEST(Operation, AnAuditorReadsEverythingAndChangesNothing) {
  Viewer const auditor{Role::kAuditor};
  for (Kind const kind : all_kinds()) {
    EXPECT_TRUE(may(auditor, Operation::kRead, kind)) << text(kind);
    EXPECT_EQ(allowance(Role::kAuditor, Operation::kRead, kind), Allowance::kYes) << text(kind);
    for (std::size_t i = 0; i < model::kWords<Operation>.size(); ++i) {
      auto const operation = static_cast<Operation>(i);
      if (operation != Operation::kRead && operation != Operation::kProve) {
        EXPECT_FALSE(may(auditor, operation, kind, NationId{"XAB"})) << text(kind);
      }
    }
  }
}

TEST(Operation, ThePublicOnlyReads) {
  for (Kind const kind : all_kinds()) {
    for (std::size_t i = 0; i < model::kWords<Operation>.size(); ++i) {
      auto const operation = static_cast<Operation>(i);
      if (operation != Operation::kRead && operation != Operation::kProve) {
        EXPECT_FALSE(may({Role::kPublic}, operation, kind, NationId{"XAB"})) << text(kind);
      }
    }
  }
}

TEST(Operation, WhatIsDerivedFromAllOffersIsThePlannersAlone) {
  for (Record const part :
       {Record::kGaps, Record::kAsks, Record::kOutbid, Record::kBound, Record::kComparisons}) {
    for (Viewer const& viewer : viewers()) {
      EXPECT_EQ(may(viewer, Operation::kRead, part), sees_everything(viewer)) << print(viewer);
    }
  }
}

/// Whoever puts a thing down is not the one who judges it.
TEST(Operation, NobodyJudgesHisOwnWork) {
  std::vector<std::pair<Operation, Record>> const steps{{Operation::kObserve, Record::kObservation},
                                                        {Operation::kVerify, Record::kIncident},
                                                        {Operation::kFind, Record::kFinding},
                                                        {Operation::kReply, Record::kReply}};
  for (Viewer const& viewer : viewers()) {
    int done = 0;
    for (auto const& [operation, record] : steps) {
      done += may(viewer, operation, record, NationId{"XAB"}) ? 1 : 0;
    }
    EXPECT_LE(done, 1) << print(viewer);
  }
}

TEST(Operation, AControllerAdministersAndReadsNoOffersBeyondTheReleased) {
  Viewer const controller{Role::kController};
  EXPECT_TRUE(may(controller, Operation::kAdminister, Record::kAccount));
  EXPECT_TRUE(may(controller, Operation::kBackUp, Record::kStore));
  EXPECT_EQ(allowance(Role::kController, Operation::kRead, Table::kPledges), Allowance::kReleased);
  EXPECT_FALSE(may(controller, Operation::kOffer, Table::kPledges));
  for (Viewer const& viewer : viewers()) {
    EXPECT_EQ(may(viewer, Operation::kAdminister, Record::kAccount),
              viewer.role == Role::kController);
  }
}

TEST(Operation, WhatNoLineNamesNobodyMay) {
  for (Viewer const& viewer : viewers()) {
    EXPECT_FALSE(may(viewer, Operation::kVerify, Table::kPledges, NationId{"XAB"}));
    EXPECT_FALSE(may(viewer, Operation::kEdit, Record::kLedger, NationId{"XAB"}));
  }
}

}  // namespace
}  // namespace guarantor::policy
