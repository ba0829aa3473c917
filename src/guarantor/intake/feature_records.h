#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/intake/line_records.h"
#include "guarantor/intake/reject.h"

namespace guarantor::intake {

/// Where the features of a stream go.
struct FeatureReceiver {
  FeatureReceiver() = default;
  FeatureReceiver(FeatureReceiver const&) = default;
  FeatureReceiver& operator=(FeatureReceiver const&) = default;
  virtual ~FeatureReceiver() = default;

  /// The JSON text of one feature, not parsed yet; valid for the call alone.
  virtual void feature(std::string_view text, std::uint64_t line) = 0;
  virtual void bad_feature(Reject const& reject) = 0;
};

/// Cuts a stream into features: those of a FeatureCollection, whatever else it holds, or one a line
/// (also with the record separator of RFC 8142 before each). Which of the two it is shows in the
/// first object; where that is neither within `limit` bytes, the stream is read line by line.
///
/// A feature that is longer than `limit`, that holds what no JSON holds, or in which the next
/// feature begins, is rejected, and reading goes on with the next `{"type":"Feature"`. Holds
/// `limit` bytes. O(length).
class FeatureRecords {
 public:
  explicit FeatureRecords(std::size_t limit) : limit_{limit} {}

  void feed(std::string_view bytes, FeatureReceiver& receiver);
  void finish(FeatureReceiver& receiver);

 private:
  enum class State {
    kUndecided,  ///< within the first object
    kBetween,    ///< in the list of features
    kFeature,
    kSeek,   ///< behind a bad feature
    kAfter,  ///< in the collection, behind its features
    kLines
  };
  enum class Lexed { kFine, kIllegal };

  void take(char byte, FeatureReceiver& receiver);
  void take_undecided(char byte, FeatureReceiver& receiver);
  void take_between(char byte, FeatureReceiver& receiver);
  void take_feature(char byte, FeatureReceiver& receiver);
  void take_seeking(char byte);
  void take_after(char byte);

  [[nodiscard]] Lexed lex(char byte);
  [[nodiscard]] bool match(char byte);
  void begin_lexing(int depth);
  void begin_feature(std::size_t at, std::uint64_t line);
  void reject(RejectReason reason, std::string message, FeatureReceiver& receiver) const;
  void read_lines(std::string_view text, std::uint64_t line, FeatureReceiver& receiver);

  std::size_t limit_;
  State state_{State::kUndecided};
  std::string buffer_{};  ///< of the present object, or what may begin a feature
  std::uint64_t line_{1};
  std::uint64_t begin_line_{1};
  std::optional<LineRecords> lines_{};

  // The lexer.
  int depth_{};
  bool in_string_{};
  bool escaped_{};
  bool in_scalar_{};
  bool begins_features_{};  ///< the list of features has just begun
  std::string string_{};    ///< the last one of the outermost object, as much as matters
  bool key_is_features_{};

  // How much of a feature's beginning was seen, where in the buffer and in which line.
  std::size_t matched_{};
  std::size_t match_at_{};
  std::uint64_t match_line_{};
};

}  // namespace guarantor::intake
