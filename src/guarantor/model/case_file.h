#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/agreement.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/vocabulary.h"

/// What people made of an incident, step by step.
namespace guarantor::model {

/// How far monitors have come with an incident. The program says `observed` and `alleged`; what
/// follows people say.
enum class CaseState {
  kObserved,  ///< it happened, as far as reports go; nothing is said against it
  kAlleged,   ///< a clause is said to be breached
  kVerified,
  kNotVerified,
  kUnverifiable,
  kClosed,
  kDisputed
};
inline constexpr std::size_t kCaseStates = 7;
template <>
inline constexpr Words<kCaseStates> kWords<CaseState>{
    "observed", "alleged", "verified", "not-verified", "unverifiable", "closed", "disputed"};

enum class CaseAction { kVerify, kDispute, kClose, kFind, kReply, kDecide };
template <>
inline constexpr Words<6> kWords<CaseAction>{"verify", "dispute", "close",
                                             "find",   "reply",   "decide"};

/// Why monitors could not tell.
enum class Obstacle { kAccessDenied, kNotWatched, kOther };
template <>
inline constexpr Words<3> kWords<Obstacle>{"access-denied", "not-watched", "other"};

/// How sure people are.
enum class Certainty { kLow, kModerate, kHigh };
template <>
inline constexpr Words<3> kWords<Certainty>{"low", "moderate", "high"};

/// Somebody who decided with the others and thinks otherwise.
struct Dissent {
  std::string by;
  std::string why;

  friend bool operator==(Dissent const&, Dissent const&) = default;
};

/// One step: who did what, when and why.
struct CaseStep {
  IncidentId incident;
  CaseAction action{CaseAction::kVerify};
  std::string by;
  Instant at{};
  std::string why;
  std::int64_t revision{};           ///< of the incident, as it was looked at
  std::optional<CaseState> verdict;  ///< verify: verified, not-verified or unverifiable
  std::optional<Obstacle> obstacle;  ///< of unverifiable
  std::vector<PartyId> parties;      ///< find: who is asked; reply: who answers; decide: who did it
  std::optional<Certainty> certainty;  ///< find and decide
  std::optional<Instant> reply_by;     ///< find: until when parties may reply
  std::vector<Dissent> dissents;       ///< decide
  std::vector<std::string> evidence;   ///< observations, or SHA-256 of media

  friend bool operator==(CaseStep const&, CaseStep const&) = default;
};

/// All steps of an incident, and where they led. Attribution is a track of its own: what a
/// commission decides about it never changes what monitors verified.
struct CaseFile {
  IncidentId incident;
  CaseState state{CaseState::kObserved};
  std::vector<CaseStep> steps;
  std::optional<CaseStep> finding;   ///< the last one
  std::vector<CaseStep> replies;     ///< to it
  std::optional<CaseStep> decision;  ///< on it

  friend bool operator==(CaseFile const&, CaseFile const&) = default;
};

}  // namespace guarantor::model
