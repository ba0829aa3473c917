#include "osm_bytes.h"

#include <algorithm>
#include <protozero/pbf_writer.hpp>

namespace guarantor::tables::osm_bytes {
namespace {

using protozero::pbf_writer;

/// What of each number is new since the one before.
std::vector<std::int64_t> steps(std::vector<std::int64_t> const& numbers) {
  std::vector<std::int64_t> found;
  std::uint64_t before = 0;
  for (std::int64_t const number : numbers) {
    found.push_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(number) - before));
    before = static_cast<std::uint64_t>(number);
  }
  return found;
}

void add_steps(pbf_writer& writer, std::uint32_t field, std::vector<std::int64_t> const& numbers) {
  auto const all = steps(numbers);
  writer.add_packed_sint64(field, all.begin(), all.end());
}

std::string way(Objects const& objects) {
  std::string bytes;
  pbf_writer writer{bytes};
  if (objects.way_has_id) {
    writer.add_int64(1, 7);
  }
  std::vector<std::uint32_t> keys(objects.extra_keys, 1);
  std::vector<std::uint32_t> values;
  for (auto const& [key, value] : objects.tags) {
    keys.push_back(key);
    values.push_back(value);
  }
  writer.add_packed_uint32(2, keys.begin(), keys.end());
  writer.add_packed_uint32(3, values.begin(), values.end());
  add_steps(writer, 8, objects.nodes);
  return bytes;
}

std::string dense_nodes(Objects const& objects) {
  std::string bytes;
  pbf_writer writer{bytes};
  add_steps(writer, 1, objects.ids);
  add_steps(writer, 8, objects.latitudes);
  add_steps(writer, 9, objects.longitudes);
  return bytes;
}

std::string node(Objects const& objects, std::size_t place) {
  std::string bytes;
  pbf_writer writer{bytes};
  writer.add_sint64(1, objects.ids[place]);
  writer.add_sint64(8, objects.latitudes.at(place));
  writer.add_sint64(9, objects.longitudes.at(place));
  return bytes;
}

}  // namespace

std::string framed(std::string_view type, std::string_view blob, std::int32_t claimed) {
  std::string head;
  pbf_writer writer{head};
  writer.add_string(1, std::string{type});
  writer.add_int32(3, claimed);
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(head.size() >> static_cast<unsigned>(shift)));
  }
  return bytes + head + std::string{blob};
}

std::string blob(std::uint32_t field, std::string_view bytes, std::int32_t raw_size) {
  std::string made;
  pbf_writer writer{made};
  writer.add_int32(2, raw_size);
  writer.add_bytes(field, bytes.data(), bytes.size());
  return made;
}

std::string block(std::string_view type, std::string_view content) {
  std::string made;
  pbf_writer writer{made};
  writer.add_bytes(1, content.data(), content.size());
  return framed(type, made, static_cast<std::int32_t>(made.size()));
}

std::string header(std::vector<std::string> const& required_features) {
  std::string made;
  pbf_writer writer{made};
  for (std::string const& feature : required_features) {
    writer.add_string(4, feature);
  }
  return block("OSMHeader", made);
}

std::string content(Objects const& objects) {
  std::string texts;
  pbf_writer texts_writer{texts};
  for (std::string const& text : objects.texts) {
    texts_writer.add_bytes(1, text.data(), text.size());
  }
  std::string group;
  pbf_writer group_writer{group};
  if (objects.dense) {
    group_writer.add_message(2, dense_nodes(objects));
  } else {
    for (std::size_t place = 0; place < objects.ids.size(); ++place) {
      group_writer.add_message(1, node(objects, place));
    }
  }
  std::string ways;
  pbf_writer ways_writer{ways};
  ways_writer.add_message(3, way(objects));
  std::string made;
  pbf_writer writer{made};
  // The texts come last: a reader must not rely on their coming first.
  writer.add_message(2, group);
  writer.add_message(2, ways);
  writer.add_int32(17, objects.granularity);
  writer.add_int64(19, objects.latitude_offset);
  writer.add_message(1, texts);
  return made;
}

std::string file(Objects const& objects) {
  return header({"OsmSchema-V0.6", "DenseNodes"}) + block("OSMData", content(objects));
}

}  // namespace guarantor::tables::osm_bytes
