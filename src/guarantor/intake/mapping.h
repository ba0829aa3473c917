#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/intake/adapter.h"
#include "guarantor/intake/mapping_text.h"
#include "guarantor/intake/time_format.h"

namespace guarantor::intake {

/// The fields of an observation that a mapping can fill.
enum class MappedField {
  kObserver,
  kKind,
  kCategory,
  kFrom,
  kTo,
  kReported,
  kLatitude,
  kLongitude,
  kPrecision,
  kSector,
  kCount,
  kSense,
  kBlast,
  kWeapon,
  kCalibre,
  kActor,
  kLiveFire,
  kWithdrawn,
  kProbability,
  kText,
  kEvidence,
  kOwner
};
inline constexpr std::size_t kMappedFields = 22;

struct MappingReading;

/// How the columns of somebody's table become observations; its text stands in
/// docs/watch-intake.md.
class Mapping {
 public:
  /// Reads a mapping's text: the mapping, or all that is wrong with it. O(length).
  [[nodiscard]] static MappingReading parse(std::string_view text);

  /// Columns that are called as our own form calls its members.
  [[nodiscard]] static Mapping identity(std::string source);

  /// The columns that are looked at, each once; `read` wants their values in this order.
  [[nodiscard]] std::vector<std::string> const& columns() const { return columns_; }
  [[nodiscard]] char separator() const { return separator_; }
  [[nodiscard]] char evidence_separator() const { return evidence_separator_; }
  [[nodiscard]] bool maps_place() const { return maps_place_; }
  [[nodiscard]] bool needs_place() const { return needs_place_; }

  /// One row. Why it is no observation, without a line, or nothing; `observation` is empty before.
  /// The place is read where the mapping has columns for it; a row that names its sector needs
  /// none. A value that is empty is not given. REQUIRES: `values` as many as `columns()`.
  [[nodiscard]] std::optional<Reject> read(std::vector<std::string_view> const& values,
                                           model::Observation& observation) const;

 private:
  friend class MappingBuilder;

  /// What fills a field: a column, else a constant.
  struct Filling {
    std::optional<std::size_t> column{};
    std::optional<std::string> constant{};
    double factor{1};  ///< from their unit to ours
    std::map<std::string, std::string, std::less<>> words{};
    std::optional<std::string> other_word{};
  };

  [[nodiscard]] Filling const& filling(MappedField field) const;
  [[nodiscard]] std::string_view value(MappedField field,
                                       std::vector<std::string_view> const& values) const;
  [[nodiscard]] std::string name(MappedField field) const;
  [[nodiscard]] Reject bad(RejectReason reason, MappedField field, std::string_view value,
                           std::string_view expected) const;

  [[nodiscard]] std::optional<Reject> read_id(std::vector<std::string_view> const& values,
                                              model::Observation& observation) const;
  [[nodiscard]] std::optional<Reject> read_moments(std::vector<std::string_view> const& values,
                                                   model::Observation& observation) const;
  [[nodiscard]] std::optional<Reject> read_words(std::vector<std::string_view> const& values,
                                                 model::Observation& observation) const;
  [[nodiscard]] std::optional<Reject> read_flags(std::vector<std::string_view> const& values,
                                                 model::Observation& observation) const;
  [[nodiscard]] std::optional<Reject> read_numbers(std::vector<std::string_view> const& values,
                                                   model::Observation& observation) const;
  void read_texts(std::vector<std::string_view> const& values,
                  model::Observation& observation) const;
  [[nodiscard]] std::optional<TimeSpan> parse_moment(std::string_view text) const;

  std::string source_{};
  std::vector<std::string> columns_{};
  std::vector<std::size_t> id_columns_{};
  std::array<Filling, kMappedFields> fillings_{};
  std::vector<TimeFormat> formats_{iso_formats()};
  TimeZone zone_{};
  char separator_{','};
  char evidence_separator_{'|'};
  bool maps_place_{};
  bool needs_place_{true};
};

/// A mapping, or all that is wrong with its text.
struct MappingReading {
  std::optional<Mapping> mapping{};  ///< there is one where there are no problems
  std::vector<MappingProblem> problems{};
};

}  // namespace guarantor::intake

template <>
inline constexpr guarantor::model::Words<guarantor::intake::kMappedFields>
    guarantor::model::kWords<guarantor::intake::MappedField>{
        "observer",    "kind",      "category",    "from",   "to",        "reported",
        "latitude",    "longitude", "precision_m", "sector", "count",     "sense",
        "blast",       "weapon",    "calibre_mm",  "actor",  "live_fire", "withdrawn",
        "probability", "text",      "evidence",    "owner"};
