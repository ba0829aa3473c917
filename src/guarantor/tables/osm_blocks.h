#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"

namespace guarantor::tables {

/// Goes through the blocks of an OSM PBF file: a length, a header and a blob each, the blob as it
/// stands or deflated (OpenStreetMap wiki, "PBF Format"). A file that is cut short, that goes on
/// with something else or in zeros, or that claims more than the format allows is bad input, and
/// the message names the file and the byte where it stops being one. Holds two blocks of up to 32
/// MiB at most, whatever the file claims.
class OsmBlocks {
 public:
  /// REQUIRES: a stream that can be sought in and outlives this.
  OsmBlocks(std::istream& in, std::string name);

  /// Goes to the file's beginning and reads its header block. Refused: a file that asks for more of
  /// its reader than present-day objects, such as one with history.
  [[nodiscard]] model::Result<model::Done> begin();

  /// Reads the next block of objects; false at the file's end.
  /// REQUIRES: `begin` or `next` went well before.
  [[nodiscard]] model::Result<bool> next();

  /// The block read last, inflated. Valid until the next call.
  [[nodiscard]] std::string_view content() const { return content_; }

  /// What is wrong within the block read last, as an error that names the file and the block.
  [[nodiscard]] model::Error bad_block(std::string_view problem) const;

  [[nodiscard]] std::uint64_t file_bytes() const { return size_; }

  /// How much of the file has been read, in [0, 1].
  [[nodiscard]] double share_done() const;

 private:
  [[nodiscard]] model::Result<bool> read(std::string_view type);
  [[nodiscard]] model::Result<std::uint32_t> read_size(std::string_view type);
  [[nodiscard]] bool fill(std::string& bytes, std::size_t count);
  [[nodiscard]] model::Result<model::Done> inflate();
  [[nodiscard]] model::Error torn() const;
  [[nodiscard]] model::Error no_pbf() const;

  std::istream& in_;
  std::string name_;
  std::uint64_t size_{};
  std::uint64_t at_{};     ///< how far the file has been read
  std::uint64_t block_{};  ///< where the block read last begins
  std::string blob_;
  std::string inflated_;
  std::string_view content_;
};

}  // namespace guarantor::tables
