#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <protozero/pbf_writer.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/osm_network.h"

/// OSM PBF files out of bytes: the first byte chooses whether the rest is a file as it stands or
/// the content of a block within a sound one, so that not every change breaks the frame. Whatever
/// reads without an error is a sound network, every way is counted once, and an error names the
/// file.
namespace {

using namespace guarantor;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

std::string block(std::string const& type, std::string_view content) {
  std::string blob;
  protozero::pbf_writer{blob}.add_bytes(1, content.data(), content.size());
  std::string head;
  protozero::pbf_writer writer{head};
  writer.add_string(1, type);
  writer.add_int32(3, static_cast<std::int32_t>(blob.size()));
  std::string framed(3, '\0');
  framed.push_back(static_cast<char>(head.size()));
  return framed + head + blob;
}

std::string file_of(std::string_view bytes) {
  if (bytes.empty() || bytes.front() == 'F') {
    return std::string{bytes.substr(bytes.empty() ? 0 : 1)};
  }
  return block("OSMHeader", "") + block("OSMData", bytes.substr(1));
}

void check(tables::OsmNetwork const& read) {
  model::Network const& network = read.network;
  require(network.node_names.size() == network.positions.size());
  require(network.link_names.size() == network.links.size());
  for (model::Position const position : network.positions) {
    require(std::abs(position.longitude.count()) <= 180 &&
            std::abs(position.latitude.count()) <= 90);
  }
  for (model::NetworkLink const& link : network.links) {
    require(link.from < network.positions.size() && link.to < network.positions.size());
    require(link.speeds < network.speeds.size());
    require(std::isfinite(link.length_m) && link.length_m >= 0);
  }
  for (std::string const& name : network.link_names) {
    require(!tables::find_encoding_problem(name) && !tables::find_control_character(name));
  }
  std::uint64_t ways = 0;
  for (std::uint64_t const count : read.counts.taken) {
    ways += count;
  }
  for (std::uint64_t const count : read.counts.dropped) {
    ways += count;
  }
  require(ways == read.counts.ways);
  for (tables::Diagnostic const& example : read.examples) {
    require(!tables::find_encoding_problem(tables::print(example)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::istringstream in{file_of({reinterpret_cast<char const*>(data), size})};
  auto const read = tables::read_osm_network(in, "fuzz.osm.pbf", {}, {});
  if (read.ok()) {
    check(read.value());
  } else {
    require(read.error().message.starts_with("fuzz.osm.pbf: "));
    require(!tables::find_encoding_problem(read.error().message));
  }
  return 0;
}
