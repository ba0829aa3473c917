#include "bench/published_sets.h"

#include <gtest/gtest.h>

#include <fstream>

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;

/// A folder of sets that lives as long as the test; the cases themselves are empty files.
class Sets : public testing::Test {
 protected:
  Sets()
      : folder_{fs::path{testing::TempDir()} /
                (std::string{"published_sets_"} +
                 testing::UnitTest::GetInstance()->current_test_info()->name())} {}
  ~Sets() override { fs::remove_all(folder_); }
  Sets(Sets const&) = delete;
  Sets& operator=(Sets const&) = delete;

  void put(std::string const& file, std::string const& text = "") const {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream{folder_ / file} << text;
  }
  /// "set name known", a line each.
  [[nodiscard]] std::string listed() const {
    auto const found = published_sets(folder_);
    if (!found.ok()) {
      return found.error().message.substr(folder_.string().size() + 1);
    }
    std::string out;
    for (SetCase const& one : found.value()) {
      out += one.set + " " + one.name + " " +
             (one.known ? std::to_string(static_cast<int>(*one.known)) : "?") + "\n";
    }
    return out;
  }

  fs::path folder_;
};

TEST_F(Sets, EachKindHasItsTable) {
  put("pmedian/known_optima.csv",
      "instance,n,m,p,pmedian_opt,pcenter_opt\npmed1,9,9,5,58,12\n"
      "pmed21,9,9,5,58,12\n");
  put("pmedian/pmed1.txt");
  put("pmedian/pmedcap/known_optima.csv", "instance,n,p,capacity,opt\npmedcap01,50,5,120,713\n");
  put("pmedian/pmedcap/pmedcap01.txt");
  put("scp/known_optima.csv",
      "file,unicost,best_known,best_bound\nscp410.txt,0,514,514\nscpd1.txt,0,60,60\n"
      "scpnrg1.txt,0,176,165\nscpd1.txt,1,24,1\n");
  put("scp/scp410.txt");
  put("scp/scpd1.txt");
  put("scp/scpnrg1.txt");
  put("cflp/known_optima.csv",
      "instance,capacity,opt\ncap41,,1040\ncapa,8000,1924\ncapa,10000,1843\n");
  put("cflp/cap41.txt");
  put("cflp/capa.txt");
  put("mclp/reference_optima_SJC.csv",
      "instance,radius,p,total_demand,cbc_status,covered\nSJC324,800,2,12152,Optimal,8790.0\n"
      "SJC324,800.5,3,12152,Stopped on time,11604.0\n");
  put("mclp/SJC324.txt");
  EXPECT_EQ(listed(),
            "pmed pmed1 58\npcenter pmed1 12\npmedcap pmedcap01 713\nscp4 scp410 514\n"
            "scpd scpd1 60\nscpnrg scpnrg1 ?\ncap cap41 1040\ncapa capa-8000 1924\n"
            "capa capa-10000 1843\nsjc SJC324-r800-p2 8790\nsjc SJC324-r800.5-p3 ?\n");
  auto const found = published_sets(folder_).value();
  EXPECT_EQ(found[8].source.capacity, 10000);
  EXPECT_EQ(found[8].source.file, (folder_ / "cflp" / "capa.txt").string());
  EXPECT_EQ(found[9].source.count, 2U);
  EXPECT_EQ(found[9].source.radius, 800);
}

TEST_F(Sets, FaultsNameTableAndLine) {
  put("scp/known_optima.csv", "file,unicost,best_known,best_bound\nscp41.txt,0,many,many\n");
  put("scp/scp41.txt");
  EXPECT_EQ(listed(),
            "scp/known_optima.csv:2: `many` stands where a number best_known is expected");
}

TEST_F(Sets, AFolderWithoutCasesIsNotFound) {
  auto const found = published_sets(folder_);
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, model::ErrorKind::kNotFound);
  EXPECT_EQ(found.error().message, "no published case in " + folder_.string());
}

}  // namespace
}  // namespace guarantor::bench
