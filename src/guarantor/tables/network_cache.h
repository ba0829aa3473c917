#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/network.h"

/// A large network, once read, as a binary file beside its source, so that the next run need not
/// read the source again.
namespace guarantor::tables {

/// What a network was read from: SHA-256, in hexadecimal, over the bytes of its files and over the
/// manner in which they were read (the reader's version and its settings), which the caller names.
/// Errors: kNotFound for a file that cannot be read. O(bytes), in little memory.
[[nodiscard]] model::Result<std::string> source_fingerprint(
    std::vector<std::filesystem::path> const& sources, std::string const& manner);

/// The network as bytes: version of the format, the source's fingerprint, the network, and a
/// SHA-256 over all of it. The same network gives the same bytes.
[[nodiscard]] std::string write_network_cache(model::Network const& network,
                                              std::string const& fingerprint);

/// The network that `write_network_cache` wrote for this source. Check failed: the bytes are cut
/// short, changed, or not such a cache at all. Refused: a cache of another version of the format,
/// or of another source or an earlier state of it; then the network is to be read again. Never
/// reads past the bytes, whatever they are.
[[nodiscard]] model::Result<model::Network> read_network_cache(std::string_view bytes,
                                                               std::string const& fingerprint);

/// A network, and how it was come by.
struct CachedNetwork {
  model::Network network;
  std::string fingerprint;  ///< of its source
  bool from_cache{};
  std::string warning;  ///< why the cache could not be written, where it could not
};

/// The file in which the network of a source is kept: the source's name with `.network` added.
[[nodiscard]] std::filesystem::path network_cache_of(std::filesystem::path const& source);

/// The network of these files, the first of which gives the cache its name: from the cache where it
/// is that of the files as they are, else read by `read` and kept. Check failed: the cache is
/// damaged; the message names it. Errors of `read` come through. Not being able to write the cache
/// is no error.
[[nodiscard]] model::Result<CachedNetwork> read_through_cache(
    std::vector<std::filesystem::path> const& sources, std::string const& manner,
    std::function<model::Result<model::Network>()> const& read);

}  // namespace guarantor::tables
