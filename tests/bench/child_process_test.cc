#include "bench/child_process.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;

class ChildProcess : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "bench_test.XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] Command shell(std::string const& script) const {
    return {.words = {"sh", "-c", script}, .out = folder_ / "out", .err = folder_ / "err"};
  }
  [[nodiscard]] std::string read(char const* name) const {
    std::ifstream in{folder_ / name};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  fs::path folder_;
};

TEST_F(ChildProcess, KeepsWhatIsPrintedAndTheExitCode) {
  auto const ending = run(shell("echo result; echo talk >&2; exit 3"));
  ASSERT_TRUE(ending.ok());
  EXPECT_EQ(ending.value().exit_code, 3);
  EXPECT_FALSE(ending.value().timed_out);
  EXPECT_GT(ending.value().peak_mib, 0);
  EXPECT_EQ(read("out"), "result\n");
  EXPECT_EQ(read("err"), "talk\n");
}

TEST_F(ChildProcess, MayPutBothStreamsInOneFile) {
  auto command = shell("echo result; echo talk >&2");
  command.err = command.out;
  ASSERT_TRUE(run(command).ok());
  EXPECT_EQ(read("out"), "result\ntalk\n");
}

TEST_F(ChildProcess, KillsWhatDoesNotEnd) {
  auto command = shell("exec sleep 600");
  command.deadline = model::Seconds{0.1};
  auto const ending = run(command);
  ASSERT_TRUE(ending.ok());
  EXPECT_TRUE(ending.value().timed_out);
  EXPECT_EQ(ending.value().exit_code, -1);
}

TEST_F(ChildProcess, SaysWhatCannotBeRun) {
  auto command = shell("");
  command.words = {"/nowhere/to/be/found"};
  auto const ending = run(command);
  ASSERT_FALSE(ending.ok());
  EXPECT_EQ(ending.error().kind, model::ErrorKind::kNotFound);
}

TEST(IsRunnable, LooksOnThePath) {
  EXPECT_TRUE(is_runnable("sh"));
  EXPECT_TRUE(is_runnable("/bin/sh"));
  EXPECT_FALSE(is_runnable("no-such-program-anywhere"));
  EXPECT_FALSE(is_runnable("/bin/no-such-program"));
}

}  // namespace
}  // namespace guarantor::bench
