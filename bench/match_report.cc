#include "bench/match_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "guarantor/tables/csv.h"

namespace guarantor::bench {
namespace {

constexpr std::array<std::size_t, 20> kShown{1,    2,    5,    10,   20,    50,   100,
                                             200,  300,  400,  500,  600,   700,  800,
                                             1000, 1419, 2000, 5000, 20000, 50000};

std::string cell(std::span<std::uint32_t const> curve, std::size_t candidates, std::size_t known) {
  if (candidates > curve.size()) {
    return "";
  }
  auto const found = curve[candidates - 1];
  return fmt::format("{} ({:.3f})", found, static_cast<double>(found) / static_cast<double>(known));
}

std::string compared(std::span<std::uint32_t const> curve, std::span<std::uint32_t const> window,
                     std::string_view name) {
  auto const comparison = watch::compare_curves(curve, window);
  return fmt::format(
      "{}: above at {} of {} numbers of candidates, equal at {}, below at {}; least difference {} "
      "at {}\n",
      name, comparison.above, comparison.compared,
      comparison.compared - comparison.above - comparison.below, comparison.below, comparison.worst,
      comparison.worst_at);
}

std::string line(std::span<std::uint32_t const> curve, std::size_t known, std::string_view style) {
  std::string points;
  std::uint32_t last = ~0U;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (curve[i] != last || i + 1 == curve.size()) {
      last = curve[i];
      points += fmt::format("{:.1f},{:.1f} ", 60 + 128 * std::log10(static_cast<double>(i + 1)),
                            340 - 320 * static_cast<double>(curve[i]) / static_cast<double>(known));
    }
  }
  return fmt::format("<polyline fill=\"none\" {} points=\"{}\"/>\n", style, points);
}

}  // namespace

std::string pairs_csv(std::vector<watch::ScoredPair> const& pairs, EventTable const& a,
                      EventTable const& b, std::size_t limit) {
  tables::TextTable table{
      {"a", "b", "distance_m", "days", "score", "probability", "a_row", "b_row"}, {}};
  for (watch::ScoredPair const& one : std::span{pairs}.first(std::min(limit, pairs.size()))) {
    table.rows.push_back(
        {a.names[one.pair.a], b.names[one.pair.b], fmt::format("{:.1f}", one.pair.apart.count()),
         fmt::format("{:.6g}", one.pair.days.count()), fmt::format("{:.6f}", one.score),
         fmt::format("{:.6f}", one.probability.count()), fmt::format("{}", a.rows[one.pair.a]),
         fmt::format("{}", b.rows[one.pair.b])});
  }
  return tables::write_csv(table);
}

std::string curve_table(std::vector<std::uint32_t> const& curve,
                        std::vector<std::uint32_t> const& same_day,
                        std::vector<std::uint32_t> const& within_a_day, std::size_t known) {
  std::string text = fmt::format(
      "| candidates | ours | same day, growing | within a day, growing |\n"
      "| ---: | ---: | ---: | ---: |\n");
  for (std::size_t const candidates : kShown) {
    if (candidates <= curve.size()) {
      text += fmt::format("| {} | {} | {} | {} |\n", candidates, cell(curve, candidates, known),
                          cell(same_day, candidates, known), cell(within_a_day, candidates, known));
    }
  }
  return text + "\n" + compared(curve, same_day, "same day") +
         compared(curve, within_a_day, "within a day");
}

std::string curve_svg(std::vector<std::uint32_t> const& curve,
                      std::vector<std::uint32_t> const& same_day,
                      std::vector<std::uint32_t> const& within_a_day, std::size_t known) {
  std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 390\" "
      "font-family=\"sans-serif\" "
      "font-size=\"12\">\n<rect width=\"720\" height=\"390\" fill=\"white\"/>\n";
  for (int i = 0; i <= 5; ++i) {
    int const y = 340 - 64 * i;
    svg += fmt::format(
        "<line x1=\"60\" x2=\"700\" y1=\"{0}\" y2=\"{0}\" stroke=\"#ddd\"/>"
        "<text x=\"52\" y=\"{1}\" text-anchor=\"end\">{2:.1f}</text>\n"
        "<text x=\"{3}\" y=\"358\" text-anchor=\"middle\">{4}</text>\n",
        y, y + 4, 0.2 * i, 60 + 128 * i, static_cast<int>(std::pow(10, i)));
  }
  svg += line(within_a_day, known, "stroke=\"#999\" stroke-width=\"1.5\" stroke-dasharray=\"2 3\"");
  svg += line(same_day, known, "stroke=\"#666\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"");
  svg += line(curve, known, "stroke=\"#0057b7\" stroke-width=\"2\"");
  return svg +
         "<text x=\"380\" y=\"380\" text-anchor=\"middle\">candidates looked at</text>\n"
         "<text x=\"66\" y=\"32\">share of known pairs found</text>\n"
         "<text x=\"66\" y=\"52\" fill=\"#0057b7\">— score, on pairs not trained on</text>\n"
         "<text x=\"66\" y=\"70\" fill=\"#666\">- - growing window, same day</text>\n"
         "<text x=\"66\" y=\"88\" fill=\"#777\">· · growing window, within a day</text>\n</svg>\n";
}

std::string reliability_table(std::vector<watch::ReliabilityBand> const& bands) {
  std::string text =
      "| probability | pairs | foretold | known |\n"
      "| --- | ---: | ---: | ---: |\n";
  for (watch::ReliabilityBand const& band : bands) {
    if (band.pairs > 0) {
      text += fmt::format("| {} to {} | {} | {:.4f} | {:.4f} |\n", band.from,
                          std::min(band.to, 1.0), band.pairs, band.foretold,
                          static_cast<double>(band.known) / static_cast<double>(band.pairs));
    }
  }
  return text;
}

}  // namespace guarantor::bench
