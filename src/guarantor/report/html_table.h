#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guarantor::report {

/// A table of a page as it grows: head, rows, and how many of them were left out.
class HtmlTable {
 public:
  struct Head {
    std::string title;
    bool figure{};
    int percent{};  ///< of the table's width
  };
  explicit HtmlTable(std::vector<Head> heads) : heads_{std::move(heads)} {}

  /// REQUIRES: as many cells as heads; each is HTML.
  void row(std::vector<std::string> const& cells);

  /// The table; of very many rows the first, and how many more there are, and where.
  [[nodiscard]] std::string html(std::string const& caption,
                                 std::string_view all = "the CSV files and the workbook") const;

 private:
  std::vector<Head> heads_;
  std::string body_;
  std::size_t rows_{};
};

}  // namespace guarantor::report
