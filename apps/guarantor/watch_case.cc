#include <fmt/format.h>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "guarantor/monitor/case_desk.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch/case_rules.h"
#include "guarantor/watch_input.h"

/// The verbs by which people take a step on an incident. The program takes none by itself.
namespace guarantor::app {
namespace {

struct Options {
  WatchWords words;
  std::string incident;
  std::string verdict;
  std::string obstacle;
  std::string why;
  std::vector<std::string> parties;
  std::string certainty;
  std::string reply_by;
  std::vector<std::string> dissents;
  std::vector<std::string> evidence;
};

template <class Enum>
model::Result<std::optional<Enum>> word(std::string const& text, std::string_view option,
                                        std::string_view hint) {
  if (text.empty()) {
    return std::optional<Enum>{};
  }
  auto const value = model::parse<Enum>(text);
  if (!value) {
    return model::Error{model::ErrorKind::kBadInput, fmt::format("{}: `{}` is none", option, text),
                        std::string{hint}};
  }
  return value;
}

/// `NAME: why`.
model::Result<model::Dissent> dissent(std::string const& text) {
  auto const colon = text.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
    return model::Error{model::ErrorKind::kBadInput, fmt::format("`{}` is no dissent", text),
                        "who and why: \"NAME: the second camera shows otherwise\""};
  }
  auto const why = text.find_first_not_of(' ', colon + 1);
  return model::Dissent{text.substr(0, colon),
                        why == std::string::npos ? std::string{} : text.substr(why)};
}

model::Result<model::CaseStep> read_step(Options const& options, model::CaseAction action) {
  model::CaseStep step;
  step.incident = model::IncidentId{options.incident};
  step.action = action;
  step.why = options.why;
  step.evidence = options.evidence;
  auto const verdict =
      word<model::CaseState>(options.verdict, "verdict", "verified, not-verified or unverifiable");
  auto const obstacle =
      word<model::Obstacle>(options.obstacle, "--obstacle", "access-denied, not-watched or other");
  auto const certainty =
      word<model::Certainty>(options.certainty, "--confidence", "low, moderate or high");
  if (!verdict.ok() || !obstacle.ok() || !certainty.ok()) {
    return !verdict.ok() ? verdict.error() : !obstacle.ok() ? obstacle.error() : certainty.error();
  }
  step.verdict = verdict.value();
  step.obstacle = obstacle.value();
  step.certainty = certainty.value();
  if (!options.reply_by.empty()) {
    step.reply_by = model::parse_instant(options.reply_by);
    if (!step.reply_by) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("--reply-by: `{}` is no moment", options.reply_by),
                          "as 2026-06-05T12:00:00Z"};
    }
  }
  for (std::string const& party : options.parties) {
    step.parties.emplace_back(party);
  }
  for (std::string const& text : options.dissents) {
    auto read = dissent(text);
    if (!read.ok()) {
      return read.error();
    }
    step.dissents.push_back(std::move(read).value());
  }
  return step;
}

std::string receipt_of(model::CaseFile const& file, store::Receipt const& receipt) {
  model::CaseStep const& step = file.steps.back();
  std::string text =
      fmt::format("incident {} is {}; step {} by {} at {}, record {}\n", file.incident.text(),
                  model::text(file.state), model::text(step.action), step.by, model::print(step.at),
                  receipt.first);
  if (step.action == model::CaseAction::kReply && watch::is_late(file, step)) {
    text += fmt::format("the reply came after {}\n", model::print(*file.finding->reply_by));
  }
  return text;
}

/// Error kBadInput for a party that has no position towards any agreement.
model::Result<model::Done> known_parties(Options const& options, model::CaseStep const& step) {
  if (step.parties.empty()) {
    return model::Done{};
  }
  auto const scenario = watch_scenario(options.words);
  if (!scenario.ok()) {
    return scenario.error();
  }
  std::set<model::PartyId> known;
  for (model::PartyPosition const& position : scenario.value().positions) {
    known.insert(position.party);
  }
  for (model::PartyId const& party : step.parties) {
    if (!known.contains(party)) {
      std::string names;
      for (model::PartyId const& name : known) {
        names += (names.empty() ? "" : ", ") + name.text();
      }
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("--party: `{}` is no party", party.text()),
                          "those with a position: " + names};
    }
  }
  return model::Done{};
}

model::Result<model::Done> run(Options const& options, model::CaseAction action) {
  auto step = read_step(options, action);
  auto const parties = step.ok() ? known_parties(options, step.value()) : step.error();
  if (!parties.ok()) {
    return parties;
  }
  auto const store = open_to_write(options.words.store);
  if (!store.ok()) {
    return store.error();
  }
  auto const kept =
      monitor::keep_step(*store.value(), std::move(step).value(), author(options.words.store));
  if (!kept.ok()) {
    return kept.error();
  }
  return say_kept(*store.value(), receipt_of(kept.value().first, kept.value().second));
}

/// A verb that takes one kind of step; its own options are added to what is returned.
CLI::App& add_step(CommandLine& line, CommandLine::Verb const& about, model::CaseAction action,
                   std::shared_ptr<Options> const& options) {
  auto& verb = line.add(about, [options, action](Session const&) { return run(*options, action); });
  verb.add_option("incident", options->incident, "The incident")->type_name("INCIDENT")->required();
  add_watch_writing(verb, options->words);
  verb.add_option("--why", options->why, "The reason, for the record")
      ->type_name("TEXT")
      ->required();
  verb.add_option("--evidence", options->evidence,
                  "An observation, or the SHA-256 of a picture or a recording; may be repeated")
      ->type_name("ID");
  return verb;
}

void add_certainty(CLI::App& verb, Options& options) {
  verb.add_option("--confidence", options.certainty, "How sure this is")
      ->type_name("low|moderate|high")
      ->required();
}

}  // namespace

void add_watch_verify(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = add_step(
      line,
      {.name = "watch verify",
       .does = "Say what monitors found of an allegation: verified, not, or not to be told",
       .examples =
           "  guarantor watch verify i-3f09ac12de88 verified --store coalition.db --by ana \\\n"
           "    --why \"crater and fragments seen by patrol 7\"\n"
           "  guarantor watch verify i-3f09ac12de88 unverifiable --obstacle access-denied \\\n"
           "    --store coalition.db --why \"turned back at the bridge\""},
      model::CaseAction::kVerify, options);
  verb.add_option("verdict", options->verdict, "The verdict")
      ->type_name("verified|not-verified|unverifiable")
      ->required();
  verb.add_option("--obstacle", options->obstacle, "Why it cannot be told")
      ->type_name("access-denied|not-watched|other");
}

void add_watch_dispute(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      add_step(line,
               {.name = "watch dispute",
                .does = "Dispute a verdict; a closed incident is open again",
                .examples = "  guarantor watch dispute i-3f09ac12de88 --store coalition.db "
                            "--party party-a \\\n    --why \"the crater is of 2024\""},
               model::CaseAction::kDispute, options);
  verb.add_option("--party", options->parties, "Who disputes it")->type_name("PARTY");
}

void add_watch_close(CommandLine& line) {
  auto options = std::make_shared<Options>();
  add_step(
      line,
      {.name = "watch close",
       .does = "Close an incident that has a verdict",
       .examples = "  guarantor watch close i-3f09ac12de88 --store coalition.db --why settled"},
      model::CaseAction::kClose, options);
}

void add_watch_findings(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = add_step(
      line,
      {.name = "watch findings",
       .does = "Put findings on a verified incident to the parties, with a time to reply",
       .examples = "  guarantor watch findings i-3f09ac12de88 --store coalition.db --party party-a "
                   "\\\n    --reply-by 2026-06-05T12:00:00Z --confidence moderate --why \"fired "
                   "from the east\""},
      model::CaseAction::kFind, options);
  verb.add_option("--party", options->parties, "Who is asked; may be repeated")
      ->type_name("PARTY")
      ->required();
  verb.add_option("--reply-by", options->reply_by, "Until when")->type_name("MOMENT")->required();
  add_certainty(verb, *options);
}

void add_watch_reply(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = add_step(line,
                        {.name = "watch reply",
                         .does = "Keep a party's reply to findings",
                         .examples = "  guarantor watch reply i-3f09ac12de88 --store coalition.db "
                                     "--party party-a \\\n    --why \"no unit of ours was there\""},
                        model::CaseAction::kReply, options);
  verb.add_option("--party", options->parties, "Who replies")->type_name("PARTY")->required();
}

void add_watch_decide(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = add_step(
      line,
      {.name = "watch decide",
       .does = "Keep the commission's decision on who did it, with dissents",
       .examples = "  guarantor watch decide i-3f09ac12de88 --store coalition.db --by \"special "
                   "commission\" \\\n    --party party-a --confidence high --why \"...\" --dissent "
                   "\"QOS: one source alone\""},
      model::CaseAction::kDecide, options);
  verb.add_option("--party", options->parties,
                  "To whom it is attributed; may be repeated; none: it stays undetermined")
      ->type_name("PARTY");
  verb.add_option("--dissent", options->dissents, "Who thinks otherwise, and why; may be repeated")
      ->type_name("NAME: WHY");
  add_certainty(verb, *options);
}

}  // namespace guarantor::app
