#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guarantor/report/promise_reading.h"

/// How promises and what became of them are said to people.
namespace guarantor::report {

/// `offered`, `offered again`, `said in pledges`.
[[nodiscard]] std::string_view explain(model::PromiseEventKind kind);
/// `in full`, `in part`, `handed over`, `on offer`, `no number given`, `withdrawn`.
[[nodiscard]] std::string_view explain(PromiseStage stage);

/// What an event says beside its kind: `+4 to 8; announced → cabinet`. Clean text.
[[nodiscard]] std::string event_in_words(PromiseReading const& reading,
                                         model::PromiseEvent const& event);

/// `12`, `12 and 3 not stated`, `not stated`, `–`.
[[nodiscard]] std::string stated(model::StatedUnits const& units);

/// Which promises and days are looked at, as a sentence; empty where all are.
[[nodiscard]] std::string limits_in_words(PromiseReading const& reading);

/// What heads the page: how far the promises have come. No figure where more than a quarter of them
/// rests on illustrative rows, and then the reason.
[[nodiscard]] std::string promises_headline(PromiseReading const& reading);

/// What the pledges rest on, and how that is counted.
[[nodiscard]] std::string promises_ground(PromiseReading const& reading);

/// How the figures are to be read.
[[nodiscard]] std::vector<std::string> promises_notes(PromiseReading const& reading);

/// Whether anything became of it: something was withdrawn, transferred or delivered, or what is
/// offered is not what was first offered.
[[nodiscard]] bool has_moved(model::PromiseSum const& sum);

}  // namespace guarantor::report
