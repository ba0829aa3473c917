#include "guarantor/tables/folder_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "guarantor/model/spelling.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/files.h"
#include "guarantor/tables/shared_network.h"
#include "guarantor/tables/table_schema.h"
#include "guarantor/tables/toml_scalars.h"
#include "guarantor/tables/variant.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;

class FolderReader {
 public:
  FolderReader(Limits const& limits, Diagnostics& log) : limits_{limits}, log_{log} {}

  RawScenario read(fs::path const& folder) {
    std::vector<Layer> layers;
    std::set<fs::path> visited;
    std::optional<fs::path> next = folder;
    bool complete = true;
    while (next) {
      std::error_code ignored;
      visited.insert(fs::weakly_canonical(*next, ignored));
      auto [layer, base] = read_layer(*next, layers.size());
      layers.push_back(std::move(layer));
      next = base ? check_base(*next, *base, visited) : std::nullopt;
      complete = complete && next.has_value() == base.has_value();
    }
    RawScenario scenario;
    if (layers.size() == 1 && layers.front().removals && !extends_given_ && !network_given_) {
      log_.error({layers.front().removals->file, 0, 0}, "there is no base to remove rows from",
                 "only a variant, with `extends` in scenario.toml, has a remove.csv");
      layers.front().removals.reset();
    }
    complete = lay_network(scenario) && complete;
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
      lay_over(scenario, std::move(*layer), log_);
    }
    scenario.complete = complete;
    scenario.scalars.whole = scenario.scalars.whole && complete;
    if (complete) {
      check_presence(scenario, folder);
    }
    return scenario;
  }

 private:
  std::pair<Layer, std::optional<Scalar>> read_layer(fs::path const& folder, std::size_t depth) {
    Layer layer;
    std::optional<Scalar> extends;
    std::set<std::string> const names = list(folder);
    layer.scalars.file = (folder / kScalarsFile).string();
    if (!names.contains(kScalarsFile)) {
      log_.error({layer.scalars.file, 0, 0}, "the file is missing",
                 "a scenario's folder holds a scenario.toml with at least format, id, title, kind, "
                 "as_of, c_day, horizon_months and currency");
      layer.scalars.whole = false;
    } else if (auto const text = read_text(folder, kScalarsFile)) {
      TomlScalars read = read_toml(*text, layer.scalars.file, limits_, log_);
      layer.scalars = std::move(read.scalars);
      extends = std::move(read.extends);
      // The nearest folder that names a network decides.
      if (!network_given_ && (read.network || read.network_unusable)) {
        network_given_ = true;
        network_ = std::move(read.network);
        network_home_ = folder;
      }
    } else {
      layer.scalars.whole = false;
    }
    extends_given_ = extends_given_ || (depth == 0 && (extends || !layer.scalars.whole));
    for (TableSchema const& schema : table_schemas()) {
      std::string const name = file_of(schema.table);
      if (names.contains(name)) {
        layer.tables[schema.table] = read_csv_file(folder / name, limits_, log_);
      }
    }
    if (names.contains(kRemovalsFile)) {
      layer.removals = read_csv_file(folder / kRemovalsFile, limits_, log_);
    }
    if (names.contains(kAreasFile)) {
      auto const text = read_text(folder, kAreasFile);
      layer.areas.whole = false;
      if (text) {
        layer.areas = read_geojson(*text, (folder / kAreasFile).string(), limits_, log_);
      }
    }
    return {std::move(layer), std::move(extends)};
  }

  /// Lays the shared network lowest of all; false where it is named and cannot be had.
  bool lay_network(RawScenario& scenario) {
    if (!network_given_) {
      return true;
    }
    auto network =
        network_ ? read_shared_network(network_home_, *network_, limits_, log_) : std::nullopt;
    if (network) {
      lay_over(scenario, std::move(*network), log_);
    }
    return network.has_value();
  }

  std::optional<std::string> read_text(fs::path const& folder, std::string const& name) {
    fs::path const file = folder / name;
    return read_file(file, file.string(), limits_.file_bytes, log_);
  }

  /// The names in a folder; warns of tables that nobody will read.
  std::set<std::string> list(fs::path const& folder) {
    std::set<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error)) {
      names.insert(entry->path().filename().string());
    }
    if (error) {
      log_.error({folder.string(), 0, 0}, "the folder cannot be read: " + error.message());
    }
    std::vector<std::string> known{kScalarsFile, kAreasFile, kRemovalsFile};
    for (TableSchema const& schema : table_schemas()) {
      known.push_back(file_of(schema.table));
    }
    for (std::string const& name : names) {
      std::string const end = fs::path{name}.extension().string();
      bool const table = end == ".csv" || end == ".CSV" || end == ".toml" || end == ".geojson";
      if (table && !name.starts_with('.') &&
          std::find(known.begin(), known.end(), name) == known.end()) {
        warn_of_unknown(folder / name, known);
      }
    }
    return names;
  }

  void warn_of_unknown(fs::path const& file, std::vector<std::string> const& known) {
    std::string name = file.filename().string();
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    std::vector<std::string_view> const candidates{known.begin(), known.end()};
    auto const near = model::closest(name, candidates);
    log_.warning({file.string(), 0, 0}, "this is no file of a scenario, and is not read",
                 near ? fmt::format("did you mean `{}`?", *near) : "");
  }

  /// The folder of the base, or nothing, and told why.
  std::optional<fs::path> check_base(fs::path const& folder, Scalar const& extends,
                                     std::set<fs::path> const& visited) {
    Place const place = place_in(extends.file, extends.cell);
    fs::path const relative{std::string{trimmed(extends.cell.text)}};
    if (relative.empty() || relative.is_absolute()) {
      log_.error(place, "extends must be a relative path", "e.g. extends = \"../ukraine\"");
      return std::nullopt;
    }
    fs::path base = (folder / relative).lexically_normal();
    if (!base.has_filename()) {
      base = base.parent_path();
    }
    std::error_code error;
    if (!fs::is_directory(base, error)) {
      log_.error(place, fmt::format("there is no folder `{}`", base.string()),
                 "extends is relative to this folder");
      return std::nullopt;
    }
    if (visited.contains(fs::weakly_canonical(base, error))) {
      log_.error(place, fmt::format("`{}` extends itself in a circle", base.string()),
                 "a base must not extend its own variant");
      return std::nullopt;
    }
    if (visited.size() > static_cast<std::size_t>(limits_.nesting)) {
      log_.error(place, fmt::format("more than {} scenarios extend each other", limits_.nesting),
                 "save one of them whole and extend that");
      return std::nullopt;
    }
    return base;
  }

  void check_presence(RawScenario const& scenario, fs::path const& folder) {
    for (TableSchema const& schema : table_schemas()) {
      if (schema.must_exist && !scenario.tables.contains(schema.table)) {
        log_.error({(folder / file_of(schema.table)).string(), 0, 0}, "the file is missing",
                   "where there is nothing to say, its header line alone is enough");
      }
    }
  }

  Limits const& limits_;
  Diagnostics& log_;
  bool extends_given_{};
  bool network_given_{};
  std::optional<Scalar> network_;
  fs::path network_home_;  ///< the folder whose scenario.toml names the network
};

}  // namespace

std::string file_of(model::Table table) {
  return std::string{model::text(table)} + ".csv";
}

RawScenario read_folder(fs::path const& folder, Limits const& limits, Diagnostics& log) {
  return FolderReader{limits, log}.read(folder);
}

}  // namespace guarantor::tables
