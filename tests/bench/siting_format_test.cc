#include "bench/siting_format.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

namespace guarantor::bench {
namespace {

/// A file that lives as long as the test.
class CaseFile {
 public:
  explicit CaseFile(std::string const& text)
      : path_{std::filesystem::path{testing::TempDir()} /
              (std::string{"siting_format_"} +
               testing::UnitTest::GetInstance()->current_test_info()->name() + ".txt")} {
    std::ofstream{path_} << text;
  }
  ~CaseFile() { std::filesystem::remove(path_); }
  CaseFile(CaseFile const&) = delete;
  CaseFile& operator=(CaseFile const&) = delete;

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string fault_of_median(std::string const& text) {
  CaseFile const file{text};
  auto const read = read_median_case(file.path());
  if (read.ok()) {
    return "none";
  }
  std::string const& message = read.error().message;
  EXPECT_EQ(message.rfind(file.path().string() + ":", 0), 0U) << message;
  return message.substr(file.path().string().size() + 1);
}

TEST(SitingFormat, DistancesAreShortestPathsAndTheLastOfRepeatedEdgesCounts) {
  CaseFile const file{" 4 4 2 \n 1 2 30 \n 2 3 4\n\n 2 1 9 \r\n 1 3 50"};
  auto const read = read_median_case(file.path());
  ASSERT_TRUE(read.ok()) << read.error().message;
  MedianCase const& made = read.value();
  EXPECT_EQ(made.count, 2U);
  ASSERT_EQ(made.distances.size(), 16U);
  EXPECT_EQ(made.distances[0 * 4 + 1], 9);
  EXPECT_EQ(made.distances[0 * 4 + 2], 13);
  EXPECT_EQ(made.distances[2 * 4 + 0], 13);
  EXPECT_TRUE(std::isinf(made.distances[0 * 4 + 3]));
  EXPECT_EQ(made.distances[3 * 4 + 3], 0);
}

TEST(SitingFormat, ALongerLastLengthCountsToo) {
  CaseFile const file{"2 2 1\n1 2 3\n1 2 8\n"};
  EXPECT_EQ(read_median_case(file.path()).value().distances[1], 8);
}

TEST(SitingFormat, FaultsNameFileAndLine) {
  EXPECT_EQ(fault_of_median(""), "1: the file ends where `vertices edges count` is expected");
  EXPECT_EQ(fault_of_median("2 1\n"), "1: `vertices edges count` is expected: 3 numbers, not 2");
  EXPECT_EQ(fault_of_median("2 1 1\n1 3 5\n"), "2: vertex 3 is not one of 1 to 2");
  EXPECT_EQ(fault_of_median("2 1 1\n\n1 2 x\n"),
            "3: an edge `from to length` is expected, in whole numbers");
  EXPECT_EQ(fault_of_median("2 1 1\n1 2 -5\n"), "2: length -5 is not within 0 to 1000000");
  EXPECT_EQ(fault_of_median("2 2 1\n1 2 5\n"),
            "3: the file ends where an edge `from to length` is expected");
  EXPECT_EQ(fault_of_median("2 1 1\n1 2 5\n1 2 6\n"),
            "3: text after the last line that the file announces");
  EXPECT_EQ(fault_of_median("2 1 3\n1 2 5\n").substr(0, 2), "1:");
}

TEST(SitingFormat, AMissingFileIsNotFound) {
  EXPECT_EQ(read_median_case("no-such-file").error().kind, model::ErrorKind::kNotFound);
  EXPECT_EQ(read_capacitated_median_case("no-such-file").error().kind, model::ErrorKind::kNotFound);
}

TEST(SitingFormat, CapacitatedDistancesAreCutToWholeNumbers) {
  CaseFile const file{" 1 713\n 3 2 120\n 1 0 0 3\n 2 1 1 14\n 3 3 4 5\n"};
  auto const read = read_capacitated_median_case(file.path());
  ASSERT_TRUE(read.ok()) << read.error().message;
  CapacitatedMedianCase const& made = read.value();
  EXPECT_EQ(made.published, 713);
  EXPECT_EQ(made.count, 2U);
  EXPECT_EQ(made.capacity, 120);
  EXPECT_EQ(made.quantities, (std::vector<double>{3, 14, 5}));
  EXPECT_EQ(made.distances, (std::vector<double>{0, 1, 5, 1, 0, 3, 5, 3, 0}));
}

TEST(SitingFormat, CapacitatedFaultsNameFileAndLine) {
  CaseFile const file{"1 713\n2 1 120\n1 0 0 3\n3 1 1 14\n"};
  auto const read = read_capacitated_median_case(file.path());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message,
            file.path().string() + ":4: point 2 with a quantity of at least 0 is expected");
}

}  // namespace
}  // namespace guarantor::bench
