#include "guarantor/report/promise_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/promise_words.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// Sizes in the units of the drawing, 1000 across an A4 page's text.
constexpr double kWidth = 1000;
constexpr double kLabel = 210;
constexpr double kFigure = 60;
constexpr double kRow = 23;
constexpr std::size_t kRowsInAPiece = 40;

constexpr std::array<std::string_view, kPromiseStages> kFills{"f4", "f3", "f2", "f1", "f0", "gone"};

std::string text_at(double x, double y, std::string_view text, std::string_view style) {
  return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="{}">{}</text>)", x, y, style,
                     escape(text));
}

std::string rectangle(double x, double y, double width, double height, std::string_view fill) {
  return fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="{}"/>)",
                     x, y, width, height, fill);
}

std::string svg(double height, std::string_view label, std::string const& inner) {
  return tag("figure",
             tag("svg", tag("title", escape(label)) + inner,
                 fmt::format(R"(xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0f} {:.0f}" )"
                             R"(role="img" class="chart")",
                             kWidth, height)));
}

std::string figure_of(std::size_t count) {
  return grouped(static_cast<std::int64_t>(count));
}

/// What the shades stand for, above the bars.
std::string key() {
  std::string out;
  double x = 0;
  for (std::size_t s = 0; s < kPromiseStages; ++s) {
    auto const word = explain(static_cast<PromiseStage>(s));
    out += rectangle(x, 2, 22, 14, kFills.at(s)) + text_at(x + 29, 14, word, "tick");
    x += 60 + 8.2 * static_cast<double>(display_width(word));
  }
  return out;
}

std::string bar_row(PromiseCount const& count, std::string const& name, double y, double scale) {
  std::string out = text_at(0, y + 14, fit(name, 26), "label");
  double x = kLabel;
  for (std::size_t s = 0; s < kPromiseStages; ++s) {
    auto const pledges = count.stages.at(s);
    if (pledges == 0) {
      continue;
    }
    double const width = scale * static_cast<double>(pledges);
    out += rectangle(x, y, width - 1, kRow - 6, kFills.at(s));
    auto const figure = figure_of(pledges);
    if (s < 2 && width > 9.0 * static_cast<double>(figure.size()) + 6) {
      out += text_at(x + 4, y + 13, figure, "on");
    }
    x += width;
  }
  return out + text_at(kWidth, y + 14, figure_of(count.pledges()), "figure");
}

/// A day and how much had been reached by it.
using Steps = std::map<model::Date, double>;

struct Course {
  Steps offered;
  Steps delivered;
};

void add(Steps& steps, std::optional<model::Date> date, double amount) {
  if (date && amount != 0) {
    steps[*date] += amount;
  }
}

Course course_of(model::PromiseLedger const& ledger) {
  Course course;
  if (!course_in_units(ledger)) {
    for (auto const& standing : ledger.standings) {
      add(course.offered, standing.offered_on, 1);
      add(course.delivered, standing.delivered_on, 1);
    }
    return course;
  }
  for (auto const& event : ledger.events) {
    bool const first_number = event.kind == model::PromiseEventKind::kQuantified;
    auto const amount = first_number ? event.after : event.change;
    bool const delivered = event.kind == model::PromiseEventKind::kDelivered;
    if (delivered || event.table == model::Table::kOffers) {
      add(delivered ? course.delivered : course.offered, event.date,
          static_cast<double>(amount.value_or(model::Units{0}).count()));
    }
  }
  return course;
}

/// Left to right over the days, bottom to top over amounts.
class Plot {
 public:
  static constexpr double kLeft = 60;
  static constexpr double kRight = 860;
  static constexpr double kTop = 20;
  static constexpr double kBottom = 250;

  Plot(model::Date first, model::Date last, double most)
      : first_{first}, last_{std::max(last, first + std::chrono::days{1})}, most_{most} {}

  [[nodiscard]] double x(model::Date date) const {
    auto const share = static_cast<double>((date - first_).count()) /
                       static_cast<double>((last_ - first_).count());
    return kLeft + (kRight - kLeft) * share;
  }
  [[nodiscard]] double y(double amount) const {
    return kBottom - (kBottom - kTop) * amount / most_;
  }

  [[nodiscard]] std::string axes() const {
    std::string out;
    double const step = tick_step();
    for (double amount = 0; amount <= most_ + 1e-9; amount += step) {
      out += fmt::format(R"(<line x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}" class="axis"/>)",
                         kLeft, kRight, y(amount), y(amount));
      out += text_at(kLeft - 8, y(amount) + 5, grouped(std::llround(amount)), "tick figure");
    }
    constexpr double kDateWidth = 105;
    out += text_at(kLeft, kBottom + 22, long_date(first_), "tick") +
           text_at(kRight, kBottom + 22, long_date(last_), "tick figure");
    double free_from = kLeft + 2 * kDateWidth;
    for (auto month = next_month(first_); month <= last_; month = next_month(month)) {
      if (x(month) >= free_from && x(month) + 2 * kDateWidth <= kRight) {
        out += fmt::format(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" )"
                           R"(class="axis"/>)",
                           x(month), kBottom, kBottom + 6);
        out += text_at(x(month) - 26, kBottom + 22, short_month(month), "tick");
        free_from = x(month) + kDateWidth;
      }
    }
    return out;
  }

  /// A line of steps up to the last day, its name and its end's figure beside it.
  [[nodiscard]] std::string line(Steps const& steps, std::string_view style, std::string_view name,
                                 double label_y) const {
    double amount = 0;
    std::string path = fmt::format("M{:.1f} {:.1f}", x(first_), y(0));
    for (auto const& [date, change] : steps) {
      amount += change;
      path += fmt::format("H{:.1f}V{:.1f}", x(date), y(amount));
    }
    path += fmt::format("H{:.1f}", x(last_));
    return fmt::format(R"(<path d="{}" class="{}"/>)", path, style) +
           text_at(kRight + 10, label_y, fmt::format("{} {}", name, grouped(std::llround(amount))),
                   "label");
  }

 private:
  [[nodiscard]] double tick_step() const {
    double step = 1;
    for (int turn = 0; most_ / step > 5; ++turn) {
      step *= turn % 3 == 1 ? 2.5 : 2;
    }
    return step;
  }
  static model::Date next_month(model::Date date) {
    std::chrono::year_month_day const day{date};
    return model::Date{(day.year() / day.month() + std::chrono::months{1}) / std::chrono::day{1}};
  }

  model::Date first_;
  model::Date last_;
  double most_;
};

double highest(Steps const& steps) {
  double amount = 0;
  double most = 0;
  for (auto const& [date, change] : steps) {
    amount += change;
    most = std::max(most, amount);
  }
  return most;
}

double last_of(Steps const& steps) {
  double amount = 0;
  for (auto const& [date, change] : steps) {
    amount += change;
  }
  return amount;
}

}  // namespace

bool of_one_capability(model::PromiseLedger const& ledger) {
  auto const& standings = ledger.standings;
  return !standings.empty() &&
         std::all_of(standings.begin(), standings.end(), [&](auto const& standing) {
           return standing.capability == standings.front().capability;
         });
}

bool course_in_units(model::PromiseLedger const& ledger) {
  // Limited days leave out what came before, so only pledges can be told then.
  return of_one_capability(ledger) && !ledger.request.from && !ledger.request.until;
}

std::string unit_bars(PromiseReading const& reading) {
  auto const amount = [](model::StatedUnits const& units) {
    return static_cast<double>(units.units.value_or(model::Units{0}).count());
  };
  auto const& sums = reading.ledger().sums;
  double most = 1;
  for (model::PromiseSum const& sum : sums) {
    most = std::max({most, amount(sum.offered), amount(sum.transferred), amount(sum.delivered)});
  }
  double const scale = (kWidth - kLabel - 3 * kFigure) / most;
  std::string rows;
  double x = 0;
  for (auto const& [word, fill] : {std::pair{"on offer", "f1"}, std::pair{"transferred", "f2"},
                                   std::pair{"delivered", "f4"}}) {
    rows += rectangle(x, 2, 22, 14, fill) + text_at(x + 29, 14, word, "tick");
    x += 150;
  }
  double y = 30;
  for (std::size_t i = 0; i < std::min(sums.size(), kRowsInAPiece); ++i) {
    model::PromiseSum const& sum = sums[i];
    rows += text_at(0, y + 14, fit(reading.nation_name(sum.nation), 26), "label") +
            rectangle(kLabel, y, scale * amount(sum.offered), kRow - 6, "f1") +
            rectangle(kLabel, y + 3, scale * amount(sum.transferred), kRow - 12, "f2") +
            rectangle(kLabel, y + 6, scale * amount(sum.delivered), kRow - 18, "f4") +
            text_at(kWidth, y + 14,
                    fmt::format("{} of {}", grouped(std::llround(amount(sum.delivered))),
                                stated(sum.offered)),
                    "figure");
    y += kRow;
  }
  return svg(y + 2, "On offer, transferred and delivered by nation; the table has the figures",
             rows);
}

std::string stage_bars(PromiseReading const& reading) {
  auto const& nations = reading.nations();
  std::size_t most = 1;
  for (PromiseCount const& count : nations) {
    most = std::max(most, count.pledges());
  }
  double const scale = (kWidth - kLabel - kFigure) / static_cast<double>(most);
  std::string out;
  for (std::size_t from = 0; from < nations.size(); from += kRowsInAPiece) {
    std::string rows = from == 0 ? key() : std::string{};
    double y = from == 0 ? 30 : 4;
    auto const to = std::min(nations.size(), from + kRowsInAPiece);
    for (std::size_t i = from; i < to; ++i) {
      rows += bar_row(nations[i], reading.nation_name(nations[i].nation), y, scale);
      y += kRow;
    }
    out += svg(y + 2, "Pledges of each nation by how far they have come; the table has the figures",
               rows);
  }
  return out;
}

std::string promises_over_time(PromiseReading const& reading) {
  Course const course = course_of(reading.ledger());
  if (course.offered.empty() && course.delivered.empty()) {
    return {};
  }
  auto first = model::Date::max();
  auto last = reading.scenario().header.as_of;
  for (Steps const* steps : {&course.offered, &course.delivered}) {
    if (!steps->empty()) {
      first = std::min(first, steps->begin()->first);
      last = std::max(last, steps->rbegin()->first);
    }
  }
  double const most = std::max({1.0, highest(course.offered), highest(course.delivered)});
  Plot const plot{std::min(first, last), last, most};
  double const offered_y = plot.y(last_of(course.offered)) + 5;
  double const delivered_y = std::max(plot.y(last_of(course.delivered)) + 5, offered_y + 20);
  auto const label = fmt::format("{} offered and delivered by day, added up",
                                 course_in_units(reading.ledger()) ? "Units" : "Pledges");
  return svg(Plot::kBottom + 32, label,
             plot.axes() + plot.line(course.offered, "course", "offered", offered_y) +
                 plot.line(course.delivered, "course done", "delivered",
                           std::min(delivered_y, Plot::kBottom + 25)));
}

}  // namespace guarantor::report
