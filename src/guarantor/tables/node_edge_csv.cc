#include "guarantor/tables/node_edge_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <map>
#include <variant>

#include "guarantor/tables/numbers.h"

namespace guarantor::tables {
namespace {

/// Goes through the records of a table cell by cell without keeping them: a network's table can be
/// larger than what `read_csv` would hold of it.
class Records {
 public:
  Records(std::string_view text, std::string const& file) : rest_{text}, file_{file} {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (rest_.starts_with(kByteOrderMark)) {
      rest_.remove_prefix(kByteOrderMark.size());
    }
  }

  /// Reads the header; an error where one of the columns is missing.
  std::optional<model::Error> find(std::initializer_list<std::string_view> needed) {
    if (!next()) {
      return error(0, "the table is empty", "");
    }
    header_ = cells_;
    for (std::string_view const name : needed) {
      if (!column(name)) {
        return error(0, fmt::format("the column `{}` is missing", name), "");
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const {
    auto const found = std::find(header_.begin(), header_.end(), name);
    return found == header_.end()
               ? std::nullopt
               : std::optional{static_cast<std::size_t>(found - header_.begin())};
  }

  /// The next record that has any text. Stops at one that is torn: see `broken`.
  bool next() {
    while (!rest_.empty() && !broken_) {
      read_record();
      bool const blank = cells_.size() == 1 && cells_.front().empty();
      if (broken_ || !blank) {
        return !broken_;
      }
    }
    return false;
  }

  /// What is wrong with the form of the text read so far.
  [[nodiscard]] std::optional<model::Error> broken() const { return broken_; }

  [[nodiscard]] std::string const& cell(std::size_t column) const { return cells_[column]; }

  [[nodiscard]] model::Error error(std::size_t column, std::string const& message,
                                   std::string hint) const {
    return {model::ErrorKind::kBadInput,
            fmt::format("{}:{}:{}: {}", file_, line_, column + 1, message), std::move(hint)};
  }

 private:
  void read_record() {
    line_ = next_line_;
    cells_.clear();
    for (bool more = true; more && !broken_;) {
      more = read_cell(cells_.emplace_back());
    }
    if (!broken_ && !header_.empty() && cells_.size() != header_.size() &&
        !(cells_.size() == 1 && cells_.front().empty())) {
      broken_ =
          error(cells_.size(),
                fmt::format("{} cells where the header has {}", cells_.size(), header_.size()), "");
    }
  }

  /// Reads a cell and what ends it; whether another follows in the record.
  bool read_cell(std::string& cell) {
    if (rest_.starts_with('"')) {
      read_quoted(cell);
      if (broken_) {
        return false;
      }
    } else {
      std::size_t const end = std::min(rest_.find_first_of(",\r\n\""), rest_.size());
      cell = rest_.substr(0, end);
      rest_.remove_prefix(end);
    }
    if (rest_.starts_with(',')) {
      rest_.remove_prefix(1);
      return true;
    }
    if (rest_.starts_with("\r\n")) {
      rest_.remove_prefix(2);
    } else if (rest_.starts_with('\n')) {
      rest_.remove_prefix(1);
    } else if (!rest_.empty()) {
      broken_ = error(cells_.size() - 1, "a stray quotation mark or carriage return",
                      "put the whole cell in quotation marks and double those inside");
    }
    ++next_line_;
    return false;
  }

  void read_quoted(std::string& cell) {
    rest_.remove_prefix(1);
    while (true) {
      std::size_t const end = rest_.find('"');
      if (end == std::string_view::npos) {
        broken_ = error(cells_.size() - 1, "a quotation mark that is never closed", "");
        return;
      }
      cell += rest_.substr(0, end);
      next_line_ += static_cast<std::size_t>(
          std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      rest_.remove_prefix(end + 1);
      if (!rest_.starts_with('"')) {
        return;
      }
      cell += '"';
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  std::string const& file_;
  std::vector<std::string> header_;
  std::vector<std::string> cells_;
  std::size_t line_{1};
  std::size_t next_line_{1};
  std::optional<model::Error> broken_;
};

/// A number within bounds, or why not.
model::Result<double> number(Records const& records, std::size_t column, double least, double most,
                             std::string_view meaning) {
  auto const parsed = parse_number(records.cell(column));
  if (auto const* problem = std::get_if<CellProblem>(&parsed)) {
    return records.error(column, problem->message, problem->hint);
  }
  double const value = std::get<double>(parsed);
  if (value < least || value > most) {
    return records.error(column, fmt::format("`{}` is no {}", records.cell(column), meaning),
                         fmt::format("from {} to {}", print_number(least), print_number(most)));
  }
  return value;
}

model::Result<model::Position> position(Records const& records, std::size_t lon, std::size_t lat) {
  auto const longitude = number(records, lon, -180, 180, "longitude");
  auto const latitude = number(records, lat, -90, 90, "latitude");
  if (!longitude.ok() || !latitude.ok()) {
    return longitude.ok() ? latitude.error() : longitude.error();
  }
  return model::Position{model::Degrees{longitude.value()}, model::Degrees{latitude.value()}};
}

model::Result<std::uint32_t> node(Records const& records, std::size_t column,
                                  NodeTable const& nodes) {
  auto const found = nodes.place_of.find(records.cell(column));
  if (found == nodes.place_of.end()) {
    return records.error(column, fmt::format("no node has the id `{}`", records.cell(column)), "");
  }
  return found->second;
}

constexpr double kLongest = 1e8;   ///< metres: twice around the world and more
constexpr double kFastest = 1e5;   ///< km/h
constexpr double kSlowest = 1e-3;  ///< km/h

model::Result<NetworkEdge> edge(Records const& records, NodeTable const& nodes) {
  NetworkEdge read;
  auto const from = node(records, *records.column("from"), nodes);
  auto const to = node(records, *records.column("to"), nodes);
  auto const length = number(records, *records.column("length_m"), 0, kLongest, "length");
  if (!from.ok() || !to.ok() || !length.ok()) {
    return !from.ok() ? from.error() : (!to.ok() ? to.error() : length.error());
  }
  read.from = from.value();
  read.to = to.value();
  read.length_m = length.value();
  if (auto const column = records.column("speed_kmh"); column && !records.cell(*column).empty()) {
    auto const speed = number(records, *column, kSlowest, kFastest, "speed");
    if (!speed.ok()) {
      return speed.error();
    }
    read.speed_kmh = speed.value();
  }
  if (auto const column = records.column("oneway"); column) {
    std::string const& text = records.cell(*column);
    if (!text.empty() && text != "0" && text != "1") {
      return records.error(*column, fmt::format("`{}` is neither 0 nor 1", text), "");
    }
    read.one_way = text == "1";
  }
  return read;
}

}  // namespace

model::Result<NodeTable> read_nodes(std::string_view text, std::string const& file) {
  Records records{text, file};
  if (auto error = records.find({"id", "lon", "lat"})) {
    return *std::move(error);
  }
  std::size_t const id = *records.column("id");
  std::size_t const lon = *records.column("lon");
  std::size_t const lat = *records.column("lat");
  NodeTable nodes;
  while (records.next()) {
    auto const at = position(records, lon, lat);
    if (!at.ok()) {
      return at.error();
    }
    if (records.cell(id).empty()) {
      return records.error(id, "a node without an id", "");
    }
    auto const place = static_cast<std::uint32_t>(nodes.ids.size());
    if (!nodes.place_of.try_emplace(records.cell(id), place).second) {
      return records.error(id, fmt::format("a second node with the id `{}`", records.cell(id)), "");
    }
    nodes.ids.push_back(records.cell(id));
    nodes.positions.push_back(at.value());
  }
  if (auto error = records.broken()) {
    return *std::move(error);
  }
  return nodes;
}

model::Result<std::vector<NetworkEdge>> read_edges(std::string_view text, std::string const& file,
                                                   NodeTable const& nodes) {
  Records records{text, file};
  if (auto error = records.find({"from", "to", "length_m"})) {
    return *std::move(error);
  }
  std::vector<NetworkEdge> edges;
  while (records.next()) {
    auto read = edge(records, nodes);
    if (!read.ok()) {
      return read.error();
    }
    edges.push_back(read.value());
  }
  if (auto error = records.broken()) {
    return *std::move(error);
  }
  return edges;
}

model::Result<model::Network> road_network(NodeTable const& nodes,
                                           std::vector<NetworkEdge> const& edges,
                                           std::optional<double> speed_kmh) {
  model::Network network;
  network.positions = nodes.positions;
  network.node_names = nodes.ids;
  network.links.reserve(edges.size());
  std::map<float, std::size_t> profiles;
  for (NetworkEdge const& edge : edges) {
    auto const speed = edge.speed_kmh ? edge.speed_kmh : speed_kmh;
    if (!speed) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("the edge from {} to {} has no speed", nodes.ids[edge.from],
                                      nodes.ids[edge.to]),
                          "give speed_kmh, or a speed for edges that state none"};
    }
    auto const [found, fresh] = profiles.emplace(static_cast<float>(*speed), network.speeds.size());
    if (fresh) {
      model::SpeedProfile profile{};
      for (auto const by_road :
           {model::MovementClass::kLightWheeled, model::MovementClass::kHeavyWheeled,
            model::MovementClass::kTransporter}) {
        profile.at(static_cast<std::size_t>(by_road)) = static_cast<float>(*speed);
      }
      network.speeds.push_back(profile);
    }
    if (profiles.size() > std::numeric_limits<std::uint16_t>::max()) {
      return model::Error{model::ErrorKind::kLimit, "the edges have more than 65,535 speeds",
                          "round the speeds"};
    }
    model::NetworkLink link;
    link.from = edge.from;
    link.to = edge.to;
    link.length_m = static_cast<float>(edge.length_m);
    link.speeds = static_cast<std::uint16_t>(found->second);
    link.one_way = edge.one_way;
    network.links.push_back(link);
  }
  return network;
}

model::Result<std::vector<NodePair>> read_node_pairs(std::string_view text, std::string const& file,
                                                     NodeTable const& nodes) {
  Records records{text, file};
  if (auto error = records.find({"from", "to"})) {
    return *std::move(error);
  }
  std::vector<NodePair> pairs;
  while (records.next()) {
    auto const from = node(records, *records.column("from"), nodes);
    auto const to = node(records, *records.column("to"), nodes);
    if (!from.ok() || !to.ok()) {
      return from.ok() ? to.error() : from.error();
    }
    pairs.push_back({from.value(), to.value()});
  }
  if (auto error = records.broken()) {
    return *std::move(error);
  }
  return pairs;
}

model::Result<std::vector<PositionPair>> read_position_pairs(std::string_view text,
                                                             std::string const& file) {
  Records records{text, file};
  if (auto error = records.find({"from_lon", "from_lat", "to_lon", "to_lat"})) {
    return *std::move(error);
  }
  std::vector<PositionPair> pairs;
  while (records.next()) {
    auto const from = position(records, *records.column("from_lon"), *records.column("from_lat"));
    auto const to = position(records, *records.column("to_lon"), *records.column("to_lat"));
    if (!from.ok() || !to.ok()) {
      return from.ok() ? to.error() : from.error();
    }
    pairs.push_back({from.value(), to.value()});
  }
  if (auto error = records.broken()) {
    return *std::move(error);
  }
  return pairs;
}

}  // namespace guarantor::tables
