#include "guarantor/intake/decompression.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <string>

namespace guarantor::intake {
namespace {

using model::ErrorKind;

std::string gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  std::string copy{text};
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstandard(std::string_view text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

/// What became of a stream, and its error; empty where there was none.
struct Outcome {
  std::string text;
  std::string error;
  ErrorKind kind{ErrorKind::kDefect};
};

Outcome inflated(std::string_view packed, std::size_t piece = 1 << 20,
                 DecompressionLimits const& limits = {}) {
  Outcome outcome;
  Decompression decompression{"reports.csv", limits};
  auto const append = [&](std::string_view bytes) { outcome.text += bytes; };
  auto const failed = [&](model::Result<model::Done> const& result) {
    if (!result) {
      outcome.error = result.error().message;
      outcome.kind = result.error().kind;
    }
    return !result;
  };
  while (!packed.empty()) {
    if (failed(decompression.feed(packed.substr(0, piece), append))) {
      return outcome;
    }
    packed.remove_prefix(std::min(piece, packed.size()));
  }
  (void)failed(decompression.finish(append));
  return outcome;
}

/// Text that does not pack well.
std::string text_of(std::size_t bytes) {
  std::string text;
  std::uint32_t state = 1;
  while (text.size() < bytes) {
    state = state * 1664525 + 1013904223;
    text += std::to_string(state);
  }
  return text;
}

TEST(Decompression, InflatesGzipZstandardAndPassesTheRest) {
  std::string const text = text_of(300'000);
  for (std::string const& packed : {gzip(text), zstandard(text), text}) {
    for (std::size_t const piece : {1U, 1000U, 1U << 20U}) {
      Outcome const outcome = inflated(packed, piece);
      EXPECT_EQ(outcome.error, "");
      EXPECT_TRUE(outcome.text == text);
    }
  }
  EXPECT_EQ(inflated("").text, "");
  EXPECT_EQ(inflated("a").text, "a");
  EXPECT_EQ(inflated(gzip("")).error, "");
  EXPECT_EQ(inflated(zstandard("")).error, "");
}

TEST(Decompression, InflatesOneMemberAfterTheOther) {
  for (std::size_t const piece : {1U, 7U, 1000U}) {
    EXPECT_EQ(inflated(gzip("a") + gzip("") + gzip("b"), piece).text, "ab");
    EXPECT_EQ(inflated(zstandard("a") + zstandard("b"), piece).text, "ab");
    EXPECT_EQ(inflated(gzip("a") + std::string(512, '\0'), piece).error, "");
    EXPECT_EQ(inflated(gzip("a") + "x", piece).text, "a");
    EXPECT_NE(inflated(gzip("a") + "x", piece).error, "");
    EXPECT_NE(inflated(gzip("a") + std::string(1, '\0') + "x", piece).error, "");
    EXPECT_NE(inflated(zstandard("a") + "xxxxx", piece).error, "");
  }
}

TEST(Decompression, TellsATornFileAfterWhatCameBefore) {
  std::string const text = text_of(300'000);
  for (std::string const& packed : {gzip(text), zstandard(text)}) {
    Outcome const outcome = inflated(packed.substr(0, packed.size() - 5), 1000);
    EXPECT_EQ(outcome.kind, ErrorKind::kBadInput);
    EXPECT_EQ(outcome.error.find("reports.csv: the file ends at byte "), 0U) << outcome.error;
    EXPECT_GT(outcome.text.size(), 100'000U);
    EXPECT_TRUE(text.starts_with(outcome.text));
  }
  EXPECT_NE(inflated(gzip("a").substr(0, 3)).error, "");
}

TEST(Decompression, TellsDamage) {
  std::string const text = text_of(300'000);
  for (std::string packed : {gzip(text), zstandard(text)}) {
    packed[packed.size() / 2] ^= '\x55';
    packed[packed.size() / 2 + 1] ^= '\x55';
    EXPECT_EQ(inflated(packed).kind, ErrorKind::kBadInput);
  }
}

TEST(Decompression, StopsWhatSwellsTooMuch) {
  std::string const zeros(4'000'000, '\0');
  DecompressionLimits const narrow{.free_bytes = 1'000'000};
  for (std::string const& packed : {gzip(zeros), zstandard(zeros)}) {
    Outcome const outcome = inflated(packed, 1000, narrow);
    EXPECT_EQ(outcome.kind, ErrorKind::kLimit);
    EXPECT_LE(outcome.text.size(), 1'100'000U);
    EXPECT_EQ(inflated(packed).error, "");
    EXPECT_EQ(inflated(packed, 1000, {.bytes = 100}).kind, ErrorKind::kLimit);
  }
}

RC_GTEST_PROP(Decompression, DoesNotDependOnHowTheStreamIsCut, ()) {
  auto const text = *rc::gen::arbitrary<std::string>();
  auto const noise = *rc::gen::arbitrary<std::string>();
  std::string const packed = *rc::gen::element(gzip(text), zstandard(text)) + noise;
  Outcome const whole = inflated(packed);
  for (std::size_t const piece : {1U, 3U}) {
    Outcome const cut = inflated(packed, piece);
    RC_ASSERT(cut.text == whole.text);
    RC_ASSERT(cut.error.empty() == whole.error.empty());
  }
}

}  // namespace
}  // namespace guarantor::intake
