#include "guarantor/tables/network_cache.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <system_error>
#include <type_traits>
#include <utility>

#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;
using model::Error;
using model::ErrorKind;
using model::Network;
using model::Result;

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

constexpr std::string_view kMagic = "GTRNETW\n";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kDigest = 32;

/// SHA-256 of what is added, piece by piece.
class Digest {
 public:
  Digest() : context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free} {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  [[nodiscard]] std::string bytes() {
    std::array<unsigned char, kDigest> digest{};
    unsigned length = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
    return {digest.begin(), digest.end()};
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

std::string digest_of(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.bytes();
}

std::string hexadecimal(std::string const& bytes) {
  std::string text;
  for (char const byte : bytes) {
    text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  }
  return text;
}

/// Takes a network apart into bytes, and puts it together again: one list of what there is for
/// both. Reading stops, and says so, where the bytes end.
class Writer {
 public:
  static constexpr bool kReads = false;
  template <class T>
  void number(T const& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<char const*>(&value), sizeof(T));
  }
  template <class T>
  void count(std::vector<T> const& rows) {
    number(std::uint64_t{rows.size()});
  }
  void text(std::string const& value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  void flag(bool const& value) { number(std::uint8_t{value}); }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  static constexpr bool kReads = true;
  explicit Reader(std::string_view bytes) : rest_{bytes} {}

  template <class T>
  void number(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (rest_.size() < sizeof(T)) {
      sound_ = false;
      rest_ = {};
      return;
    }
    rest_.copy(reinterpret_cast<char*>(&value), sizeof(T));
    rest_.remove_prefix(sizeof(T));
  }
  /// Makes room for as many rows as follow; a row takes a byte at least.
  template <class T>
  void count(std::vector<T>& rows) {
    std::uint64_t many = 0;
    number(many);
    sound_ = sound_ && many <= rest_.size();
    rows.resize(sound_ ? many : 0);
  }
  void text(std::string& value) {
    std::uint32_t length = 0;
    number(length);
    sound_ = sound_ && length <= rest_.size();
    value = rest_.substr(0, sound_ ? length : 0);
    rest_.remove_prefix(value.size());
  }
  void flag(bool& value) {
    std::uint8_t byte = 0;
    number(byte);
    sound_ = sound_ && byte <= 1;
    value = byte == 1;
  }
  [[nodiscard]] bool sound() const { return sound_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool sound_{true};
};

template <class Stream, class Position>
void pass_position(Stream& stream, Position& position) {
  double longitude = position.longitude.count();
  double latitude = position.latitude.count();
  stream.number(longitude);
  stream.number(latitude);
  if constexpr (Stream::kReads) {
    position = {model::Degrees{longitude}, model::Degrees{latitude}};
  }
}

template <class Stream, class Link>
void pass_link(Stream& stream, Link& link) {
  stream.number(link.from);
  stream.number(link.to);
  stream.number(link.length_m);
  stream.number(link.speeds);
  stream.number(link.load_class_t);
  stream.number(link.gauge_mm);
  stream.number(link.mode);
  stream.flag(link.one_way);
  stream.flag(link.closed);
  stream.flag(link.ferry);
}

template <class Stream, class Facts>
void pass_node_facts(Stream& stream, Facts& facts) {
  stream.number(facts.runway_m);
  stream.number(facts.draught_m);
  stream.number(facts.kind);
  stream.flag(facts.gauge_break);
}

template <class Stream, class Facts>
void pass_link_facts(Stream& stream, Facts& facts) {
  stream.number(facts.draught_m);
  stream.number(facts.speed_share);
  stream.number(facts.permit_days);
  stream.flag(facts.damaged);
  stream.number(facts.length_confidence);
  stream.number(facts.speed_confidence);
  stream.text(facts.rules);
}

template <class Stream, class Rows, class Pass>
void pass_rows(Stream& stream, Rows& rows, Pass pass) {
  stream.count(rows);
  for (auto& row : rows) {
    pass(stream, row);
  }
}

template <class Stream, class World>
void pass_network(Stream& stream, World& network) {
  auto const text = [](Stream& to, auto& value) { to.text(value); };
  pass_rows(stream, network.positions, [](Stream& to, auto& row) { pass_position(to, row); });
  pass_rows(stream, network.links, [](Stream& to, auto& row) { pass_link(to, row); });
  pass_rows(stream, network.speeds, [](Stream& to, auto& row) { to.number(row); });
  pass_rows(stream, network.node_names, text);
  pass_rows(stream, network.link_names, text);
  pass_rows(stream, network.node_facts, [](Stream& to, auto& row) { pass_node_facts(to, row); });
  pass_rows(stream, network.link_facts, [](Stream& to, auto& row) { pass_link_facts(to, row); });
}

/// Whether words and numbers that stand for others are in range.
bool holds_together(Network const& network) {
  for (model::NetworkLink const& link : network.links) {
    if (link.from >= network.positions.size() || link.to >= network.positions.size() ||
        link.speeds >= network.speeds.size() ||
        static_cast<std::size_t>(link.mode) >= model::kWords<model::LinkMode>.size()) {
      return false;
    }
  }
  for (model::NodeFacts const& facts : network.node_facts) {
    if (static_cast<std::size_t>(facts.kind) >= model::kWords<model::NodeKind>.size()) {
      return false;
    }
  }
  for (model::LinkFacts const& facts : network.link_facts) {
    for (auto const confidence : {facts.length_confidence, facts.speed_confidence}) {
      if (static_cast<std::size_t>(confidence) >= model::kWords<model::Confidence>.size()) {
        return false;
      }
    }
  }
  return true;
}

Error torn(std::string_view reason) {
  return {ErrorKind::kCheckFailed, fmt::format("the kept network is damaged: {}", reason),
          "delete it; it is made again from its source"};
}

std::optional<std::string> read_bytes(fs::path const& file) {
  std::error_code ignored;
  std::ifstream stream{file, std::ios::binary};
  if (!fs::is_regular_file(file, ignored) || !stream) {
    return std::nullopt;
  }
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

Result<std::string> source_fingerprint(std::vector<fs::path> const& sources,
                                       std::string const& manner) {
  Digest all;
  all.add(digest_of(manner));
  std::vector<char> piece(std::size_t{1} << 20U);
  for (fs::path const& source : sources) {
    std::ifstream stream{source, std::ios::binary};
    Digest one;
    while (stream) {
      stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      one.add({piece.data(), static_cast<std::size_t>(stream.gcount())});
    }
    if (!stream.eof()) {
      return Error{ErrorKind::kNotFound, fmt::format("{} cannot be read", source.string()), ""};
    }
    all.add(one.bytes());
  }
  return hexadecimal(all.bytes());
}

std::string write_network_cache(Network const& network, std::string const& fingerprint) {
  Writer writer;
  pass_network(writer, network);
  Writer head;
  head.number(kVersion);
  head.text(fingerprint);
  std::string bytes{kMagic};
  bytes += head.take();
  bytes += writer.take();
  bytes += digest_of(bytes);
  return bytes;
}

Result<Network> read_network_cache(std::string_view bytes, std::string const& fingerprint) {
  std::size_t const version_at = kMagic.size();
  if (bytes.size() < version_at + sizeof(kVersion) + sizeof(std::uint32_t) + kDigest) {
    return torn("it is cut short");
  }
  if (!bytes.starts_with(kMagic)) {
    return torn("it does not begin as one");
  }
  std::uint32_t version = 0;
  std::memcpy(&version, bytes.data() + version_at, sizeof(version));
  if (version != kVersion) {
    return Error{
        ErrorKind::kRefused,
        fmt::format("the kept network is of version {} of its format, not {}", version, kVersion),
        "it is to be made again from its source"};
  }
  std::string_view const body = bytes.substr(0, bytes.size() - kDigest);
  if (digest_of(body) != bytes.substr(body.size())) {
    return torn("its checksum is not that of its bytes");
  }
  std::uint32_t length = 0;
  std::string_view rest = body.substr(version_at + sizeof(version));
  std::memcpy(&length, rest.data(), sizeof(length));
  rest.remove_prefix(sizeof(length));
  if (length > rest.size()) {
    return torn("what it holds does not fit together");
  }
  if (rest.substr(0, length) != fingerprint) {
    return Error{ErrorKind::kRefused,
                 "the kept network is that of another source or an earlier state of it",
                 "it is to be made again from its source"};
  }
  Network network;
  Reader reader{rest.substr(length)};
  pass_network(reader, network);
  if (!reader.sound() || !holds_together(network)) {
    return torn("what it holds does not fit together");
  }
  return network;
}

fs::path network_cache_of(fs::path const& source) {
  fs::path cache = source;
  cache += ".network";
  return cache;
}

Result<CachedNetwork> read_through_cache(std::vector<fs::path> const& sources,
                                         std::string const& manner,
                                         std::function<Result<Network>()> const& read) {
  auto fingerprint = source_fingerprint(sources, manner);
  if (!fingerprint.ok()) {
    return fingerprint.error();
  }
  fs::path const cache = network_cache_of(sources.front());
  if (auto const bytes = read_bytes(cache)) {
    auto kept = read_network_cache(*bytes, fingerprint.value());
    if (kept.ok()) {
      return CachedNetwork{std::move(kept).value(), fingerprint.value(), true, ""};
    }
    if (kept.error().kind != ErrorKind::kRefused) {
      Error error = kept.error();
      error.message = fmt::format("{}: {}", cache.string(), error.message);
      return error;
    }
  }
  auto network = read();
  if (!network.ok()) {
    return network.error();
  }
  CachedNetwork made{std::move(network).value(), fingerprint.value(), false, ""};
  auto const written = write_file(cache, write_network_cache(made.network, made.fingerprint));
  if (!written.ok()) {
    made.warning = written.error().message;
  }
  return made;
}

}  // namespace guarantor::tables
