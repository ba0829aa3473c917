#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/row_record.h"
#include "guarantor/model/row_tables.h"
#include "guarantor/store/store.h"

/// Scenarios in a store: each row a record of its own, so that an offer has its history and its
/// proof; a version is a point in that history, named by the hash of the whole.
namespace guarantor::store {

/// What a scenario is kept as.
struct ScenarioContent {
  std::string scenario;  ///< its id
  std::string title;
  std::string content_hash;  ///< `tables::content_hash`: the version's name
  std::string variant_of;    ///< the scenario it is a variant of; empty for none
  model::RowTables rows;
  /// The place of the version that it was made from, where it must still be the current one.
  std::optional<Position> after{};
  /// The rows of that version, where they are at hand: then only what differs is read.
  std::optional<model::RowTables> before{};
};

/// One version of a scenario.
struct ScenarioVersion {
  std::string scenario;
  std::string title;
  std::string content_hash;
  std::string variant_of;
  std::string follows;  ///< the version it was made from; empty for the first
  Position position{};  ///< of its record: its rows are those before
  model::Instant at{};
  std::string by;
  std::uint64_t rows{};
  std::uint64_t changed{};  ///< rows that differ from the version before: added, changed, removed
};

/// What keeping a scenario did.
struct ScenarioReceipt {
  ScenarioVersion version;
  bool is_new{};  ///< false: the current version was this one already, nothing was kept
};

/// Keeps a scenario as its newest version and makes it the current one. Only rows that changed
/// since the current version become records. Errors as `Store::append`; kRefused where another
/// version became the current one meanwhile, or a row of it was erased while `before` was at
/// hand.
[[nodiscard]] model::Result<ScenarioReceipt> put_scenario(Store& store,
                                                          ScenarioContent const& content,
                                                          Author const& author);

/// The scenarios kept, in order of id, each in its current version.
[[nodiscard]] model::Result<std::vector<ScenarioVersion>> list_scenarios(Store const& store);

/// All versions of a scenario, oldest first. Error kNotFound, naming those there are.
[[nodiscard]] model::Result<std::vector<ScenarioVersion>> list_versions(Store const& store,
                                                                        std::string_view scenario);

/// One version: the current one, or that whose hash begins with `version` (8 digits or more).
/// Errors: kNotFound; kBadInput where several begin so.
[[nodiscard]] model::Result<ScenarioVersion> find_version(Store const& store,
                                                          std::string_view scenario,
                                                          std::string_view version = {});

/// The version whose record stands at that place. Errors: kNotFound; kCheckFailed where that is no
/// version, or no longer.
[[nodiscard]] model::Result<ScenarioVersion> version_at(Store const& store, Position position);

/// The rows of a version, in the order of their tables. Error kCheckFailed where one was erased.
[[nodiscard]] model::Result<std::vector<model::RowRecord>> get_rows(Store const& store,
                                                                    ScenarioVersion const& version);

/// Makes an earlier version the current one; that is a record too. Errors as `find_version`.
[[nodiscard]] model::Result<ScenarioVersion> set_current(Store& store, std::string_view scenario,
                                                         std::string_view version,
                                                         Author const& author);

/// One state of a row: what it said from `at` on; without cells, that it was taken out.
struct RowState {
  Position position{};
  model::Instant at{};
  std::string by;
  std::map<std::string, std::string> cells;
};

/// The dated history of a row, e.g. of a pledge. Error kNotFound.
[[nodiscard]] model::Result<std::vector<RowState>> row_history(Store const& store,
                                                               std::string_view scenario,
                                                               std::string_view table,
                                                               std::string_view key);

}  // namespace guarantor::store
