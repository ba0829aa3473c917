#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "guarantor/report/display_text.h"
#include "guarantor/report/expected_words.h"
#include "guarantor/report/package_words.h"
#include "guarantor/report/plan_ground.h"
#include "guarantor/report/plan_reading.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/refusals.h"
#include "guarantor/report/terminal_page.h"
#include "guarantor/report/unstated_offers.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kBar = 8;
constexpr std::size_t kPercent = 5;
constexpr std::size_t kMonth = 8;
constexpr std::size_t kReason = 38;
constexpr std::size_t kMostAssignments = 40;

/// The table as it is written, line by line.
class TableWriter {
 public:
  TableWriter(PlanReading const& reading, TableStyle style) : reading_{reading}, page_{style} {}

  std::string write() {
    page_.mark(reading_.scenario());
    head();
    lines();
    who_goes();
    not_stated();
    asks();
    package();
    comparisons();
    foot();
    page_.mark(reading_.scenario());
    return page_.text();
  }

 private:
  void head() {
    auto const& header = reading_.scenario().header;
    auto const& plan = reading_.plan();
    page_.title(header.title);
    page_.paragraph(fmt::format("Planned as of {}, C-day {}, over {}, {}.", long_date(header.as_of),
                                long_date(header.c_day), counted(header.horizon.count(), "month"),
                                reading_.world()));
    page_.blank();
    page_.paragraph(explain_proof(plan));
    if (plan.status != model::PlanStatus::kEmpty) {
      page_.paragraph(fmt::format("Status {}, objective {}, bound {}, gap {} %{}.",
                                  model::text(plan.status), decimal(plan.objective, 2),
                                  decimal(plan.bound, 2), decimal(plan.gap * 100, 2),
                                  plan.reason.empty() ? "" : " (" + clean(plan.reason) + ")"));
    }
    for (auto const& tier : tiers_in_words(plan)) {
      page_.paragraph(tier, "  - ");
    }
    page_.paragraph(reading_.headline());
    if (auto const worlds = over_the_worlds(reading_); !worlds.empty()) {
      page_.paragraph(worlds);
    }
    if (auto const unstated = most_is_unstated(reading_); !unstated.empty()) {
      page_.paragraph(unstated);
    }
  }

  static std::string short_percent(double share) {
    return share > 0 && share < 0.01 ? "<1\u202F%" : percent(share);
  }

  void line(LineReading const& reading, std::size_t title_width, std::size_t reason_width) {
    auto const filled =
        static_cast<std::size_t>(std::floor(reading.mean * static_cast<double>(kBar) + 1e-9));
    auto const ink = reading.cover == Cover::kFull     ? Ink::kGood
                     : reading.cover == Cover::kPartly ? Ink::kMiddling
                                                       : Ink::kBad;
    std::string bar;
    for (std::size_t i = 0; i < kBar; ++i) {
      bar += i < filled ? "█" : "░";
    }
    bool const planned = reading.cover != Cover::kNotPlanned;
    auto const c_day = reading_.scenario().header.c_day;
    auto const reason = reading.main_gap != nullptr
                            ? fit(explain_briefly(reading.main_gap->reason), reason_width)
                            : std::string{};
    auto const worst =
        reading.cover == Cover::kPartly ? short_month(month_start(c_day, reading.worst_month)) : "";
    auto text = fmt::format("{:>2} {} {} {} {} {}  {}", reading.line->tier_or_default(),
                            pad_right(clean(reading_.line_title(reading.line->id)), title_width),
                            planned ? page_.inked(bar, ink) : pad_right("–", kBar),
                            pad_left(planned ? short_percent(reading.mean) : "–", kPercent),
                            pad_left(planned ? short_percent(reading.worst) : "–", kPercent),
                            pad_right(worst, kMonth), reason);
    page_.line(std::move(text));
  }

  void lines() {
    constexpr std::size_t kOthers = 2 + 1 + 1 + kBar + 2 * (1 + kPercent) + 1 + kMonth + 2;
    if (reading_.lines().empty()) {
      return;
    }
    auto const title_width =
        page_.width() - kOthers - std::min(kReason, page_.width() - kOthers - 20);
    page_.section(fmt::format(" T {} {} {} {} {}  Main reason",
                              pad_right("Line, by tier", title_width), pad_right("Filled", kBar),
                              pad_left("mean", kPercent), pad_left("worst", kPercent),
                              pad_right("in", kMonth)));
    for (auto const& reading : reading_.lines()) {
      line(reading, title_width, page_.width() - kOthers - title_width);
    }
  }

  void who_goes() {
    constexpr std::size_t kNation = 15;
    constexpr std::size_t kUnits = 6;
    constexpr std::size_t kOthers = 1 + kNation + 1 + 1 + kUnits + 2 + 1 + kMonth + 1 + kMonth;
    auto const& rows = reading_.plan().assignments;
    if (rows.empty()) {
      return;
    }
    auto const what = (page_.width() - kOthers) / 2;
    auto const where = page_.width() - kOthers - what;
    auto const write = [&](std::string const& nation, std::string const& capability,
                           std::string const& units, std::string const& line,
                           std::string const& from, std::string const& until) {
      return fmt::format(" {} {} {}  {} {} {}", pad_right(nation, kNation),
                         pad_right(capability, what), pad_left(units, kUnits),
                         pad_right(line, where), pad_right(from, kMonth), until);
    };
    page_.section(write("Who goes", "with", "units", "for", "from", "until"));
    auto const c_day = reading_.scenario().header.c_day;
    for (std::size_t i = 0; i < std::min(rows.size(), kMostAssignments); ++i) {
      auto const* pledge = reading_.pledge(rows[i].pledge);
      page_.line(write(reading_.nation_of(rows[i].pledge),
                       pledge != nullptr ? reading_.capability_title(pledge->capability) : "–",
                       grouped(rows[i].units.count()), reading_.line_title(rows[i].requirement),
                       short_month(month_start(c_day, rows[i].months.from)),
                       short_month(month_start(c_day, rows[i].months.to))));
    }
    if (rows.size() > kMostAssignments) {
      auto const left = static_cast<std::int64_t>(rows.size() - kMostAssignments);
      page_.paragraph(fmt::format("and {}, in the JSON, the CSV files and the workbook",
                                  counted(left, "more assignment")),
                      " ");
    }
  }

  void not_stated() {
    if (reading_.plan().not_stated.empty()) {
      return;
    }
    page_.section("Not stated: offered without a quantity, and so in no figure here");
    std::vector<std::pair<std::string, std::vector<std::string>>> by_nation;
    for (auto const& id : reading_.plan().not_stated) {
      auto const* pledge = reading_.pledge(id);
      auto const nation = reading_.nation_of(id);
      auto const what = pledge != nullptr ? reading_.capability_title(pledge->capability)
                                          : std::string{"unknown pledge"};
      auto at = std::find_if(by_nation.begin(), by_nation.end(),
                             [&](auto const& entry) { return entry.first == nation; });
      if (at == by_nation.end()) {
        at = by_nation.insert(by_nation.end(), {nation, {}});
      }
      at->second.push_back(what);
    }
    for (auto const& [nation, what] : by_nation) {
      page_.paragraph(fmt::format("{}: {}", nation, listed(what)), "  - ");
    }
  }

  void asks() {
    if (reading_.plan().asks.empty()) {
      return;
    }
    page_.section("Asks, the most worthwhile first");
    auto const c_day = reading_.scenario().header.c_day;
    std::size_t number = 0;
    for (auto const& ask : reading_.plan().asks) {
      std::vector<std::string> nations;
      for (auto const& nation : ask.nations) {
        nations.push_back(reading_.nation_name(nation));
      }
      std::vector<std::string> closes;
      for (auto const& id : ask.closes) {
        closes.push_back("“" + reading_.line_title(id) + "”");
      }
      page_.paragraph(
          fmt::format("{}{}, in place from {} until {}: ask {}; worth {}{}",
                      units_of(ask.units, reading_.capability(ask.capability)),
                      ask.area.empty() ? "" : " (" + reading_.area_title(ask.area) + ")",
                      long_date(month_start(c_day, ask.months.from)),
                      long_date(month_start(c_day, ask.months.to)),
                      nations.empty() ? "any nation that has it" : listed(nations, "or"),
                      decimal(ask.worth, 2), closes.empty() ? "" : "; closes " + listed(closes)),
          fmt::format("{:>3}. ", ++number));
    }
  }

  void package() {
    auto const words = package_in_words(reading_);
    if (words.empty()) {
      return;
    }
    page_.section("The package asked about");
    for (auto const& sentence : words) {
      page_.paragraph(sentence, "  - ");
    }
  }

  void comparisons() {
    if (reading_.plan().comparisons.empty()) {
      return;
    }
    page_.section("Compared with");
    for (auto const& row : reading_.plan().comparisons) {
      if (row.without.empty()) {
        comparison(clean(row.label), row);
      }
    }
    auto const rows = refusals(reading_);
    if (!rows.end.empty()) {
      page_.paragraph("there is no coalition without " + listed(titles(rows.end), "or"), "  - ");
    }
    for (auto const* row : rows.lose) {
      comparison(fmt::format("without “{}”", reading_.condition_title(row->without)), *row);
    }
    auto still = rows.unstated;
    still.insert(still.end(), rows.nothing.begin(), rows.nothing.end());
    if (!still.empty()) {
      auto const count = static_cast<std::int64_t>(still.size());
      page_.paragraph(fmt::format("{} {} no figure: {}", counted(count, "more condition"),
                                  count == 1 ? "changes" : "change",
                                  listed_within(titles(still), 2 * page_.width(), "")),
                      "  - ");
    }
  }

  void comparison(std::string const& label, model::Comparison const& row) {
    std::vector<std::string> lost;
    for (auto const& id : row.lines_lost) {
      lost.push_back("“" + reading_.line_title(id) + "”");
    }
    page_.paragraph(row.viable ? fmt::format("{}: {} covered; {}", label, percent(row.fill),
                                             lost.empty() ? "no line loses cover"
                                                          : "less cover for " + listed(lost))
                               : fmt::format("{}: there is no coalition", label),
                    "  - ");
  }

  [[nodiscard]] std::vector<std::string> titles(
      std::vector<model::Comparison const*> const& rows) const {
    std::vector<std::string> out;
    for (auto const* row : rows) {
      out.push_back("“" + reading_.condition_title(row->without) + "”");
    }
    return out;
  }

  void foot() {
    auto const& plan = reading_.plan();
    auto const& shares = plan.provenance;
    page_.blank();
    if (shares.reported + shares.estimated + shares.illustrative > 0) {
      page_.paragraph(ground(reading_));
    } else {
      page_.paragraph("Nothing is covered, so nothing rests on any row.");
    }
    page_.line(
        page_.inked(fit(fmt::format("Seed {}, Guarantor {}, scenario {}, plan {}", plan.seed,
                                    clean(plan.program_version), fit(clean(plan.scenario_hash), 12),
                                    plan_hash(reading_.scenario(), plan).substr(0, 12)),
                        page_.width()),
                    Ink::kFaint));
  }

  PlanReading const& reading_;
  TerminalPage page_;
};

}  // namespace

std::string to_table(model::Scenario const& scenario, model::ForcePlan const& plan,
                     TableStyle style) {
  PlanReading const reading{scenario, plan};
  return TableWriter{reading, style}.write();
}

}  // namespace guarantor::report
