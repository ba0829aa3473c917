#include "guarantor/report/terminal_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "guarantor/report/display_text.h"
#include "guarantor/report/plan_marking.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kNarrowest = 80;
constexpr std::size_t kLongestLead = 40;

}  // namespace

TerminalPage::TerminalPage(TableStyle style)
    : colour_{style.colour},
      width_{std::max(kNarrowest, static_cast<std::size_t>(std::max(0, style.width)))} {}

std::string TerminalPage::inked(std::string const& text, Ink ink) const {
  if (!colour_ || ink == Ink::kPlain) {
    return text;
  }
  constexpr std::array<std::string_view, 6> kCodes{"0", "1", "2", "32", "33", "31"};
  return fmt::format("\x1b[{}m{}\x1b[0m", kCodes[static_cast<std::size_t>(ink)], text);
}

void TerminalPage::mark(model::Scenario const& scenario) {
  auto const text = fit(clean(banner(scenario)), width_);
  if (!text.empty()) {
    text_ += std::string((width_ - display_width(text)) / 2, ' ') + bold(text) + "\n";
  }
}

void TerminalPage::title(std::string_view text) {
  line(bold(fit(clean(text), width_)));
}

void TerminalPage::section(std::string_view text) {
  blank();
  title(text);
}

void TerminalPage::paragraph(std::string_view text, std::string_view lead) {
  if (!text.empty()) {
    text_ += wrap(clean(text), width_, fit(clean(lead), kLongestLead));
  }
}

void TerminalPage::line(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  text_ += text + "\n";
}

}  // namespace guarantor::report
