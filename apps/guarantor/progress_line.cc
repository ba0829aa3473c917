#include "guarantor/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "guarantor/terminal.h"

namespace guarantor::app {
namespace {

constexpr double kSecondsBetween = 0.1;
constexpr std::size_t kBarWidth = 20;

void write_raw(std::string const& text) {
  // A progress line that cannot be shown is not worth an error.
  [[maybe_unused]] auto const written = write(STDERR_FILENO, text.data(), text.size());
}

std::string bar(double share) {
  auto const filled =
      static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * double{kBarWidth}));
  return "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "]";
}

std::string describe(model::Progress const& step, model::Seconds elapsed) {
  auto line = fmt::format("{} {:6.1f} s  {}", bar(step.share_done), elapsed.count(), step.stage);
  if (step.objective) {
    line += fmt::format("  plan {:.2f}", *step.objective);
  }
  if (step.bound) {
    line += fmt::format("  bound {:.2f}", *step.bound);
  }
  if (step.objective && step.bound) {
    auto const gap =
        std::abs(*step.bound - *step.objective) / std::max(1.0, std::abs(*step.objective));
    line += fmt::format("  gap {:.2f} %", 100 * gap);
  }
  return line;
}

}  // namespace

ProgressLine::ProgressLine(Session const& session) : session_{session} {
  auto const terminal = standard_error();
  watched_ = terminal.watched;
  width_ = static_cast<std::size_t>(terminal.width) - 1;
}

ProgressLine::~ProgressLine() {
  if (watched_ && shown_at_ >= 0) {
    write_raw("\r" + std::string(width_, ' ') + "\r");
  }
}

void ProgressLine::show(model::Progress const& step) {
  if (!watched_) {
    return;
  }
  std::scoped_lock const lock{mutex_};
  auto const now = session_.elapsed();
  if (step.stage == stage_ && now.count() < shown_at_ + kSecondsBetween) {
    return;
  }
  stage_ = step.stage;
  shown_at_ = now.count();
  auto line = describe(step, now);
  line.resize(width_, ' ');
  write_raw("\r" + line);
}

}  // namespace guarantor::app
