#include "osm_map.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <osmium/builder/attr.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/memory/buffer.hpp>
#include <sstream>

namespace guarantor::tables {
namespace {

constexpr double kLeft = 9.5;
constexpr double kBottom = 47.1;
constexpr double kStep = 0.001;

/// A file of its own that is gone afterwards.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "osm-map-XXXXXX").string();
    int const descriptor = ::mkstemp(pattern.data());
    if (descriptor < 0) {
      std::abort();
    }
    ::close(descriptor);
    path_ = pattern;
  }
  TemporaryFile(TemporaryFile const&) = delete;
  TemporaryFile& operator=(TemporaryFile const&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }

  [[nodiscard]] std::string const& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

OsmMap OsmMap::drawn(std::vector<std::string> const& lines) {
  OsmMap map;
  for (std::size_t y = 0; y < lines.size(); ++y) {
    for (std::size_t x = 0; x < lines[y].size(); ++x) {
      char const letter = lines[y][x];
      if (letter != '.' && letter != ' ') {
        map.nodes[letter] = {
            model::Degrees{kLeft + kStep * static_cast<double>(x)},
            model::Degrees{kBottom + kStep * static_cast<double>(lines.size() - 1 - y)}};
      }
    }
  }
  return map;
}

void OsmMap::add(std::string_view letters, std::string_view tags) {
  Way way{.id = static_cast<std::int64_t>(ways.size()) + 1, .nodes = {}, .tags = {}};
  way.nodes.assign(letters.begin(), letters.end());
  std::istringstream words{std::string{tags}};
  for (std::string word; words >> word;) {
    std::size_t const equal = word.find('=');
    std::string value = word.substr(equal + 1);
    std::replace(value.begin(), value.end(), '~', ' ');
    way.tags[word.substr(0, equal)] = value;
  }
  ways.push_back(way);
}

std::string osm_file(OsmMap const& map, bool deflated) {
  using namespace osmium::builder::attr;  // NOLINT(google-build-using-namespace)
  TemporaryFile const file;
  osmium::memory::Buffer buffer{1024, osmium::memory::Buffer::auto_grow::yes};
  for (auto const& [id, position] : map.nodes) {
    osmium::builder::add_node(
        buffer, _id(id),
        _location(osmium::Location{position.longitude.count(), position.latitude.count()}));
  }
  for (OsmMap::Way const& way : map.ways) {
    osmium::builder::add_way(buffer, _id(way.id), _nodes(way.nodes), _tags(way.tags));
  }
  osmium::io::Writer writer{
      osmium::io::File{file.path(), deflated ? "pbf" : "pbf,pbf_compression=none"},
      osmium::io::overwrite::allow};
  writer(std::move(buffer));
  writer.close();
  std::ifstream in{file.path(), std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

OsmMap read_with_libosmium(std::string const& file) {
  OsmMap map;
  osmium::io::Reader reader{osmium::io::File{file.data(), file.size(), "pbf"}};
  while (osmium::memory::Buffer const buffer = reader.read()) {
    for (osmium::Node const& node : buffer.select<osmium::Node>()) {
      map.nodes[node.id()] = {model::Degrees{node.location().lon()},
                              model::Degrees{node.location().lat()}};
    }
    for (osmium::Way const& way : buffer.select<osmium::Way>()) {
      OsmMap::Way& read = map.ways.emplace_back();
      read.id = way.id();
      for (osmium::NodeRef const& node : way.nodes()) {
        read.nodes.push_back(node.ref());
      }
      for (osmium::Tag const& tag : way.tags()) {
        read.tags[tag.key()] = tag.value();
      }
    }
  }
  reader.close();
  return map;
}

}  // namespace guarantor::tables
