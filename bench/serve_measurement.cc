#include "bench/serve_measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "bench/child_process.h"
#include "bench/http_load.h"
#include "bench/served_process.h"
#include "guarantor/intake/observation_json.h"
#include "guarantor/model/observation.h"

namespace guarantor::bench {
namespace {

using Json = nlohmann::ordered_json;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr double kRowChanges = 0.02;  // of all requests
constexpr double kObservations = 0.05;
constexpr double kSecondsListened = 15;  // on average, before a stream is cut off
constexpr std::chrono::milliseconds kTick{5};
constexpr std::chrono::seconds kSettles{10};

/// The program with these words, to its end; what it printed.
Result<std::string> call(ServeQuestion const& question, std::vector<std::string> words) {
  words.insert(words.begin(), question.program);
  auto const out = question.folder / "out.txt";
  auto const ending = run({.words = words, .out = out, .err = question.folder / "err.txt"});
  if (!ending.ok()) {
    return ending.error();
  }
  if (ending.value().exit_code != 0) {
    return Error{ErrorKind::kDefect, fmt::format("`{}` failed", fmt::join(words, " ")),
                 (question.folder / "err.txt").string()};
  }
  std::ifstream file{out};
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  return text;
}

/// An account, and a token of it.
Result<std::string> token(ServeQuestion const& question, std::string const& store,
                          std::string const& name, std::string const& role) {
  // A password is read from a terminal or a pipe alone.
  auto const password = question.folder / "password";
  std::ofstream{password} << "four quiet lanterns\n";
  auto const added =
      run({.words = {"sh", "-c", R"("$0" user add "$1" --role "$2" --store "$3" --stdin < "$4")",
                     question.program, name, role, store, password.string()},
           .out = question.folder / "out.txt",
           .err = question.folder / "err.txt"});
  if (!added.ok() || added.value().exit_code != 0) {
    return added.ok() ? Error{ErrorKind::kDefect, fmt::format("no account {}", name), ""}
                      : added.error();
  }
  return call(question, {"user", "token", name, "load", "--store", store});
}

struct Tokens {
  std::string planner;
  std::string monitor;
  std::vector<std::string> listening;
};

/// Asks at random for as long as it lasts, and puts down how long each took.
class Load {
 public:
  Load(HttpLoad& http, Tokens const& tokens, std::string scenario)
      : http_{http}, tokens_{tokens}, path_{"/api/scenarios/" + scenario} {}

  /// Reads keys of rows to ask for. False where there are none.
  bool prepare() {
    std::string body;
    http_.ask(get("/tables/pledges?limit=200", tokens_.planner),
              [&](Reply const& reply) { body = reply.body; });
    http_.run(std::chrono::seconds{60}, true);
    auto const json = Json::parse(body, nullptr, false);
    if (json.is_object() && json.contains("items")) {
      for (auto const& row : json["items"]) {
        keys_.push_back(row["key"].get<std::string>());
      }
    }
    return !keys_.empty();
  }

  void ask_something() {
    double const drawn = std::uniform_real_distribution{0.0, 1.0}(draw_);
    if (drawn < kRowChanges) {
      change_row();
    } else if (drawn < kRowChanges + kObservations) {
      observe();
    } else {
      read();
    }
  }

  void write(Json& answer) const {
    std::vector<double> reads;
    for (auto const& [kind, taken] : took_) {
      answer["milliseconds"][kind] = summary(taken);
      if (kind.starts_with("read")) {
        reads.insert(reads.end(), taken.begin(), taken.end());
      }
    }
    answer["reads"] = summary(std::move(reads));
    for (auto const& [kind, statuses] : statuses_) {
      for (auto const& [status, count] : statuses) {
        answer["answers"][kind][std::to_string(status)] = count;
      }
    }
  }

 private:
  std::string get(std::string const& path, std::string const& token) const {
    return fmt::format("GET {}{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n", path_,
                       path, token);
  }
  std::string key() {
    return keys_[std::uniform_int_distribution<std::size_t>{0, keys_.size() - 1}(draw_)];
  }
  void note(std::string const& kind, Reply const& reply) {
    took_[kind].push_back(1'000 * reply.seconds);
    ++statuses_[kind][reply.status];
  }

  void read() {
    auto const& delegate = tokens_.listening[1 + draw_() % (tokens_.listening.size() - 1)];
    auto const& token = draw_() % 2 == 0 ? tokens_.planner : delegate;
    std::string kind = "read row";
    std::string request = get("/tables/pledges/" + key(), token);
    switch (draw_() % 10) {
      case 0:
        kind = "read pot";
        request = get("/pot", token);
        break;
      case 1:
      case 2:
        kind = "read table";
        request = get("/tables/pledges?limit=100", token);
        break;
      case 3:
      case 4:
        kind = "read incidents";
        request = fmt::format(
            "GET /api/incidents?limit=100 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n",
            tokens_.monitor);
        break;
      case 5:
        kind = "read layer";
        request = get("/layers/locations", token);
        break;
      case 6:
        kind = "read scenario";
        request = get("", token);
        break;
      default:
        break;
    }
    http_.ask(std::move(request), [this, kind](Reply const& reply) { note(kind, reply); });
  }

  void change_row() {
    auto const path = "/tables/pledges/" + key();
    http_.ask(get(path, tokens_.planner), [this, path](Reply const& reply) {
      note("read row", reply);
      auto const json = Json::parse(reply.body, nullptr, false);
      if (!json.is_object() || !json.contains("etag")) {
        return;
      }
      Json body{{"cells", json["cells"]}};
      body["cells"]["note"] = fmt::format("note {}", ++changes_);
      auto const tag = json["etag"].get<std::string>();
      auto const text = body.dump();
      http_.ask(fmt::format("PUT {}{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n"
                            "If-Match: {}\r\nContent-Type: application/json\r\n"
                            "Content-Length: {}\r\n\r\n{}",
                            path_, path, tokens_.planner,
                            tag.starts_with('"') ? tag : '"' + tag + '"', text.size(), text),
                [this](Reply const& changed) { note("change row", changed); });
    });
  }

  void observe() {
    model::Observation seen;
    seen.id = model::ObservationId{fmt::format("load:{}", ++observed_)};
    seen.source = "load";
    seen.kind = model::EventKind::kExplosion;
    seen.from =
        std::chrono::time_point_cast<model::Instant::duration>(std::chrono::system_clock::now());
    seen.to = seen.from;
    seen.reported = seen.from;
    auto along = std::uniform_real_distribution{0.0, 1.0};
    seen.place = model::Position{.longitude = model::Degrees{36.0 + along(draw_)},
                                 .latitude = model::Degrees{48.0 + along(draw_)}};
    seen.precision = model::Metres{300};
    auto const text = intake::to_json(seen) + "\n";
    http_.ask(
        fmt::format("POST /api/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n"
                    "Content-Type: application/x-ndjson\r\nContent-Length: {}\r\n\r\n{}",
                    tokens_.monitor, text.size(), text),
        [this](Reply const& reply) { note("observe", reply); });
  }

  static Json summary(std::vector<double> taken) {
    if (taken.empty()) {
      return {{"requests", 0}};
    }
    std::ranges::sort(taken);
    auto const at = [&](double share) {
      auto const place = static_cast<std::size_t>(share * static_cast<double>(taken.size()));
      return taken[std::min(taken.size() - 1, place)];
    };
    return {
        {"requests", taken.size()}, {"p50", at(0.5)}, {"p99", at(0.99)}, {"most", taken.back()}};
  }

  HttpLoad& http_;
  Tokens const& tokens_;
  std::string path_;
  std::mt19937 draw_{20'260'106};
  std::vector<std::string> keys_;
  std::map<std::string, std::vector<double>> took_;
  std::map<std::string, std::map<int, std::size_t>> statuses_;
  std::size_t changes_{};
  std::size_t observed_{};
};

/// Whoever listens with the same eyes is told the same: what one had and another had not was lost.
Json compare(std::vector<Listened> const& listened) {
  std::map<std::string, std::set<std::uint64_t>> told;
  for (Listened const& one : listened) {
    told[one.token].insert(one.ids.begin(), one.ids.end());
  }
  std::size_t heard = 0;
  std::size_t lost = 0;
  std::size_t doubled = 0;
  std::size_t comebacks = 0;
  std::size_t resets = 0;
  for (Listened const& one : listened) {
    std::set<std::uint64_t> const ids{one.ids.begin(), one.ids.end()};
    heard += ids.size();
    doubled += one.ids.size() - ids.size();
    lost += told[one.token].size() - ids.size();
    comebacks += one.comebacks;
    resets += one.resets;
  }
  std::size_t published = 0;
  for (auto const& [token, ids] : told) {
    published = std::max(published, ids.size());
  }
  return {{"listeners", listened.size()},
          {"published_to_one_viewer", published},
          {"heard", heard},
          {"lost", lost},
          {"doubled", doubled},
          {"reconnections", comebacks},
          {"resets", resets}};
}

/// Asks and cuts off at the rates; what `each_tenth` does is done ten times on the way.
void apply(ServeQuestion const& question, HttpLoad& http, Load& load,
           std::function<void()> const& each_tenth) {
  using Clock = std::chrono::steady_clock;
  std::mt19937 draw{1};
  auto const begun = Clock::now();
  double asked = 0;
  double cut = 0;
  int tenths = 0;
  for (;;) {
    double const now = std::chrono::duration<double>{Clock::now() - begun}.count();
    if (now >= question.seconds) {
      return;
    }
    if (now >= question.seconds * (tenths + 1) / 10) {
      each_tenth();
      ++tenths;
    }
    for (; asked < now * question.rate; ++asked) {
      load.ask_something();
    }
    for (; cut < now * static_cast<double>(question.listeners) / kSecondsListened; ++cut) {
      http.come_back(draw() % question.listeners);
    }
    http.run(kTick);
  }
}

Result<Tokens> prepare(ServeQuestion const& question, std::string const& store) {
  for (auto const& words : std::vector<std::vector<std::string>>{
           {"store", "init", store}, {"store", "import", store, question.scenario.string()}}) {
    if (auto const done = call(question, words); !done.ok()) {
      return done.error();
    }
  }
  Tokens tokens;
  std::map<std::string, std::string> made;
  for (auto const& [name, role] :
       std::vector<std::pair<std::string, std::string>>{{"anna", "planner"},
                                                        {"mira", "monitor"},
                                                        {"bert", "delegate:XAL"},
                                                        {"cleo", "delegate:XBR"},
                                                        {"otto", "auditor"}}) {
    auto text = token(question, store, name, role);
    if (!text.ok()) {
      return text.error();
    }
    tokens.listening.push_back(std::move(text).value());
  }
  tokens.planner = tokens.listening[0];
  tokens.monitor = tokens.listening[1];
  return tokens;
}

}  // namespace

Result<Done> measure_serve(ServeQuestion const& question, Json& answer) {
  std::filesystem::remove_all(question.folder);
  std::filesystem::create_directories(question.folder);
  auto const store = (question.folder / "load.db").string();
  auto const tokens = prepare(question, store);
  if (!tokens.ok()) {
    return tokens.error();
  }
  auto const server = ServedProcess::start(question.program, store, question.folder / "server.log");
  if (!server.ok()) {
    return server.error();
  }
  HttpLoad http{server.value()->port()};
  Load load{http, tokens.value(), question.scenario.filename().string()};
  if (!load.prepare()) {
    return Error{ErrorKind::kDefect, "the scenario has no pledges to ask for", ""};
  }
  for (std::size_t i = 0; i < question.listeners; ++i) {
    http.listen(tokens.value().listening[i % tokens.value().listening.size()]);
  }
  http.run(std::chrono::seconds{3});
  answer["mib_at_start"] = server.value()->resident_mib();
  answer["mib_each_tenth"] = Json::array();
  apply(question, http, load,
        [&] { answer["mib_each_tenth"].push_back(server.value()->resident_mib()); });
  http.run(std::chrono::seconds{60}, true);
  answer["unanswered"] = http.unanswered();
  http.run(kSettles);
  answer["mib_at_end"] = server.value()->resident_mib();
  load.write(answer);
  answer["events"] = compare(http.listened());
  answer["seconds_to_stop"] = server.value()->stop();
  return Done{};
}

}  // namespace guarantor::bench
