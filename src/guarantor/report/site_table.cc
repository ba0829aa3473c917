#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "guarantor/report/display_text.h"
#include "guarantor/report/reach_words.h"
#include "guarantor/report/site_report.h"
#include "guarantor/report/site_words.h"
#include "guarantor/report/terminal_page.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// The plan as it is written, line by line.
class SiteTable {
 public:
  SiteTable(model::Scenario const& scenario, model::SitePlan const& plan, TableStyle style)
      : scenario_{scenario}, plan_{plan}, page_{style} {}

  std::string write() {
    page_.mark(scenario_);
    page_.title(scenario_.header.title);
    page_.paragraph(rules_in_words(plan_.terms));
    if (!plan_.network.empty()) {
      page_.paragraph("On the network of " + plan_.network + ".");
    }
    if (!plan_.terms.changed.empty()) {
      page_.paragraph("What if: " + listed(plan_.terms.changed) + ".");
    }
    for (model::KindSites const& kind : plan_.kinds) {
      write(kind);
    }
    foot();
    page_.mark(scenario_);
    return page_.text();
  }

 private:
  void write(model::KindSites const& kind) {
    page_.section(kind_title(kind.kind));
    page_.paragraph(choice_in_words(scenario_, kind));
    for (std::string const& note : kind.notes) {
      page_.paragraph(note);
    }
    if (kind.feasible) {
      sites(kind);
      standards(kind);
    }
    auto const out_of_reach = out_of_reach_in_words(scenario_, kind);
    if (!out_of_reach.empty()) {
      page_.section("What no choice can keep");
    }
    for (std::string const& sentence : out_of_reach) {
      page_.paragraph(sentence, "- ");
    }
  }

  void sites(model::KindSites const& kind) {
    constexpr std::size_t kName = 30;
    page_.blank();
    page_.line(
        page_.bold(fmt::format("{} {} {} {}", pad_right("site", kName), pad_right("where", kName),
                               pad_left("km from line", 12), pad_left("first at", 13))));
    for (model::PlannedSite const& site : kind.sites) {
      if (site.open) {
        page_.line(
            fmt::format("{} {} {} {}  {}", pad_right(clean(site.id.text()), kName),
                        pad_right(clean(site.label), kName),
                        pad_left(site.from_line ? decimal(site.from_line->count(), 0) : "", 12),
                        pad_left(counted(static_cast<std::int64_t>(site.nearest_of), "point"), 13),
                        site.existing ? "existing" : ""));
      }
    }
  }

  void standards(model::KindSites const& kind) {
    std::size_t const name = page_.width() - 56;
    page_.blank();
    page_.line(
        page_.bold(fmt::format("{} {} {} {} {} {}", pad_right("what must be reached", name),
                               pad_left("within", 7), pad_left("kept", 9), pad_left("slowest", 10),
                               pad_left("at a loss", 10), pad_left("if 1/4 longer", 14))));
    model::Demand const* last = nullptr;
    for (DemandStandard const& row : standards_of(scenario_, kind)) {
      auto const of = [&](std::size_t count) { return fmt::format("{}/{}", count, row.points); };
      page_.line(fmt::format("{} {} {} {} {} {}",
                             pad_right(row.demand == last ? "" : title_of(*row.demand), name),
                             pad_left(decimal(row.within.count(), 1) + " h", 7),
                             pad_left(of(row.kept), 9), pad_left(in_hours(row.slowest), 10),
                             pad_left(row.after_loss ? in_hours(row.after_loss) : "", 10),
                             pad_left(of(row.with_margin), 14)));
      last = row.demand;
    }
  }

  void foot() {
    page_.blank();
    bool illustrative = false;
    for (model::KindSites const& kind : plan_.kinds) {
      illustrative = illustrative || mostly_illustrative(kind.basis);
    }
    if (illustrative) {
      page_.paragraph(
          "More than a quarter of what the travel times rest on is illustrative: read every time "
          "as from a fifth less to a quarter more. The last column counts the points that one site "
          "reaches in time even so.");
    }
    page_.paragraph(fmt::format("Guarantor {}, scenario {}", plan_.program_version,
                                fit(clean(plan_.scenario_hash), 12)));
  }

  model::Scenario const& scenario_;
  model::SitePlan const& plan_;
  TerminalPage page_;
};

}  // namespace

std::string to_table(model::Scenario const& scenario, model::SitePlan const& plan,
                     TableStyle style) {
  return SiteTable{scenario, plan, style}.write();
}

}  // namespace guarantor::report
