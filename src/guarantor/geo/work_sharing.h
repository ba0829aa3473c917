#pragma once

#include <cstddef>
#include <functional>

namespace guarantor::geo {

/// Calls `task(0)` to `task(count - 1)`, each once, on up to `threads` threads, the calling one
/// among them; tasks begin in order. What a task throws is thrown here once all threads have ended,
/// and tasks not begun by then are left out.
void share_work(std::size_t count, int threads, std::function<void(std::size_t)> const& task);

}  // namespace guarantor::geo
