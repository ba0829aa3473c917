#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/model/network.h"
#include "guarantor/model/vocabulary.h"
#include "guarantor/tables/osm_way_rules.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

/// What was wrong here and there with what was taken, which went in nevertheless.
enum class OsmTrouble : std::uint8_t {
  kNodeMissing,   ///< a way leads over a node that is not in the file; it is cut there
  kNodeOffEarth,  ///< the same, with a node that has no position on earth
  kNodeRepeated,  ///< a node that is in the file again; its first position counts
  kTagUnread,     ///< a limit in words not known here; that of the kind of way counts
  kTagAbsurd,     ///< a limit of zero, below, or beyond all vehicles; likewise
  kNameUnread,    ///< a name that is no text; the link has none
  kIsland         ///< a part that nothing joins to the largest of its kind
};

}  // namespace guarantor::tables

namespace guarantor::model {

template <>
inline constexpr Words<7> kWords<tables::OsmTrouble>{
    "node_missing", "node_off_earth", "node_repeated", "tag_unread",
    "tag_absurd",   "name_unread",    "island"};

}  // namespace guarantor::model

namespace guarantor::tables {

/// What was taken of a file, and of the rest why not. Every way is in `taken` or in `dropped`.
struct OsmCounts {
  std::uint64_t nodes{};  ///< in the file
  std::uint64_t ways{};
  std::array<std::uint64_t, model::kWords<model::LinkMode>.size()> taken{};  ///< ways, by mode
  std::array<std::uint64_t, model::kWords<OsmDrop>.size()> dropped{};        ///< ways, by reason
  std::array<std::uint64_t, model::kWords<OsmTrouble>.size()> troubles{};
  std::uint64_t island_nodes{};  ///< nodes of the network that are on islands

  [[nodiscard]] std::uint64_t& operator[](OsmDrop drop) {
    return dropped[static_cast<std::size_t>(drop)];
  }
  [[nodiscard]] std::uint64_t operator[](OsmTrouble trouble) const {
    return troubles[static_cast<std::size_t>(trouble)];
  }
};

/// Counts what is found while a file is read, and keeps the first few of each trouble as warnings.
class OsmFindings {
 public:
  OsmFindings(std::string file, std::size_t examples)
      : file_{std::move(file)}, examples_{examples} {}

  OsmCounts counts;

  /// Counts a trouble; `tell` says what it is where it is one of the first.
  template <class Tell>
  void note(OsmTrouble trouble, Tell const& tell) {
    if (counts.troubles[static_cast<std::size_t>(trouble)]++ < examples_) {
      told_.push_back({file_, 0, 0, model::Severity::kWarning, tell(), ""});
    }
  }

  [[nodiscard]] std::string const& file() const { return file_; }
  [[nodiscard]] std::vector<Diagnostic> take() { return std::move(told_); }

 private:
  std::string file_;
  std::size_t examples_;
  std::vector<Diagnostic> told_;
};

}  // namespace guarantor::tables
