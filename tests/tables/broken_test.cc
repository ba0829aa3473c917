#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "broken_case.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;

fs::path const kFolder = "tests/broken";

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (auto const& entry : fs::directory_iterator{kFolder}) {
    if (entry.path().extension() == ".case") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

class BrokenScenario : public testing::TestWithParam<std::string> {};

TEST_P(BrokenScenario, IsDiagnosedExactly) {
  BrokenCase const broken = read_case(kFolder / (GetParam() + ".case"));
  EXPECT_EQ(diagnose(broken, kFolder / "base"), broken.expected) << broken.about;
}

INSTANTIATE_TEST_SUITE_P(All, BrokenScenario, testing::ValuesIn(case_names()),
                         [](auto const& chosen) {
                           std::string name = chosen.param;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

TEST(BrokenScenarios, AreSixtyAtLeastAndTheirBaseIsSound) {
  EXPECT_GE(case_names().size(), 60U);
  EXPECT_EQ(diagnose({}, kFolder / "base"), std::vector<std::string>{"(loaded)"});
}

}  // namespace
}  // namespace guarantor::tables
