#include "guarantor/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace guarantor::app {
namespace {

constexpr int kLeastWidth = 60;

bool is_set(char const* variable) {
  char const* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool is_dumb() {
  char const* const value = std::getenv("TERM");
  return value != nullptr && std::string_view{value} == "dumb";
}

Terminal look_at(int descriptor) {
  Terminal terminal{.watched = isatty(descriptor) == 1};
  if (!terminal.watched) {
    return terminal;
  }
  terminal.colour = !is_set("NO_COLOR") && !is_dumb();
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    terminal.width = size.ws_col < kLeastWidth ? kLeastWidth : size.ws_col;
  }
  return terminal;
}

/// False, with errno set, where the stream took less than all.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    auto const written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Terminal standard_output() {
  return look_at(STDOUT_FILENO);
}

Terminal standard_error() {
  return look_at(STDERR_FILENO);
}

model::Result<model::Done> print(std::string_view text) {
  if (!write_all(STDOUT_FILENO, text)) {
    return model::Error{
        .kind = model::ErrorKind::kUnwritable,
        .message = fmt::format("standard output took only a part: {}", std::strerror(errno)),
        .hint = ""};
  }
  return model::Done{};
}

void say(std::string_view line) {
  // Nobody is left to tell where standard error itself fails.
  static_cast<void>(write_all(STDERR_FILENO, fmt::format("{}\n", line)));
}

void say(model::Error const& error) {
  auto const hint = error.hint.empty() ? std::string{} : "; " + error.hint;
  say(fmt::format("guarantor: {}: {}{}", model::text(error.kind), error.message, hint));
}

}  // namespace guarantor::app
