#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guarantor::model {

/// The candidate nearest to a misspelt word, for "did you mean"; nothing when none is near (more
/// than a third of the word would have to change). Counts insertions, deletions, replacements and
/// swaps of neighbours. Ties go to the first candidate.
[[nodiscard]] std::optional<std::string> closest(std::string_view word,
                                                 std::span<std::string_view const> candidates);

}  // namespace guarantor::model
