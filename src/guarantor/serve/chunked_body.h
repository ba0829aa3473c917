#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guarantor::serve {

/// Puts together a body that comes in chunks. What stands behind the last of them (trailing fields)
/// is read over: nothing here asks for it.
class ChunkedBody {
 public:
  enum class State { kMore, kDone, kMalformed, kTooLong };

  explicit ChunkedBody(std::size_t most) : most_{most} {}

  /// Takes what it can of `text`, adds the body's bytes to `body` and gives how much it took. What
  /// it left must be given again, with more behind it.
  std::size_t take(std::string_view text, std::string& body);
  [[nodiscard]] State state() const { return state_; }

 private:
  enum class Part { kSize, kData, kDataEnd, kTrailer };

  [[nodiscard]] bool take_line(std::string_view line);

  std::size_t most_;
  std::size_t trailing_{};
  std::uint64_t left_{};  ///< of the chunk
  Part part_{Part::kSize};
  State state_{State::kMore};
};

}  // namespace guarantor::serve
