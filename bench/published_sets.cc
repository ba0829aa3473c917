#include "bench/published_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "guarantor/tables/csv.h"

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

/// A table of known optima: cells by the name of their column.
class OptimaTable {
 public:
  static Result<OptimaTable> read(fs::path const& file) {
    tables::Diagnostics log{1};
    OptimaTable made;
    made.table_ = tables::read_csv_file(file, {}, log);
    if (log.has_errors()) {
      return Error{ErrorKind::kBadInput, tables::print(log.take(file.string()).front()), ""};
    }
    return made;
  }

  [[nodiscard]] std::size_t rows() const { return table_->rows.size(); }

  /// Empty where the table has no such column.
  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const {
    auto const at = tables::find_column(*table_, column);
    auto const& cells = table_->rows[row].cells;
    return at && *at < cells.size() ? cells[*at].text : std::string{};
  }

  /// Error kBadInput, with file and line, where no number stands there.
  [[nodiscard]] Result<double> number(std::size_t row, std::string_view column) const {
    auto const cell = text(row, column);
    double value = 0;
    auto const read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (cell.empty() || read.ec != std::errc{} || read.ptr != cell.data() + cell.size()) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("{}:{}: `{}` stands where a number {} is expected", table_->file,
                               table_->rows[row].line, cell, column),
                   ""};
    }
    return value;
  }

 private:
  std::unique_ptr<tables::RawTable> table_;
};

/// scp41 is of the set scp4, scpd1 of scpd, scpnre1 of scpnre: without the last number, but for the
/// digit that names a set.
std::string covering_set(std::string const& name) {
  auto const digits = name.find_first_of("0123456789");
  bool const by_number = digits == std::string{"scp"}.size();
  return name.substr(0, by_number ? digits + 1 : digits);
}

/// Fills the cases from one table after another; the first error stays.
class Collector {
 public:
  explicit Collector(fs::path folder) : folder_{std::move(folder)} {}

  Result<std::vector<SetCase>> run() {
    for (auto const& part :
         {&Collector::medians, &Collector::centers, &Collector::capacitated_medians,
          &Collector::covers, &Collector::locations, &Collector::maximal_covers}) {
      if (auto const done = (this->*part)(); !done.ok()) {
        return done.error();
      }
    }
    return std::move(cases_);
  }

 private:
  Result<Done> medians() { return simple("pmedian", "pmed", "pmedian_opt"); }
  Result<Done> centers() { return simple("pmedian", "pcenter", "pcenter_opt"); }
  Result<Done> capacitated_medians() {
    return simple(fs::path{"pmedian"} / "pmedcap", "pmedcap", "opt");
  }

  /// Cases that say by themselves how many sites there are.
  Result<Done> simple(fs::path const& place, std::string const& format, char const* column) {
    return each_row(folder_ / place / "known_optima.csv",
                    [&](OptimaTable const& table, std::size_t row) -> Result<Done> {
                      auto const name = table.text(row, "instance");
                      return add({format, name, {format, path(place / (name + ".txt"))}, {}}, table,
                                 row, column);
                    });
  }

  Result<Done> covers() {
    return each_row(
        folder_ / "scp" / "known_optima.csv",
        [&](OptimaTable const& table, std::size_t row) -> Result<Done> {
          auto const file = table.text(row, "file");
          auto const name = fs::path{file}.stem().string();
          bool const open = table.text(row, "best_known") != table.text(row, "best_bound");
          if (table.text(row, "unicost") != "0") {
            return Done{};  // the same file with every cost 1
          }
          return add({covering_set(name), name, {"scp", path(fs::path{"scp"} / file)}, {}}, table,
                     row, open ? "" : "best_known");
        });
  }

  Result<Done> locations() {
    return each_row(
        folder_ / "cflp" / "known_optima.csv",
        [&](OptimaTable const& table, std::size_t row) -> Result<Done> {
          auto const instance = table.text(row, "instance");
          SetCase made{"cap", instance, {"cap", path(fs::path{"cflp"} / (instance + ".txt"))}, {}};
          if (!table.text(row, "capacity").empty()) {
            auto const capacity = table.number(row, "capacity");
            if (!capacity.ok()) {
              return capacity.error();
            }
            made.set = instance;
            made.name = fmt::format("{}-{}", instance, capacity.value());
            made.source.capacity = capacity.value();
          }
          return add(std::move(made), table, row, "opt");
        });
  }

  Result<Done> maximal_covers() {
    std::vector<fs::path> tables;
    if (fs::is_directory(folder_ / "mclp")) {
      for (auto const& entry : fs::directory_iterator{folder_ / "mclp"}) {
        if (entry.path().filename().string().starts_with("reference_optima_")) {
          tables.push_back(entry.path());
        }
      }
    }
    std::sort(tables.begin(), tables.end());
    for (auto const& file : tables) {
      auto const done = each_row(file, [&](OptimaTable const& table, std::size_t row) {
        return maximal_cover(table, row);
      });
      if (!done.ok()) {
        return done;
      }
    }
    return Done{};
  }

  Result<Done> maximal_cover(OptimaTable const& table, std::size_t row) {
    auto const instance = table.text(row, "instance");
    auto const radius = table.number(row, "radius");
    auto const count = table.number(row, "p");
    if (!radius.ok() || !count.ok()) {
      return radius.ok() ? count.error() : radius.error();
    }
    std::string set = instance.substr(0, instance.find_first_of("0123456789"));
    std::transform(set.begin(), set.end(), set.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    SetCase made{set,
                 fmt::format("{}-r{}-p{}", instance, radius.value(), count.value()),
                 {.format = "mclp",
                  .file = path(fs::path{"mclp"} / (instance + ".txt")),
                  .count = static_cast<std::size_t>(count.value()),
                  .radius = radius.value()},
                 {}};
    bool const proven = table.text(row, "cbc_status") == "Optimal";
    return add(std::move(made), table, row, proven ? "covered" : "");
  }

  template <class Visit>
  static Result<Done> each_row(fs::path const& file, Visit const& visit) {
    if (!fs::is_regular_file(file)) {
      return Done{};
    }
    auto const table = OptimaTable::read(file);
    if (!table.ok()) {
      return table.error();
    }
    for (std::size_t row = 0; row < table.value().rows(); ++row) {
      if (auto const done = visit(table.value(), row); !done.ok()) {
        return done;
      }
    }
    return Done{};
  }

  /// Adds a case whose file is there; its optimum stands in that column, if one is named.
  Result<Done> add(SetCase made, OptimaTable const& table, std::size_t row,
                   std::string_view column) {
    if (!fs::is_regular_file(made.source.file)) {
      return Done{};
    }
    if (!column.empty()) {
      auto const known = table.number(row, column);
      if (!known.ok()) {
        return known.error();
      }
      made.known = known.value();
    }
    cases_.push_back(std::move(made));
    return Done{};
  }

  [[nodiscard]] std::string path(fs::path const& place) const { return (folder_ / place).string(); }

  fs::path folder_;
  std::vector<SetCase> cases_;
};

}  // namespace

Result<std::vector<SetCase>> published_sets(fs::path const& folder) {
  auto found = Collector{folder}.run();
  if (found.ok() && found.value().empty()) {
    return Error{ErrorKind::kNotFound, fmt::format("no published case in {}", folder.string()), ""};
  }
  return found;
}

}  // namespace guarantor::bench
