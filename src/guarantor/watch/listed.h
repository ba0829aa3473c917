#pragma once

#include <algorithm>
#include <vector>

namespace guarantor::watch {

/// Whether a short list has an item.
template <class T>
[[nodiscard]] bool lists(std::vector<T> const& list, T const& item) {
  return std::ranges::find(list, item) != list.end();
}

}  // namespace guarantor::watch
