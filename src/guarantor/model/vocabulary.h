#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

/// The closed lists of words a scenario may use, each with the one table that reads and prints it.
namespace guarantor::model {

/// The words of `Enum`, in the order of its values; specialised beside each list below.
template <class Enum>
inline constexpr std::array<std::string_view, 0> kWords{};

/// The word for a value, as it stands in a scenario's tables.
template <class Enum>
[[nodiscard]] constexpr std::string_view text(Enum value)
  requires(!kWords<Enum>.empty())
{
  return kWords<Enum>[static_cast<std::size_t>(value)];
}

/// The value for a word, or nothing for a word that is not in the list.
template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> parse(std::string_view word)
  requires(!kWords<Enum>.empty())
{
  for (std::size_t i = 0; i < kWords<Enum>.size(); ++i) {
    if (kWords<Enum>[i] == word) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

template <std::size_t N>
using Words = std::array<std::string_view, N>;

/// `case` is a record of the world; an `exercise` is fictional and every output says so.
enum class ScenarioKind { kCase, kExercise };
template <>
inline constexpr Words<2> kWords<ScenarioKind>{"case", "exercise"};

/// What a row rests on, from best to worst.
enum class Confidence { kReported, kEstimated, kIllustrative };
template <>
inline constexpr Words<3> kWords<Confidence>{"reported", "estimated", "illustrative"};

enum class AttendanceMode { kInPerson, kRemote, kObserver, kAbsent, kNotInvited };
template <>
inline constexpr Words<5> kWords<AttendanceMode>{"in-person", "remote", "observer", "absent",
                                                 "not-invited"};

enum class ConditionKind {
  kParliament,
  kMandate,
  kBackstop,
  kCeasefire,
  kConsent,
  kFunding,
  kOther
};
template <>
inline constexpr Words<7> kWords<ConditionKind>{"parliament", "mandate", "backstop", "ceasefire",
                                                "consent",    "funding", "other"};

enum class ConditionMode { kPriorVote, kInformThenVote, kNone };
template <>
inline constexpr Words<3> kWords<ConditionMode>{"prior-vote", "inform-then-vote", "none"};

/// Units in place over months; a quantity a month; items in place; a policy, on or off.
enum class CapabilityKind { kPresence, kFlow, kStock, kMeasure };
template <>
inline constexpr Words<4> kWords<CapabilityKind>{"presence", "flow", "stock", "measure"};

/// Units in the rotation cycle; present without a break; each makes one tour only.
enum class QuantityIs { kPool, kSustained, kOnce };
template <>
inline constexpr Words<3> kWords<QuantityIs>{"pool", "sustained", "once"};

/// How firm a pledge is politically; readiness is another axis.
enum class PledgeStatus { kIndicated, kAnnounced, kCabinet, kMandated, kTransferred, kWithdrawn };
template <>
inline constexpr Words<6> kWords<PledgeStatus>{"indicated", "announced",   "cabinet",
                                               "mandated",  "transferred", "withdrawn"};

/// What became of part of a pledge: authority or ownership handed over; in place, in the
/// recipient's hands.
enum class DeliveryKind { kTransferred, kDelivered };
template <>
inline constexpr Words<2> kWords<DeliveryKind>{"transferred", "delivered"};

/// Grades as in the UN's Peacekeeping Capability Readiness System; `rdl` is rapid deployment.
enum class Readiness { kLevel1, kLevel2, kLevel3, kRapid };
template <>
inline constexpr Words<4> kWords<Readiness>{"1", "2", "3", "rdl"};

/// Rules of engagement in rising order: a unit serves a line whose rules are at most its own.
enum class RulesOfEngagement { kObserve, kSelfDefence, kDefendMandate, kAssistHost };
template <>
inline constexpr Words<4> kWords<RulesOfEngagement>{"observe", "self-defence", "defend-mandate",
                                                    "assist-host"};

/// What an area or line of the map is, where that matters: a line of contact is where forces face
/// each other, a border one between states.
enum class AreaKind {
  kOperations,
  kBuffer,
  kLineOfContact,
  kBorder,
  kExclusion,
  kSeaLane,
  kAirCorridor
};
template <>
inline constexpr Words<7> kWords<AreaKind>{"operations", "buffer",   "line-of-contact", "border",
                                           "exclusion",  "sea-lane", "air-corridor"};

/// What stands at a site, and what a demand asks to be reached from.
enum class SiteKind { kReserve, kStockpile, kMedical };
template <>
inline constexpr Words<3> kWords<SiteKind>{"reserve", "stockpile", "medical"};

enum class CeilingScope { kAll, kNation, kArea, kTask };
template <>
inline constexpr Words<4> kWords<CeilingScope>{"all", "nation", "area", "task"};

}  // namespace guarantor::model
