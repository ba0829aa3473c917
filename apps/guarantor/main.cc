#include <chrono>
#include <csignal>
#include <string>
#include <vector>

#include "guarantor/command_line.h"
#include "guarantor/verbs.h"

int main(int count, char** words) {
  guarantor::app::Session const session{std::chrono::steady_clock::now()};
  // A reader that goes away is an error to tell, not a reason to die silently.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));

  guarantor::app::CommandLine line;
  guarantor::app::add_check(line);
  guarantor::app::add_generate(line);
  guarantor::app::add_plan(line);
  guarantor::app::add_reach(line);
  guarantor::app::add_report(line);
  guarantor::app::add_site(line);
  guarantor::app::add_import(line);
  guarantor::app::add_export(line);
  guarantor::app::add_completion(line);
  guarantor::app::add_man(line);
  return line.run(std::vector<std::string>{words + (count > 0 ? 1 : 0), words + count}, session);
}
