#include "bench/covering_format.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace guarantor::bench {
namespace {

model::Error bad_at(std::string const& file, std::size_t line, std::string const& what) {
  return {model::ErrorKind::kBadInput, fmt::format("{}:{}: {}", file, line, what), ""};
}

model::Result<std::string> read_text(std::string const& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in || std::filesystem::is_directory(file)) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("cannot read {}", file), ""};
  }
  return std::string{std::istreambuf_iterator<char>{in}, {}};
}

/// Words of a text one after another. After the first mistake `error()` holds it and all that is
/// read is zero, so that a reader may look once, at the end of a loop.
class Words {
 public:
  Words(std::string file, std::string text) : file_{std::move(file)}, text_{std::move(text)} {}

  [[nodiscard]] std::optional<model::Error> const& error() const { return error_; }
  [[nodiscard]] bool failed() const { return error_.has_value(); }
  [[nodiscard]] std::size_t line() const { return line_; }

  void fail(std::string const& what) {
    if (!error_) {
      error_ = bad_at(file_, line_, what);
    }
  }

  /// The next word; empty at the end.
  std::string_view word() {
    while (at_ < text_.size() && is_space(text_[at_])) {
      line_ += text_[at_++] == '\n' ? 1U : 0U;
    }
    std::size_t const begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_])) {
      ++at_;
    }
    return std::string_view{text_}.substr(begin, at_ - begin);
  }
  /// Whether the line has no further word.
  [[nodiscard]] bool at_line_end() const {
    std::size_t at = at_;
    while (at < text_.size() && text_[at] != '\n' && is_space(text_[at])) {
      ++at;
    }
    return at == text_.size() || text_[at] == '\n';
  }

  double number(std::string_view what) { return to_number(word(), what); }

  double to_number(std::string_view word, std::string_view what) {
    double value = 0;
    auto const read = std::from_chars(word.data(), word.data() + word.size(), value);
    if (word.empty()) {
      fail(fmt::format("the file ends where {} should stand", what));
    } else if (read.ec != std::errc{} || read.ptr != word.data() + word.size() ||
               !std::isfinite(value)) {
      fail(fmt::format("`{}` is not a number; {} should stand here", word, what));
    }
    return failed() ? 0 : value;
  }

  double amount(std::string_view what) {
    double const value = number(what);
    if (value < 0) {
      fail(fmt::format("{} is negative: {}", what, value));
    }
    return failed() ? 0 : value;
  }

  /// A whole number from `least` to `most`.
  std::size_t whole(std::string_view what, std::size_t least, std::size_t most) {
    double const value = number(what);
    if (value != std::floor(value) || value < static_cast<double>(least) ||
        value > static_cast<double>(most)) {
      fail(fmt::format("{} is {}; it should be a whole number from {} to {}", what, value, least,
                       most));
    }
    return failed() ? 0 : static_cast<std::size_t>(value);
  }

  void end() {
    if (auto const left = word(); !left.empty()) {
      fail(fmt::format("`{}` stands after the end of what the first line announced", left));
    }
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  std::string file_;
  std::string text_;
  std::size_t at_{0};
  std::size_t line_{1};
  std::optional<model::Error> error_;
};

constexpr std::size_t kMostRows = 10'000'000;

struct Point {
  double x{};
  double y{};
};

/// Which demands lie within the radius of which sites. A hair more than the radius counts, as
/// places given in decimals that lie at it exactly may come out beyond. O(sites · demands).
std::vector<std::vector<std::uint32_t>> within(std::vector<Point> const& sites,
                                               std::vector<Point> const& demands, double radius) {
  constexpr double kHair = 1e-9;
  std::vector<std::vector<std::uint32_t>> covers(sites.size());
  for (std::size_t j = 0; j < sites.size(); ++j) {
    for (std::size_t i = 0; i < demands.size(); ++i) {
      double const far = std::hypot(sites[j].x - demands[i].x, sites[j].y - demands[i].y);
      if (far <= radius * (1 + kHair)) {
        covers[j].push_back(static_cast<std::uint32_t>(i));
      }
    }
  }
  return covers;
}

void read_points(Words& words, std::size_t count, std::vector<Point>& points,
                 std::vector<double>& weight) {
  for (std::size_t i = 0; i < count && !words.failed(); ++i) {
    double const x = words.number("x");
    double const y = words.number("y");
    points.push_back({x, y});
    weight.push_back(words.amount("a weight"));
  }
}

void read_kinds(Words& words, std::size_t count, char kind, std::vector<Point>& points,
                std::vector<double>* weight) {
  for (std::size_t i = 0; i < count && !words.failed(); ++i) {
    auto const given = words.word();
    if (given.size() != 1 || given.front() != kind) {
      words.fail(fmt::format("`{}` stands where a line of kind {} should begin", given, kind));
      return;
    }
    words.whole("a number counted from 0", i, i);
    double const x = words.number("x");
    double const y = words.number("y");
    points.push_back({x, y});
    double const amount = words.amount("a weight");
    if (weight != nullptr) {
      weight->push_back(amount);
    }
  }
}

}  // namespace

model::Result<posture::SetCoverProblem> read_scp(std::string const& file) {
  auto text = read_text(file);
  if (!text.ok()) {
    return text.error();
  }
  Words words{file, std::move(text.value())};
  std::size_t const rows = words.whole("the number of rows", 1, kMostRows);
  std::size_t const columns = words.whole("the number of columns", 1, kMostRows);
  posture::SetCoverProblem problem;
  for (std::size_t column = 0; column < columns && !words.failed(); ++column) {
    problem.cost.push_back(words.amount("a column's cost"));
  }
  problem.covers.resize(columns);
  problem.need.assign(rows, 1);
  for (std::size_t row = 0; row < rows && !words.failed(); ++row) {
    std::size_t const many = words.whole("how many columns cover a row", 0, columns);
    for (std::size_t k = 0; k < many && !words.failed(); ++k) {
      std::size_t const column = words.whole("a column's number", 1, columns);
      if (!words.failed()) {
        problem.covers[column - 1].push_back(static_cast<std::uint32_t>(row));
      }
    }
  }
  words.end();
  if (words.failed()) {
    return *words.error();
  }
  return problem;
}

model::Result<posture::CapacitatedLocationProblem> read_cap(std::string const& file,
                                                            double capacity) {
  auto text = read_text(file);
  if (!text.ok()) {
    return text.error();
  }
  Words words{file, std::move(text.value())};
  std::size_t const sites = words.whole("the number of sites", 1, kMostRows);
  std::size_t const demands = words.whole("the number of demands", 1, kMostRows);
  posture::CapacitatedLocationProblem problem;
  for (std::size_t site = 0; site < sites && !words.failed(); ++site) {
    auto const word = words.word();
    if (word == "capacity" && capacity <= 0) {
      words.fail("the file leaves the capacity open, and none is given");
    }
    double const room = word == "capacity" ? capacity : words.to_number(word, "a capacity");
    if (room < 0) {
      words.fail(fmt::format("a capacity is negative: {}", room));
    }
    problem.capacity.push_back(room);
    problem.open_cost.push_back(words.amount("a fixed cost"));
  }
  for (std::size_t demand = 0; demand < demands && !words.failed(); ++demand) {
    problem.amount.push_back(words.amount("a demand"));
    auto& services = problem.services.emplace_back();
    for (std::size_t site = 0; site < sites && !words.failed(); ++site) {
      services.push_back({static_cast<std::uint32_t>(site), words.amount("a cost of serving")});
    }
  }
  words.end();
  if (words.failed()) {
    return *words.error();
  }
  return problem;
}

model::Result<posture::MaximalCoverProblem> read_mclp(std::string const& file, double radius,
                                                      std::size_t most_open) {
  if (!std::isfinite(radius) || radius < 0) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("a radius of {} covers nothing", radius), ""};
  }
  auto text = read_text(file);
  if (!text.ok()) {
    return text.error();
  }
  Words words{file, std::move(text.value())};
  posture::MaximalCoverProblem problem;
  problem.most_open = most_open;
  std::vector<Point> sites;
  std::vector<Point> demands;
  std::size_t const first = words.whole("a number of points", 1, kMostRows);
  std::size_t const second = words.whole("a second number", 1, kMostRows);
  if (words.at_line_end()) {
    read_kinds(words, first, 'F', sites, nullptr);
    read_kinds(words, second, 'C', demands, &problem.weight);
  } else {
    if (words.word() != "p" || words.word() != "S") {
      words.fail("the first line should end in `p S`");
    }
    read_points(words, first, demands, problem.weight);
    sites = demands;
  }
  words.end();
  if (words.failed()) {
    return *words.error();
  }
  problem.need.assign(demands.size(), 1);
  problem.covers = within(sites, demands, radius);
  return problem;
}

}  // namespace guarantor::bench
