#include "drawn_network.h"

#include <cctype>
#include <stdexcept>

namespace guarantor::geo {
namespace {

class Reader {
 public:
  explicit Reader(std::vector<std::string> const& rows) : rows_{rows} {}

  DrawnNetwork read() {
    each_letter([&](std::size_t row, std::size_t column) {
      network_.letters += rows_[row][column];
      positions_.push_back({model::Degrees{30 + 0.1 * static_cast<double>(column)},
                            model::Degrees{48 - 0.1 * static_cast<double>(row)}});
    });
    each_letter([&](std::size_t row, std::size_t column) {
      follow(row, column, 0, 1, '>', '<');
      follow(row, column, 1, 0, 'v', '^');
    });
    network_.graph =
        std::make_shared<RoutingGraph const>(RoutingGraph::build(positions_, arcs_).value());
    return network_;
  }

 private:
  [[nodiscard]] char at(std::size_t row, std::size_t column) const {
    return row < rows_.size() && column < rows_[row].size() ? rows_[row][column] : ' ';
  }

  template <class Visit>
  void each_letter(Visit const& visit) const {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (std::size_t column = 0; column < rows_[row].size(); ++column) {
        if (std::isupper(at(row, column)) != 0) {
          visit(row, column);
        }
      }
    }
  }

  /// Follows a road from a letter to the right or downwards.
  void follow(std::size_t row, std::size_t column, std::size_t down, std::size_t right, char onward,
              char back) {
    char const from = at(row, column);
    std::uint64_t seconds = 0;
    bool forwards = true;
    bool backwards = true;
    for (char c = at(row += down, column += right); c != ' ';
         c = at(row += down, column += right)) {
      if (std::isupper(c) != 0) {
        add(from, c, seconds, forwards);
        add(c, from, seconds, backwards);
        return;
      }
      if (std::isdigit(c) != 0) {
        seconds = seconds * 10 + static_cast<std::uint64_t>(c - '0');
      }
      backwards = backwards && c != onward;
      forwards = forwards && c != back;
    }
  }

  void add(char from, char to, std::uint64_t seconds, bool open) {
    if (open) {
      arcs_.push_back({network_.node(from), network_.node(to)});
      network_.times.push_back(TravelTime{seconds * 1'000});
    }
  }

  std::vector<std::string> const& rows_;
  DrawnNetwork network_;
  std::vector<model::Position> positions_;
  std::vector<RoutingArc> arcs_;
};

}  // namespace

NodeIndex DrawnNetwork::node(char letter) const {
  std::size_t const place = letters.find(letter);
  if (place == std::string::npos) {
    throw std::invalid_argument{std::string{"no node "} + letter};
  }
  return NodeIndex{static_cast<std::uint32_t>(place)};
}

ArcIndex DrawnNetwork::arc(char from, char to) const {
  auto const found = graph->between(node(from), node(to));
  if (found.empty()) {
    throw std::invalid_argument{std::string{"no arc "} + from + to};
  }
  return found.front().arc;
}

DrawnNetwork draw_network(std::vector<std::string> const& rows) {
  return Reader{rows}.read();
}

}  // namespace guarantor::geo
