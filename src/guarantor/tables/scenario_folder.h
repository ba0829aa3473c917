#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/validate.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::tables {

/// What no input may exceed. Anything larger is a diagnostic, never a slow death.
struct Limits {
  std::uint64_t file_bytes{256ULL << 20};
  std::uint64_t rows{5'000'000};
  std::uint64_t field_bytes{64ULL << 10};
  int nesting{64};                ///< of JSON, TOML and of `extends`
  std::size_t diagnostics{1000};  ///< further ones are counted, not listed
};

/// One thing wrong with the files of a scenario, and where.
struct Diagnostic {
  std::string file;        ///< as the user would name it, e.g. `ukraine/pledges.csv`
  std::uint64_t line{};    ///< from 1; 0: the file as a whole. In a workbook: the row of the sheet
  std::uint64_t column{};  ///< in characters from 1; 0: the line as a whole
  model::Severity severity{model::Severity::kError};
  std::string message;
  std::string hint;

  friend bool operator==(Diagnostic const&, Diagnostic const&) = default;
};

/// `file:line:column: error|warning: message; hint`, leaving out line and column that are 0.
[[nodiscard]] std::string print(Diagnostic const& diagnostic);

/// A scenario, or all the reasons why there is none. With any error there is no scenario: nothing
/// is half loaded. Warnings may stand beside a scenario.
struct Loaded {
  std::optional<model::Scenario> scenario;
  std::vector<Diagnostic> diagnostics;
};

/// Reads a scenario folder, or a workbook (`*.xlsx`), follows `extends`, and validates the whole.
/// Diagnostics are in order of file, line and column.
[[nodiscard]] Loaded load(std::filesystem::path const& path, Limits const& limits = {});

/// Writes a scenario as a folder of its own (variants flattened), with its `datapackage.json`. The
/// folder appears whole or not at all: it is written beside its place, synced, and renamed. Error
/// kRefused where the folder exists and is not empty and `replace` is false; kBadInput where a text
/// cannot stand in a file (control characters, no UTF-8); kUnwritable otherwise. A folder that is
/// replaced keeps the files that are none of a scenario's.
[[nodiscard]] model::Result<model::Done> save_folder(model::Scenario const& scenario,
                                                     std::filesystem::path const& folder,
                                                     bool replace = false);

/// The same as one XLSX workbook, a sheet a table; `load` of it gives an equal scenario. Error
/// kRefused where something does not fit a sheet, e.g. a cell of more than 32,767 characters.
[[nodiscard]] model::Result<model::Done> save_workbook(model::Scenario const& scenario,
                                                       std::filesystem::path const& file);

/// Writes a file whole or not at all: to a temporary beside it, synced, renamed.
[[nodiscard]] model::Result<model::Done> write_file(std::filesystem::path const& file,
                                                    std::string const& content);

/// SHA-256, in hexadecimal, of the scenario's canonical form: the text of its folder's files, in
/// order of name (without datapackage.json, which only describes them). Equal scenarios have equal
/// hashes, however their files were laid out.
[[nodiscard]] std::string content_hash(model::Scenario const& scenario);

}  // namespace guarantor::tables
