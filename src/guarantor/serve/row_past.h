#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/row_edit.h"
#include "guarantor/store/store.h"

/// What a row said from when on, in somebody's eyes.
namespace guarantor::serve {

struct PastRow {
  model::Instant at{};
  std::string by;                    ///< empty where it is not the viewer's to know
  std::optional<Cells> cells;        ///< nothing: it was taken out, or is no longer released
  std::vector<std::string> changed;  ///< columns that differ from before
};

/// The states of a row as the viewer saw them with each version, the oldest first: what changed
/// unseen is no state. For planners and auditors all there were. Error kNotFound where the viewer
/// never saw the row.
[[nodiscard]] model::Result<std::vector<PastRow>> past_of(store::Store const& store,
                                                          policy::Viewer const& viewer,
                                                          std::string_view scenario,
                                                          model::Table table, std::string_view key);

}  // namespace guarantor::serve
