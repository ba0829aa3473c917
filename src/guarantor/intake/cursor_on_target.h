#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/intake/adapter.h"

namespace guarantor::intake {

/// What a type of Cursor on Target stands for.
struct CotKind {
  std::string pattern;  ///< a beginning of the type, whole parts; `.` as a part stands for any
  std::optional<model::EventKind> kind;  ///< nothing: no observation, e.g. a drawing or a ping
};

/// The table that is used where nothing else is stated (docs/watch-intake.md).
[[nodiscard]] std::vector<CotKind> default_cot_kinds();

struct CotOptions {
  std::string source{"cot"};
  std::vector<CotKind> kinds{default_cot_kinds()};  ///< the longest that matches counts
  model::Metres unknown_precision{1000};  ///< where `ce` says that it is not known (9999999)
  Limits limits{};
};

/// Reads Cursor on Target: `event` elements, one after the other or within another element. An
/// event's id is its uid, so that of several with the same uid the one with the latest `time`
/// stands; `ce` is the radius; it lasts from `start` to the later of `start` and `time` (`stale`
/// says how long the message counts, not the event). `t-x-d-d` withdraws what its link names.
///
/// An event that is not closed before the next begins is rejected, and reading goes on with that
/// next one. Text outside of events, such as a document type, is passed over unread; entities are
/// never expanded; elements nest to 64.
[[nodiscard]] std::unique_ptr<Adapter> cursor_on_target(CotOptions const& options = {});

}  // namespace guarantor::intake
