#include "guarantor/report/brief_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// Sizes in the units of the drawing, 1000 across an A4 page's text.
constexpr double kWidth = 1000;
constexpr double kLabel = 310;
constexpr double kFigures = 130;
constexpr double kRow = 25;
constexpr double kAxis = 34;
constexpr std::size_t kHeatRows = 46;
constexpr std::size_t kLaneRows = 22;
constexpr std::size_t kFewestRows = 8;
constexpr std::size_t kMostRows = 160;
constexpr std::size_t kLabelColumns = 36;

std::string text_at(double x, double y, std::string_view text, std::string_view style) {
  return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="{}">{}</text>)", x, y, style,
                     escape(text));
}

std::string svg(double height, std::string_view label, std::string const& inner) {
  return tag("svg", tag("title", escape(label)) + inner,
             fmt::format(R"(xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0f} {:.0f}" )"
                         R"(role="img" class="chart")",
                         kWidth, height));
}

/// The months along the top of a chart.
class MonthAxis {
 public:
  MonthAxis(PlanReading const& reading, double left, double right)
      : c_day_{reading.scenario().header.c_day},
        months_{std::max(1, reading.scenario().header.horizon.count())},
        left_{left},
        step_{(right - left) / months_} {}

  [[nodiscard]] double at(int month) const { return left_ + step_ * std::clamp(month, 0, months_); }
  [[nodiscard]] double step() const { return step_; }
  [[nodiscard]] int months() const { return months_; }
  [[nodiscard]] std::string drawn(double bottom) const {
    std::string out;
    int const every = months_ <= 12 ? 2 : months_ <= 36 ? 6 : 12;
    for (int m = 0; m < months_; m += every) {
      out += fmt::format(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" )"
                         R"(class="axis"/>)",
                         at(m), kAxis - 8, bottom);
      out += text_at(at(m) + 3, kAxis - 13, short_month(month_start(c_day_, model::Months{m})),
                     "tick");
    }
    return out;
  }

 private:
  model::Date c_day_;
  int months_;
  double left_;
  double step_;
};

/// Five shades; the edges are what the key under the chart says.
std::string_view shade(double share) {
  return share >= 1 - 1e-9 ? "f4"
         : share >= 0.75   ? "f3"
         : share >= 0.5    ? "f2"
         : share > 1e-12   ? "f1"
                           : "f0";
}

std::string heat_row(LineReading const& line, MonthAxis const& axis, double y) {
  std::string out;
  for (int m = 0; m < axis.months();) {
    auto const& share = line.shares[static_cast<std::size_t>(m)];
    if (!share) {
      ++m;
      continue;
    }
    auto const kind = shade(*share);
    int end = m;
    while (end < axis.months() && line.shares[static_cast<std::size_t>(end)] &&
           shade(*line.shares[static_cast<std::size_t>(end)]) == kind) {
      ++end;
    }
    out += fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="{}"/>)",
                       axis.at(m), y, axis.at(end) - axis.at(m), kRow - 6, kind);
    if (kind == "f0") {
      // A stroke through the middle: nothing there must not look like paper.
      out += fmt::format(R"(<line x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}" class="none"/>)",
                         axis.at(m) + 3, axis.at(end) - 3, y + (kRow - 6) / 2, y + (kRow - 6) / 2);
    }
    m = end;
  }
  return out;
}

/// White lines between the months, over a row of merged cells.
std::string month_lines(MonthAxis const& axis, double y) {
  std::string path;
  for (int m = 1; m < axis.months(); ++m) {
    path += fmt::format("M{:.1f} {:.1f}v{:.0f}", axis.at(m), y, kRow - 6);
  }
  return fmt::format(R"(<path d="{}" class="cut"/>)", path);
}

std::string heat_piece(PlanReading const& reading, std::vector<LineReading const*> const& lines,
                       bool key) {
  MonthAxis const axis{reading, kLabel, kWidth - kFigures};
  std::string rows;
  double y = kAxis;
  int tier = 0;
  for (auto const* line : lines) {
    if (line->line->tier_or_default() != tier) {
      tier = line->line->tier_or_default();
      rows += text_at(0, y + 16, fmt::format("Tier {}", tier), "group");
      y += kRow;
    }
    rows += text_at(0, y + 14, fit(reading.line_title(line->line->id), kLabelColumns), "label");
    bool const planned = line->cover != Cover::kNotPlanned;
    rows += planned ? heat_row(*line, axis, y) + month_lines(axis, y)
                    : text_at(axis.at(0) + 4, y + 14, "not planned", "faint");
    if (planned) {
      rows += text_at(kWidth - 66, y + 14, percent(line->mean), "figure");
      rows += text_at(kWidth, y + 14, percent(line->worst), "figure");
    }
    y += kRow;
  }
  auto const bottom = y;
  std::string out = axis.drawn(bottom) + text_at(kWidth - 66, kAxis - 13, "mean", "figure head") +
                    text_at(kWidth, kAxis - 13, "worst", "figure head") + rows;
  if (key) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kKey{
        {{"f4", "all of it"},
         {"f3", "three quarters or more"},
         {"f2", "half or more"},
         {"f1", "less than half"},
         {"f0", "nothing"}}};
    constexpr std::array<double, 5> kAt{0, 120, 335, 485, 645};
    y += 14;
    for (std::size_t i = 0; i < kKey.size(); ++i) {
      auto const x = kLabel / 3 + kAt[i];
      out += fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="26" height="15" class="{}"/>)", x, y,
                         kKey[i].first);
      if (kKey[i].first == "f0") {
        out +=
            fmt::format(R"(<line x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}" class="none"/>)",
                        x + 3, x + 23, y + 7.5, y + 7.5);
      }
      out += text_at(x + 34, y + 12, kKey[i].second, "tick");
    }
    y += 24;
  }
  auto const label = fmt::format(
      "Share covered of {} by month, as shade; the table that follows gives mean, worst month and "
      "reason of each line in words.",
      counted(static_cast<std::int64_t>(lines.size()), "line"));
  return svg(y + 4, label, out);
}

/// Units in place at one line out of one pledge, month by month.
struct Lane {
  model::NationId nation;
  std::string label;
  std::vector<std::int64_t> units;
};

std::vector<Lane> lanes_of(PlanReading const& reading) {
  auto const horizon =
      static_cast<std::size_t>(std::max(0, reading.scenario().header.horizon.count()));
  std::map<std::pair<model::PledgeId, model::RequirementId>, std::vector<std::int64_t>> units;
  for (auto const& row : reading.plan().assignments) {
    auto& months = units.try_emplace({row.pledge, row.requirement}, horizon).first->second;
    auto const last =
        std::min(static_cast<std::size_t>(std::max(0, row.months.to.count())), horizon);
    for (auto m = static_cast<std::size_t>(std::max(0, row.months.from.count())); m < last; ++m) {
      months[m] += row.units.count();
    }
  }
  std::map<model::NationId, std::vector<Lane>> by_nation;
  for (auto& [key, months] : units) {
    if (auto const* pledge = reading.pledge(key.first); pledge != nullptr) {
      by_nation[pledge->nation].push_back(
          {pledge->nation,
           fmt::format("{} → {}", reading.capability_title(pledge->capability),
                       reading.line_title(key.second)),
           std::move(months)});
    }
  }
  std::vector<Lane> out;
  for (auto const& nation : reading.nations()) {
    for (auto& lane : by_nation[nation.nation]) {
      out.push_back(std::move(lane));
    }
  }
  return out;
}

std::string lane_bars(Lane const& lane, MonthAxis const& axis, double y) {
  std::string out;
  for (std::size_t m = 0; m < lane.units.size();) {
    auto end = m;
    while (end < lane.units.size() && lane.units[end] == lane.units[m]) {
      ++end;
    }
    if (lane.units[m] > 0) {
      auto const left = axis.at(static_cast<int>(m));
      auto const width = axis.at(static_cast<int>(end)) - left - 1.5;
      auto const figure = grouped(lane.units[m]);
      out += fmt::format(
          R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="lane"/>)", left, y,
          width, kRow - 7);
      if (width > 9.0 * static_cast<double>(display_width(figure)) + 4) {
        out += text_at(left + 5, y + 13.5, figure, "on");
      }
    }
    m = end;
  }
  return out;
}

std::string lane_piece(PlanReading const& reading, std::vector<Lane const*> const& rows) {
  MonthAxis const axis{reading, kLabel + 120, kWidth};
  std::string out;
  double y = kAxis;
  model::NationId nation;
  for (auto const* lane : rows) {
    if (lane->nation != nation || lane == rows.front()) {
      nation = lane->nation;
      out += text_at(0, y + 16, fit(reading.nation_name(nation), 60), "group");
      y += kRow;
    }
    out += text_at(0, y + 14, fit(lane->label, kLabelColumns + 16), "label");
    out += lane_bars(*lane, axis, y);
    y += kRow;
  }
  auto const label =
      fmt::format("{} by nation: units in place over months.",
                  capitalised(counted(static_cast<std::int64_t>(rows.size()), "lane")));
  return svg(y + 4, label, axis.drawn(y) + out);
}

template <class Row, class Draw>
std::string in_pieces(std::vector<Row const*> const& rows, std::size_t rows_a_piece, Draw draw) {
  std::string out;
  auto const shown = std::min(rows.size(), kMostRows);
  std::size_t to = 0;
  for (std::size_t from = 0; from < shown; from = to) {
    to = std::min(from + rows_a_piece, shown);
    // A last piece of a row or two would stand alone on a page.
    if (to < shown && shown - to < kFewestRows) {
      to = shown - kFewestRows;
    }
    std::vector<Row const*> const piece(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                        rows.begin() + static_cast<std::ptrdiff_t>(to));
    out += tag("figure", draw(piece, to == shown));
  }
  if (rows.size() > shown) {
    out += tag("p", escape(fmt::format("{} more are not drawn; they stand in the CSV files and the "
                                       "workbook.",
                                       grouped(static_cast<std::int64_t>(rows.size() - shown)))));
  }
  return out;
}

}  // namespace

std::string heat_map(PlanReading const& reading) {
  std::vector<LineReading const*> rows;
  for (auto const& line : reading.lines()) {
    rows.push_back(&line);
  }
  return in_pieces(rows, kHeatRows,
                   [&](auto const& piece, bool last) { return heat_piece(reading, piece, last); });
}

std::string lanes(PlanReading const& reading) {
  auto const all = lanes_of(reading);
  std::vector<Lane const*> rows;
  for (auto const& lane : all) {
    rows.push_back(&lane);
  }
  return in_pieces(rows, kLaneRows,
                   [&](auto const& piece, bool) { return lane_piece(reading, piece); });
}

std::string bar(double share, std::string_view label) {
  return tag("svg",
             tag("title", escape(label)) +
                 fmt::format(R"(<rect x="0" y="1" width="{:.1f}" height="10" class="lane"/>)",
                             100 * std::clamp(share, 0.0, 1.0)),
             R"(xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 12" )"
             R"(preserveAspectRatio="none" role="img" class="bar")");
}

std::string ground_bar(model::ProvenanceShares const& shares, std::string_view label) {
  struct Piece {
    double share;
    std::string_view kind;
    std::string_view word;
  };
  auto const percents = whole_percents({shares.reported, shares.estimated, shares.illustrative});
  std::size_t at = 0;
  std::array<Piece, 3> const pieces{{{shares.reported, "g2", "Reported"},
                                     {shares.estimated, "g1", "Estimated"},
                                     {shares.illustrative, "g0", "Illustrative"}}};
  std::string out;
  double x = 0;
  double key = 0;
  for (auto const& piece : pieces) {
    auto const width = kWidth * std::clamp(piece.share, 0.0, 1.0);
    if (width > 0) {
      out += fmt::format(R"(<rect x="{:.1f}" y="2" width="{:.1f}" height="26" class="{}"/>)", x,
                         width, piece.kind);
    }
    out += fmt::format(R"(<rect x="{:.1f}" y="44" width="26" height="15" class="{}"/>)", key,
                       piece.kind);
    out += text_at(key + 34, 56, fmt::format("{} {}\u202F%", piece.word, percents[at++]), "tick");
    x += width;
    key += 230;
  }
  return tag("figure", svg(64, label, out));
}

}  // namespace guarantor::report
