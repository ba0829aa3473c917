#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "guarantor/report/display_text.h"
#include "guarantor/report/promise_report.h"
#include "guarantor/report/promise_words.h"
#include "guarantor/report/terminal_page.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kMostSums = 40;
constexpr std::size_t kMostEvents = 40;

/// The ledger as it is written, part by part.
class PromiseTable {
 public:
  PromiseTable(PromiseReading const& reading, TableStyle style) : reading_{reading}, page_{style} {}

  std::string write() {
    auto const& header = reading_.scenario().header;
    page_.mark(reading_.scenario());
    page_.title(header.title);
    page_.paragraph(fmt::format("What was promised, and what became of it, as of {}.",
                                long_date(header.as_of)));
    page_.paragraph(limits_in_words(reading_));
    page_.paragraph(promises_headline(reading_));
    nations();
    sums();
    events();
    foot();
    page_.mark(reading_.scenario());
    return page_.text();
  }

 private:
  void nations() {
    constexpr std::array<std::size_t, kPromiseStages> kStage{9, 7, 11, 8, 9, 9};
    constexpr std::size_t kPledges = 7;
    constexpr std::size_t kUpDown = 7;
    constexpr std::size_t kFigures = 1 + kPledges + 9 + 7 + 11 + 8 + 9 + 9 + kPromiseStages;
    constexpr std::size_t kWidestName = 26;
    if (reading_.nations().empty()) {
      return;
    }
    bool const wide = page_.width() >= kFigures + 1 + kUpDown + 16;
    std::size_t const name =
        std::min(kWidestName, page_.width() - kFigures - (wide ? 1 + kUpDown : 0));
    std::string head = pad_right("Pledges of", name) + " " + pad_left("pledges", kPledges);
    for (std::size_t s = 0; s < kPromiseStages; ++s) {
      head += " " + pad_left(explain(static_cast<PromiseStage>(s)), kStage.at(s));
    }
    page_.section(wide ? head + " " + pad_left("up/down", kUpDown) : head);
    auto const row = [&](std::string const& title, PromiseCount const& count) {
      auto const figure = [](std::size_t value) {
        return value == 0 ? std::string{"–"} : grouped(static_cast<std::int64_t>(value));
      };
      std::string text = pad_right(title, name) + " " + pad_left(figure(count.pledges()), kPledges);
      for (std::size_t s = 0; s < kPromiseStages; ++s) {
        text += " " + pad_left(figure(count.stages.at(s)), kStage.at(s));
      }
      if (wide) {
        text += " " + pad_left(fmt::format("{}/{}", count.upgraded, count.downgraded), kUpDown);
      }
      page_.line(std::move(text));
    };
    for (PromiseCount const& count : reading_.nations()) {
      row(reading_.nation_name(count.nation), count);
    }
    if (reading_.nations().size() > 1) {
      row("All", reading_.total());
    }
  }

  void sums() {
    constexpr std::size_t kFigure = 11;
    constexpr std::size_t kNation = 15;
    std::size_t const capability = page_.width() - kNation - 1 - 5 * (kFigure + 1);
    std::vector<model::PromiseSum const*> moved;
    for (model::PromiseSum const& sum : reading_.ledger().sums) {
      if (has_moved(sum)) {
        moved.push_back(&sum);
      }
    }
    if (moved.empty()) {
      return;
    }
    auto const write = [&](std::string const& nation, std::string const& what,
                           std::array<std::string, 5> const& figures) {
      std::string text = pad_right(nation, kNation) + " " + pad_right(what, capability);
      for (std::string const& figure : figures) {
        text += " " + pad_left(figure, kFigure);
      }
      return text;
    };
    page_.section(
        write("What moved", "of", {"first", "on offer", "transferred", "delivered", "owed"}));
    for (std::size_t i = 0; i < std::min(moved.size(), kMostSums); ++i) {
      model::PromiseSum const& sum = *moved[i];
      page_.line(
          write(reading_.nation_name(sum.nation), reading_.capability_title(sum.capability),
                {short_figure(sum.first), short_figure(sum.offered), short_figure(sum.transferred),
                 short_figure(sum.delivered), short_figure(sum.owed)}));
    }
    if (moved.size() > kMostSums) {
      more(moved.size() - kMostSums, "more row", "in the JSON and in promises.csv");
    }
    page_.paragraph(
        "+n? stands for n pledges or deliveries without a number; those are in no sum.");
  }

  static std::string short_figure(model::StatedUnits const& units) {
    if (!units.units) {
      return units.not_stated == 0 ? "–" : "?";
    }
    auto const sum = grouped(units.units->count());
    return units.not_stated == 0 ? sum : fmt::format("{} +{}?", sum, units.not_stated);
  }

  void more(std::size_t count, std::string_view what, std::string_view where) {
    page_.paragraph(
        fmt::format("and {}, {}", counted(static_cast<std::int64_t>(count), what), where), " ");
  }

  void events() {
    constexpr std::size_t kDate = 10;
    constexpr std::size_t kNation = 13;
    constexpr std::size_t kKind = 17;
    auto const& events = reading_.ledger().events;
    if (events.empty()) {
      page_.blank();
      page_.paragraph("No event is in those days.");
      return;
    }
    std::size_t const rest = page_.width() - kDate - kNation - kKind - 4;
    std::size_t const what = rest * 2 / 5;
    auto const write = [&](std::string const& date, std::string const& nation,
                           std::string const& of, std::string_view kind, std::string const& words) {
      return fmt::format("{} {} {} {} {}", pad_right(date, kDate), pad_right(nation, kNation),
                         pad_right(of, what), pad_right(kind, kKind), fit(words, rest - what));
    };
    auto const first = events.size() - std::min(events.size(), kMostEvents);
    page_.section(write("Date", "Nation", "Promise", first == 0 ? "Event" : "Last events", "Said"));
    if (first > 0) {
      more(first, "earlier event", "in the JSON and in events.csv");
    }
    for (std::size_t i = first; i < events.size(); ++i) {
      model::PromiseEvent const& event = events[i];
      page_.line(write(event.date ? model::print(*event.date) : "not dated",
                       reading_.nation_name(event.nation),
                       reading_.capability_title(event.capability), explain(event.kind),
                       event_in_words(reading_, event)));
    }
  }

  void foot() {
    auto const& ledger = reading_.ledger();
    page_.blank();
    for (std::string const& note : promises_notes(reading_)) {
      page_.paragraph(note);
    }
    page_.paragraph(promises_ground(reading_));
    page_.paragraph(fmt::format("Guarantor {}, scenario {}, promises {}", ledger.program_version,
                                fit(clean(ledger.scenario_hash), 12),
                                promise_hash(reading_.scenario(), ledger).substr(0, 12)));
  }

  PromiseReading const& reading_;
  TerminalPage page_;
};

}  // namespace

std::string to_table(model::Scenario const& scenario, model::PromiseLedger const& ledger,
                     TableStyle style) {
  PromiseReading const reading{scenario, ledger};
  return PromiseTable{reading, style}.write();
}

}  // namespace guarantor::report
