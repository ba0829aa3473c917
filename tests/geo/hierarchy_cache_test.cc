#include "guarantor/geo/hierarchy_cache.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "drawn_network.h"
#include "random_network.h"

namespace guarantor::geo {
namespace {

bool same(Elimination const& a, Elimination const& b) {
  return a.rank_of == b.rank_of && a.node_at == b.node_at && a.supernode_of == b.supernode_of &&
         a.first == b.first && a.first_row == b.first_row && a.rows == b.rows &&
         a.parent == b.parent;
}

DrawnNetwork town() {
  return draw_network({"A-2-B-5-D",  //
                       "|   |   |", "4   1   6", "|   |   |", "I-1-C-3>E   K-1-L"});
}

RC_GTEST_PROP(HierarchyCache, GivesBackWhatWasWritten, ()) {
  RandomNetwork const network = *random_network(150);
  auto const hierarchy = Hierarchy::prepare(network.graph, 1, {}).value();
  std::string const bytes = write_cache(*hierarchy);
  auto const read = read_cache(bytes, network.graph);
  RC_ASSERT(read.ok());
  RC_ASSERT(same(read.value()->elimination(), hierarchy->elimination()));
  RC_ASSERT(write_cache(*read.value()) == bytes);
}

TEST(HierarchyCache, RefusesEveryTruncation) {
  auto const graph = town().graph;
  std::string const bytes = write_cache(*Hierarchy::prepare(graph, 1, {}).value());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    auto const read = read_cache(bytes.substr(0, size), graph);
    ASSERT_FALSE(read.ok()) << size;
    EXPECT_EQ(read.error().kind, model::ErrorKind::kCheckFailed) << size;
  }
  EXPECT_FALSE(read_cache(bytes + std::string(8, '\0'), graph).ok());
}

TEST(HierarchyCache, RefusesEveryFlippedBit) {
  auto const graph = town().graph;
  std::string const bytes = write_cache(*Hierarchy::prepare(graph, 1, {}).value());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      EXPECT_FALSE(read_cache(flipped, graph).ok()) << at << " bit " << bit;
    }
  }
}

TEST(HierarchyCache, RefusesAnotherGraphAsStale) {
  std::string const bytes = write_cache(*Hierarchy::prepare(town().graph, 1, {}).value());
  auto const other = draw_network({"A-2-B-5-D",  //
                                   "|   |   |", "4   1   6", "|   |   |", "I-1-C-3-E   K-1-L"});
  auto const read = read_cache(bytes, other.graph);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind, model::ErrorKind::kRefused);
}

}  // namespace
}  // namespace guarantor::geo
