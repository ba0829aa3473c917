#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"

namespace guarantor::intake {

/// How much a compressed stream may become.
struct DecompressionLimits {
  std::uint64_t bytes{std::uint64_t{1} << 40U};  ///< 1 TiB
  /// Times the bytes that came in, once more than `free_bytes` came out. Tables shrink to a tenth,
  /// seldom to a fiftieth; bombs to less than a thousandth.
  std::uint64_t ratio{300};
  std::uint64_t free_bytes{std::uint64_t{64} << 20U};
};

/// Inflates a stream that comes in pieces: gzip (RFC 1952, members one after the other, zeros
/// behind them) or Zstandard (RFC 8878, frames one after the other, windows of up to 128 MiB), told
/// by the first bytes; any other stream passes as it is. Holds a window and 64 KiB, whatever the
/// stream's length.
class Decompression {
 public:
  using Output = std::function<void(std::string_view)>;

  /// `name` is what errors call the stream.
  explicit Decompression(std::string name, DecompressionLimits const& limits = {});
  Decompression(Decompression const&) = delete;
  Decompression& operator=(Decompression const&) = delete;
  ~Decompression();

  /// The next bytes; `output` gets what they become, in pieces of up to 64 KiB. Errors: bad input
  /// where the stream is damaged or holds something else behind its end; a limit where it becomes
  /// too much. What came before the error has been delivered (before damage, as much of it
  /// as was sure); none may be fed after it.
  [[nodiscard]] model::Result<model::Done> feed(std::string_view bytes, Output const& output);
  /// The stream has ended. Errors: bad input where it is cut short.
  [[nodiscard]] model::Result<model::Done> finish(Output const& output);

 private:
  enum class Format { kUnknown, kPlain, kGzip, kZstandard };
  struct Gzip;
  struct Zstandard;

  [[nodiscard]] model::Result<model::Done> begin(Output const& output);
  [[nodiscard]] model::Result<model::Done> pass_on(std::string_view bytes, Output const& output);
  [[nodiscard]] model::Result<model::Done> inflate(std::string_view bytes, Output const& output);
  [[nodiscard]] model::Result<model::Done> decompress(std::string_view bytes, Output const& output);
  [[nodiscard]] model::Result<model::Done> deliver(std::size_t bytes, Output const& output);
  [[nodiscard]] model::Error bad_input(std::string message, std::string hint) const;

  std::string name_;
  DecompressionLimits limits_;
  Format format_{Format::kUnknown};
  std::array<char, 4> held_{};
  std::size_t held_bytes_{};
  std::uint64_t in_{};
  std::uint64_t out_{};
  std::unique_ptr<Gzip> gzip_;
  std::unique_ptr<Zstandard> zstandard_;
  std::string buffer_{};
};

}  // namespace guarantor::intake
