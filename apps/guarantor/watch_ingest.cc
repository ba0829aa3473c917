#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "guarantor/monitor/incident_json.h"
#include "guarantor/monitor/ingest.h"
#include "guarantor/monitor/watch_desk.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch_input.h"
#include "guarantor/watched_run.h"

namespace guarantor::app {
namespace {

constexpr std::size_t kMostAtOnce = 100'000;
constexpr std::size_t kPiece = std::size_t{1} << 16U;
constexpr auto kWait = std::chrono::milliseconds{100};
constexpr auto kBetweenAssessments = std::chrono::seconds{2};
constexpr auto kBetweenCheckpoints = std::chrono::seconds{1};

struct Options {
  WatchWords words;
  std::vector<std::string> files;
  std::string format;
  std::string mapping;
  std::size_t batch{1000};
  bool follow{};
  bool json{};
};

model::Result<std::optional<intake::Mapping>> read_mapping(std::string const& path) {
  if (path.empty()) {
    return std::optional<intake::Mapping>{};
  }
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("{} cannot be read", path), ""};
  }
  std::string const text{std::istreambuf_iterator<char>{file}, {}};
  auto reading = intake::Mapping::parse(text);
  for (auto const& problem : reading.problems) {
    say(fmt::format("{}:{}: {}", path, problem.line, problem.message));
  }
  if (!reading.mapping) {
    return model::Error{model::ErrorKind::kBadInput, fmt::format("{}: no mapping", path),
                        "docs/watch-intake.md shows one"};
  }
  return std::move(reading.mapping);
}

/// A file, or standard input, piece by piece.
class Source {
 public:
  static model::Result<Source> open(std::string const& path) {
    int const file = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
      return model::Error{model::ErrorKind::kNotFound, fmt::format("{} cannot be read", path), ""};
    }
    return Source{file, path};
  }
  Source(Source&& other) noexcept
      : file_{std::exchange(other.file_, -1)}, name_{std::move(other.name_)} {}
  Source& operator=(Source&&) = delete;
  ~Source() {
    if (file_ > STDERR_FILENO) {
      ::close(file_);
    }
  }

  /// Whether `next` would not wait. It waits a moment itself, and no longer, so that who is to stop
  /// need not wait for a quiet stream.
  [[nodiscard]] bool ready() const {
    pollfd one{.fd = file_, .events = POLLIN, .revents = 0};
    return ::poll(&one, 1, static_cast<int>(kWait.count())) != 0;
  }
  /// The next bytes; none at the end, or for now.
  model::Result<std::string_view> next() {
    for (;;) {
      auto const got = ::read(file_, piece_.data(), piece_.size());
      if (got >= 0) {
        return std::string_view{piece_.data(), static_cast<std::size_t>(got)};
      }
      if (errno != EINTR) {
        return model::Error{model::ErrorKind::kNotFound,
                            fmt::format("{}: {}", name_, std::strerror(errno)), ""};
      }
    }
  }
  [[nodiscard]] bool waits() const { return file_ == STDIN_FILENO; }

 private:
  Source(int file, std::string name) : file_{file}, name_{std::move(name)} {}
  int file_;
  std::string name_;
  std::array<char, kPiece> piece_{};
};

/// Keeps a stream, and the public folder up to date about once a second.
class Intake {
 public:
  Intake(Options const& options, store::SqliteStore& store, monitor::WatchDesk& desk,
         WatchedRun const& run)
      : options_{options}, store_{store}, desk_{desk}, run_{run} {}

  model::Result<monitor::IngestCounts> take(std::string const& path,
                                            std::optional<intake::Mapping> const& mapping) {
    auto source = Source::open(path);
    if (!source.ok()) {
      return source.error();
    }
    monitor::IngestOptions asked{.name = path == "-" ? "standard input" : path,
                                 .format = intake_format(),
                                 .mapping = mapping,
                                 .limits = {},
                                 .batch = options_.batch,
                                 .author = [this] { return author(options_.words.store); },
                                 .kept = [this](auto const& batch) { return tell(batch); }};
    monitor::Ingest ingest{desk_, std::move(asked)};
    auto const read = read_all(source.value(), ingest);
    if (!read.ok()) {
      // A damaged stream: what came before is kept.
      say(summary(path, ingest.counts()));
      return read.error();
    }
    say(summary(path, ingest.counts()));
    return ingest.counts();
  }

 private:
  [[nodiscard]] std::optional<intake::Format> intake_format() const {
    return options_.format.empty() ? std::nullopt : model::parse<intake::Format>(options_.format);
  }

  model::Result<model::Done> read_all(Source& source, monitor::Ingest& ingest) {
    while (!run_.control().cancelled()) {
      if (!source.ready()) {
        if (auto const assessed = reassess(); !assessed.ok()) {
          return assessed;
        }
        continue;
      }
      auto const bytes = source.next();
      if (!bytes.ok()) {
        auto const kept = ingest.flush();
        return kept.ok() ? bytes.error() : kept;
      }
      if (bytes.value().empty()) {
        if (!options_.follow || source.waits()) {
          break;
        }
        std::this_thread::sleep_for(kWait);
        if (auto const assessed = reassess(); !assessed.ok()) {
          return assessed;
        }
        continue;
      }
      auto fed = ingest.feed(bytes.value());
      // Who watches a stream wants to see it now; a file may wait for full batches.
      if (fed.ok() && (options_.follow || source.waits())) {
        fed = ingest.flush();
        fed = fed.ok() ? reassess() : fed;
      }
      if (!fed.ok()) {
        return fed;
      }
      run_.control().report(
          {.stage = fmt::format("{} observations, {} incidents opened",
                                ingest.counts().observations, ingest.counts().opened),
           .objective = {},
           .bound = {}});
    }
    // What an interruption cut in two is no record.
    return run_.control().cancelled() ? ingest.flush() : ingest.finish();
  }

  /// What late notices and thresholds say of what has come, about every other second.
  model::Result<model::Done> reassess() {
    auto const now = std::chrono::steady_clock::now();
    if (now - assessed_ < kBetweenAssessments) {
      return model::Done{};
    }
    assessed_ = now;
    auto const changed = desk_.reassess(author(options_.words.store));
    if (!changed.ok()) {
      return changed.error();
    }
    return options_.json ? print(lines_of(changed.value()))
                         : model::Result<model::Done>{model::Done{}};
  }

  static std::string lines_of(std::vector<model::Incident> const& incidents) {
    std::string lines;
    for (model::Incident const& incident : incidents) {
      lines += monitor::to_json(incident) + "\n";
    }
    return lines;
  }

  model::Result<model::Done> tell(monitor::TakenBatch const& batch) {
    if (options_.json) {
      if (auto const printed = print(lines_of(batch.incidents)); !printed.ok()) {
        return printed;
      }
    }
    auto const now = std::chrono::steady_clock::now();
    if (now - published_ < kBetweenCheckpoints) {
      return model::Done{};
    }
    published_ = now;
    return store_.publish({});
  }

  static std::string summary(std::string const& path, monitor::IngestCounts const& counts) {
    std::string text = fmt::format(
        "{}: {} observations read, {} taken, {} repeated; {} incidents opened, {} revisions; {} "
        "records rejected",
        path == "-" ? "standard input" : path, counts.observations, counts.taken, counts.repeated,
        counts.opened, counts.revisions, counts.rejects.total());
    if (counts.overtaken > 0) {
      text += fmt::format(
          "\n  {} passed over: another version stands, and they were not reported later "
          "(`reported`)",
          counts.overtaken);
    }
    for (std::size_t i = 0; i < intake::kRejectReasons; ++i) {
      auto const reason = static_cast<intake::RejectReason>(i);
      if (counts.rejects.count(reason) > 0) {
        text += fmt::format("\n  {} {}, e.g. {}", counts.rejects.count(reason), model::text(reason),
                            print(counts.rejects.examples(reason).front()));
      }
    }
    return text;
  }

  Options const& options_;
  store::SqliteStore& store_;
  monitor::WatchDesk& desk_;
  WatchedRun const& run_;
  std::chrono::steady_clock::time_point published_{};
  std::chrono::steady_clock::time_point assessed_{std::chrono::steady_clock::now()};
};

model::Result<model::Done> run(Options const& options, Session const& session) {
  if (!options.format.empty() && !model::parse<intake::Format>(options.format)) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("`{}` is no format", options.format),
                        "firms, ucdp-ged, geojson, cot, observations or csv"};
  }
  if (options.follow && options.files.size() > 1) {
    return model::Error{model::ErrorKind::kBadInput, "--follow goes on with one file for ever",
                        "give the others without it"};
  }
  WatchedRun const watched{session};
  auto const mapping = read_mapping(options.mapping);
  auto const scenario = mapping.ok() ? watch_scenario(options.words) : mapping.error();
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const store = open_to_write(options.words.store);
  if (!store.ok()) {
    return store.error();
  }
  auto const alone = hold_watch(*store.value());
  if (!alone.ok()) {
    return alone.error();
  }
  auto const desk = monitor::WatchDesk::open(*store.value(), scenario.value());
  if (!desk.ok()) {
    return desk.error();
  }
  Intake intake{options, *store.value(), *desk.value(), watched};
  model::Result<model::Done> taken{model::Done{}};
  auto const files = options.files.empty() ? std::vector<std::string>{"-"} : options.files;
  for (std::string const& file : files) {
    auto const counts = intake.take(file, mapping.value());
    if (!counts.ok()) {
      taken = counts.error();
      break;
    }
    if (watched.control().cancelled()) {
      break;
    }
  }
  // Whatever ended it: what is kept is to be tested, and seen.
  auto const changed = desk.value()->reassess(author(options.words.store));
  if (!changed.ok()) {
    return changed.error();
  }
  if (!changed.value().empty()) {
    say(fmt::format("{} incidents assessed anew", changed.value().size()));
  }
  auto const published = store.value()->publish({});
  if (!taken.ok()) {
    return taken;
  }
  if (published.ok() && watched.control().cancelled() && !options.follow) {
    return model::Error{model::ErrorKind::kLimit, "stopped before everything was read",
                        "what was read is kept; the same files may be given again"};
  }
  return published;
}

}  // namespace

void add_watch_ingest(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "watch ingest",
       .does = "Take in observations, and make incidents of them, each counted once",
       .examples = "  guarantor watch ingest --store coalition.db patrols.ndjson fires.csv.gz\n"
                   "  guarantor watch ingest --store coalition.db --mapping press.toml press.csv\n"
                   "  guarantor watch ingest --store coalition.db --follow feed.ndjson --json\n"
                   "  sensor-feed | guarantor watch ingest --store coalition.db --format cot"},
      [options](Session const& session) { return run(*options, session); });
  verb.add_option("file", options->files,
                  "Files, plain or compressed by gzip or zstd; - or none: standard input")
      ->type_name("FILE");
  add_watch_writing(verb, options->words);
  add_watch_scenario(verb, options->words);
  verb.add_option("--format", options->format,
                  "What they are in (default: by name and first bytes)")
      ->type_name("firms|ucdp-ged|geojson|cot|observations|csv");
  verb.add_option("--mapping", options->mapping,
                  "Which column of a table is what; see docs/watch-intake.md")
      ->type_name("FILE");
  verb.add_option("--batch", options->batch, "Observations kept in one step (default: 1000)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kMostAtOnce));
  verb.add_flag("--follow", options->follow,
                "Go on with what is added to the file until interrupted");
  verb.add_flag("--json", options->json, "Print each revision of an incident as a line of JSON");
}

}  // namespace guarantor::app
