#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/vocabulary.h"

/// Records that were not taken, each with its reason: silence must never look like peace.
namespace guarantor::intake {

/// Every way a record can fail to become an observation.
enum class RejectReason {
  kTooLong,          ///< longer than the limit of a record; skipped
  kNotUtf8,          ///< bytes that are no UTF-8, or a stream in UTF-16
  kBadHeader,        ///< a header with a column twice, or without one that is needed
  kUnread,           ///< behind a header or beginning that was refused
  kWrongFieldCount,  ///< more or fewer fields than the header has
  kBadSyntax,        ///< the format's own rules are broken
  kMissingField,     ///< a field that must be given is not
  kUnknownField,     ///< a member that our own form does not know
  kBadDate,          ///< no date or time, one that does not exist, an end before its beginning
  kDateOutOfRange,   ///< outside the dates taken for plausible
  kNoPlace,
  kBadNumber,  ///< no number, or one that its field cannot have
  kLatitudeOutOfRange,
  kLongitudeOutOfRange,
  kUnknownKind,       ///< a kind of event that has no counterpart here
  kBadWord,           ///< any other field with a word outside its list
  kNotAnObservation,  ///< a message of the format's own business, e.g. a ping
};
}  // namespace guarantor::intake

template <>
inline constexpr guarantor::model::Words<17>
    guarantor::model::kWords<guarantor::intake::RejectReason>{"too-long",
                                                              "not-utf8",
                                                              "bad-header",
                                                              "unread",
                                                              "wrong-field-count",
                                                              "bad-syntax",
                                                              "missing-field",
                                                              "unknown-field",
                                                              "bad-date",
                                                              "date-out-of-range",
                                                              "no-place",
                                                              "bad-number",
                                                              "latitude-out-of-range",
                                                              "longitude-out-of-range",
                                                              "unknown-kind",
                                                              "bad-word",
                                                              "not-an-observation"};

namespace guarantor::intake {

inline constexpr std::size_t kRejectReasons = model::kWords<RejectReason>.size();

/// One record that was not taken.
struct Reject {
  RejectReason reason{RejectReason::kBadSyntax};
  std::uint64_t line{};  ///< of the record's beginning, from 1
  std::string field{};   ///< the column or member; empty: the record as a whole
  std::string message{};

  friend bool operator==(Reject const&, Reject const&) = default;
};

/// `line 7, acq_date: bad-date: ...`.
[[nodiscard]] std::string print(Reject const& reject);

/// What a message shows of a text from outside: at most 40 bytes, whole characters, control
/// characters as `?`.
[[nodiscard]] std::string excerpt(std::string_view text);

/// How many records were not taken, by reason, with the first few of each. Its size does not grow
/// with their number.
class RejectCounts {
 public:
  static constexpr std::size_t kExamples = 5;

  void add(Reject const& reject);
  /// Adds what another stream counted; examples stay those that came first.
  void add(RejectCounts const& other);

  [[nodiscard]] std::uint64_t count(RejectReason reason) const;
  [[nodiscard]] std::uint64_t total() const;
  [[nodiscard]] std::vector<Reject> const& examples(RejectReason reason) const;

  friend bool operator==(RejectCounts const&, RejectCounts const&) = default;

 private:
  std::array<std::uint64_t, kRejectReasons> counts_{};
  std::array<std::vector<Reject>, kRejectReasons> examples_{};
};

}  // namespace guarantor::intake
