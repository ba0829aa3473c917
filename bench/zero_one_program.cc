#include "bench/zero_one_program.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace guarantor::bench {
namespace {

char letter(ZeroOneProgram::Sense sense) {
  return sense == ZeroOneProgram::Sense::kAtMost  ? 'L'
         : sense == ZeroOneProgram::Sense::kEqual ? 'E'
                                                  : 'G';
}

}  // namespace

std::size_t ZeroOneProgram::add_row(Sense sense, double right_side) {
  rows_.push_back({sense, right_side});
  return rows_.size() - 1;
}

std::size_t ZeroOneProgram::add_column(Column column) {
  columns_.push_back(std::move(column));
  return columns_.size() - 1;
}

std::string ZeroOneProgram::to_mps(std::string const& name) const {
  std::string text = fmt::format("NAME {} FREE\nROWS\n N cost\n", name);
  auto out = std::back_inserter(text);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    fmt::format_to(out, " {} r{}\n", letter(rows_[r].sense), r);
  }
  text += "COLUMNS\n";
  bool whole = false;
  int markers = 0;
  auto const mark = [&](bool begins) {
    fmt::format_to(out, " M{} 'MARKER' '{}'\n", markers++, begins ? "INTORG" : "INTEND");
    whole = begins;
  };
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    Column const& column = columns_[c];
    if (column.whole != whole) {
      mark(column.whole);
    }
    fmt::format_to(out, " x{} cost {}\n", c, column.cost);
    for (Entry const& entry : column.entries) {
      fmt::format_to(out, " x{} r{} {}\n", c, entry.row, entry.coefficient);
    }
  }
  if (whole) {
    mark(false);
  }
  text += "RHS\n";
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (rows_[r].right_side != 0) {
      fmt::format_to(out, " RHS r{} {}\n", r, rows_[r].right_side);
    }
  }
  text += "BOUNDS\n";
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    fmt::format_to(out, " UP BND x{} 1\n", c);
  }
  text += "ENDATA\n";
  return text;
}

}  // namespace guarantor::bench
