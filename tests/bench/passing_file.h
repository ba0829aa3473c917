#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace guarantor::bench {

/// A file that goes when the test ends.
class PassingFile {
 public:
  PassingFile(std::string const& name, std::string const& content)
      : path_{std::filesystem::temp_directory_path() /
              (std::string{"guarantor_"} +
               testing::UnitTest::GetInstance()->current_test_info()->name() + "_" + name)} {
    std::ofstream{path_, std::ios::binary} << content;
  }
  PassingFile(PassingFile const&) = delete;
  PassingFile& operator=(PassingFile const&) = delete;
  ~PassingFile() { std::filesystem::remove(path_); }

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace guarantor::bench
