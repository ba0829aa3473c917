#include "guarantor/store/lock_out.h"

#include <cstddef>

namespace guarantor::store {

std::optional<model::Instant> locked_until(std::span<model::Instant const> refused,
                                           model::Instant now, LockOutRules const& rules) {
  auto const most = static_cast<std::size_t>(rules.most_refused);
  std::size_t begin = 0;  // of those that count: a lock that is over is forgotten with its causes
  std::optional<model::Instant> until;
  for (std::size_t i = 0; i < refused.size(); ++i) {
    if (until && refused[i] < *until) {
      begin = i + 1;
      continue;
    }
    if (until) {
      until.reset();
      begin = i;
    }
    if (i + 1 - begin >= most && refused[i] - refused[i + 1 - most] < rules.window) {
      until = refused[i] + rules.lock;
      begin = i + 1;
    }
  }
  return until && now < *until ? until : std::nullopt;
}

}  // namespace guarantor::store
