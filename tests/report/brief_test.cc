#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>
#include <vector>

#include "golden_file.h"
#include "guarantor/report/plan_report.h"
#include "html_tags.h"
#include "plan_fixture.h"

namespace guarantor::report {
namespace {

std::vector<std::string> briefs() {
  return {to_brief(sample_scenario(), sample_plan(), earlier_plan()),
          to_brief(sample_scenario(), sample_plan(), std::nullopt),
          to_brief(unstated_scenario(), empty_plan(), std::nullopt),
          to_brief(crowded_scenario(), crowded_plan(), earlier_plan()),
          to_brief(model::Scenario{}, model::ForcePlan{}, std::nullopt)};
}

std::string text_of(std::string const& html) {
  return std::regex_replace(html, std::regex{"<[^>]*>"}, "");
}

std::string first_page(std::string const& html) {
  auto const from = html.find(R"(<section class="page-one">)");
  return html.substr(from, html.find("</section>", from) - from);
}

TEST(Brief, IsAsKept) {
  expect_golden("brief.html", to_brief(sample_scenario(), sample_plan(), earlier_plan()));
}

TEST(Brief, CrowdedIsAsKept) {
  expect_golden("brief_crowded.html", to_brief(crowded_scenario(), crowded_plan(), earlier_plan()));
}

TEST(Brief, TagsAreBalanced) {
  for (auto const& html : briefs()) {
    EXPECT_EQ(tag_fault(html), "");
  }
  EXPECT_EQ(tag_fault("<html><p></html>"), "closed out of order: html");
}

TEST(Brief, AsksNothingOfAnyNetwork) {
  for (auto const& html : briefs()) {
    for (auto const* word : {"src=", "url(", "@import", "<link", "<script", "<iframe", "<object",
                             "<img", "xlink:href", "srcset", " on"}) {
      auto const at = html.find(word);
      // " on" stands for handlers such as onclick=; as a word of a sentence it has no equals sign.
      if (std::string{word} == " on") {
        EXPECT_FALSE(std::regex_search(html, std::regex{R"(<[^>]*\son[a-z]+=)"}));
      } else {
        EXPECT_EQ(at, std::string::npos) << word;
      }
    }
    EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  }
}

TEST(Brief, EveryReferenceHasItsPlace) {
  for (auto const& html : briefs()) {
    std::set<std::string> places;
    std::regex const id{R"re(id="([^"]*)")re"};
    for (std::sregex_iterator at{html.begin(), html.end(), id}, end; at != end; ++at) {
      EXPECT_TRUE(places.insert((*at)[1]).second) << (*at)[1];
    }
    std::regex const reference{R"re(href="#([^"]*)")re"};
    for (std::sregex_iterator at{html.begin(), html.end(), reference}, end; at != end; ++at) {
      EXPECT_TRUE(places.contains((*at)[1])) << (*at)[1];
    }
  }
}

TEST(Brief, HostileNamesAreOnlyNames) {
  auto scenario = sample_scenario();
  std::string const evil = R"(</style></title><script>alert("1")</script>'&)";
  scenario.header.title = evil;
  scenario.header.marking = evil;
  for (auto& row : scenario.nations) {
    row.name = evil;
  }
  for (auto& row : scenario.requirements) {
    row.title = evil;
    row.row.provenance.source = "https://a.example/\"><script>";
    row.row.provenance.note = evil;
  }
  for (auto& row : scenario.conditions) {
    row.title = evil;
    row.decider = evil;
  }
  for (auto& row : scenario.capabilities) {
    row.title = evil;
    row.unit = evil;
  }
  for (auto& row : scenario.contingencies) {
    row.title = evil;
  }
  auto plan = sample_plan();
  plan.reason = evil;
  plan.program_version = evil;
  plan.scenario_id = evil;
  plan.scenario_hash = evil;
  plan.comparisons[0].label = evil;
  plan.gaps[0].by = evil;
  plan.gaps[1].unlocks[0].kind = evil;
  auto const html = to_brief(scenario, plan, std::nullopt);
  EXPECT_EQ(tag_fault(html), "");
  EXPECT_EQ(html.find("<script"), std::string::npos);
  auto const style = html.find("</style>");
  EXPECT_EQ(html.find("</style>", style + 1), std::string::npos);
}

TEST(Brief, AnExerciseSaysSoOnScreenAndOnEveryPrintedPage) {
  auto const html = to_brief(sample_scenario(), sample_plan(), std::nullopt);
  std::string const strip = R"(<p class="banner">EXERCISE · FOR PLANNERS</p>)";
  auto const first = html.find(strip);
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(html.find(strip, first + 1), std::string::npos);
  EXPECT_NE(html.find("@top-right { content: \"EXERCISE · FOR PLANNERS\""), std::string::npos);
  EXPECT_NE(html.find("@bottom-left { content: \"EXERCISE · FOR PLANNERS\""), std::string::npos);
  EXPECT_EQ(to_brief(unstated_scenario(), empty_plan(), std::nullopt).find("EXERCISE"),
            std::string::npos);
}

TEST(Brief, TheFirstPageAnswersWhatAnAdviserAsks) {
  auto const page = text_of(first_page(to_brief(sample_scenario(), sample_plan(), earlier_plan())));
  for (auto const* words :
       {"eight nations would put people in place, at most 3\u202F940 at once; three more bring "
        "money, goods, training or measures.",
        "Deter on land: Albia brings seven companies",
        "The mandate would be “Resolution of the Assembly of Nations” (Assembly of Nations, likely "
        "by 22 May 2026)",
        "Not enough for “Missile strikes on cities”: nothing is in place for “Air defence of the "
        "hubs”",
        "Of Corvia or Kessel: four batteries of Ground-based air defence (rear), in place by 31 "
        "July 2026",
        "A no to “Albia&#39;s parliament approves” would end the coalition.",
        "The backstop is “Support by the outside power if the force is attacked”",
        "cover of the whole goes from 68\u202F% to 57\u202F%",
        "Fjordane and Йорданія now go, which the plan before did not have.",
        "These have not said how much they would bring: Corvia (Ground-based air defence)"}) {
    EXPECT_NE(page.find(words), std::string::npos) << words << "\n" << page;
  }
}

TEST(Brief, WithoutAPlanTheFirstPageIsStillWorthReading) {
  auto const page = text_of(first_page(to_brief(unstated_scenario(), empty_plan(), std::nullopt)));
  for (auto const* words :
       {"No force can be planned from what has been offered: no pledge states a quantity.",
        "12 nations have named 18 contributions without a figure.",
        "Corvia offers Field hospital and Ground-based air defence, depending on “The ceasefire is "
        "in force” and “Consent of the host nation”.",
        "Of Albia, Borland, Corvia, Dravonia,", "There is no earlier plan to compare with."}) {
    EXPECT_NE(page.find(words), std::string::npos) << words << "\n" << page;
  }
}

TEST(Brief, AnIllustrativePlanShowsNoSingleFigureOnItsFirstPage) {
  auto plan = sample_plan();
  plan.provenance = {0.3, 0.3, 0.4};
  auto const page = text_of(first_page(to_brief(sample_scenario(), plan, earlier_plan())));
  EXPECT_NE(page.find("cover runs from 0\u202F% to 68\u202F%"), std::string::npos);
  EXPECT_EQ(page.find("cover of the whole"), std::string::npos);
  EXPECT_EQ(page.find("Cover of the whole"), std::string::npos);
  EXPECT_EQ(page.find("Over all lines"), std::string::npos);
}

TEST(Brief, TheFirstPageStaysShortWhateverTheScenarioHolds) {
  // Bytes of text that one A4 page holds in the widest font of the style sheet; report.print
  // measures the page itself.
  constexpr std::size_t kMost = 4000;
  for (auto const& html : briefs()) {
    EXPECT_LE(text_of(first_page(html)).size(), kMost);
  }
}

TEST(Brief, NothingIsSaidThatThePlanDoesNotHold) {
  model::Scenario scenario;
  scenario.header.title = "Nothing yet";
  auto const page = text_of(first_page(to_brief(scenario, model::ForcePlan{}, std::nullopt)));
  EXPECT_NE(page.find("The mandate is not stated"), std::string::npos);
  EXPECT_NE(page.find("The case names no backstop."), std::string::npos);
  EXPECT_NE(page.find("The case states no requirement"), std::string::npos);
}

TEST(Brief, ABackstopThatOnlyUnstatedOffersWaitForIsNotCalledWorthless) {
  auto scenario = sample_scenario();
  for (auto& pledge : scenario.pledges) {
    if (pledge.id.text() == "qmc-gbad" || pledge.id.text() == "qmk-gbad") {
      pledge.conditions =
          std::get<model::Expression>(model::parse_expression("mandate & backstop"));
    }
  }
  auto plan = sample_plan();
  plan.comparisons[1].lines_lost.clear();
  auto const page = text_of(first_page(to_brief(scenario, plan, std::nullopt)));
  EXPECT_NE(page.find("Without it no figure here changes, because what Corvia and Kessel tie to it "
                      "has no number yet."),
            std::string::npos)
      << page;
}

TEST(Brief, WallTimeIsNotInIt) {
  auto plan = sample_plan();
  auto const html = to_brief(sample_scenario(), plan, std::nullopt);
  plan.seconds = model::Seconds{1234.5};
  EXPECT_EQ(to_brief(sample_scenario(), plan, std::nullopt), html);
}

}  // namespace
}  // namespace guarantor::report
