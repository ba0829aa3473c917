#include "guarantor/tables/osm_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <system_error>
#include <utility>
#include <variant>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/osm_blocks.h"
#include "guarantor/tables/osm_links.h"
#include "guarantor/tables/osm_node_places.h"
#include "guarantor/tables/osm_objects.h"

namespace guarantor::tables {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kMostNodesOfWay = 100'000;

/// The name of a way's links: a road's number and name; of a bridge its own, with the way's id, so
/// that one bridge can be told from all others and closed. Nothing where a name is no text.
std::optional<std::string> name_of(OsmWay const& way, OsmWayUse const& use) {
  constexpr std::size_t kLongest = 1'000;
  std::string_view const bridge_name = use.bridge ? way["bridge:name"] : std::string_view{};
  std::string_view const name = bridge_name.empty() ? way["name"] : bridge_name;
  std::string_view const number = way["ref"];
  if (name.size() + number.size() > kLongest) {
    return std::nullopt;
  }
  std::string whole{number};
  if (!name.empty()) {
    whole += whole.empty() ? "" : " ";
    whole += name;
  }
  if (find_encoding_problem(whole) || find_control_character(whole)) {
    return std::nullopt;
  }
  if (use.bridge) {
    return fmt::format("bridge {}{}(way {})", whole, whole.empty() ? "" : " ", way.id);
  }
  return whole;
}

/// Ways that meet each other, and the nodes they lead over.
struct Medium {
  std::vector<OsmTakenWay> ways;
  std::vector<std::int64_t> references;
};

class NetworkReader {
 public:
  NetworkReader(std::istream& in, std::string const& name, OsmOptions const& options,
                model::RunControl const& control)
      : blocks_{in, name},
        options_{options},
        control_{control},
        findings_{name, options.examples} {}

  Result<OsmNetwork> read() {
    auto const ways = read_blocks("reading ways", 0, [&](std::string_view block) {
      return for_each_way(block, [&](OsmWay const& way) { take(way); });
    });
    if (!ways.ok()) {
      return ways.error();
    }
    if (vehicles_.ways.empty() && trains_.ways.empty()) {
      return nothing("there is no road, railway or ferry in it to move on");
    }
    std::vector<OsmNodePlaces> places;  // of vehicles, of trains
    for (Medium* const medium : {&vehicles_, &trains_}) {
      drop_repeated(*medium);
      places.emplace_back(medium->references);
    }
    auto const nodes = read_blocks("reading nodes", 1, [&](std::string_view block) {
      return for_each_node(block, [&](OsmNode const& node) { locate(node, places); });
    });
    if (!nodes.ok()) {
      return nodes.error();
    }
    return join(places);
  }

 private:
  /// Shows all blocks; `pass` is 0 or 1.
  Result<Done> read_blocks(
      std::string const& stage, int pass,
      std::function<std::optional<std::string>(std::string_view)> const& show) {
    if (auto const begun = blocks_.begin(); !begun.ok()) {
      return begun.error();
    }
    while (true) {
      if (control_.must_stop()) {
        return Error{ErrorKind::kLimit, findings_.file() + ": reading was stopped", ""};
      }
      auto const more = blocks_.next();
      if (!more.ok()) {
        return more.error();
      }
      if (!more.value()) {
        return Done{};
      }
      if (auto const problem = show(blocks_.content())) {
        return blocks_.bad_block(*problem);
      }
      if (refused_) {
        return *refused_;
      }
      constexpr double kPasses = 2;
      control_.report({.stage = stage, .share_done = (pass + blocks_.share_done()) / kPasses});
    }
  }

  void take(OsmWay const& way) {
    if (refused_) {
      return;  // and after this block no other is read
    }
    ++findings_.counts.ways;
    auto const judged = judge(way, options_.take);
    if (auto const* const drop = std::get_if<OsmDrop>(&judged)) {
      ++findings_.counts[*drop];
      return;
    }
    auto const& use = std::get<OsmWayUse>(judged);
    Medium& medium = use.mode == model::LinkMode::kRail ? trains_ : vehicles_;
    OsmTakenWay taken{.id = way.id, .first_node = medium.references.size()};
    std::unique_copy(way.nodes.begin(), way.nodes.end(), std::back_inserter(medium.references));
    std::size_t const nodes = medium.references.size() - taken.first_node;
    if (nodes < 2) {
      medium.references.resize(taken.first_node);
      ++findings_.counts[OsmDrop::kShort];
      return;
    }
    taken.nodes = static_cast<std::uint32_t>(nodes);
    taken.name = place_of_name(way, use);
    check_limits(way, taken);
    taken.speeds = place_of_speeds(use.speeds);
    taken.load_class_t = use.load_class_t;
    taken.mode = use.mode;
    taken.direction = use.direction;
    medium.ways.push_back(taken);
    note_unused(way, use);
  }

  /// A small file can inflate to ways without end.
  void check_limits(OsmWay const& way, OsmTakenWay const& taken) {
    constexpr std::uint64_t kBytesOfNode = 30;  // its id twice, its place and its position
    constexpr std::uint64_t kBytesOfWay = 100;
    constexpr std::uint64_t kAlways = 64ULL << 20;
    constexpr std::uint64_t kTimesFile = 1'000;
    held_ += kBytesOfWay + taken.nodes * (kBytesOfNode + names_[taken.name].size());
    std::uint64_t const most =
        std::min(options_.most_bytes, kAlways + kTimesFile * blocks_.file_bytes());
    if (held_ > most) {
      refused_ = Error{ErrorKind::kLimit,
                       fmt::format("{}: its ways would take more than {} bytes of memory",
                                   findings_.file(), most),
                       "take an extract of it, or greater roads only"};
    }
    if (way.nodes.size() > kMostNodesOfWay) {
      refused_ = blocks_.bad_block(fmt::format("way {} leads over {} nodes, more than {}", way.id,
                                               way.nodes.size(), kMostNodesOfWay));
    }
  }

  void note_unused(OsmWay const& way, OsmWayUse const& use) {
    for (OsmUnusedTag const& unused : use.unused) {
      findings_.note(unused.absurd ? OsmTrouble::kTagAbsurd : OsmTrouble::kTagUnread, [&] {
        return fmt::format("way {}: {} `{}` {}; that of its kind of way counts", way.id,
                           unused.tag.key, excerpt(unused.tag.value),
                           unused.absurd ? "is no limit" : "is not understood");
      });
    }
  }

  std::uint32_t place_of_name(OsmWay const& way, OsmWayUse const& use) {
    if (!options_.names) {
      return 0;
    }
    auto name = name_of(way, use);
    if (!name) {
      findings_.note(OsmTrouble::kNameUnread,
                     [&] { return fmt::format("way {}: its name is no text", way.id); });
    }
    if (!name || name->empty()) {
      return 0;
    }
    names_.push_back(*std::move(name));
    return static_cast<std::uint32_t>(names_.size() - 1);
  }

  std::uint16_t place_of_speeds(model::SpeedProfile const& speeds) {
    constexpr std::size_t kMost = 1U << 16U;
    auto const [found, fresh] =
        places_of_speeds_.try_emplace(speeds, static_cast<std::uint16_t>(speeds_.size()));
    if (fresh) {
      speeds_.push_back(speeds);
    }
    if (speeds_.size() > kMost) {
      refused_ = Error{ErrorKind::kLimit,
                       fmt::format("{}: there are more than {} combinations of speeds in it",
                                   findings_.file(), kMost),
                       ""};
    }
    return found->second;
  }

  /// Ways come in order of id, each once; where they do not, only the first of each counts.
  void drop_repeated(Medium& medium) {
    auto& ways = medium.ways;
    auto const by_id = [](OsmTakenWay const& a, OsmTakenWay const& b) { return a.id < b.id; };
    if (std::adjacent_find(ways.begin(), ways.end(), [&](auto const& a, auto const& b) {
          return !by_id(a, b);
        }) == ways.end()) {
      return;
    }
    std::stable_sort(ways.begin(), ways.end(), by_id);
    auto const end = std::unique(ways.begin(), ways.end(),
                                 [](auto const& a, auto const& b) { return a.id == b.id; });
    findings_.counts[OsmDrop::kRepeated] += static_cast<std::uint64_t>(ways.end() - end);
    ways.erase(end, ways.end());
  }

  void locate(OsmNode const& node, std::vector<OsmNodePlaces>& places) {
    ++findings_.counts.nodes;
    bool again = false;
    for (OsmNodePlaces& medium : places) {
      again = medium.locate(node) == OsmNodePlaces::Located::kAgain || again;
    }
    if (again) {
      findings_.note(OsmTrouble::kNodeRepeated, [&] {
        return fmt::format("node {} is in the file again; its first position counts", node.id);
      });
    }
  }

  Result<OsmNetwork> join(std::vector<OsmNodePlaces> const& places) {
    OsmNetwork made;
    made.network.speeds = std::move(speeds_);
    std::size_t next = 0;
    for (Medium* const medium : {&vehicles_, &trains_}) {
      OsmNodePlaces const& its = places[next++];
      std::vector<std::uint32_t> nodes(medium->references.size());
      std::transform(medium->references.begin(), medium->references.end(), nodes.begin(),
                     [&](std::int64_t id) { return its.place_of(id); });
      std::vector<std::int64_t>{}.swap(medium->references);
      add_links(medium->ways, nodes, its, names_, made.network, findings_);
    }
    if (made.network.links.empty()) {
      return nothing("none of its ways has two nodes that are in it");
    }
    made.examples = findings_.take();
    made.counts = findings_.counts;
    return made;
  }

  [[nodiscard]] Error nothing(std::string_view why) const {
    return {ErrorKind::kBadInput,
            fmt::format("{}: {}: {} nodes and {} ways", findings_.file(), why,
                        findings_.counts.nodes, findings_.counts.ways),
            "if there should be, it is torn between two blocks, or its nodes were left out"};
  }

  OsmBlocks blocks_;
  OsmOptions const& options_;
  model::RunControl const& control_;
  OsmFindings findings_;
  Medium vehicles_;
  Medium trains_;
  std::vector<std::string> names_{""};  ///< of ways; the first for those without
  std::vector<model::SpeedProfile> speeds_;
  std::map<model::SpeedProfile, std::uint16_t> places_of_speeds_;
  std::uint64_t held_{};  ///< bytes, roughly
  std::optional<Error> refused_;
};

}  // namespace

Result<OsmNetwork> read_osm_network(std::istream& in, std::string const& name,
                                    OsmOptions const& options, model::RunControl const& control) {
  return NetworkReader{in, name, options, control}.read();
}

Result<OsmNetwork> read_osm_network(std::filesystem::path const& file, OsmOptions const& options,
                                    model::RunControl const& control) {
  std::error_code failure;
  auto const status = std::filesystem::status(file, failure);
  if (!std::filesystem::exists(status)) {
    return Error{ErrorKind::kNotFound, file.string() + ": there is no such file", ""};
  }
  std::ifstream in{file, std::ios::binary};
  if (!std::filesystem::is_regular_file(status) || !in) {
    return Error{ErrorKind::kBadInput, file.string() + ": this is no file that can be read", ""};
  }
  return read_osm_network(in, file.string(), options, control);
}

}  // namespace guarantor::tables
