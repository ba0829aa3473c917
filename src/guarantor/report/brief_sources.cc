#include "guarantor/report/brief_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::string row_key(std::string const& table, std::string const& key) {
  return table + "\n" + key;
}

}  // namespace

SourceList::SourceList(PlanReading const& reading) {
  for (auto const& note : reading.scenario().sources) {
    notes_[row_key(note.table, note.key)].push_back(&note);
  }
  std::set<model::PledgeId> used(reading.plan().not_stated.begin(),
                                 reading.plan().not_stated.end());
  for (auto const& assignment : reading.plan().assignments) {
    used.insert(assignment.pledge);
  }
  for (auto const& pledge : reading.scenario().pledges) {
    if (used.contains(pledge.id)) {
      add("pledges", pledge.id.text(), reading.pledge_title(pledge.id), pledge.row.provenance);
    }
  }
  for (auto const& line : reading.lines()) {
    add("requirements", line.line->id.text(), reading.line_title(line.line->id),
        line.line->row.provenance);
  }
  for (auto const& entry : reading.conditions()) {
    add("conditions", entry.condition->id.text(), reading.condition_title(entry.condition->id),
        entry.condition->row.provenance);
  }
}

void SourceList::add(std::string const& table, std::string const& key, std::string const& row_title,
                     model::Provenance const& provenance) {
  auto& numbers = by_row_[row_key(table, key)];
  auto const cite = [&](Entry entry) {
    auto const number = enter(std::move(entry), row_title);
    if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) {
      numbers.push_back(number);
    }
  };
  if (!provenance.source.empty()) {
    cite({provenance.source, provenance.source_date, provenance.confidence, provenance.note, {}});
  }
  if (auto const notes = notes_.find(row_key(table, key)); notes != notes_.end()) {
    for (auto const* note : notes->second) {
      if (!note->source.empty()) {
        cite({note->source, note->date, note->confidence, note->quote, {}});
      }
    }
  }
}

std::size_t SourceList::enter(Entry entry, std::string const& row_title) {
  auto const key = entry.source + "\n" + (entry.date ? model::print(*entry.date) : "");
  auto const [at, fresh] = numbers_.emplace(key, entries_.size() + 1);
  if (fresh) {
    entries_.push_back(std::move(entry));
  }
  auto& rows = entries_[at->second - 1].rows;
  if (std::find(rows.begin(), rows.end(), row_title) == rows.end()) {
    rows.push_back(row_title);
  }
  return at->second;
}

std::string SourceList::marks(std::string const& table, std::string const& key) const {
  auto const numbers = by_row_.find(row_key(table, key));
  if (numbers == by_row_.end() || numbers->second.empty()) {
    return {};
  }
  std::vector<std::string> links;
  for (auto const number : numbers->second) {
    links.push_back(fmt::format(R"(<a href="#source{0}">{0}</a>)", number));
  }
  return tag("span", fmt::format("&#160;[{}]", fmt::join(links, ", ")), R"(class="mark")");
}

std::string SourceList::html() const {
  if (entries_.empty()) {
    return tag("p", "No row used by this plan names a source.");
  }
  std::string items;
  std::size_t number = 0;
  for (auto const& entry : entries_) {
    auto text = source_text(entry.source) + ".";
    text += entry.date ? " " + escape(long_date(*entry.date)) + "." : " Date not stated.";
    text += fmt::format(" {}.", entry.confidence
                                    ? capitalised(std::string{model::text(*entry.confidence)})
                                    : std::string{"Confidence not stated, taken as illustrative"});
    if (!entry.remark.empty()) {
      text += " " + tag("q", escape(fit(clean(entry.remark), 240)));
    }
    constexpr std::size_t kRows = 160;
    text += tag("span", " For: " + escape(listed_within(entry.rows, kRows, "row")) + ".",
                R"(class="for")");
    items += tag("li", text, fmt::format(R"(id="source{}")", ++number));
  }
  return tag("ol", items, R"(class="sources")");
}

}  // namespace guarantor::report
