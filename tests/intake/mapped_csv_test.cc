#include "guarantor/intake/mapped_csv.h"

#include <gtest/gtest.h>

#include "recorded_sink.h"

namespace guarantor::intake {
namespace {

constexpr std::string_view kPatrols = R"mapping(# a patrol's table
source = "patrol-7"
id = ["nr", "day"]
separator = ";"
zone = "Europe/Kyiv"
time_formats = ["D.M.YYYY hh:mm"]
evidence_separator = " "

[columns]
from = "day"
latitude = "lat"
longitude = "lon"
precision = "radius"
kind = "what"
count = 'number'
calibre = "gun"
sense = "how"
blast = "blast"
live_fire = "exercise"
probability = "sure"
evidence = "links"
text = "note"

[units]
precision = "km"
calibre = "cm"
probability = "percent"

[constants]
observer = "patrol"
sense = "heard"

[words.kind]
"Explosion(s)" = "explosion"
Salve = "burst"
"*" = "other"

[words.live_fire]
ja = "true"
nein = "false"
)mapping";
constexpr std::string_view kHeader =
    "nr;day;lat;lon;radius;what;number;gun;how;blast;exercise;sure;links;note\n";

Mapping mapping(std::string_view text) {
  MappingReading reading = Mapping::parse(text);
  EXPECT_TRUE(reading.problems.empty()) << reading.problems.front().message;
  return std::move(reading.mapping).value();
}

TEST(MappedCsv, ReadsATableByItsMapping) {
  Recorded const recorded =
      read_all(mapped_csv(mapping(kPatrols)),
               std::string{kHeader} +
                   "1;1.7.2021 09:30;48,5;37\n"  // decimal commas are not taken
                   "1;1.7.2021 09:30;48.5;37;1.5;Explosion(s);4;12.2;seen;impact;nein;80;a b;x\n"
                   "2;1.12.2021 09:30;48.5;37;;Salve;;;;;;;;\n"
                   "3;1.12.2021 09:30;48.5;37;;Feuer;;;;;ja;;;\n");
  ASSERT_EQ(recorded.taken.size(), 3U);
  EXPECT_EQ(recorded.counts.count(RejectReason::kWrongFieldCount), 1U);
  model::Observation const& first = recorded.taken[0].second;
  EXPECT_EQ(first.id.text(), "patrol-7:1,1.7.2021 09:30");
  EXPECT_EQ(first.source, "patrol-7");
  EXPECT_EQ(first.observer, "patrol");
  EXPECT_EQ(first.kind, model::EventKind::kExplosion);
  EXPECT_EQ(first.category, "Explosion(s)");
  EXPECT_EQ(first.from, *model::parse_instant("2021-07-01T06:30:00Z"));
  EXPECT_EQ(first.to, *model::parse_instant("2021-07-01T06:30:59.999999Z"));
  EXPECT_EQ(first.precision, model::Metres{1500});
  EXPECT_EQ(first.count, 4);
  EXPECT_EQ(first.calibre, model::Millimetres{122});
  EXPECT_EQ(first.sense, model::Sense::kSeen);
  EXPECT_EQ(first.blast, model::BlastKind::kImpact);
  EXPECT_FALSE(first.live_fire);
  EXPECT_EQ(first.probability, 0.8);
  EXPECT_EQ(first.evidence, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(first.text, "x");
  model::Observation const& second = recorded.taken[1].second;
  EXPECT_EQ(second.kind, model::EventKind::kBurst);
  EXPECT_EQ(second.sense, model::Sense::kHeard);
  EXPECT_EQ(second.from, *model::parse_instant("2021-12-01T07:30:00Z"));
  EXPECT_EQ(recorded.taken[2].second.kind, model::EventKind::kOther);
  EXPECT_TRUE(recorded.taken[2].second.live_fire);
}

TEST(MappedCsv, SaysWhyARowIsNotTaken) {
  Recorded const recorded =
      read_all(mapped_csv(mapping(kPatrols)), std::string{kHeader} +
                                                  ";;48.5;37;;Salve;;;;;;;;\n"
                                                  "1;;48.5;37;;Salve;;;;;;;;\n"
                                                  "1;1.7.2021;48.5;37;;Salve;;;;;;;;\n"
                                                  "1;1.7.2021 09:30;;37;;Salve;;;;;;;;\n"
                                                  "1;1.7.2021 09:30;48.5;37;;;;;;;;;;\n"
                                                  "1;1.7.2021 09:30;48.5;37;;Salve;0;;;;;;;\n"
                                                  "1;1.7.2021 09:30;48.5;37;;Salve;;;smelt;;;;;\n"
                                                  "1;1.7.2021 09:30;48.5;37;;Salve;;;;big;;;;\n"
                                                  "1;1.7.2021 09:30;48.5;37;;Salve;;;;;oui;;;\n"
                                                  "1;1.7.2021 09:30;48.5;37;-1;Salve;;;;;;;;\n"
                                                  "1;1.7.2021 09:30;48.5;37;;Salve;;;;;;101;;\n"
                                                  "1;1.7.2021 09:30;48.5;37;;Salve;;x;;;;;;\n");
  std::vector<RejectReason> const expected{
      RejectReason::kMissingField, RejectReason::kMissingField, RejectReason::kBadDate,
      RejectReason::kNoPlace,      RejectReason::kMissingField, RejectReason::kBadNumber,
      RejectReason::kBadWord,      RejectReason::kBadWord,      RejectReason::kBadWord,
      RejectReason::kBadNumber,    RejectReason::kBadNumber,    RejectReason::kBadNumber};
  ASSERT_EQ(recorded.rejects.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(recorded.rejects[i].reason, expected[i]) << print(recorded.rejects[i]);
    EXPECT_EQ(recorded.rejects[i].line, i + 2);
  }
}

TEST(MappedCsv, NamesAllColumnsThatAreMissing) {
  Recorded const recorded = read_all(mapped_csv(mapping(kPatrols)), "nr;lat;lon\n1;2;3\n");
  ASSERT_EQ(recorded.rejects.size(), 2U);
  EXPECT_EQ(recorded.rejects[0].reason, RejectReason::kBadHeader);
  EXPECT_EQ(recorded.rejects[0].message,
            "the mapping names columns that are not in the header: day, radius, what, number, gun, "
            "how, blast, exercise, sure, links, note");
}

TEST(MappedCsv, AnUnknownKindIsCountedWhereNoWordStandsForAnyOther) {
  Recorded const recorded = read_all(mapped_csv(mapping("source = \"s\"\nid = \"id\"\n[columns]\n"
                                                        "from = \"day\"\nkind = \"kind\"\n")),
                                     "id,day,kind\n1,2021-07-01,shelling\n2,2021-07-01,strike\n");
  EXPECT_EQ(recorded.counts.count(RejectReason::kUnknownKind), 1U);
  ASSERT_EQ(recorded.taken.size(), 1U);
  EXPECT_FALSE(recorded.taken[0].second.place);
}

TEST(MappedCsv, AClearSkyIsACount) {
  Recorded const recorded =
      read_all(mapped_csv(mapping("source = \"s\"\nid = \"day\"\n[columns]\nfrom = \"day\"\n"
                                  "count = \"cover\"\nkind = \"kind\"\n")),
               "day,cover,kind\n2021-07-01,0,cloud\n2021-07-02,0,shot\n2021-07-03,-1,cloud\n");
  ASSERT_EQ(recorded.taken.size(), 1U);
  EXPECT_EQ(recorded.taken[0].second.count, 0);
  EXPECT_EQ(recorded.counts.count(RejectReason::kBadNumber), 2U);
}

TEST(MappedCsv, ARowThatNamesItsSectorNeedsNoPlace) {
  Recorded const recorded =
      read_all(mapped_csv(mapping("source = \"s\"\nid = \"id\"\n[columns]\nfrom = \"day\"\n"
                                  "reported = \"said\"\nlatitude = \"lat\"\nlongitude = \"lon\"\n"
                                  "sector = \"sector\"\n[constants]\nkind = \"shot\"\n")),
               "id,day,said,lat,lon,sector\n1,2021-07-01,2021-07-02,,,north\n2,2021-07-01,,,,\n"
               "3,2021-07-01,soon,,,north\n4,2021-07-01,1900-01-01,,,north\n");
  ASSERT_EQ(recorded.taken.size(), 1U);
  EXPECT_EQ(recorded.taken[0].second.sector.text(), "north");
  EXPECT_EQ(recorded.taken[0].second.reported, *model::parse_instant("2021-07-02T00:00:00Z"));
  EXPECT_EQ(recorded.counts.count(RejectReason::kNoPlace), 1U);
  EXPECT_EQ(recorded.counts.count(RejectReason::kBadDate), 1U);
  EXPECT_EQ(recorded.counts.count(RejectReason::kDateOutOfRange), 1U);
}

TEST(Mapping, TellsAllThatIsWrongAtOnce) {
  MappingReading const reading = Mapping::parse(
      "source = \n"
      "id = [\"a\"\n"
      "zone = \"Mars\"\n"
      "time_formats = [\"YYYY-MM\", \"nonsense\"]\n"
      "colour = \"red\"\n"
      "[columns]\n"
      "form = \"day\"\n"
      "latitude = \"lat\"\n"
      "latitude = \"lat\"\n"
      "[units]\n"
      "precision = \"verst\"\n"
      "[words.kind]\n"
      "a = \"shelling\"\n"
      "[constants]\n"
      "live_fire = \"perhaps\"\n"
      "[else]\n"
      "x = 1\n"
      "no entry\n");
  EXPECT_FALSE(reading.mapping);
  std::vector<std::size_t> lines;
  for (MappingProblem const& problem : reading.problems) {
    lines.push_back(problem.line);
  }
  EXPECT_EQ(lines,
            (std::vector<std::size_t>{0, 0, 0, 0, 0, 1, 2, 3, 4, 4, 5, 7, 9, 11, 13, 15, 17, 18}));
}

TEST(Mapping, ReadsKeysAndTextsInQuotes) {
  std::vector<MappingProblem> problems;
  auto const entries = parse_mapping_text(
      "[words . \"kind\"]  # a table\n\"a = \\\"b\\\"\" = 'c\\n'  # a comment\n\r\nx = [ 'a', "
      "\"b\", ]\n"
      "y = -1.5\n",
      problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].table, "words.kind");
  EXPECT_EQ(entries[0].key, "a = \"b\"");
  EXPECT_EQ(entries[0].values, (std::vector<std::string>{"c\\n"}));
  EXPECT_EQ(entries[1].values, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(entries[1].line, 4U);
  EXPECT_FALSE(entries[2].is_text);
}

}  // namespace
}  // namespace guarantor::intake
