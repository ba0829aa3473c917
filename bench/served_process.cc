#include "bench/served_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <utility>

namespace guarantor::bench {

using model::Error;
using model::ErrorKind;
using model::Result;

Result<std::unique_ptr<ServedProcess>> ServedProcess::start(std::string const& program,
                                                            std::filesystem::path const& store,
                                                            std::filesystem::path const& log) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Error{ErrorKind::kUnwritable, "there is no pipe to be had", ""};
  }
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0644);
  std::vector<std::string> words{program, "serve", "--store", store.string(), "--port", "0"};
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  pid_t child = 0;
  int const failed =
      posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string said;
  std::array<char, 256> piece{};
  while (failed == 0 && said.find('\n') == std::string::npos) {
    auto const got = read(ends[0], piece.data(), piece.size());
    if (got <= 0) {
      break;
    }
    said.append(piece.data(), static_cast<std::size_t>(got));
  }
  close(ends[0]);
  if (failed != 0) {
    return Error{ErrorKind::kNotFound, fmt::format("{} does not start", program), ""};
  }
  std::unique_ptr<ServedProcess> process{new ServedProcess{child, 0}};
  auto const colon = said.rfind(':');
  auto const* const from = said.data() + (colon == std::string::npos ? said.size() : colon + 1);
  auto const [end, wrong] = std::from_chars(from, said.data() + said.size(), process->port_);
  if (wrong != std::errc{}) {
    return Error{ErrorKind::kDefect, fmt::format("it does not listen: {}", said), log.string()};
  }
  return process;
}

ServedProcess::~ServedProcess() {
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
}

double ServedProcess::resident_mib() const {
  std::ifstream file{fmt::format("/proc/{}/statm", child_)};
  double whole = 0;
  double resident = 0;
  file >> whole >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1U << 20U);
}

double ServedProcess::stop() {
  auto const begun = std::chrono::steady_clock::now();
  kill(child_, SIGTERM);
  waitpid(child_, nullptr, 0);
  child_ = 0;
  return std::chrono::duration<double>{std::chrono::steady_clock::now() - begun}.count();
}

}  // namespace guarantor::bench
