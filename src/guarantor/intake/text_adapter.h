#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "guarantor/intake/adapter.h"

namespace guarantor::intake {

/// What all formats of text share: a byte order mark at the beginning is passed over, a stream in
/// UTF-16 or UTF-32 is refused once and each of its lines counted as unread.
class TextAdapter : public Adapter {
 public:
  void feed(std::string_view bytes, Sink& sink) final;
  void finish(Sink& sink) final;

 private:
  enum class State { kBeginning, kText, kRefused };

  virtual void feed_text(std::string_view text, Sink& sink) = 0;
  virtual void finish_text(Sink& sink) = 0;

  void begin(Sink& sink);
  void pass_over(std::string_view bytes, Sink& sink);
  void end_line(Sink& sink);

  State state_{State::kBeginning};
  std::array<char, 3> held_{};
  std::size_t held_bytes_{};
  std::uint64_t line_{1};
  bool line_has_text_{};
};

}  // namespace guarantor::intake
