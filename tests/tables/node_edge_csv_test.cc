#include "guarantor/tables/node_edge_csv.h"

#include <gtest/gtest.h>

#include <string>

namespace guarantor::tables {
namespace {

constexpr char kNodes[] = "id,lon,lat,place\na,30.5,50.4,\"Kyiv, centre\"\nb,24,49.8,\nc,30,46,x\n";

NodeTable nodes() {
  return read_nodes(kNodes, "nodes.csv").value();
}

TEST(NodeEdgeCsv, ReadsNodesAndPassesOtherColumnsOver) {
  NodeTable const read = nodes();
  EXPECT_EQ(read.ids, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(read.positions[1].longitude.count(), 24);
  EXPECT_EQ(read.place_of.at("c"), 2U);
}

TEST(NodeEdgeCsv, ReadsEdgesWithAndWithoutSpeedAndDirection) {
  auto const plain = read_edges("from,to,length_m\r\na,b,1500\r\n", "e.csv", nodes()).value();
  ASSERT_EQ(plain.size(), 1U);
  EXPECT_EQ(plain[0].length_m, 1500);
  EXPECT_FALSE(plain[0].speed_kmh);
  EXPECT_FALSE(plain[0].one_way);
  auto const full =
      read_edges("speed_kmh,oneway,to,from,length_m\n70,1,a,c,10\n,0,b,c,0\n", "e.csv", nodes())
          .value();
  ASSERT_EQ(full.size(), 2U);
  EXPECT_EQ(full[0].from, 2U);
  EXPECT_EQ(full[0].to, 0U);
  EXPECT_EQ(full[0].speed_kmh, 70);
  EXPECT_TRUE(full[0].one_way);
  EXPECT_FALSE(full[1].speed_kmh);
  EXPECT_FALSE(full[1].one_way);
}

TEST(NodeEdgeCsv, ReadsPairs) {
  EXPECT_EQ(read_node_pairs("to,from\nb,a\nb,b", "q.csv", nodes()).value(),
            (std::vector<NodePair>{{0, 1}, {1, 1}}));
}

std::string message_of(std::string const& edges) {
  auto const read = read_edges(edges, "e.csv", nodes());
  return read.ok() ? "read" : read.error().message;
}

TEST(NodeEdgeCsv, NamesFileLineAndColumnOfWhatIsWrong) {
  EXPECT_EQ(message_of(""), "e.csv:1:1: the table is empty");
  EXPECT_EQ(message_of("from,to\na,b\n"), "e.csv:1:1: the column `length_m` is missing");
  EXPECT_EQ(message_of("from,to,length_m\na,b,1\na,nowhere,1\n"),
            "e.csv:3:2: no node has the id `nowhere`");
  EXPECT_EQ(message_of("from,to,length_m\na,b,-1\n"), "e.csv:2:3: `-1` is no length");
  EXPECT_EQ(message_of("from,to,length_m\na,b,1,2\n"), "e.csv:2:5: 4 cells where the header has 3");
  EXPECT_EQ(message_of("from,to,length_m,speed_kmh\na,b,1,0\n"), "e.csv:2:4: `0` is no speed");
  EXPECT_EQ(message_of("from,to,length_m,speed_kmh\na,b,1,-5\n"), "e.csv:2:4: `-5` is no speed");
  EXPECT_EQ(message_of("from,to,length_m,oneway\na,b,1,yes\n"),
            "e.csv:2:4: `yes` is neither 0 nor 1");
  EXPECT_EQ(message_of("from,to,length_m\n\"a,b,1\n"),
            "e.csv:2:1: a quotation mark that is never closed");
  EXPECT_EQ(message_of("from,to,length_m\n\"a\"x,b,1\n"),
            "e.csv:2:1: a stray quotation mark or carriage return");
}

TEST(NodeEdgeCsv, RefusesNodesTwiceNamelessOrNowhere) {
  auto const message = [](std::string const& text) {
    auto const read = read_nodes(text, "n.csv");
    return read.ok() ? "read" : read.error().message;
  };
  EXPECT_EQ(message("id,lon,lat\na,1,1\n\na,2,2\n"), "n.csv:4:1: a second node with the id `a`");
  EXPECT_EQ(message("id,lon,lat\n,1,1\n"), "n.csv:2:1: a node without an id");
  EXPECT_EQ(message("id,lon,lat\na,181,1\n"), "n.csv:2:2: `181` is no longitude");
  EXPECT_EQ(message("id,lon,lat\na,1,-91\n"), "n.csv:2:3: `-91` is no latitude");
}

}  // namespace
}  // namespace guarantor::tables
