#include "guarantor/intake/decompression.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <utility>

namespace guarantor::intake {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kBufferBytes = std::size_t{1} << 16U;
constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstandardMagic = "\x28\xb5\x2f\xfd";
constexpr int kGzipAlone = 16;  // zlib: a gzip header and nothing else
constexpr std::size_t kMostPiece = std::size_t{1} << 30U;

}  // namespace

struct Decompression::Gzip {
  Gzip() { open = inflateInit2(&stream, MAX_WBITS + kGzipAlone) == Z_OK; }
  Gzip(Gzip const&) = delete;
  Gzip& operator=(Gzip const&) = delete;
  ~Gzip() { inflateEnd(&stream); }

  z_stream stream{};
  bool open{};
  bool within{true};  ///< a member is not complete
  bool padding{};     ///< zeros behind the last member
};

struct Decompression::Zstandard {
  Zstandard() : stream{ZSTD_createDStream()} {}
  Zstandard(Zstandard const&) = delete;
  Zstandard& operator=(Zstandard const&) = delete;
  ~Zstandard() { ZSTD_freeDStream(stream); }

  ZSTD_DStream* stream;
  bool within{true};  ///< a frame is not complete
};

Decompression::Decompression(std::string name, DecompressionLimits const& limits)
    : name_{std::move(name)}, limits_{limits} {}
Decompression::~Decompression() = default;

Result<Done> Decompression::feed(std::string_view bytes, Output const& output) {
  while (format_ == Format::kUnknown && !bytes.empty()) {
    held_.at(held_bytes_++) = bytes.front();
    bytes.remove_prefix(1);
    if (held_bytes_ == held_.size()) {
      if (auto begun = begin(output); !begun) {
        return begun;
      }
    }
  }
  return bytes.empty() ? Done{} : pass_on(bytes, output);
}

/// The first bytes tell what the stream is.
Result<Done> Decompression::begin(Output const& output) {
  std::string_view const held{held_.data(), held_bytes_};
  if (held.starts_with(kGzipMagic)) {
    format_ = Format::kGzip;
    gzip_ = std::make_unique<Gzip>();
    buffer_.resize(kBufferBytes);
  } else if (held == kZstandardMagic) {
    format_ = Format::kZstandard;
    zstandard_ = std::make_unique<Zstandard>();
    buffer_.resize(kBufferBytes);
  } else {
    format_ = Format::kPlain;
  }
  if ((gzip_ && !gzip_->open) || (zstandard_ && zstandard_->stream == nullptr)) {
    return Error{ErrorKind::kDefect, fmt::format("{}: no memory to inflate it with", name_), ""};
  }
  return pass_on(held, output);
}

Result<Done> Decompression::pass_on(std::string_view bytes, Output const& output) {
  switch (format_) {
    case Format::kGzip:
      return inflate(bytes, output);
    case Format::kZstandard:
      return decompress(bytes, output);
    case Format::kPlain:
    case Format::kUnknown:
      break;
  }
  if (!bytes.empty()) {
    output(bytes);
  }
  return Done{};
}

Result<Done> Decompression::inflate(std::string_view bytes, Output const& output) {
  z_stream& stream = gzip_->stream;
  while (!bytes.empty()) {
    if (!gzip_->within) {
      // Behind a member comes another one, or zeros that fill a block.
      gzip_->padding = gzip_->padding || bytes.front() == '\0';
      if (gzip_->padding) {
        if (bytes.find_first_not_of('\0') != std::string_view::npos) {
          return bad_input("something follows the last gzip member", "cut it off");
        }
        return Done{};
      }
      inflateReset(&stream);
      gzip_->within = true;
    }
    std::size_t const piece = std::min(bytes.size(), kMostPiece);
    // zlib reads from here and writes nothing; its type says so only where ZLIB_CONST is defined.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(piece);
    int status = Z_OK;
    while (status == Z_OK) {
      stream.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      stream.avail_out = static_cast<uInt>(buffer_.size());
      uInt const before = stream.avail_in;
      status = ::inflate(&stream, Z_NO_FLUSH);
      in_ += before - stream.avail_in;
      if (auto delivered = deliver(buffer_.size() - stream.avail_out, output); !delivered) {
        return delivered;
      }
      if (status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) {
        break;
      }
    }
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      return bad_input(fmt::format("the gzip stream is damaged behind byte {}", in_),
                       "fetch the file again");
    }
    gzip_->within = status != Z_STREAM_END;
    bytes.remove_prefix(piece - stream.avail_in);
  }
  return Done{};
}

Result<Done> Decompression::decompress(std::string_view bytes, Output const& output) {
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  bool full = false;  // more may come without further input
  while (in.pos < in.size || full) {
    ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
    std::size_t const before = in.pos;
    std::size_t const left = ZSTD_decompressStream(zstandard_->stream, &out, &in);
    in_ += in.pos - before;
    if (ZSTD_isError(left) != 0) {
      return bad_input(fmt::format("the Zstandard stream is damaged behind byte {}: {}", in_,
                                   ZSTD_getErrorName(left)),
                       "fetch the file again");
    }
    if (auto delivered = deliver(out.pos, output); !delivered) {
      return delivered;
    }
    full = out.pos == out.size && left != 0;
    zstandard_->within = left != 0;
  }
  return Done{};
}

Result<Done> Decompression::deliver(std::size_t bytes, Output const& output) {
  out_ += bytes;
  bool const bomb = out_ > limits_.free_bytes && out_ / limits_.ratio > in_;
  if (bomb || out_ > limits_.bytes) {
    return Error{
        ErrorKind::kLimit,
        fmt::format("{}: {} bytes became more than {}", name_, in_, out_ - bytes),
        "a file that swells so much is taken for a trap; inflate it yourself if it is none"};
  }
  if (bytes > 0) {
    output(std::string_view{buffer_}.substr(0, bytes));
  }
  return Done{};
}

Result<Done> Decompression::finish(Output const& output) {
  if (format_ == Format::kUnknown) {
    if (auto begun = begin(output); !begun) {
      return begun;
    }
  }
  if (gzip_ && gzip_->within) {
    return bad_input(fmt::format("the file ends at byte {}, within a gzip member", in_),
                     "it is cut short; fetch it again");
  }
  if (zstandard_ && zstandard_->within) {
    return bad_input(fmt::format("the file ends at byte {}, within a Zstandard frame", in_),
                     "it is cut short; fetch it again");
  }
  return Done{};
}

Error Decompression::bad_input(std::string message, std::string hint) const {
  return {ErrorKind::kBadInput, fmt::format("{}: {}", name_, message), std::move(hint)};
}

}  // namespace guarantor::intake
