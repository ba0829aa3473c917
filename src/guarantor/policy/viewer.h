#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/id.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/vocabulary.h"

/// Who looks: the roles, and one of them as it is named on the command line and in an account.
namespace guarantor::policy {

enum class Role {
  kDelegate,       ///< of a nation: offers, and sees its own and what was released to it
  kPlanner,        ///< of the planning cell: sees every offer, plans, asks
  kMonitor,        ///< observes and takes in reports
  kVerifier,       ///< says of an incident that it is verified, or is not
  kCommission,     ///< finds who did it, after the parties' replies
  kDecisionMaker,  ///< decides on a response; of a nation, or of the coalition
  kAuditor,        ///< reads everything, changes nothing
  kController,     ///< runs the machine: accounts, backups, erasure
  kPublic,         ///< anyone, not signed in
};

}  // namespace guarantor::policy

template <>
inline constexpr guarantor::model::Words<9> guarantor::model::kWords<guarantor::policy::Role>{
    "delegate",       "planner", "monitor",    "verifier", "commission",
    "decision-maker", "auditor", "controller", "public"};

namespace guarantor::policy {

inline constexpr std::size_t kRoles = model::kWords<Role>.size();

/// A role, and the nation it is of where it is of one: always for a delegate, perhaps for a
/// decision maker, never otherwise. Who is not known is the public.
struct Viewer {
  Role role{Role::kPublic};
  model::NationId nation{};

  friend bool operator==(Viewer const&, Viewer const&) = default;
};

/// Reads `planner`, `delegate:XAB`, `decision-maker` or `decision-maker:XAB`. Error kBadInput for a
/// word that is no role, a nation that is missing, not taken or no code.
[[nodiscard]] model::Result<Viewer> parse_viewer(std::string_view text);

/// The text that `parse_viewer` reads as this viewer.
[[nodiscard]] std::string print(Viewer const& viewer);

/// The same viewer where its nation, if it has one, is one of the scenario's. Error kBadInput.
[[nodiscard]] model::Result<Viewer> known_viewer(Viewer const& viewer,
                                                 model::Scenario const& scenario);

/// True for those from whom no row, no cell and no part of a plan is kept: planners and auditors.
[[nodiscard]] bool sees_everything(Viewer const& viewer);

}  // namespace guarantor::policy
