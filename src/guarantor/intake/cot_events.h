#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "guarantor/intake/reject.h"

namespace guarantor::intake {

/// Where the events of a stream go.
struct EventReceiver {
  EventReceiver() = default;
  EventReceiver(EventReceiver const&) = default;
  EventReceiver& operator=(EventReceiver const&) = default;
  virtual ~EventReceiver() = default;

  /// One `event` element, whole; valid for the call alone.
  virtual void event(std::string_view text, std::uint64_t line) = 0;
  virtual void bad_event(Reject const& reject) = 0;
};

/// Cuts a stream into its `event` elements by their tags alone. An event longer than `limit` bytes
/// is rejected, and what follows passed over up to the next one. Each stretch of text that stands
/// outside of events is rejected once, as is a stream without any event. Holds `limit` bytes.
/// O(length).
class CotEvents {
 public:
  explicit CotEvents(std::size_t limit) : limit_{limit} {}

  void feed(std::string_view bytes, EventReceiver& receiver);
  void finish(EventReceiver& receiver);

 private:
  /// Where the stream stands between tags and within them.
  enum class State { kText, kName, kTag, kQuoted };

  void pass_over(std::string_view bytes, EventReceiver& receiver);
  void take(char byte, EventReceiver& receiver);
  void begin_tag();
  void end_name(EventReceiver& receiver);
  void end_tag(EventReceiver& receiver);
  void reject(RejectReason reason, std::string message, EventReceiver& receiver);

  std::size_t limit_;
  State state_{State::kText};
  std::string name_{};  ///< of the present tag, as much as matters
  char quote_{};
  char previous_{};
  std::string event_{};  ///< of the present event, or a tag that may begin one
  std::size_t tag_at_{};
  std::uint64_t line_{1};
  std::uint64_t event_line_{};
  std::uint64_t tag_line_{};
  bool within_{};
  bool in_event_tag_{};
  bool passes_{};    ///< behind an event that was too long
  bool in_stray_{};  ///< text outside of events, rejected already
  bool any_{};       ///< events, or anything rejected
};

}  // namespace guarantor::intake
