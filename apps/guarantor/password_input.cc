#include "guarantor/password_input.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <optional>
#include <string_view>

namespace guarantor::app {
namespace {

constexpr char kInterrupt = '\x03';

/// The terminal with its echo off, as it was before once this goes. Ctrl-C is taken as a character
/// meanwhile: a program that died here would leave the terminal mute.
class QuietTerminal {
 public:
  QuietTerminal() : descriptor_{::open("/dev/tty", O_RDWR | O_CLOEXEC)} {
    if (descriptor_ >= 0 && ::tcgetattr(descriptor_, &before_) == 0) {
      termios quiet = before_;
      quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
      ready_ = ::tcsetattr(descriptor_, TCSAFLUSH, &quiet) == 0;
    }
  }
  QuietTerminal(QuietTerminal const&) = delete;
  QuietTerminal& operator=(QuietTerminal const&) = delete;
  ~QuietTerminal() {
    if (ready_) {
      ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    }
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }

  [[nodiscard]] bool ready() const { return ready_; }
  void show(std::string_view text) const {
    static_cast<void>(!::write(descriptor_, text.data(), text.size()));
  }
  /// What is typed up to the end of the line; nothing where the terminal ends first.
  [[nodiscard]] std::optional<std::string> line() const {
    std::string text;
    for (char c = 0; ::read(descriptor_, &c, 1) == 1;) {
      if (c == '\n') {
        return text.find(kInterrupt) == std::string::npos ? std::optional{text} : std::nullopt;
      }
      text += c;
    }
    return std::nullopt;
  }

 private:
  int descriptor_;
  bool ready_{false};
  termios before_{};
};

}  // namespace

model::Result<std::string> ask_password(PasswordWords const& words, std::string const& question) {
  if (words.standard_input) {
    std::string line;
    if (!std::getline(std::cin, line)) {
      return model::Error{model::ErrorKind::kBadInput, "standard input has no further line",
                          "a password a line"};
    }
    return line;
  }
  QuietTerminal const terminal;
  if (!terminal.ready()) {
    return model::Error{model::ErrorKind::kBadInput, "there is no terminal to ask for a password",
                        "with --stdin it is read from standard input"};
  }
  terminal.show(question + ": ");
  auto const line = terminal.line();
  terminal.show("\n");
  if (!line) {
    return model::Error{model::ErrorKind::kBadInput, "no password was typed", ""};
  }
  return *line;
}

model::Result<std::string> ask_new_password(PasswordWords const& words) {
  auto first = ask_password(words, "New password");
  if (!first.ok() || words.standard_input) {
    return first;
  }
  auto const second = ask_password(words, "The same again");
  if (!second.ok()) {
    return second.error();
  }
  if (first.value() != second.value()) {
    return model::Error{model::ErrorKind::kBadInput, "the two are not the same", ""};
  }
  return first;
}

}  // namespace guarantor::app
