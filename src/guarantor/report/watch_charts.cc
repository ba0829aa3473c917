#include "guarantor/report/watch_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/watch_words.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// A sector's name cut in its middle, since its number tells it from its neighbours.
std::string short_name(model::SectorId const& sector) {
  constexpr std::size_t kColumns = 24;
  constexpr std::size_t kEnd = 5;
  std::string const name = sector_name(sector);
  if (sector.empty() || display_width(name) <= kColumns) {
    return fit(name, kColumns + 2);
  }
  return fit(name, kColumns - kEnd) + name.substr(name.size() - kEnd);
}

using model::Instant;
using model::SectorDay;
using model::SectorPeriod;
using model::WatchedCount;
using model::WatchReport;

/// Sizes in the units of the drawing, 1000 across an A4 page's text.
constexpr double kWidth = 1000;
constexpr double kLeft = 180;  ///< of the time
constexpr double kRight = 700;
constexpr double kWatched = 842;  ///< right edges of the figures
constexpr double kIncidents = 915;
constexpr double kRow = 23;
constexpr double kBar = 17;
constexpr double kHead = 62;
constexpr std::size_t kRowsInAPiece = 36;
constexpr std::size_t kMostSectors = 160;
constexpr std::size_t kMostBars = 40;
constexpr std::int64_t kDaysWithFigures = 14;

std::string text_at(double x, double y, std::string_view text, std::string_view style) {
  return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="{}">{}</text>)", x, y, style,
                     escape(text));
}

std::string rectangle(double x, double y, double width, double height, std::string_view style) {
  return fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.2f}" height="{:.1f}" class="{}"/>)",
                     x, y, width, height, style);
}

std::string svg(double height, std::string_view label, std::string const& inner) {
  return tag("figure",
             tag("svg", tag("title", escape(label)) + inner,
                 fmt::format(R"(xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0f} {:.0f}" )"
                             R"(role="img" class="chart")",
                             kWidth, height)));
}

/// The hatching, named once a drawing: pieces on one page must not share an id.
std::string hatching(std::string_view id) {
  return fmt::format(R"(<defs><pattern id="{}" width="7" height="7" patternUnits="userSpaceOnUse" )"
                     R"x(patternTransform="rotate(45)"><rect width="7" height="7" fill="#fff"/>)x"
                     R"(<rect width="2.2" height="7" fill="#b4bcc6"/></pattern></defs>)",
                     id);
}

std::string hatched(double x, double y, double width, double height, std::string_view id) {
  return fmt::format(R"x(<rect x="{:.1f}" y="{:.1f}" width="{:.2f}" height="{:.1f}" )x"
                     R"x(fill="url(#{})"/>)x",
                     x, y, width, height, id);
}

/// From left to right over the days of a report.
class Calendar {
 public:
  explicit Calendar(WatchReport const& report) : report_{report} {
    for (SectorDay const& day : report.sector_days) {
      days_[day.sector].push_back(&day);
    }
  }

  [[nodiscard]] std::string piece(std::span<SectorPeriod const* const> rows,
                                  std::size_t number) const {
    auto const id = fmt::format("unwatched-{}", number);
    auto const height = kHead + kRow * static_cast<double>(rows.size()) + 4;
    auto inner = hatching(id) + key(id) + heads();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      inner += row(*rows[i], kHead + kRow * static_cast<double>(i), id);
    }
    return svg(height, "When each sector was watched, and how many incidents began", inner);
  }

 private:
  [[nodiscard]] std::int64_t days() const { return report_.days.length().count(); }
  [[nodiscard]] double x(Instant moment) const {
    Instant const start{report_.days.from};
    auto const share = std::chrono::duration<double>(moment - start) /
                       std::chrono::duration<double>(report_.days.length());
    return kLeft + (kRight - kLeft) * share;
  }

  [[nodiscard]] std::string key(std::string_view id) const {
    auto out = rectangle(kLeft, 2, 22, 14, "f1") + text_at(kLeft + 29, 14, "watched", "tick") +
               hatched(kLeft + 110, 2, 22, 14, id) +
               text_at(kLeft + 139, 14, "not watched", "tick");
    if (days() == 1) {
      out += rectangle(kLeft + 250, 2, 4, 14, "began") +
             text_at(kLeft + 261, 14, "an incident began", "tick");
    } else if (days() <= kDaysWithFigures) {
      out += text_at(kLeft + 250, 14, "figures: incidents that began", "tick");
    }
    return out + text_at(kWidth, 14, "* watched in part; n. w. not watched", "tick figure");
  }

  [[nodiscard]] std::string heads() const {
    std::string out;
    if (days() == 1) {
      for (int hour = 0; hour <= 24; hour += 6) {
        auto const style = hour == 24 ? "tick figure" : "tick";
        out += text_at(x(Instant{report_.days.from} + std::chrono::hours{hour}), kHead - 8,
                       fmt::format("{} h", hour), style);
      }
    } else {
      for (auto day = report_.days.from; day < report_.days.to; day += std::chrono::days{1}) {
        std::chrono::year_month_day const date{day};
        auto const middle = Instant{day} + std::chrono::hours{12};
        out += text_at(x(middle), kHead - 8, fmt::format("{}", static_cast<unsigned>(date.day())),
                       "tick middle");
      }
    }
    return out + text_at(kWatched, kHead - 8, "watched", "head figure") +
           text_at(kIncidents, kHead - 8, "incidents", "head figure") +
           text_at(kWidth, kHead - 8, "munitions", "head figure");
  }

  [[nodiscard]] std::string row(SectorPeriod const& sector, double y, std::string_view id) const {
    auto out = text_at(0, y + 14, short_name(sector.sector), "label") +
               hatched(kLeft, y, kRight - kLeft, kBar, id);
    auto const at = days_.find(sector.sector);
    if (at != days_.end()) {
      for (SectorDay const* const day : at->second) {
        for (auto const& span : day->watched) {
          out += rectangle(x(span.from), y, x(span.to) - x(span.from), kBar, "f1");
        }
      }
      out += rectangle(kLeft, y, kRight - kLeft, kBar, "frame") +
             (days() == 1 ? marks(sector.sector, y) : figures(at->second, y));
    }
    auto const watched = sector.sector.empty() ? std::string{} : print(sector.now.watched);
    return out + text_at(kWatched, y + 14, watched, "tick figure") +
           count(kIncidents, y, sector.now.incidents) + count(kWidth, y, munitions_of(sector.now));
  }

  [[nodiscard]] static std::string count(double x, double y, WatchedCount const& number) {
    bool const some = number.number().value_or(0) > 0;
    return text_at(x, y + 14, print_briefly(number), some ? "label figure strong" : "tick figure");
  }

  [[nodiscard]] std::string marks(model::SectorId const& sector, double y) const {
    std::string out;
    for (auto const& row : report_.incidents) {
      auto const from = row.incident.from;
      if (row.incident.sector == sector && Instant{report_.days.from} <= from) {
        out += rectangle(x(from) - 1.5, y - 1, 4, kBar + 2, "began");
      }
    }
    return out;
  }

  [[nodiscard]] std::string figures(std::vector<SectorDay const*> const& of_sector,
                                    double y) const {
    std::string out;
    for (SectorDay const* const day : of_sector) {
      if (day->day != report_.days.from) {
        auto const edge = x(Instant{day->day});
        out += fmt::format(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" )"
                           R"(class="edge"/>)",
                           edge, y, y + kBar);
      }
      auto const& incidents = day->tally.incidents;
      bool const some = incidents.number().value_or(0) > 0;
      // Where nothing was watched the hatching says so.
      if (incidents.number() && (some || days() <= kDaysWithFigures)) {
        out += text_at(x(Instant{day->day} + std::chrono::hours{12}), y + 14,
                       print_briefly(incidents), some ? "middle strong halo" : "middle faint halo");
      }
    }
    return out;
  }

  WatchReport const& report_;
  std::map<model::SectorId, std::vector<SectorDay const*>> days_;
};

/// One of the two pictures side by side.
struct Panel {
  std::string_view title;
  double left;
  double right;
  WatchedCount (*count)(model::WatchTally const&);
};

WatchedCount incidents_of(model::WatchTally const& tally) {
  return tally.incidents;
}

std::string bar_of(Panel const& panel, WatchedCount const& count, double y, double scale,
                   std::string_view style) {
  constexpr double kHeight = 9;
  auto const number = count.number();
  if (!number) {
    return text_at(panel.left, y + kHeight, "not watched", "small faint");
  }
  auto const width = scale * static_cast<double>(*number);
  auto const figure = grouped(*number) + (count.time().all() ? "" : "*");
  return rectangle(panel.left, y, width, kHeight, style) +
         text_at(panel.left + width + 5, y + kHeight, figure, "small");
}

}  // namespace

std::string watch_calendar(WatchReport const& report) {
  Calendar const calendar{report};
  std::vector<SectorPeriod const*> rows;
  for (auto const& sector : report.sectors) {
    rows.push_back(&sector);
  }
  auto const all = rows.size();
  rows.resize(std::min(all, kMostSectors));
  std::string out;
  for (std::size_t i = 0; i < rows.size(); i += kRowsInAPiece) {
    auto const size = std::min(kRowsInAPiece, rows.size() - i);
    out += calendar.piece(std::span{rows}.subspan(i, size), i / kRowsInAPiece + 1);
  }
  if (all > rows.size()) {
    out +=
        tag("p", escape(fmt::format("{} more sectors stand in sectors.csv.", all - rows.size())));
  }
  return out;
}

std::string period_bars(WatchReport const& report) {
  constexpr double kHeadOfBars = 48;
  constexpr double kPair = 27;
  std::array<Panel, 2> const panels{Panel{"Incidents", kLeft, 500, incidents_of},
                                    Panel{"Munitions", 570, 925, munitions_of}};
  std::vector<SectorPeriod const*> rows;
  std::array<double, 2> most{1, 1};
  auto const number = [](WatchedCount const& count) { return count.number().value_or(0); };
  for (auto const& sector : report.sectors) {
    std::int64_t any = 0;
    for (std::size_t p = 0; p < panels.size(); ++p) {
      auto const more = std::max(number(panels.at(p).count(sector.now)),
                                 number(panels.at(p).count(sector.before)));
      any += more;
      most.at(p) = std::max(most.at(p), static_cast<double>(more));
    }
    if (any > 0) {
      rows.push_back(&sector);
    }
  }
  if (rows.empty()) {
    return {};
  }
  if (rows.size() > kMostBars) {
    std::stable_sort(rows.begin(), rows.end(), [&](auto const* a, auto const* b) {
      return number(munitions_of(a->now)) + number(a->now.incidents) >
             number(munitions_of(b->now)) + number(b->now.incidents);
    });
    rows.resize(kMostBars);
  }
  std::string inner =
      rectangle(kLeft, 2, 22, 14, "f4") + text_at(kLeft + 29, 14, "this period", "tick") +
      rectangle(kLeft + 130, 2, 22, 14, "f2") +
      text_at(kLeft + 159, 14, "the one before; * not watched all the time", "tick");
  for (std::size_t p = 0; p < panels.size(); ++p) {
    auto const& panel = panels.at(p);
    inner += text_at(panel.left, kHeadOfBars - 8, panel.title, "head");
    double const scale = (panel.right - panel.left - 30) / most.at(p);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      double const y = kHeadOfBars + kPair * static_cast<double>(i);
      inner += bar_of(panel, panel.count(rows[i]->now), y, scale, "f4") +
               bar_of(panel, panel.count(rows[i]->before), y + 11, scale, "f2");
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    inner += text_at(0, kHeadOfBars + kPair * static_cast<double>(i) + 15,
                     short_name(rows[i]->sector), "label");
  }
  return svg(kHeadOfBars + kPair * static_cast<double>(rows.size()) + 4,
             "Incidents and munitions by sector, this period and the one before", inner);
}

}  // namespace guarantor::report
