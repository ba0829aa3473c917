#include "guarantor/tables/shared_network.h"

#include <fmt/format.h>

#include <system_error>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/folder_reader.h"

namespace guarantor::tables {

namespace fs = std::filesystem;

std::optional<Layer> read_shared_network(fs::path const& home, Scalar const& network,
                                         Limits const& limits, Diagnostics& log) {
  Place const place = place_in(network.file, network.cell);
  fs::path const relative{std::string{trimmed(network.cell.text)}};
  if (relative.empty() || relative.is_absolute()) {
    log.error(place, "network must be a relative path",
              "e.g. network = \"../../networks/corridors\"");
    return std::nullopt;
  }
  fs::path const folder = (home / relative).lexically_normal();
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    log.error(place, fmt::format("there is no folder `{}`", folder.string()),
              "network is relative to this folder, and holds a locations.csv and a links.csv");
    return std::nullopt;
  }
  Layer layer;
  for (model::Table const table : {model::Table::kLocations, model::Table::kLinks}) {
    fs::path const file = folder / file_of(table);
    if (!fs::exists(file, error)) {
      log.error({file.string(), 0, 0}, "the file is missing",
                "a network's folder holds a locations.csv and a links.csv");
      return std::nullopt;
    }
    layer.tables[table] = read_csv_file(file, limits, log);
  }
  return layer;
}

}  // namespace guarantor::tables
