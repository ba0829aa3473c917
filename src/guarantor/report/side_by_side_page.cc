#include <fmt/format.h>

#include <algorithm>

#include "guarantor/report/brief_style.h"
#include "guarantor/report/change_words.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/html_table.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kSidesInATable = 5;

std::string finding(std::string const& text) {
  return tag("p", escape(text), R"(class="finding")");
}

/// What this page adds to the brief's style.
constexpr std::string_view kOwnStyle = R"(
.up { color: #1d5c3a; } .down { color: #8a1c1c; }
.quiet { color: var(--soft); }
h3 { font: 600 9.6pt/1.3 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans",
  "Noto Sans", "DejaVu Sans Condensed", sans-serif; color: var(--deep); margin: 3mm 0 1.6mm; }
@media screen { h3 { font-size: 12pt; } }
@media print { h3 { break-after: avoid; } }
)";

std::string chapter(std::size_t number, std::string const& title, std::string const& inner) {
  auto const heading =
      tag("h2", tag("span", fmt::format("{}", number), R"(class="no")") + " " + escape(title));
  return tag("section", heading + inner, fmt::format(R"(id="s{}" class="chapter")", number));
}

/// The figures, a few scenarios to a table, the first in each.
std::string figures(SideBySide const& sides) {
  auto const rows = figure_rows(sides);
  auto const all = sides.planned().size();
  std::string out;
  for (std::size_t from = 1; from < std::max<std::size_t>(all, 2); from += kSidesInATable - 1) {
    std::vector<std::size_t> block{0};
    for (auto side = from; side < std::min(all, from + kSidesInATable - 1); ++side) {
      block.push_back(side);
    }
    constexpr int kTitlePercent = 28;
    auto const each = (100 - kTitlePercent) / static_cast<int>(block.size());
    std::vector<HtmlTable::Head> heads{{"Figure", false, kTitlePercent}};
    for (auto const side : block) {
      heads.push_back({escape(sides.planned()[side].name), true, each});
    }
    HtmlTable table{heads};
    for (auto const& row : rows) {
      std::vector<std::string> cells{escape(row.title)};
      for (auto const side : block) {
        auto const other = side != 0 && row.texts[side] != row.texts[0];
        cells.push_back(other ? tag("b", escape(row.texts[side])) : escape(row.texts[side]));
      }
      table.row(cells);
    }
    out += table.html(fmt::format("In bold: what differs from {}.", sides.planned()[0].name));
  }
  return out;
}

std::string input_table(SideBySide const& sides, SideDifference const& difference,
                        ChangeWords const& words) {
  auto const& rows = sides.input(difference).rows;
  HtmlTable table{{{"What", false, 36}, {"Change", false, 34}, {"What became of it", false, 30}}};
  bool any = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (difference.bears[i]) {
      any = true;
      table.row({escape(capitalised(words.row_title(rows[i]))), escape(words.row_change(rows[i])),
                 escape(capitalised(words.row_effect(i)))});
    }
  }
  auto out = finding(words.input_count());
  if (any) {
    out += table.html("The changes that can move a plan, and the lines each is linked to.");
  }
  std::vector<std::string> others;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!difference.bears[i]) {
      others.push_back(fmt::format("{}: {}", words.row_title(rows[i]), words.row_change(rows[i])));
    }
  }
  if (!others.empty()) {
    constexpr std::size_t kRoom = 1200;
    out += tag("p",
               escape(fmt::format("Besides, without any bearing on the plan: {}.",
                                  listed_within(others, kRoom, "row"))),
               R"(class="quiet finding")");
  }
  return out;
}

std::string line_table(SideDifference const& difference, ChangeWords const& words) {
  HtmlTable table{{{"Line", false, 19},
                   {"Before", true, 7},
                   {"Now", true, 7},
                   {"Unit-months", false, 13},
                   {"Why", false, 33},
                   {"Its gap", false, 21}}};
  std::size_t fuller = 0;
  std::size_t thinner = 0;
  for (std::size_t i = 0; i < difference.plan.lines.size(); ++i) {
    auto const& line = difference.plan.lines[i];
    auto const net = line.covered_after - line.covered_before;
    fuller += net > 0 ? 1 : 0;
    thinner += net < 0 ? 1 : 0;
    auto const way = net > 0 ? R"(class="up")" : net < 0 ? R"(class="down")" : "";
    table.row({escape(words.line_title(line.line)), line.stood ? percent(line.share_before()) : "–",
               line.stands ? percent(line.share_after()) : "–",
               tag("span", escape(ChangeWords::cover_change(line)), way), escape(words.why(i)),
               escape(capitalised(words.gap_change(line)))});
  }
  if (difference.plan.lines.empty()) {
    return finding("No line is filled otherwise, and no gap differs.");
  }
  return table.html(
      fmt::format("{} more cover, {} less. “Before” and “now” are shares of what the line asks "
                  "over all its months.",
                  capitalised(counted(static_cast<std::int64_t>(fuller), "line")) +
                      (fuller == 1 ? " has" : " have"),
                  counted(static_cast<std::int64_t>(thinner), "line")));
}

std::string pledge_table(SideDifference const& difference, ChangeWords const& words) {
  if (difference.plan.pledges.empty()) {
    return finding("Nobody is assigned otherwise.");
  }
  HtmlTable table{{{"Pledge", false, 30}, {"Move", false, 12}, {"Units and months", false, 58}}};
  for (auto const& pledge : difference.plan.pledges) {
    table.row({escape(words.pledge_title(pledge.pledge)), escape(text(pledge.move)),
               escape(capitalised(words.pledge_change(pledge)))});
  }
  return table.html("Months are counted from 0 at C-day, the last one named is the last in place.");
}

std::string difference_chapter(SideBySide const& sides, SideDifference const& difference) {
  ChangeWords const words{sides, difference};
  auto const title =
      fmt::format("From {} to {}", sides.planned()[0].name, sides.planned()[difference.side].name);
  return chapter(
      difference.side + 1, title,
      finding(words.verdict()) + tag("h3", "What changed in the input") +
          input_table(sides, difference, words) + tag("h3", "What changed at the lines, and why") +
          line_table(difference, words) + tag("h3", "Who moved") + pledge_table(difference, words));
}

std::string colophon(SideBySide const& sides) {
  std::string rows;
  for (std::size_t side = 0; side < sides.planned().size(); ++side) {
    auto const& plan = sides.reading(side).plan();
    rows +=
        tag("dt", escape(sides.planned()[side].name)) +
        tag("dd",
            escape(fmt::format("{} {} Seed {}, Guarantor {}.", explain_proof(plan),
                               sides.reading(side).headline(), plan.seed, plan.program_version)) +
                "<br/>scenario " + tag("code", escape(plan.scenario_hash)) + "<br/>plan " +
                tag("code", plan_hash(sides.reading(side).scenario(), plan)));
  }
  return chapter(
      sides.planned().size() + 1, "How this was made",
      finding("“Why” names the changes of the input that bear on a line, or on a pledge that came, "
              "went or moved there; a knock-on names the lines between. That is a link, not a "
              "measurement: how much of a difference one change makes is proven by planning a "
              "variant with that change alone. What lies within the plans' gaps may be the "
              "search's doing.") +
          tag("dl", rows));
}

std::string opening(SideBySide const& sides) {
  std::string out;
  for (auto const& difference : sides.differences()) {
    out += (out.empty() ? "" : " ") + ChangeWords{sides, difference}.verdict();
  }
  return out;
}

}  // namespace

std::string to_page(SideBySide const& sides) {
  auto const& cover = sides.cover();
  auto const mark = banner(cover);
  auto const strip = mark.empty() ? std::string{} : tag("p", escape(mark), R"(class="banner")");
  auto const title = (mark.empty() ? "" : mark + " · ") + cover.header.title;
  std::string names;
  for (auto const& side : sides.planned()) {
    names += fmt::format("{}{}: {}", names.empty() ? "" : " · ", side.name,
                         clean(side.scenario->header.title));
  }
  auto head = tag("p", "Force plans: what changed, and why", R"(class="kicker")") +
              tag("h1", escape(cover.header.title)) +
              tag("p", escape(names), R"(class="dateline")");
  auto body =
      tag("section", tag("header", head) + tag("p", escape(opening(sides)), R"(class="lead")"));
  body += chapter(1, "Figures side by side", figures(sides));
  for (auto const& difference : sides.differences()) {
    body += difference_chapter(sides, difference);
  }
  body += colophon(sides);
  // Nothing is fetched, run or framed: the browser is told so as well.
  auto const meta =
      std::string{R"(<meta charset="utf-8"/>)"} +
      R"(<meta http-equiv="Content-Security-Policy" )"
      R"(content="default-src 'none'; style-src 'unsafe-inline'"/>)" +
      R"(<meta name="viewport" content="width=device-width, initial-scale=1"/>)" +
      tag("title", escape(title)) +
      tag("style", style(cover, compare_hash(sides), "comparison") + std::string{kOwnStyle});
  return "<!DOCTYPE html>\n" +
         tag("html", tag("head", meta) + "\n" + tag("body", strip + tag("main", body) + strip),
             R"(lang="en")") +
         "\n";
}

}  // namespace guarantor::report
