#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace guarantor::report {

/// Compares with tests/golden/<name>. With GUARANTOR_WRITE_GOLDEN set the file is written instead,
/// to be read by a person before it is kept.
inline void expect_golden(std::string const& name, std::string const& text) {
  auto const path = "tests/golden/" + name;
  if (std::getenv("GUARANTOR_WRITE_GOLDEN") != nullptr) {
    std::ofstream{path, std::ios::binary} << text;
  }
  std::ifstream in{path, std::ios::binary};
  ASSERT_TRUE(in) << path << " cannot be read; tests run in the source tree";
  std::string const kept{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  EXPECT_EQ(text, kept) << "set GUARANTOR_WRITE_GOLDEN=1 to write " << path
                        << " anew, and read it before you keep it";
}

}  // namespace guarantor::report
