#include <fmt/format.h>

#include <algorithm>

#include "guarantor/report/change_words.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/report/terminal_page.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kTitle = 24;
constexpr std::size_t kNarrowestSide = 14;
constexpr std::size_t kWidestSide = 28;
constexpr std::size_t kMostItems = 40;

/// The table as it is written, part by part.
class Writer {
 public:
  Writer(SideBySide const& sides, TableStyle style) : sides_{sides}, page_{style} {}

  std::string write() {
    page_.mark(sides_.cover());
    page_.title(sides_.cover().header.title);
    for (std::size_t side = 0; side < sides_.planned().size(); ++side) {
      auto const& planned = sides_.planned()[side];
      page_.paragraph(fmt::format("{}, {}", clean(planned.scenario->header.title),
                                  sides_.reading(side).world()),
                      "  " + planned.name + ": ");
    }
    figures();
    for (auto const& difference : sides_.differences()) {
      changes(difference);
    }
    foot();
    page_.mark(sides_.cover());
    return page_.text();
  }

 private:
  /// As many scenarios beside each other as there is room for, the first in every block.
  void figures() {
    auto const room = page_.width() - 1 - kTitle;
    auto const most = std::max<std::size_t>(2, room / (kNarrowestSide + 1));
    auto const rows = figure_rows(sides_);
    auto const all = sides_.planned().size();
    std::size_t from = 1;
    do {
      auto const to = std::min(all, from + most - 1);
      std::vector<std::size_t> block{0};
      for (auto side = from; side < to; ++side) {
        block.push_back(side);
      }
      auto const width = std::min(kWidestSide, room / block.size() - 1);
      std::string head = pad_right("", kTitle);
      for (auto const side : block) {
        head += " " + pad_left(sides_.planned()[side].name, width);
      }
      page_.section(head);
      for (auto const& row : rows) {
        std::string text = pad_right(row.title, kTitle);
        for (auto const side : block) {
          text += " " + pad_left(row.texts[side], width);
        }
        page_.line(std::move(text));
      }
      from = to;
    } while (from < all);
  }

  template <class Items, class Write>
  void items(std::string const& title, Items const& rows, Write const& write) {
    if (rows.empty()) {
      return;
    }
    page_.section(title);
    std::size_t shown = 0;
    for (std::size_t i = 0; i < rows.size() && shown < kMostItems; ++i) {
      if (auto const text = write(i); !text.empty()) {
        page_.paragraph(text, "  - ");
        ++shown;
      }
    }
    if (rows.size() > kMostItems && shown == kMostItems) {
      page_.paragraph("the rest stands in compare.html, the JSON, the CSV files and the workbook",
                      "  - ");
    }
  }

  void changes(SideDifference const& difference) {
    ChangeWords const words{sides_, difference};
    auto const& input = sides_.input(difference);
    page_.section(
        fmt::format("{} → {}", sides_.planned()[0].name, sides_.planned()[difference.side].name));
    page_.paragraph(words.verdict());
    page_.paragraph(words.input_count());
    items("What changed in the input", input.rows, [&](std::size_t i) {
      auto const& row = input.rows[i];
      return difference.bears[i] ? fmt::format("{}: {}; {}", words.row_title(row),
                                               words.row_change(row), words.row_effect(i))
                                 : std::string{};
    });
    auto const& lines = difference.plan.lines;
    items("What changed at the lines, and why", lines, [&](std::size_t i) {
      auto const& line = lines[i];
      auto const gap = words.gap_change(line);
      return fmt::format("“{}”: {} → {} filled, {}. {}{}", words.line_title(line.line),
                         line.stood ? percent(line.share_before()) : "–",
                         line.stands ? percent(line.share_after()) : "–",
                         ChangeWords::cover_change(line), words.why(i),
                         gap.empty() ? "" : " Gap " + gap + ".");
    });
    auto const& pledges = difference.plan.pledges;
    items("Who moved", pledges, [&](std::size_t i) {
      return fmt::format("{} ({}): {}", words.pledge_title(pledges[i].pledge),
                         text(pledges[i].move), words.pledge_change(pledges[i]));
    });
    if (lines.empty() && pledges.empty()) {
      page_.paragraph("The plans are the same.");
    }
  }

  void foot() {
    page_.blank();
    for (std::size_t side = 0; side < sides_.planned().size(); ++side) {
      auto const& plan = sides_.reading(side).plan();
      page_.line(fit(fmt::format("{}: seed {}, Guarantor {}, scenario {}, plan {}",
                                 sides_.planned()[side].name, plan.seed,
                                 clean(plan.program_version), fit(clean(plan.scenario_hash), 12),
                                 plan_hash(sides_.reading(side).scenario(), plan).substr(0, 12)),
                     page_.width()));
    }
  }

  SideBySide const& sides_;
  TerminalPage page_;
};

}  // namespace

std::string to_table(SideBySide const& sides, TableStyle style) {
  return Writer{sides, style}.write();
}

}  // namespace guarantor::report
