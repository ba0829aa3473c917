#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/model/watch_report.h"

/// How a watch report says things, and what its renderings count together.
namespace guarantor::report {

/// `10 March 2026`, `10 March 2026 to 16 March 2026`: both days within.
[[nodiscard]] std::string period_in_words(model::Interval<model::Date> days);
/// `10 Mar 10:00`, `10 Mar 10:00–10:30`, `10 Mar 23:50–11 Mar 00:10`, UTC.
[[nodiscard]] std::string span_in_words(model::Instant from, model::Instant to);
/// `3 explosions, 2 bursts and one shot`; nothing where there are none.
[[nodiscard]] std::string munitions_in_words(model::MunitionCount const& count);
/// What the report comes to, in a few sentences.
[[nodiscard]] std::string watch_headline(model::WatchReport const& report);
/// `at night 10 h, outage 1.5 h`.
[[nodiscard]] std::string why_in_words(std::vector<model::BlindTime> const& why);
/// What was alleged in which state, `one verified, two alleged`.
[[nodiscard]] std::string states_in_words(
    std::array<model::WatchedCount, model::kCaseStates> const& states);
/// What changed, e.g. `revision 1 → 2 (corrected); 5 explosions → 7 explosions`.
[[nodiscard]] std::string correction_in_words(model::Correction const& correction);

[[nodiscard]] std::string_view explain(model::BlindReason reason);
[[nodiscard]] std::string_view explain(model::CaseState state);

/// Explosions, bursts and shots together, beside the least watched of them.
[[nodiscard]] model::WatchedCount munitions_of(model::WatchTally const& tally);
/// `front-07`, or for what lies far from every line, that.
[[nodiscard]] std::string sector_name(model::SectorId const& sector);
/// Hours with at most two decimals.
[[nodiscard]] double hours_of(std::chrono::microseconds time);

}  // namespace guarantor::report
