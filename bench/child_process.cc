#include "bench/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace guarantor::bench {
namespace {

/// What `posix_spawn` does to the child's streams; goes when its owner goes.
class Streams {
 public:
  explicit Streams(Command const& command) {
    posix_spawn_file_actions_init(&actions_);
    constexpr int kFresh = O_WRONLY | O_CREAT | O_TRUNC;
    constexpr int kMode = 0644;
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, command.out.c_str(), kFresh, kMode);
    if (command.err == command.out) {
      posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
    } else {
      posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, command.err.c_str(), kFresh,
                                       kMode);
    }
  }
  ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
  Streams(Streams const&) = delete;
  Streams& operator=(Streams const&) = delete;

  [[nodiscard]] posix_spawn_file_actions_t const* actions() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// Waits until the child has ended or the deadline has passed; whether it has ended.
bool wait_until(pid_t child, model::Seconds deadline) {
  auto const handle = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) {
    return true;  // an older kernel: no deadline, the wait that follows has no end of its own
  }
  auto const end = std::chrono::steady_clock::now() +
                   std::chrono::milliseconds{static_cast<long>(1000 * deadline.count())};
  int ready = 0;
  for (;;) {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd entry{.fd = handle, .events = POLLIN, .revents = 0};
    ready = poll(&entry, 1, static_cast<int>(std::max<long>(0, left.count())));
    if (ready >= 0 || errno != EINTR) {
      break;
    }
  }
  close(handle);
  return ready != 0;
}

}  // namespace

model::Result<Ending> run(Command const& command) {
  std::vector<char*> words;
  for (std::string const& word : command.words) {
    words.push_back(const_cast<char*>(word.c_str()));  // argv is not const for historical reasons
  }
  words.push_back(nullptr);

  Streams const streams{command};
  auto const began = std::chrono::steady_clock::now();
  pid_t child = 0;
  int const failure =
      posix_spawnp(&child, words.front(), streams.actions(), nullptr, words.data(), environ);
  if (failure != 0) {
    return model::Error{
        model::ErrorKind::kNotFound,
        fmt::format("cannot run {}: {}", command.words.front(), std::strerror(failure)), ""};
  }
  Ending ending;
  ending.timed_out = !wait_until(child, command.deadline);
  if (ending.timed_out) {
    kill(child, SIGKILL);
  }
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  ending.seconds = model::Seconds{
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count()};
  auto const seconds_of = [](timeval const& time) {
    constexpr double kMicroseconds = 1e6;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / kMicroseconds;
  };
  ending.processor_seconds =
      model::Seconds{seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)};
  ending.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  constexpr double kKibInMib = 1024;
  ending.peak_mib = static_cast<double>(usage.ru_maxrss) / kKibInMib;
  return ending;
}

bool is_runnable(std::string const& program) {
  if (program.find('/') != std::string::npos) {
    return access(program.c_str(), X_OK) == 0;
  }
  char const* const path = std::getenv("PATH");
  std::istringstream folders{path != nullptr ? path : ""};
  for (std::string folder; std::getline(folders, folder, ':');) {
    folder += '/';
    folder += program;
    if (access(folder.c_str(), X_OK) == 0) {
      return true;
    }
  }
  return false;
}

}  // namespace guarantor::bench
