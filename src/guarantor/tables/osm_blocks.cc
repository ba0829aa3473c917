#include "guarantor/tables/osm_blocks.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>
#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>
#include <protozero/types.hpp>
#include <utility>

#include "guarantor/tables/characters.h"

namespace guarantor::tables {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;
using protozero::pbf_wire_type;

// The format's own limits.
constexpr std::uint32_t kMostHeaderBytes = 64U << 10;
constexpr std::uint32_t kMostBlobBytes = 32U << 20;

constexpr std::string_view kFetchAgain = "fetch it again";

std::string_view view_of(protozero::data_view bytes) {
  return {bytes.data(), bytes.size()};
}

struct BlobHeader {
  std::string_view type;
  std::int32_t blob_bytes{};
};

BlobHeader read_blob_header(std::string_view bytes) {
  constexpr protozero::pbf_tag_type kType = 1;
  constexpr protozero::pbf_tag_type kDataSize = 3;
  BlobHeader header;
  protozero::pbf_reader message{bytes.data(), bytes.size()};
  while (message.next()) {
    switch (message.tag_and_type()) {
      case protozero::tag_and_type(kType, pbf_wire_type::length_delimited):
        header.type = view_of(message.get_view());
        break;
      case protozero::tag_and_type(kDataSize, pbf_wire_type::varint):
        header.blob_bytes = message.get_int32();
        break;
      default:
        message.skip();
    }
  }
  return header;
}

/// How a blob holds its block.
struct Blob {
  std::optional<std::string_view> raw;
  std::optional<std::string_view> deflated;
  std::int32_t raw_bytes{};
  bool otherwise{};  ///< by a compression that few files use
};

Blob read_blob(std::string_view bytes) {
  constexpr protozero::pbf_tag_type kRaw = 1;
  constexpr protozero::pbf_tag_type kRawSize = 2;
  constexpr protozero::pbf_tag_type kDeflated = 3;
  Blob blob;
  protozero::pbf_reader message{bytes.data(), bytes.size()};
  while (message.next()) {
    switch (message.tag_and_type()) {
      case protozero::tag_and_type(kRaw, pbf_wire_type::length_delimited):
        blob.raw = view_of(message.get_view());
        break;
      case protozero::tag_and_type(kRawSize, pbf_wire_type::varint):
        blob.raw_bytes = message.get_int32();
        break;
      case protozero::tag_and_type(kDeflated, pbf_wire_type::length_delimited):
        blob.deflated = view_of(message.get_view());
        break;
      default:
        blob.otherwise = true;
        message.skip();
    }
  }
  return blob;
}

/// The first feature that a file asks for and that is not known here.
std::optional<std::string> unknown_feature(std::string_view header) {
  constexpr protozero::pbf_tag_type kRequiredFeatures = 4;
  constexpr std::array<std::string_view, 2> kKnown{"OsmSchema-V0.6", "DenseNodes"};
  protozero::pbf_reader message{header.data(), header.size()};
  while (message.next()) {
    if (message.tag_and_type() !=
        protozero::tag_and_type(kRequiredFeatures, pbf_wire_type::length_delimited)) {
      message.skip();
      continue;
    }
    std::string_view const feature = view_of(message.get_view());
    if (std::find(kKnown.begin(), kKnown.end(), feature) == kKnown.end()) {
      return std::string{feature};
    }
  }
  return std::nullopt;
}

}  // namespace

OsmBlocks::OsmBlocks(std::istream& in, std::string name) : in_{in}, name_{std::move(name)} {
  in_.clear();
  in_.seekg(0, std::ios::end);
  std::streamoff const end = in_.tellg();
  size_ = end > 0 ? static_cast<std::uint64_t>(end) : 0;
}

Result<Done> OsmBlocks::begin() {
  in_.clear();
  in_.seekg(0);
  at_ = 0;
  block_ = 0;
  if (size_ == 0) {
    return Error{ErrorKind::kBadInput, name_ + ": the file is empty", std::string{kFetchAgain}};
  }
  auto const read_header = read("OSMHeader");
  if (!read_header.ok()) {
    return read_header.error();
  }
  try {
    auto const feature = unknown_feature(content_);
    if (!feature) {
      return Done{};
    }
    if (*feature == "HistoricalInformation") {
      return Error{ErrorKind::kRefused,
                   name_ + ": the file holds history, not one state of the map",
                   "make an extract of one day of it, e.g. with `osmium time-filter`"};
    }
    return Error{ErrorKind::kRefused,
                 fmt::format("{}: the file asks for `{}`, which is not known here", name_,
                             excerpt(*feature)),
                 "write it anew as a plain OSM PBF file, e.g. with `osmium cat`"};
  } catch (protozero::exception const& fault) {
    return bad_block(fault.what());
  }
}

Result<bool> OsmBlocks::next() {
  if (at_ == size_) {
    return false;
  }
  return read("OSMData");
}

Error OsmBlocks::bad_block(std::string_view problem) const {
  return {ErrorKind::kBadInput, fmt::format("{}: the block at byte {}: {}", name_, block_, problem),
          std::string{kFetchAgain}};
}

double OsmBlocks::share_done() const {
  return size_ == 0 ? 1 : static_cast<double>(at_) / static_cast<double>(size_);
}

Error OsmBlocks::torn() const {
  return {
      ErrorKind::kBadInput,
      fmt::format("{}: the file is torn: it ends after {} bytes, within the block that begins at "
                  "byte {}",
                  name_, size_, block_),
      std::string{kFetchAgain}};
}

Error OsmBlocks::no_pbf() const {
  return {ErrorKind::kBadInput, name_ + ": this is no OSM PBF file",
          "other OSM files can be turned into one, e.g. with `osmium cat`"};
}

bool OsmBlocks::fill(std::string& bytes, std::size_t count) {
  if (count > size_ - at_) {
    return false;
  }
  bytes.resize(count);
  in_.read(bytes.data(), static_cast<std::streamsize>(count));
  at_ += count;
  return in_.good();
}

/// The bytes of the blob header that comes next. The first block decides whether the file is a PBF
/// at all.
Result<std::uint32_t> OsmBlocks::read_size(std::string_view type) {
  constexpr std::size_t kBytes = 4;
  constexpr unsigned kByteBits = 8;
  if (!fill(blob_, kBytes)) {
    return block_ == 0 ? no_pbf() : torn();
  }
  std::uint32_t count = 0;
  for (char const byte : blob_) {
    count = count << kByteBits | static_cast<unsigned char>(byte);
  }
  if (count > 0 && count <= kMostHeaderBytes) {
    return count;
  }
  if (type == "OSMHeader") {
    return no_pbf();
  }
  return bad_block(count == 0 ? "zeros where a block should begin"
                              : "what stands where a block should begin is none");
}

Result<bool> OsmBlocks::read(std::string_view type) {
  block_ = at_;
  auto const header_bytes = read_size(type);
  if (!header_bytes.ok()) {
    return header_bytes.error();
  }
  bool const first = type == "OSMHeader";
  if (!fill(blob_, header_bytes.value())) {
    return first ? no_pbf() : torn();
  }
  try {
    BlobHeader const header = read_blob_header(blob_);
    if (header.type != type) {
      return first ? no_pbf()
                   : bad_block(fmt::format("its type is `{}`, not OSMData", excerpt(header.type)));
    }
    if (header.blob_bytes <= 0 || std::cmp_greater(header.blob_bytes, kMostBlobBytes)) {
      return bad_block(
          fmt::format("it claims {} bytes, not 1 to {}", header.blob_bytes, kMostBlobBytes));
    }
    if (!fill(blob_, static_cast<std::size_t>(header.blob_bytes))) {
      return torn();
    }
    auto const inflated = inflate();
    return inflated.ok() ? Result<bool>{true} : inflated.error();
  } catch (protozero::exception const& fault) {
    return first ? no_pbf() : bad_block(fault.what());
  }
}

Result<Done> OsmBlocks::inflate() {
  Blob const blob = read_blob(blob_);
  if (blob.raw) {
    content_ = *blob.raw;
    return Done{};
  }
  if (!blob.deflated) {
    Error error = bad_block(blob.otherwise ? "its compression is not known here" : "it is empty");
    error.hint = "write the file anew with zlib, e.g. with `osmium cat -f pbf`";
    return error;
  }
  if (blob.raw_bytes <= 0 || std::cmp_greater(blob.raw_bytes, kMostBlobBytes)) {
    return bad_block(
        fmt::format("it claims {} bytes inflated, not 1 to {}", blob.raw_bytes, kMostBlobBytes));
  }
  inflated_.resize(static_cast<std::size_t>(blob.raw_bytes));
  uLongf count = inflated_.size();
  int const ended =
      ::uncompress(reinterpret_cast<Bytef*>(inflated_.data()), &count,
                   reinterpret_cast<Bytef const*>(blob.deflated->data()), blob.deflated->size());
  if (ended != Z_OK || count != inflated_.size()) {
    return bad_block("its deflated bytes are damaged");
  }
  content_ = inflated_;
  return Done{};
}

}  // namespace guarantor::tables
