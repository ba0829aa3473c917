#include "bench/gap_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace guarantor::bench {
namespace {

constexpr double kWidth = 820;
constexpr double kHeight = 520;
constexpr double kLeft = 92;
constexpr double kRight = 650;  ///< of the plot; names of the lines stand beyond
constexpr double kTop = 104;
constexpr double kBottom = 448;
constexpr double kLabelHeight = 17;
constexpr double kLeastGap = 1e-6;  ///< a ten-thousandth of a per cent: below it is the floor

/// Colours that people with any colour vision tell apart (Okabe and Ito), each with its own mark.
struct Style {
  char const* colour;
  char const* dash;
  char mark;
};
constexpr std::array<Style, 4> kStyles{{{"#0072B2", "", 'o'},
                                        {"#D55E00", "7 4", 's'},
                                        {"#007A5A", "2 4", 't'},
                                        {"#7F3C8D", "9 3 2 3", 'o'}}};

std::string escaped(std::string const& text) {
  std::string out;
  for (char const c : text) {
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string{c};
  }
  return out;
}

std::string text_at(double x, double y, std::string const& text, std::string const& how = "") {
  return fmt::format("  <text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>\n", x, y, how, escaped(text));
}

std::string line_between(double x1, double y1, double x2, double y2, char const* colour) {
  return fmt::format(
      "  <line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n", x1, y1,
      x2, y2, colour);
}

/// A share as a person writes it: 0.05 %, 2 %.
std::string per_cent(double gap) {
  double const value = 100 * gap;
  return value < 10 ? fmt::format("{:.2g} %", value) : fmt::format("{:.0f} %", value);
}

struct Curve {
  std::string solver;
  Style style;
  std::vector<std::pair<double, std::optional<double>>> medians;  ///< by time limit
};

std::vector<Curve> curves_of(std::vector<Measurement> const& measurements) {
  std::vector<Curve> curves;
  for (auto const& solver : distinct(measurements, &Measurement::solver)) {
    Curve curve{solver, kStyles[curves.size() % kStyles.size()], {}};
    for (auto const limit : distinct(measurements, &Measurement::limit)) {
      std::vector<std::optional<double>> gaps;
      for (Measurement const& row : measurements) {
        if (row.solver == solver && row.limit == limit) {
          gaps.push_back(gap_of(row));
        }
      }
      if (!gaps.empty()) {
        curve.medians.emplace_back(limit.count(), median(std::move(gaps)));
      }
    }
    std::sort(curve.medians.begin(), curve.medians.end());
    curves.push_back(std::move(curve));
  }
  return curves;
}

/// Time limits across, gaps up; between decades straight in the logarithm.
class Axes {
 public:
  Axes(std::vector<Measurement> const& measurements, std::vector<Curve> const& curves) {
    double least = 1;
    double most = kLeastGap;
    auto const include = [&](std::optional<double> gap) {
      if (gap && *gap > kLeastGap) {
        least = std::min(least, *gap);
        most = std::max(most, *gap);
      }
    };
    for (Measurement const& row : measurements) {
      first_ = std::min(first_, row.limit.count());
      last_ = std::max(last_, row.limit.count());
      include(gap_of(row));
    }
    for (Curve const& curve : curves) {
      for (auto const& [limit, gap] : curve.medians) {
        include(gap);
      }
    }
    low_ = std::floor(std::log10(std::min(least, most)));
    high_ = std::max(low_ + 1, std::ceil(std::log10(most)));
  }

  [[nodiscard]] double x(double seconds) const {
    double const span = std::log(last_ / first_);
    double const share = span > 0 ? std::log(seconds / first_) / span : 0.5;
    constexpr double kMargin = 28;
    return kLeft + kMargin + share * (kRight - kLeft - 2 * kMargin);
  }
  /// Proven gaps lie on the floor, missing plans under the ceiling.
  [[nodiscard]] double y(std::optional<double> gap) const {
    if (!gap) {
      return kTop + kLane / 2;
    }
    if (*gap <= kLeastGap) {
      return kBottom - kLane / 2;
    }
    double const share = (std::log10(*gap) - low_) / (high_ - low_);
    return kBottom - kLane - share * (kBottom - kTop - 2 * kLane);
  }
  [[nodiscard]] std::string grid(std::vector<model::Seconds> const& limits) const {
    std::string out;
    for (double decade = low_; decade <= high_ + 0.5; decade += 1) {
      double const at = y(std::pow(10.0, decade) * (1 + 1e-12));
      out += line_between(kLeft, at, kRight, at, "#d0d0d0");
      out += text_at(kLeft - 8, at + 4, per_cent(std::pow(10.0, decade)), " text-anchor=\"end\"");
    }
    out += text_at(kLeft - 8, y(0) + 4, "proven", " text-anchor=\"end\"");
    out += text_at(kLeft - 8, y(std::nullopt) + 4, "no plan", " text-anchor=\"end\"");
    for (auto const limit : limits) {
      double const at = x(limit.count());
      out += line_between(at, kTop, at, kBottom, "#e8e8e8");
      out += text_at(at, kBottom + 20, fmt::format("{:g} s", limit.count()),
                     " text-anchor=\"middle\"");
    }
    return out;
  }

 private:
  static constexpr double kLane = 36;  ///< height of the floor and of the ceiling

  double first_{1e9};
  double last_{0};
  double low_{0};   ///< log10 of the lowest grid line
  double high_{0};  ///< and of the highest
};

std::string mark_at(double x, double y, Style const& style, double size, double opacity) {
  auto const how = fmt::format(
      "fill=\"{}\" fill-opacity=\"{}\" stroke=\"white\" "
      "stroke-width=\"0.8\"",
      style.colour, opacity);
  switch (style.mark) {
    case 's':
      return fmt::format(
          "  <rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" {}/>"
          "\n",
          x - size, y - size, 2 * size, 2 * size, how);
    case 't':
      return fmt::format("  <path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}Z\" {}/>\n", x,
                         y - 1.2 * size, x + 1.15 * size, y + size, x - 1.15 * size, y + size, how);
    default:
      return fmt::format("  <circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" {}/>\n", x, y, size,
                         how);
  }
}

std::string drawn(Curve const& curve, Axes const& axes) {
  std::string points;
  std::string marks;
  for (auto const& [limit, gap] : curve.medians) {
    points += fmt::format("{:.1f},{:.1f} ", axes.x(limit), axes.y(gap));
    marks += mark_at(axes.x(limit), axes.y(gap), curve.style, 5, 1);
  }
  return fmt::format(
             "  <polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" "
             "stroke-dasharray=\"{}\"/>\n",
             points, curve.style.colour, curve.style.dash) +
         marks;
}

/// The name of each curve beside its last point, moved apart where they would overlap.
std::string names(std::vector<Curve> const& curves, Axes const& axes) {
  std::vector<std::pair<double, Curve const*>> places;
  for (Curve const& curve : curves) {
    places.emplace_back(axes.y(curve.medians.back().second), &curve);
  }
  std::stable_sort(places.begin(), places.end(),
                   [](auto const& a, auto const& b) { return a.first < b.first; });
  double least = 0;
  std::string out;
  for (auto const& [wanted, curve] : places) {
    double const at = std::max(wanted, least);
    least = at + kLabelHeight;
    auto const gap = curve->medians.back().second;
    auto const value = !gap ? "no plan" : *gap <= kLeastGap ? "proven" : per_cent(*gap);
    out += mark_at(kRight + 14, at, curve->style, 5, 1);
    out += text_at(kRight + 26, at + 4, fmt::format("{} {}", curve->solver, value),
                   fmt::format(" fill=\"{}\" font-weight=\"600\"", curve->style.colour));
  }
  return out;
}

/// One small mark a run, those of a solver a little beside those of the next.
std::string runs(std::vector<Measurement> const& measurements, std::vector<Curve> const& curves,
                 Axes const& axes) {
  constexpr double kApart = 9;
  std::string out;
  for (Measurement const& row : measurements) {
    for (std::size_t k = 0; k < curves.size(); ++k) {
      if (curves[k].solver == row.solver) {
        double const beside =
            kApart * (static_cast<double>(k) - (static_cast<double>(curves.size()) - 1) / 2);
        out += mark_at(axes.x(row.limit.count()) + beside, axes.y(gap_of(row)), curves[k].style, 3,
                       0.45);
      }
    }
  }
  return out;
}

}  // namespace

std::string gap_chart(std::vector<Measurement> const& measurements, std::string const& title,
                      std::string const& subtitle) {
  auto const curves = curves_of(measurements);
  Axes const axes{measurements, curves};
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:g} {1:g}\" width=\"{0:g}\" "
      "height=\"{1:g}\" font-family=\"Noto Sans, DejaVu Sans, Helvetica, sans-serif\" "
      "font-size=\"13\" fill=\"#222\" role=\"img\" aria-label=\"{2}\">\n"
      "  <rect width=\"{0:g}\" height=\"{1:g}\" fill=\"white\"/>\n",
      kWidth, kHeight, escaped(title));
  out += text_at(24, 32, title, " font-size=\"18\" font-weight=\"600\"");
  out += text_at(24, 54, subtitle, " fill=\"#555\"");
  out += text_at(24, kTop - 12, "proven gap", " fill=\"#555\"");
  out += axes.grid(distinct(measurements, &Measurement::limit));
  out += line_between(kLeft, kBottom, kRight, kBottom, "#888");
  out += line_between(kLeft, kTop, kLeft, kBottom, "#888");
  out += runs(measurements, curves, axes);
  for (Curve const& curve : curves) {
    out += drawn(curve, axes);
  }
  out += names(curves, axes);
  out += text_at((kLeft + kRight) / 2, kBottom + 44, "time limit",
                 " text-anchor=\"middle\""
                 " fill=\"#555\"");
  return out + "</svg>\n";
}

}  // namespace guarantor::bench
