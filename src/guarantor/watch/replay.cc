#include "guarantor/watch/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "guarantor/watch/replay_draw.h"
#include "guarantor/watch/replay_ground.h"
#include "guarantor/watch/replay_play.h"
#include "guarantor/watch/replay_script.h"
#include "guarantor/watch/replay_truth.h"
#include "guarantor/watch/replay_watchers.h"
#include "guarantor/watch/replay_witnesses.h"

namespace guarantor::watch {
namespace {

using model::Instant;
using model::Observation;

constexpr int kMost = 400;

struct Delivery {
  Instant arrives;
  Observation report;
};

/// What its source says when, and when it comes in.
class Post {
 public:
  explicit Post(std::uint64_t seed) : seed_{seed} {}

  void send(Observation report, double late = 0.05) {
    ReplayDraw draw{seed_, "replay post", ++number_};
    Instant const said = report.reported.value_or(report.to);
    Instant const arrives =
        said + (draw.chance(late) ? draw.hours(20, 100) : draw.minutes(0.1, 12));
    if (draw.chance(0.03)) {
      all_.push_back({arrives + draw.minutes(1, 3'000), report});
    }
    all_.push_back({arrives, std::move(report)});
  }

  void send(Testimony const& said) {
    ReplayDraw draw{seed_, "replay telling", ++number_};
    bool const slow = said.report.source == "synthetic-press";
    Instant const first = said.report.to + (slow ? draw.hours(2, 30) : draw.minutes(1, 240));
    Observation report = said.report;
    report.reported = first;
    if (said.earlier || said.taken_back) {
      Observation before = said.earlier.value_or(said.report);
      before.reported = first;
      send(std::move(before));
      report.reported = first + draw.hours(1, 20);
      report.withdrawn = said.taken_back;
    }
    send(std::move(report));
  }

  std::vector<Observation> in_order() && {
    std::ranges::stable_sort(all_, [](Delivery const& a, Delivery const& b) {
      return std::tie(a.arrives, a.report.id) < std::tie(b.arrives, b.report.id);
    });
    std::vector<Observation> stream;
    stream.reserve(all_.size());
    for (Delivery& delivery : all_) {
      stream.push_back(std::move(delivery.report));
    }
    return stream;
  }

 private:
  std::uint64_t seed_;
  std::uint64_t number_{};
  std::vector<Delivery> all_;
};

std::string quoted(std::string const& cell) {
  if (cell.find_first_of(",\"\n") == std::string::npos) {
    return cell;
  }
  std::string text = "\"";
  for (char const c : cell) {
    text += c;
    if (c == '"') {
      text += c;
    }
  }
  return text + '"';
}

template <class Range, class Print>
std::string listed(Range const& range, Print print) {
  std::string text;
  for (auto const& item : range) {
    text += (text.empty() ? "" : " ") + print(item);
  }
  return text;
}

std::string row(InjectedIncident const& truth) {
  auto const name = [](auto const& id) { return id.text(); };
  auto const place = truth.place ? fmt::format("{:.6f},{:.6f}", truth.place->latitude.count(),
                                               truth.place->longitude.count())
                                 : ",";
  auto const number = [](model::MunitionCount const& count) {
    return fmt::format("{},{},{}", count.explosions, count.bursts, count.shots);
  };
  auto const touched = listed(truth.clauses, [](TouchedClause const& of) {
    return fmt::format("{}={}{}{}", of.clause.text(), model::text(of.outcome), of.exempt ? ":" : "",
                       of.exempt ? model::text(*of.exempt) : "");
  });
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", truth.id,
                     truth.story, model::text(truth.what), model::text(truth.kind),
                     model::print(truth.from), model::print(truth.to), place, truth.sector.text(),
                     truth.weapon, truth.calibre ? fmt::format("{}", truth.calibre->count()) : "",
                     truth.actor, truth.live_fire ? "yes" : "no", number(truth.happened),
                     number(truth.countable), listed(truth.observations, name),
                     listed(truth.watched_by, name), quoted(truth.missed), touched);
}

}  // namespace

model::Result<Replay> replay(model::Scenario const& scenario, ReplayRequest const& request) {
  auto const within = [](int number) { return number >= 1 && number <= kMost; };
  if (!within(request.days) || !within(request.incidents_a_day)) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{} days of {} incidents cannot be played", request.days,
                                    request.incidents_a_day),
                        "1 to 400 of each"};
  }
  auto const ground = ReplayGround::from(scenario);
  if (!ground.ok()) {
    return ground.error();
  }
  ReplayWatchers const watchers{ground.value(), request};
  auto const plays = played(ground.value(), watchers, request);
  auto const said = testimonies(ground.value(), watchers, plays, request);
  Post post{request.seed};
  for (Observation const& record : watchers.records()) {
    post.send(record);
  }
  for (Play const& play : plays) {
    if (play.notice) {
      Observation notice = *play.notice;
      notice.id = model::ObservationId{fmt::format("{}:n{:05}", notice.source, play.number + 1)};
      post.send(std::move(notice));
    }
  }
  for (Testimony const& testimony : said) {
    post.send(testimony);
  }
  for (Testimony const& testimony : false_reports(ground.value(), request)) {
    post.send(testimony);
  }
  return Replay{.stream = std::move(post).in_order(),
                .incidents = truth_of(ground.value(), watchers, plays, said)};
}

std::string truth_csv(std::span<InjectedIncident const> incidents) {
  std::string text =
      "incident,story,class,kind,from,to,lat,lon,sector,weapon,calibre_mm,actor,live_fire,"
      "explosions,bursts,shots,countable_explosions,countable_bursts,countable_shots,observations,"
      "watched_by,missed,clauses\n";
  for (InjectedIncident const& incident : incidents) {
    text += row(incident);
  }
  return text;
}

}  // namespace guarantor::watch
