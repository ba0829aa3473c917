#include "bench/known_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <string_view>
#include <tuple>

#include "bench/gzip_file.h"
#include "bench/loose_time.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/numbers.h"
#include "guarantor/watch/event_candidates.h"

namespace guarantor::bench {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Rows = std::vector<std::vector<std::string>>;
using Index = std::map<std::string, std::uint32_t, std::less<>>;

void append(std::vector<tables::Cell> const& cells, Rows& rows) {
  std::vector<std::string> texts;
  texts.reserve(cells.size());
  for (tables::Cell const& cell : cells) {
    texts.push_back(cell.text);
  }
  rows.push_back(std::move(texts));
}

/// All rows, the first of them too. A heading may not say a thing twice, but a pair of two sources
/// that number alike does, so where the table does not read it reads under a heading of our own.
Result<Rows> read_rows(std::filesystem::path const& path) {
  Rows rows;
  auto table = read_plain_table(path);
  if (table.ok()) {
    append(table.value().header, rows);
  } else {
    auto const content = read_maybe_gzip(path);
    if (!content.ok()) {
      return content.error();
    }
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    std::string_view text = content.value();
    text.remove_prefix(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    tables::Diagnostics log{1};
    auto headed = tables::read_csv(fmt::format("a,b\n{}", text), path.string(), {}, log);
    if (!headed.whole || headed.rows.empty()) {
      return table.error();
    }
    table = std::move(headed);
  }
  for (tables::RawRow const& row : table.value().rows) {
    append(row.cells, rows);
  }
  std::size_t const width = rows.front().size();
  if (width < 2) {
    return Error{ErrorKind::kBadInput, fmt::format("{}:1: two columns are needed", path.string()),
                 "one for the events of either table"};
  }
  for (auto& row : rows) {
    row.resize(width);  // what is missing names no event
  }
  return rows;
}

Index by_name(EventTable const& table) {
  Index index;
  for (std::uint32_t i = 0; i < table.names.size(); ++i) {
    index.emplace(table.names[i], i);
  }
  return index;
}

Index by_row(EventTable const& table) {
  Index index;
  for (std::uint32_t i = 0; i < table.rows.size(); ++i) {
    index.emplace(fmt::format("{}", table.rows[i]), i);
  }
  return index;
}

std::optional<std::uint32_t> find(Index const& index, std::string_view cell) {
  constexpr std::string_view kBlank = " \t";
  auto const begin = std::min(cell.find_first_not_of(kBlank), cell.size());
  auto const plain = cell.substr(begin, cell.find_last_not_of(kBlank) + 1 - begin);
  auto const found = index.contains(cell) ? index.find(cell) : index.find(plain);
  return found == index.end() ? std::nullopt : std::optional{found->second};
}

/// How well a column serves as that of one side.
struct Fit {
  std::size_t events{};  ///< of this side that it names; more than labels or days ever do
  int called{};          ///< 2: after this side, 1: after rows where rows are named
  bool whole{};          ///< every cell under the heading names an event
};

/// One side of the pairs, and how well each column serves it.
class Side {
 public:
  Side(Rows const& rows, EventTable const& table, std::string_view called)
      : called_{called}, rows_named_{table.by_row}, index_{by_name(table)} {
    measure(rows);
    bool const none = std::ranges::all_of(fits_, [](Fit fit) { return fit.events == 0; });
    if (none && !rows_named_) {
      rows_named_ = true;
      index_ = by_row(table);
      measure(rows);
    }
  }

  [[nodiscard]] std::vector<Fit> const& fits() const { return fits_; }
  [[nodiscard]] Index const& index() const { return index_; }
  [[nodiscard]] bool rows_named() const { return rows_named_; }

 private:
  void measure(Rows const& rows) {
    fits_.assign(rows.front().size(), {});
    for (std::size_t column = 0; column < fits_.size(); ++column) {
      std::set<std::uint32_t> events;
      fits_[column].whole = rows.size() > 1;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const event = find(index_, rows[i][column]);
        if (event) {
          events.insert(*event);
        } else if (i > 0) {
          fits_[column].whole = false;
        }
      }
      fits_[column].events = events.size();
      fits_[column].called = called(trimmed_lower(rows.front()[column]));
    }
  }

  [[nodiscard]] int called(std::string const& name) const {
    std::string const side{called_};
    bool const of_side = name == side || name == side + "_id" || name == "id_" + side ||
                         (rows_named_ && name == side + "_row");
    if (of_side) {
      return 2;
    }
    return rows_named_ && name.ends_with("row") ? 1 : 0;
  }

  std::string_view called_;
  bool rows_named_;
  Index index_;
  std::vector<Fit> fits_;
};

/// What a label says; nothing where it says neither.
std::optional<bool> truth_of(std::string_view cell) {
  constexpr std::array<std::string_view, 5> kYes{"true", "t", "yes", "y", "match"};
  constexpr std::array<std::string_view, 5> kNo{"false", "f", "no", "n", "non-match"};
  std::string const text = trimmed_lower(cell);
  if (std::ranges::find(kYes, text) != kYes.end()) {
    return true;
  }
  if (std::ranges::find(kNo, text) != kNo.end()) {
    return false;
  }
  auto const number = tables::parse_number(text);
  double const value = number.index() == 0 ? std::get<0>(number) : -1;
  return value == 0 || value == 1 ? std::optional{value == 1} : std::nullopt;
}

/// The column of labels, if the first row is a heading that names one. Where most of its cells are
/// no labels the name means something else, as `match` may be a column of ids.
std::optional<std::size_t> label_column(Rows const& rows) {
  constexpr std::array<std::string_view, 4> kNames{"match", "label", "is_match", "same"};
  for (std::size_t i = 0; i < rows.front().size(); ++i) {
    auto const clear = std::ranges::count_if(
        rows | std::views::drop(1),
        [&](std::vector<std::string> const& row) { return truth_of(row[i]).has_value(); });
    if (std::ranges::find(kNames, trimmed_lower(rows.front()[i])) != kNames.end() &&
        2 * static_cast<std::size_t>(clear) >= rows.size() - 1) {
      return i;
    }
  }
  return std::nullopt;
}

/// The two columns that serve both sides best: names that hold throughout first, then how many
/// events are named, then names, then order.
std::pair<std::size_t, std::size_t> best_columns(Side const& a, Side const& b,
                                                 std::optional<std::size_t> label) {
  auto const trusted = [](Fit const& fit) { return fit.whole ? fit.called : 0; };
  std::tuple<int, std::size_t, int> best{-1, 0, 0};
  std::pair<std::size_t, std::size_t> chosen{0, 1};
  for (std::size_t i = 0; i < a.fits().size(); ++i) {
    for (std::size_t j = 0; j < b.fits().size(); ++j) {
      if (i == j || i == label || j == label) {
        continue;
      }
      Fit const& one = a.fits()[i];
      Fit const& other = b.fits()[j];
      std::tuple const fit{trusted(one) + trusted(other), one.events + other.events,
                           one.called + other.called};
      if (fit > best) {
        best = fit;
        chosen = {i, j};
      }
    }
  }
  return chosen;
}

std::string described(std::vector<std::string> const& header, bool headed, std::size_t column,
                      Side const& side) {
  return fmt::format("{} ({})", headed ? header[column] : fmt::format("column {}", column + 1),
                     side.rows_named() ? "row numbers" : "ids");
}

}  // namespace

Result<KnownPairs> read_pairs_csv(std::filesystem::path const& path, EventTable const& a,
                                  EventTable const& b) {
  auto const read = read_rows(path);
  if (!read.ok()) {
    return read.error();
  }
  Rows const& rows = read.value();
  auto const label = label_column(rows);
  Side const a_side{rows, a, "a"};
  Side const b_side{rows, b, "b"};
  auto const [a_column, b_column] = best_columns(a_side, b_side, label);
  bool const headed = label || !find(a_side.index(), rows.front()[a_column]) ||
                      !find(b_side.index(), rows.front()[b_column]);
  KnownPairs known;
  known.columns = fmt::format("{} and {}", described(rows.front(), headed, a_column, a_side),
                              described(rows.front(), headed, b_column, b_side));
  for (std::size_t i = headed ? 1 : 0; i < rows.size(); ++i) {
    ++known.rows;
    auto const one = find(a_side.index(), rows[i][a_column]);
    auto const other = find(b_side.index(), rows[i][b_column]);
    auto const truth = label ? truth_of(rows[i][*label]) : std::optional{true};
    if (!one || !other) {
      ++known.nowhere;
    } else if (!truth) {
      ++known.unclear;
    } else if (!*truth) {
      ++known.apart;
    } else {
      known.pairs.emplace_back(*one, *other);
    }
  }
  if (known.pairs.empty()) {
    return Error{
        ErrorKind::kBadInput,
        fmt::format("{}: names no pair of the two tables: of {} rows {} name an event that is in "
                    "neither, {} say that two are not one, {} have a label that is neither",
                    path.string(), known.rows, known.nowhere, known.apart, known.unclear),
        "a column for either table holds its ids, or its row numbers, counted from 0"};
  }
  return known;
}

std::size_t count_within(std::vector<watch::KnownPair> const& pairs, EventTable const& a,
                         EventTable const& b, watch::CandidateWindow const& window) {
  return static_cast<std::size_t>(std::ranges::count_if(pairs, [&](watch::KnownPair pair) {
    return !watch::event_candidates({&a.events[pair.first].span, 1},
                                    {&b.events[pair.second].span, 1}, window)
                .empty();
  }));
}

}  // namespace guarantor::bench
