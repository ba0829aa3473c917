#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <string>

#include "guarantor/intake/decompression.h"
#include "guarantor/intake/detect.h"
#include "guarantor/intake/firms_csv.h"
#include "guarantor/intake/mapped_csv.h"
#include "guarantor/intake/observation_json.h"
#include "guarantor/intake/ucdp_ged_csv.h"
#include "recorded_sink.h"

/// Published sets, where they are at hand.
namespace guarantor::intake {
namespace {

using std::filesystem::path;

std::optional<path> published() {
  char const* const folder = std::getenv("GUARANTOR_DATA");
  if (folder == nullptr) {
    std::cerr << "GUARANTOR_DATA IS NOT SET: the published observations were not looked at\n";
    return std::nullopt;
  }
  return path{folder} / "watch";
}

std::string inflated(path const& file) {
  std::ifstream in{file, std::ios::binary};
  EXPECT_TRUE(in) << file;
  std::string const packed{std::istreambuf_iterator<char>{in}, {}};
  std::string text;
  Decompression decompression{file.string()};
  auto const append = [&](std::string_view bytes) { text += bytes; };
  EXPECT_TRUE(decompression.feed(packed, append).ok());
  EXPECT_TRUE(decompression.finish(append).ok());
  return text;
}

void print_rate(std::string_view what, std::uint64_t rows,
                std::chrono::steady_clock::time_point from) {
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - from;
  std::cout << what << ": " << rows << " rows, " << static_cast<double>(rows) / took.count()
            << " a second\n";
}

TEST(PublishedFirms, TakesEveryRowAndEachOnlyOnce) {
  auto const folder = published();
  if (!folder) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  std::uint64_t rows = 0;
  std::vector<std::string> texts;
  for (int const year : {2012, 2016, 2018, 2019, 2020, 2021, 2022}) {
    texts.push_back(
        inflated(*folder / "firms" / ("ukr_fire_data_" + std::to_string(year) + ".csv.gz")));
    EXPECT_EQ(detect("", texts.back().substr(0, 100)), Format::kFirmsCsv);
  }
  auto const from = std::chrono::steady_clock::now();
  for (std::string const& text : texts) {
    CountingSink sink;
    auto const adapter = firms_csv();
    adapter->feed(text, sink);
    adapter->finish(sink);
    EXPECT_EQ(sink.counts.total(), 0U);
    rows += sink.taken;
  }
  print_rate("FIRMS", rows, from);
  EXPECT_EQ(rows, 748'140U);
}

TEST(PublishedFirms, GivesEveryRowItsOwnIdAndTheSameAgain) {
  auto const folder = published();
  if (!folder) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  std::string const text = inflated(*folder / "firms/ukr_fire_data_2012.csv.gz");
  Recorded const first = read_all(firms_csv(), text);
  std::set<std::string> ids;
  for (auto const& [line, observation] : first.taken) {
    ids.insert(observation.id.text());
  }
  EXPECT_EQ(ids.size(), first.taken.size());
  EXPECT_EQ(read_all(firms_csv(), text, 777), first);
}

TEST(PublishedObservations, GoThroughOurOwnFormUnchanged) {
  auto const folder = published();
  if (!folder) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  Recorded const firms =
      read_all(firms_csv(), inflated(*folder / "firms/ukr_fire_data_2021.csv.gz"));
  std::vector<std::string> lines;
  auto from = std::chrono::steady_clock::now();
  for (auto const& [line, observation] : firms.taken) {
    lines.push_back(to_json(observation));
  }
  print_rate("to_json", lines.size(), from);
  ObservationReader reader;
  from = std::chrono::steady_clock::now();
  std::size_t different = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    model::Observation again;
    if (reader.read(lines[i], again) || again != firms.taken[i].second) {
      ++different;
    }
  }
  print_rate("from JSON", lines.size(), from);
  EXPECT_EQ(different, 0U);
}

/// Rows as a whole text in UTF-8 has them.
TEST(PublishedUcdp, TakesOrCountsEveryRow) {
  auto const folder = published();
  if (!folder) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  Recorded const released = read_all(
      ucdp_ged_csv(), inflated(*folder / "ucdp/UCDP-GED-Ukraine_2014-2022-02_3077rows.csv.gz"));
  EXPECT_EQ(released.taken.size() + released.rejects.size(), 3077U);
  Recorded const candidate =
      read_all(ucdp_ged_csv(),
               inflated(*folder / "ucdp/UCDP-GED-candidate-Ukraine_2014-2023_3883rows.csv.gz"));
  EXPECT_EQ(candidate.taken.size() + candidate.rejects.size(), 3883U);
  for (Recorded const& recorded : {released, candidate}) {
    std::cout << "UCDP: " << recorded.taken.size() << " taken\n";
    for (std::size_t i = 0; i < kRejectReasons; ++i) {
      auto const reason = static_cast<RejectReason>(i);
      if (recorded.counts.count(reason) > 0) {
        std::cout << "  " << model::text(reason) << " " << recorded.counts.count(reason) << ": "
                  << print(recorded.counts.examples(reason).front()) << "\n";
      }
    }
  }
}

TEST(PublishedAlerts, AreReadByAMapping) {
  auto const folder = published();
  if (!folder) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  MappingReading const reading = Mapping::parse(R"(source = "alerts-official"
id = ["oblast", "raion", "hromada", "started_at"]
[columns]
from = "started_at"
to = "finished_at"
text = "oblast"
[constants]
kind = "alert"
)");
  ASSERT_TRUE(reading.mapping);
  Recorded const recorded =
      read_all(mapped_csv(*reading.mapping),
               inflated(*folder / "airraid/official_data_en_to_2024-04-23.csv.gz"));
  for (Reject const& reject : recorded.rejects) {
    std::cout << print(reject) << "\n";
  }
  EXPECT_EQ(recorded.taken.size() + recorded.rejects.size(), 43'031U);
}

}  // namespace
}  // namespace guarantor::intake
