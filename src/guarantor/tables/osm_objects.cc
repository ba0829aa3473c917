#include "guarantor/tables/osm_objects.h"

#include <fmt/format.h>

#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>
#include <protozero/types.hpp>
#include <protozero/varint.hpp>
#include <stdexcept>

namespace guarantor::tables {
namespace {

using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_tag_type;
using protozero::pbf_wire_type;
using protozero::tag_and_type;

/// What the format forbids, beyond what a protobuf message forbids.
class FormatFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

constexpr auto packed(pbf_tag_type tag) {
  return tag_and_type(tag, pbf_wire_type::length_delimited);
}
constexpr auto number(pbf_tag_type tag) {
  return tag_and_type(tag, pbf_wire_type::varint);
}

/// Whole numbers one after the other.
class Packed {
 public:
  Packed() = default;
  explicit Packed(data_view bytes) : at_{bytes.data()}, end_{bytes.data() + bytes.size()} {}

  [[nodiscard]] bool empty() const { return at_ == end_; }
  std::uint64_t next() { return protozero::decode_varint(&at_, end_); }
  std::int64_t next_signed() { return protozero::decode_zigzag64(next()); }

 private:
  char const* at_{};
  char const* end_{};
};

/// A number of which only the step from the one before is given. What a hostile file makes overflow
/// wraps.
class Running {
 public:
  std::int64_t step(std::int64_t by) {
    value_ = static_cast<std::int64_t>(static_cast<std::uint64_t>(value_) +
                                       static_cast<std::uint64_t>(by));
    return value_;
  }

 private:
  std::int64_t value_{};
};

/// How the positions of a block are encoded: in steps of so many 1e-9 degrees, from an offset.
struct Scale {
  std::int64_t granularity{100};
  std::int64_t longitude_offset{};
  std::int64_t latitude_offset{};
};

/// A block taken apart. Groups may stand before what they need, so this comes first.
struct Frame {
  std::vector<std::string_view> texts;
  std::vector<data_view> groups;
  Scale scale;
};

void read_texts(data_view bytes, std::vector<std::string_view>& texts) {
  constexpr pbf_tag_type kText = 1;
  pbf_reader message{bytes};
  while (message.next()) {
    if (message.tag_and_type() == packed(kText)) {
      data_view const text = message.get_view();
      texts.emplace_back(text.data(), text.size());
    } else {
      message.skip();
    }
  }
}

Frame read_frame(std::string_view block, bool with_texts) {
  constexpr pbf_tag_type kTexts = 1;
  constexpr pbf_tag_type kGroup = 2;
  constexpr pbf_tag_type kGranularity = 17;
  constexpr pbf_tag_type kLatitudeOffset = 19;
  constexpr pbf_tag_type kLongitudeOffset = 20;
  Frame frame;
  pbf_reader message{block.data(), block.size()};
  while (message.next()) {
    switch (message.tag_and_type()) {
      case packed(kTexts):
        if (data_view const texts = message.get_view(); with_texts) {
          read_texts(texts, frame.texts);
        }
        break;
      case packed(kGroup):
        frame.groups.push_back(message.get_view());
        break;
      case number(kGranularity):
        frame.scale.granularity = message.get_int32();
        break;
      case number(kLatitudeOffset):
        frame.scale.latitude_offset = message.get_int64();
        break;
      case number(kLongitudeOffset):
        frame.scale.longitude_offset = message.get_int64();
        break;
      default:
        message.skip();
    }
  }
  if (frame.scale.granularity <= 0) {
    throw FormatFault{
        fmt::format("its positions are in steps of {}, not above zero", frame.scale.granularity)};
  }
  return frame;
}

/// Calls `read` with the members of a kind of all groups.
template <class Read>
void for_each_member(Frame const& frame, Read const& read) {
  for (data_view const group : frame.groups) {
    pbf_reader message{group};
    while (message.next()) {
      read(message);
    }
  }
}

/// The object that is being read, as soon as its id is known.
struct Current {
  bool known{};
  std::int64_t id{};

  void begin() { known = false; }
  void is(std::int64_t its_id) {
    known = true;
    id = its_id;
  }
};

/// Runs `read`; what it finds wrong as a text, with the object `at` where one had begun.
template <class Read>
std::optional<std::string> guarded(std::string_view kind, Current const& at, Read const& read) {
  std::string problem;
  try {
    read();
    return std::nullopt;
  } catch (FormatFault const& fault) {
    problem = fault.what();
  } catch (protozero::exception const& fault) {
    problem = fault.what();
  }
  return at.known ? fmt::format("{} {}: {}", kind, at.id, problem) : problem;
}

std::string_view text_at(std::vector<std::string_view> const& texts, std::uint64_t place) {
  if (place >= texts.size()) {
    throw FormatFault{
        fmt::format("text {} is asked for, but there are only {}", place, texts.size())};
  }
  return texts[place];
}

void read_way(data_view bytes, Frame const& frame, OsmWay& way, Current& at) {
  constexpr pbf_tag_type kId = 1;
  constexpr pbf_tag_type kKeys = 2;
  constexpr pbf_tag_type kValues = 3;
  constexpr pbf_tag_type kNodes = 8;
  way.tags.clear();
  way.nodes.clear();
  at.begin();
  Packed keys;
  Packed values;
  Packed nodes;
  pbf_reader message{bytes};
  while (message.next()) {
    switch (message.tag_and_type()) {
      case number(kId):
        way.id = message.get_int64();
        at.is(way.id);
        break;
      case packed(kKeys):
        keys = Packed{message.get_view()};
        break;
      case packed(kValues):
        values = Packed{message.get_view()};
        break;
      case packed(kNodes):
        nodes = Packed{message.get_view()};
        break;
      default:
        message.skip();
    }
  }
  if (!at.known) {
    throw FormatFault{"a way without an id"};
  }
  while (!keys.empty() && !values.empty()) {
    std::string_view const key = text_at(frame.texts, keys.next());
    way.tags.push_back({key, text_at(frame.texts, values.next())});
  }
  if (!keys.empty() || !values.empty()) {
    throw FormatFault{"it has not as many values as keys"};
  }
  for (Running node; !nodes.empty();) {
    way.nodes.push_back(node.step(nodes.next_signed()));
  }
}

/// One coordinate in 1e-9 degrees, or nothing where it is off the earth.
std::optional<std::int64_t> scaled(std::int64_t steps, std::int64_t granularity,
                                   std::int64_t offset, std::int64_t most) {
  std::int64_t size{};
  std::int64_t coordinate{};
  if (__builtin_mul_overflow(steps, granularity, &size) ||
      __builtin_add_overflow(size, offset, &coordinate) || coordinate < -most ||
      coordinate > most) {
    return std::nullopt;
  }
  return coordinate;
}

OsmNode located(std::int64_t id, std::int64_t longitude, std::int64_t latitude,
                Scale const& scale) {
  constexpr std::int64_t kHalfTurn = 180'000'000'000;
  constexpr std::int64_t kPole = 90'000'000'000;
  auto const east = scaled(longitude, scale.granularity, scale.longitude_offset, kHalfTurn);
  auto const north = scaled(latitude, scale.granularity, scale.latitude_offset, kPole);
  return {id, east.value_or(0), north.value_or(0), east && north};
}

OsmNode read_node(data_view bytes, Scale const& scale, Current& at) {
  constexpr pbf_tag_type kId = 1;
  constexpr pbf_tag_type kLatitude = 8;
  constexpr pbf_tag_type kLongitude = 9;
  std::optional<std::int64_t> latitude;
  std::optional<std::int64_t> longitude;
  at.begin();
  pbf_reader message{bytes};
  while (message.next()) {
    switch (message.tag_and_type()) {
      case number(kId):
        at.is(message.get_sint64());
        break;
      case number(kLatitude):
        latitude = message.get_sint64();
        break;
      case number(kLongitude):
        longitude = message.get_sint64();
        break;
      default:
        message.skip();
    }
  }
  if (!at.known || !latitude || !longitude) {
    throw FormatFault{at.known ? "it has no position" : "a node without an id"};
  }
  return located(at.id, *longitude, *latitude, scale);
}

void read_dense_nodes(data_view bytes, Scale const& scale, Current& at,
                      std::function<void(OsmNode const&)> const& show) {
  constexpr pbf_tag_type kIds = 1;
  constexpr pbf_tag_type kLatitudes = 8;
  constexpr pbf_tag_type kLongitudes = 9;
  at.begin();
  Packed ids;
  Packed latitudes;
  Packed longitudes;
  pbf_reader message{bytes};
  while (message.next()) {
    switch (message.tag_and_type()) {
      case packed(kIds):
        ids = Packed{message.get_view()};
        break;
      case packed(kLatitudes):
        latitudes = Packed{message.get_view()};
        break;
      case packed(kLongitudes):
        longitudes = Packed{message.get_view()};
        break;
      default:
        message.skip();
    }
  }
  Running id;
  Running latitude;
  Running longitude;
  while (!ids.empty()) {
    at.is(id.step(ids.next_signed()));
    if (latitudes.empty() || longitudes.empty()) {
      throw FormatFault{"it has no position"};
    }
    std::int64_t const north = latitude.step(latitudes.next_signed());
    std::int64_t const east = longitude.step(longitudes.next_signed());
    show(located(at.id, east, north, scale));
  }
}

}  // namespace

std::string_view OsmWay::operator[](std::string_view key) const {
  for (OsmTag const& tag : tags) {
    if (tag.key == key) {
      return tag.value;
    }
  }
  return {};
}

std::optional<std::string> for_each_way(std::string_view block,
                                        std::function<void(OsmWay const&)> const& show) {
  constexpr pbf_tag_type kWay = 3;
  OsmWay way;
  Current at;
  return guarded("way", at, [&] {
    Frame const frame = read_frame(block, true);
    for_each_member(frame, [&](pbf_reader& member) {
      if (member.tag_and_type() == packed(kWay)) {
        read_way(member.get_view(), frame, way, at);
        show(way);
        at.begin();
      } else {
        member.skip();
      }
    });
  });
}

std::optional<std::string> for_each_node(std::string_view block,
                                         std::function<void(OsmNode const&)> const& show) {
  constexpr pbf_tag_type kNode = 1;
  constexpr pbf_tag_type kDenseNodes = 2;
  Current at;
  return guarded("node", at, [&] {
    Frame const frame = read_frame(block, false);
    for_each_member(frame, [&](pbf_reader& member) {
      switch (member.tag_and_type()) {
        case packed(kNode):
          show(read_node(member.get_view(), frame.scale, at));
          break;
        case packed(kDenseNodes):
          read_dense_nodes(member.get_view(), frame.scale, at, show);
          break;
        default:
          member.skip();
      }
      at.begin();
    });
  });
}

}  // namespace guarantor::tables
