#include "bench/watch_measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "guarantor/monitor/watch_desk.h"
#include "guarantor/store/sqlite_store.h"

namespace guarantor::bench {
namespace {

using model::Done;
using model::Observation;
using model::Result;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReportsAnIncident = 20;
constexpr int kObservers = 6;
/// Ten days of 600,000 reports each in ten minutes: a second on the clock is 24 minutes of them.
constexpr int kSecondsASecond = 1440;

model::Instant const kBegin{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1}};

store::Author feed() {
  return {"synthetic feed", kBegin};
}

/// Observations in the order in which they arrive.
class Stream {
 public:
  std::vector<Observation> next(std::size_t count, double at) {
    std::vector<Observation> batch;
    while (batch.size() < count) {
      if (!late_.empty() && late_.front().first <= at) {
        batch.push_back(std::move(late_.front().second));
        late_.pop_front();
        continue;
      }
      Observation seen = report(at);
      auto const chance = draw_() % 100;
      if (chance < 2) {
        late_.emplace_back(at + 5, std::move(seen));
      } else if (chance < 4) {
        batch.push_back(seen);
        batch.push_back(std::move(seen));
      } else if (chance < 5) {
        batch.push_back(seen);
        seen.reported = kBegin;
        seen.count = 2;
        batch.push_back(std::move(seen));
      } else {
        batch.push_back(std::move(seen));
      }
    }
    return batch;
  }

 private:
  struct Incident {
    double longitude{};
    double latitude{};
    model::Instant at;
    std::size_t left{};
  };

  Observation report(double at) {
    auto const stream_time =
        kBegin + std::chrono::microseconds{static_cast<std::int64_t>(at * 1e6) * kSecondsASecond};
    if (open_.size() < 500) {
      open_.push_back({.longitude = 34 + unit_(draw_) * 5,
                       .latitude = 47 + unit_(draw_) * 4,
                       .at = stream_time,
                       .left = kReportsAnIncident});
    }
    std::size_t const which = draw_() % open_.size();
    Incident& incident = open_[which];
    Observation seen;
    ++number_;
    seen.source = fmt::format("synthetic-patrol-{}", number_ % kObservers);
    seen.id = model::ObservationId{fmt::format("{}:{}", seen.source, number_)};
    seen.kind = model::EventKind::kExplosion;
    seen.from = incident.at + std::chrono::seconds{draw_() % 600};
    seen.to = seen.from + std::chrono::seconds{30};
    seen.place = model::Position{
        .longitude = model::Degrees{incident.longitude + (unit_(draw_) - 0.5) * 0.004},
        .latitude = model::Degrees{incident.latitude + (unit_(draw_) - 0.5) * 0.003}};
    seen.precision = model::Metres{150};
    seen.sense = model::Sense::kHeard;
    if (--incident.left == 0) {
      incident = open_.back();
      open_.pop_back();
    }
    return seen;
  }

  std::mt19937 draw_{20261129};
  std::uniform_real_distribution<double> unit_{0, 1};
  std::vector<Incident> open_;
  std::deque<std::pair<double, Observation>> late_;
  std::uint64_t number_{};
};

/// A front of 400 km through the stream, a ceasefire along it.
model::Scenario front() {
  model::Scenario scenario;
  scenario.header.id = model::ScenarioId{"bench"};
  model::Area line;
  line.id = model::AreaId{"front"};
  line.kind = model::AreaKind::kLineOfContact;
  line.sector_length = model::Kilometres{25};
  model::Line drawn;
  for (int i = 0; i <= 40; ++i) {
    drawn.positions.push_back({.longitude = model::Degrees{36 + 0.2 * (i % 2)},
                               .latitude = model::Degrees{47 + 0.1 * i}});
  }
  line.parts = {drawn};
  scenario.areas = {line};
  model::Agreement agreement;
  agreement.id = model::AgreementId{"ceasefire"};
  scenario.agreements = {agreement};
  for (char const* party : {"a", "b"}) {
    scenario.positions.push_back({.agreement = agreement.id,
                                  .party = model::PartyId{party},
                                  .date = std::chrono::floor<std::chrono::days>(kBegin),
                                  .standing = model::Standing::kAccepted});
  }
  model::Clause clause;
  clause.id = model::ClauseId{"no-fire"};
  clause.agreement = agreement.id;
  clause.acts = {model::EventKind::kExplosion};
  clause.line = line.id;
  clause.within = model::Kilometres{15};
  scenario.clauses = {clause};
  return scenario;
}

/// What the process holds in memory now, MiB.
double resident_mib() {
  std::ifstream file{"/proc/self/statm"};
  std::size_t pages = 0;
  file >> pages >> pages;
  constexpr double kPagesAMib = 256;
  return static_cast<double>(pages) / kPagesAMib;
}

/// What is seen of a run.
struct Seen {
  std::vector<float> waits;  ///< ms, an observation
  std::vector<double> memory;
  std::size_t taken{};
  std::size_t repeated{};
  std::size_t revisions{};
  double behind{};  ///< the furthest that taking in fell behind the clock, s
  double seconds{};
};

Result<Done> feed_on_the_clock(WatchQuestion const& question, store::SqliteStore& store,
                               monitor::WatchDesk& desk, Seen& seen) {
  Stream stream;
  auto const begin = Clock::now();
  auto const elapsed = [&] { return std::chrono::duration<double>{Clock::now() - begin}.count(); };
  double published = 0;
  double next_sample = 0;
  auto const steps = static_cast<std::size_t>(question.seconds / question.step);
  auto const size = static_cast<std::size_t>(question.rate * question.step);
  for (std::size_t i = 1; i <= steps; ++i) {
    double const due = static_cast<double>(i) * question.step;
    auto const batch = stream.next(size, due);
    if (double const early = due - elapsed(); early > 0) {
      std::this_thread::sleep_for(std::chrono::duration<double>{early});
    }
    seen.behind = std::max(seen.behind, elapsed() - due);
    auto const taken = desk.take(batch, feed());
    if (!taken.ok()) {
      return taken.error();
    }
    // They arrived evenly over the step that ended when they were due.
    double const done = elapsed();
    for (std::size_t o = 0; o < batch.size(); ++o) {
      double const arrived =
          due - question.step * (1 - static_cast<double>(o) / static_cast<double>(batch.size()));
      seen.waits.push_back(static_cast<float>((done - arrived) * 1000));
    }
    seen.taken += taken.value().taken;
    seen.repeated += taken.value().repeated;
    seen.revisions += taken.value().incidents.size();
    if (done - published > 1) {
      published = done;
      if (auto const out = store.publish({}); !out.ok()) {
        return out;
      }
    }
    if (done >= next_sample) {
      // The waits are ours, not the desk's.
      constexpr double kMib = 1 << 20;
      seen.memory.push_back(resident_mib() -
                            static_cast<double>(seen.waits.size() * sizeof(float)) / kMib);
      next_sample += question.seconds / 20;
    }
  }
  seen.seconds = elapsed();
  return Done{};
}

}  // namespace

Result<Done> measure_watch(WatchQuestion const& question, nlohmann::ordered_json& answer) {
  std::filesystem::remove_all(question.folder);
  std::filesystem::create_directories(question.folder);
  ledger::Seed seed{};
  seed.fill(9);
  auto const key = ledger::SigningKey::make("bench.example/watch", seed);
  auto const file = question.folder / "watch.db";
  if (!key.ok()) {
    return key.error();
  }
  if (auto const made = store::SqliteStore::create(file, key.value(), feed()); !made.ok()) {
    return made;
  }
  auto const store = store::SqliteStore::open(file, key.value());
  if (!store.ok()) {
    return store.error();
  }
  auto const desk = monitor::WatchDesk::open(*store.value(), front());
  if (!desk.ok()) {
    return desk.error();
  }
  Seen seen;
  seen.waits.reserve(static_cast<std::size_t>(question.rate * question.seconds * 1.1));
  if (auto const fed = feed_on_the_clock(question, *store.value(), *desk.value(), seen);
      !fed.ok()) {
    return fed;
  }
  std::ranges::sort(seen.waits);
  auto const at = [&](double share) {
    return seen.waits[static_cast<std::size_t>(share * static_cast<double>(seen.waits.size() - 1))];
  };
  answer["observations"] = seen.waits.size();
  answer["seconds"] = seen.seconds;
  answer["observations_per_second"] = static_cast<double>(seen.waits.size()) / seen.seconds;
  answer["taken"] = seen.taken;
  answer["repeated"] = seen.repeated;
  answer["incident_revisions"] = seen.revisions;
  answer["arrival_to_acknowledged_incident"] = {
      {"p50_ms", at(0.5)}, {"p99_ms", at(0.99)}, {"p999_ms", at(0.999)}, {"most_ms", at(1)}};
  answer["furthest_behind_s"] = seen.behind;
  answer["memory_mib"] = seen.memory;
  answer["store_mib"] = static_cast<double>(std::filesystem::file_size(file)) / (1 << 20);
  return Done{};
}

}  // namespace guarantor::bench
