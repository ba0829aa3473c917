#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "guarantor/model/scenario.h"
#include "guarantor/report/plan_report.h"

namespace guarantor::report {

enum class Ink { kPlain, kBold, kFaint, kGood, kMiddling, kBad };

/// A page for people at a terminal as it grows, never narrower than 80 columns. Where the style has
/// no colour every ink is plain.
class TerminalPage {
 public:
  explicit TerminalPage(TableStyle style);

  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::string inked(std::string const& text, Ink ink) const;
  [[nodiscard]] std::string bold(std::string const& text) const { return inked(text, Ink::kBold); }

  /// What heads and foots every output, in the middle of its line; nothing where there is nothing.
  void mark(model::Scenario const& scenario);
  /// A bold line, cut to the page.
  void title(std::string_view text);
  /// A blank line and a bold one.
  void section(std::string_view text);
  /// Any text as lines that fit, the first behind `lead`; nothing where the text is empty.
  void paragraph(std::string_view text, std::string_view lead = "");
  /// A line as it stands, without blanks at its end. REQUIRES: clean but for inks.
  void line(std::string text);
  void blank() { text_ += '\n'; }

  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  bool colour_;
  std::size_t width_;
  std::string text_;
};

}  // namespace guarantor::report
