#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "guarantor/report/display_text.h"
#include "guarantor/report/reach_report.h"
#include "guarantor/report/reach_words.h"
#include "guarantor/report/terminal_page.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kHours = 9;
constexpr std::size_t kKilometres = 7;
constexpr std::size_t kMostPlaces = 60;

/// The answer as it is written, line by line.
class ReachTable {
 public:
  ReachTable(model::Scenario const& scenario, model::ReachAnswer const& answer, TableStyle style)
      : scenario_{scenario}, answer_{answer}, page_{style} {}

  std::string write() {
    page_.mark(scenario_);
    head();
    if (answer_.to.empty()) {
      places();
    } else if (!answer_.ways.empty()) {
      for (model::ReachWay const& way : answer_.ways) {
        legs(way);
      }
    } else {
      times();
    }
    foot();
    page_.mark(scenario_);
    return page_.text();
  }

 private:
  void head() {
    page_.title(scenario_.header.title);
    page_.paragraph(capitalised(mover_in_words(answer_.terms)) + ".");
    if (!answer_.network.empty()) {
      page_.paragraph("On the network of " + answer_.network + ".");
    }
    if (!answer_.terms.changed.empty()) {
      page_.paragraph("What if: " + listed(answer_.terms.changed) + ".");
    }
    for (auto const* points : {&answer_.from, &answer_.to}) {
      for (model::ReachPoint const& point : *points) {
        if (point.off.count() > 0) {
          page_.paragraph(fmt::format("{} is {:.1f} km off the network, from {}.", point.name,
                                      point.off.count(), point.place));
        }
      }
    }
  }

  [[nodiscard]] std::optional<model::Hours> time(std::size_t from, std::size_t to) const {
    return answer_.hours[from * answer_.to.size() + to];
  }

  void legs(model::ReachWay const& way) {
    page_.section(
        fmt::format("{} to {}: {}, {:.0f} km", answer_.from[way.from].name, answer_.to[way.to].name,
                    in_hours(*time(way.from, way.to), answer_.basis), way.length.count()));
    constexpr std::size_t kBy = 15;
    constexpr std::size_t kNumber = 4;
    std::size_t const place = (page_.width() - kNumber - kBy - kKilometres - 2 * kHours - 6) / 2;
    auto const row = [&](std::string const& number, std::string const& from, std::string const& to,
                         std::string const& by, std::string const& km, std::string const& hours,
                         std::string const& arrival) {
      page_.line(fmt::format("{} {} {} {} {} {} {}", pad_left(number, kNumber),
                             pad_right(from, place), pad_right(to, place), pad_right(by, kBy),
                             pad_left(km, kKilometres), pad_left(hours, kHours),
                             pad_left(arrival, kHours)));
    };
    row("", "from", "to", "by", "km", "takes", "arrives");
    std::size_t number = 0;
    for (model::ReachLeg const& leg : way.legs) {
      bool const stays = leg.from == leg.to;
      row(std::to_string(++number), clean(leg.from), stays ? "" : clean(leg.to), clean(leg.by),
          stays ? "" : fmt::format("{:.0f}", leg.length.count()), in_hours(leg.hours),
          in_hours(leg.arrival));
    }
    if (way.legs.empty()) {
      page_.paragraph("Both are the same place.", "  ");
    }
  }

  /// Side by side where the columns fit, else a line a pair.
  void times() {
    constexpr std::size_t kName = 24;
    constexpr std::size_t kColumn = 12;
    bool const fits = kName + answer_.from.size() * (kColumn + 1) <= page_.width();
    page_.blank();
    if (!fits) {
      page_.line(fmt::format("{} {} {}", pad_right("from", kName), pad_right("to", kName),
                             pad_left("takes", kHours)));
      for (std::size_t f = 0; f < answer_.from.size(); ++f) {
        for (std::size_t t = 0; t < answer_.to.size(); ++t) {
          page_.line(fmt::format("{} {} {}", pad_right(clean(answer_.from[f].name), kName),
                                 pad_right(clean(answer_.to[t].name), kName),
                                 pad_left(in_hours(time(f, t)), kHours)));
        }
      }
      return;
    }
    std::string names = pad_right("to / from", kName);
    for (model::ReachPoint const& point : answer_.from) {
      names += " " + pad_left(clean(point.name), kColumn);
    }
    page_.line(page_.bold(names));
    for (std::size_t t = 0; t < answer_.to.size(); ++t) {
      std::string row = pad_right(clean(answer_.to[t].name), kName);
      for (std::size_t f = 0; f < answer_.from.size(); ++f) {
        row += " " + pad_left(in_hours(time(f, t)), kColumn);
      }
      page_.line(std::move(row));
    }
  }

  void places() {
    page_.blank();
    for (model::ReachRing const& ring : answer_.rings) {
      auto const within =
          std::count_if(answer_.reached.begin(), answer_.reached.end(),
                        [&](auto const& place) { return place.hours <= ring.limit; });
      page_.paragraph(fmt::format("Within {:g} hours: {} of {} places.", ring.limit.count(), within,
                                  answer_.reached.size() + answer_.not_reached));
    }
    if (answer_.rings.empty()) {
      page_.paragraph(fmt::format("{} of {} places are reached.", answer_.reached.size(),
                                  answer_.reached.size() + answer_.not_reached));
    }
    page_.blank();
    constexpr std::size_t kName = 32;
    page_.line(
        page_.bold(fmt::format("{} {}  {}", pad_right("place", kName), pad_left("takes", kHours),
                               answer_.from.size() > 1 ? "from" : "")));
    for (std::size_t p = 0; p < std::min(answer_.reached.size(), kMostPlaces); ++p) {
      model::ReachedPlace const& place = answer_.reached[p];
      page_.line(fmt::format("{} {}  {}", pad_right(clean(place.place), kName),
                             pad_left(in_hours(place.hours), kHours),
                             answer_.from.size() > 1 ? clean(answer_.from[place.from].name) : ""));
    }
    if (answer_.reached.size() > kMostPlaces) {
      auto const more = static_cast<std::int64_t>(answer_.reached.size() - kMostPlaces);
      page_.paragraph(fmt::format("and {}, in the JSON and the CSV", counted(more, "more place")),
                      " ");
    }
  }

  void foot() {
    page_.blank();
    for (std::string const& sentence : basis_in_words(answer_)) {
      page_.paragraph(sentence);
    }
    for (std::string const& note : answer_.notes) {
      page_.paragraph(note, "- ");
    }
    page_.paragraph(fmt::format("Guarantor {}, scenario {}", answer_.program_version,
                                fit(clean(answer_.scenario_hash), 12)));
  }

  model::Scenario const& scenario_;
  model::ReachAnswer const& answer_;
  TerminalPage page_;
};

}  // namespace

std::string to_table(model::Scenario const& scenario, model::ReachAnswer const& answer,
                     TableStyle style) {
  return ReachTable{scenario, answer, style}.write();
}

}  // namespace guarantor::report
