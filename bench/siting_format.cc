#include "bench/siting_format.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <queue>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace guarantor::bench {
namespace {

constexpr double kMostVertices = 20000;  ///< a table of all pairs must fit into memory
constexpr double kMostLength = 1e6;

/// Lines of whole numbers, of which each must have just so many.
class NumberLines {
 public:
  explicit NumberLines(std::filesystem::path const& file) : file_{file}, stream_{file} {}

  [[nodiscard]] bool opened() const {
    return stream_.is_open() && !std::filesystem::is_directory(file_);
  }

  [[nodiscard]] model::Error wrong(std::string_view what) const {
    return {.kind = model::ErrorKind::kBadInput,
            .message = fmt::format("{}:{}: {}", file_.string(), line_, what)};
  }

  /// The next line that is not blank. Error kBadInput unless it has `wanted` whole numbers.
  model::Result<std::vector<double>> next(std::size_t wanted, std::string_view content) {
    std::string text;
    if (!next_text(text)) {
      return wrong(fmt::format("the file ends where {} is expected", content));
    }
    std::vector<double> numbers;
    char const* at = text.data();
    char const* const end = at + text.size();
    for (;;) {
      while (at != end && blank(*at)) {
        ++at;
      }
      if (at == end) {
        break;
      }
      std::int64_t number = 0;
      auto const [rest, code] = std::from_chars(at, end, number);
      if (code != std::errc{} || (rest != end && !blank(*rest))) {
        return wrong(fmt::format("{} is expected, in whole numbers", content));
      }
      numbers.push_back(static_cast<double>(number));
      at = rest;
    }
    if (numbers.size() != wanted) {
      return wrong(
          fmt::format("{} is expected: {} numbers, not {}", content, wanted, numbers.size()));
    }
    return numbers;
  }

  /// Nothing but blank lines may follow.
  model::Result<model::Done> end() {
    std::string text;
    if (next_text(text)) {
      return wrong("text after the last line that the file announces");
    }
    return model::Done{};
  }

 private:
  static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

  bool next_text(std::string& text) {
    while (std::getline(stream_, text)) {
      ++line_;
      if (text.find_first_not_of(" \t\r") != std::string::npos) {
        return true;
      }
    }
    ++line_;
    return false;
  }

  std::filesystem::path file_;
  std::ifstream stream_;
  std::size_t line_{0};
};

model::Error missing(std::filesystem::path const& file) {
  return {.kind = model::ErrorKind::kNotFound,
          .message = fmt::format("cannot read {}", file.string())};
}

bool within(double number, double least, double most) {
  return number >= least && number <= most;
}

struct Arc {
  std::uint32_t to;
  std::uint32_t length;
};
using Graph = std::vector<std::vector<Arc>>;

/// Dijkstra's shortest paths from one vertex.
void shortest_paths(Graph const& graph, std::size_t from, std::span<double> distances) {
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  distances[from] = 0;
  queue.emplace(0, static_cast<std::uint32_t>(from));
  while (!queue.empty()) {
    auto const [distance, vertex] = queue.top();
    queue.pop();
    if (distance > distances[vertex]) {
      continue;
    }
    for (Arc const arc : graph[vertex]) {
      if (double const there = distance + arc.length; there < distances[arc.to]) {
        distances[arc.to] = there;
        queue.emplace(there, arc.to);
      }
    }
  }
}

model::Result<Graph> read_graph(NumberLines& lines, std::size_t vertices, std::size_t edges) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> lengths;
  for (std::size_t e = 0; e < edges; ++e) {
    auto const row = lines.next(3, "an edge `from to length`");
    if (!row) {
      return row.error();
    }
    auto const& numbers = row.value();
    for (std::size_t k = 0; k < 2; ++k) {
      if (!within(numbers[k], 1, static_cast<double>(vertices))) {
        return lines.wrong(fmt::format("vertex {} is not one of 1 to {}", numbers[k], vertices));
      }
    }
    if (!within(numbers[2], 0, kMostLength)) {
      return lines.wrong(fmt::format("length {} is not within 0 to {}", numbers[2], kMostLength));
    }
    auto const a = static_cast<std::uint32_t>(numbers[0]) - 1;
    auto const b = static_cast<std::uint32_t>(numbers[1]) - 1;
    lengths[std::minmax(a, b)] = static_cast<std::uint32_t>(numbers[2]);
  }
  Graph graph(vertices);
  for (auto const& [ends, length] : lengths) {
    graph[ends.first].push_back({ends.second, length});
    graph[ends.second].push_back({ends.first, length});
  }
  return graph;
}

}  // namespace

model::Result<MedianCase> read_median_case(std::filesystem::path const& file) {
  NumberLines lines{file};
  if (!lines.opened()) {
    return missing(file);
  }
  auto const head = lines.next(3, "`vertices edges count`");
  if (!head) {
    return head.error();
  }
  auto const& numbers = head.value();
  if (!within(numbers[0], 1, kMostVertices) || !within(numbers[1], 0, 1e9) ||
      !within(numbers[2], 0, numbers[0])) {
    return lines.wrong(
        fmt::format("1 to {} vertices, edges, and a count of at most as many as "
                    "vertices are expected",
                    kMostVertices));
  }
  MedianCase made{.vertices = static_cast<std::size_t>(numbers[0]),
                  .count = static_cast<std::size_t>(numbers[2])};
  auto const graph = read_graph(lines, made.vertices, static_cast<std::size_t>(numbers[1]));
  if (!graph) {
    return graph.error();
  }
  if (auto const ended = lines.end(); !ended) {
    return ended.error();
  }
  made.distances.assign(made.vertices * made.vertices, std::numeric_limits<double>::infinity());
  for (std::size_t v = 0; v < made.vertices; ++v) {
    shortest_paths(graph.value(), v,
                   std::span{made.distances}.subspan(v * made.vertices, made.vertices));
  }
  return made;
}

model::Result<CapacitatedMedianCase> read_capacitated_median_case(
    std::filesystem::path const& file) {
  NumberLines lines{file};
  if (!lines.opened()) {
    return missing(file);
  }
  auto const title = lines.next(2, "`number best`");
  if (!title) {
    return title.error();
  }
  auto const head = lines.next(3, "`points count capacity`");
  if (!head) {
    return head.error();
  }
  auto const& numbers = head.value();
  if (!within(numbers[0], 1, kMostVertices) || !within(numbers[1], 0, numbers[0]) ||
      numbers[2] < 0) {
    return lines.wrong(
        fmt::format("1 to {} points, a count of at most as many and a capacity of "
                    "at least 0 are expected",
                    kMostVertices));
  }
  CapacitatedMedianCase made{.points = static_cast<std::size_t>(numbers[0]),
                             .count = static_cast<std::size_t>(numbers[1]),
                             .capacity = numbers[2],
                             .published = title.value()[1]};
  std::vector<std::pair<double, double>> points;
  for (std::size_t i = 0; i < made.points; ++i) {
    auto const row = lines.next(4, "a point `number x y quantity`");
    if (!row) {
      return row.error();
    }
    auto const& point = row.value();
    if (point[0] != static_cast<double>(i + 1) || point[3] < 0) {
      return lines.wrong(fmt::format("point {} with a quantity of at least 0 is expected", i + 1));
    }
    points.emplace_back(point[1], point[2]);
    made.quantities.push_back(point[3]);
  }
  if (auto const ended = lines.end(); !ended) {
    return ended.error();
  }
  for (auto const& [x, y] : points) {
    for (auto const& [u, v] : points) {
      made.distances.push_back(std::floor(std::sqrt((x - u) * (x - u) + (y - v) * (y - v))));
    }
  }
  return made;
}

}  // namespace guarantor::bench
