#include "guarantor/tables/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace guarantor::tables {

std::string print(Diagnostic const& diagnostic) {
  std::string text = diagnostic.file;
  if (diagnostic.line > 0) {
    text += fmt::format(":{}", diagnostic.line);
    if (diagnostic.column > 0) {
      text += fmt::format(":{}", diagnostic.column);
    }
  }
  text += fmt::format(": {}: {}", model::text(diagnostic.severity), diagnostic.message);
  return diagnostic.hint.empty() ? text : text + "; " + diagnostic.hint;
}

void Diagnostics::error(Place const& place, std::string message, std::string hint) {
  ++error_count_;
  if (errors_.size() < most_) {
    errors_.push_back({place.file, place.line, place.column, model::Severity::kError,
                       std::move(message), std::move(hint)});
  }
}

void Diagnostics::warning(Place const& place, std::string message, std::string hint) {
  ++warning_count_;
  if (warnings_.size() < most_) {
    warnings_.push_back({place.file, place.line, place.column, model::Severity::kWarning,
                         std::move(message), std::move(hint)});
  }
}

std::vector<Diagnostic> Diagnostics::take(std::string const& whole) {
  std::vector<Diagnostic> all = std::move(errors_);
  std::size_t const warnings = std::min(warnings_.size(), most_ - all.size());
  auto const end = warnings_.begin() + static_cast<std::ptrdiff_t>(warnings);
  all.insert(all.end(), std::make_move_iterator(warnings_.begin()), std::make_move_iterator(end));
  std::stable_sort(all.begin(), all.end(), [](Diagnostic const& a, Diagnostic const& b) {
    return std::tie(a.file, a.line, a.column, a.severity) <
           std::tie(b.file, b.line, b.column, b.severity);
  });
  std::size_t const left_out = error_count_ + warning_count_ - all.size();
  if (left_out > 0) {
    auto const severity =
        error_count_ > most_ ? model::Severity::kError : model::Severity::kWarning;
    all.push_back({whole, 0, 0, severity, fmt::format("{} more problems are not listed", left_out),
                   "mend those above first"});
  }
  *this = Diagnostics{most_};
  return all;
}

}  // namespace guarantor::tables
