#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/watch_report.h"
#include "guarantor/store/store.h"

/// Watch reports as they were published, kept in a store under the name of their period.
namespace guarantor::monitor {

struct PublishedReport {
  /// Its name, revision, days and incidents with their revisions, states and counts: what
  /// corrections are told against. The rest is in `text`.
  model::WatchReport report;
  std::string text;  ///< the whole as it was published, canonical JSON
};

/// The last revision of a period's report, or nothing. Errors: those of the store; kCheckFailed for
/// a record that is no watch report.
[[nodiscard]] model::Result<std::optional<PublishedReport>> published_report(
    store::Store const& store, std::string_view name);

/// Whether two reports' JSON says the same but for when it was made, its revision, what it corrects
/// and by which program. REQUIRES: JSON objects.
[[nodiscard]] bool says_the_same(std::string_view a, std::string_view b);

}  // namespace guarantor::monitor
