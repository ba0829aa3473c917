#include "guarantor/policy/operation_table.h"

#include <array>

namespace guarantor::policy {
namespace {

using enum Operation;

// yes: all of them; own: those of the viewer's nation; rel: what is released to the viewer, row by
// row and cell by cell; -: none. A kind that no line of an operation names is closed to everyone.
// clang-format off
constexpr std::array kTable = std::to_array<OperationRule>({
  //                                                                                  deleg plan moni veri comm deci audi cont publ
  // The scenario: the release table says which rows and cells.
  {kRead,       "scenario phases nations meetings attendance conditions capabilities", "rel  yes  rel  rel  rel  rel  yes  rel  rel"},
  {kRead,       "substitutions locations links areas rates sources",                   "rel  yes  rel  rel  rel  rel  yes  rel  rel"},
  {kRead,       "agreements positions clauses",                                        "rel  yes  rel  rel  rel  rel  yes  rel  rel"},
  {kRead,       "indicators sensors",                                                  "rel  yes  rel  rel  rel  rel  yes  rel  -  "},
  {kRead,       "requirements ceilings contingencies demands sites",                   "rel  yes  rel  rel  rel  rel  yes  rel  -  "},
  {kRead,       "pledges offers deliveries force_claims assessments",                  "rel  yes  rel  rel  rel  rel  yes  rel  rel"},
  // What a nation offers it says itself. The planning cell enters what was said at a conference.
  {kOffer,      "pledges offers deliveries force_claims",                              "own  yes  -    -    -    -    -    -    -  "},
  {kRelease,    "pledges force_claims assessments",                                    "own  -    -    -    -    -    -    -    -  "},
  {kAssess,     "assessments",                                                         "own  -    -    -    -    own  -    -    -  "},
  {kEdit,       "scenario phases nations meetings attendance conditions capabilities", "-    yes  -    -    -    -    -    -    -  "},
  {kEdit,       "substitutions locations links areas rates sources",                   "-    yes  -    -    -    -    -    -    -  "},
  {kEdit,       "agreements positions clauses indicators sensors",                     "-    yes  -    -    -    -    -    -    -  "},
  {kEdit,       "requirements ceilings contingencies demands sites",                   "-    yes  -    -    -    -    -    -    -  "},
  // Plans. What is derived from offers that are not everybody's is the planners' alone.
  {kPlan,       "plan site-plan",                                                      "-    yes  -    -    -    -    -    -    -  "},
  {kRelease,    "plan site-plan report",                                               "-    yes  -    -    -    -    -    -    -  "},
  {kRead,       "plan assignments fill provenance",                                    "rel  yes  rel  rel  rel  rel  yes  rel  rel"},
  {kRead,       "gaps asks outbid bound comparisons",                                  "-    yes  -    -    -    -    yes  -    -  "},
  {kRead,       "site-plan",                                                           "rel  yes  rel  rel  rel  rel  yes  rel  -  "},
  // The watch. Nobody judges what he himself put down, and nobody decides who found.
  {kTask,       "observation",                                                         "-    -    yes  -    -    -    -    -    -  "},
  {kObserve,    "observation",                                                         "-    -    yes  -    -    -    -    -    -  "},
  {kIngest,     "observation",                                                         "-    -    yes  -    -    -    -    -    -  "},
  {kVerify,     "incident",                                                            "-    -    -    yes  -    -    -    -    -  "},
  {kFind,       "finding",                                                             "-    -    -    -    yes  -    -    -    -  "},
  {kReply,      "reply",                                                               "own  -    -    -    -    own  -    -    -  "},
  {kDecide,     "decision",                                                            "-    -    -    -    yes  yes  -    -    -  "},
  {kRead,       "observation",                                                         "rel  yes  yes  yes  yes  yes  yes  rel  rel"},
  {kRead,       "incident",                                                            "yes  yes  yes  yes  yes  yes  yes  rel  rel"},
  {kRead,       "finding reply decision",                                              "rel  yes  rel  yes  yes  yes  yes  rel  rel"},
  // What goes out.
  {kPublish,    "report",                                                              "-    yes  yes  -    yes  -    -    -    -  "},
  {kRead,       "report",                                                              "rel  yes  rel  rel  rel  rel  yes  rel  rel"},
  // The ledger reveals nothing but that something was written; a proof is of what one may read.
  {kRead,       "ledger",                                                              "yes  yes  yes  yes  yes  yes  yes  yes  yes"},
  {kProve,      "ledger",                                                              "rel  yes  rel  rel  rel  rel  yes  rel  rel"},
  // The machine. Who runs it copies what he may not read; that is why the ledger has every copy.
  {kRead,       "account",                                                             "-    -    -    -    -    -    yes  yes  -  "},
  {kAdminister, "account",                                                             "-    -    -    -    -    -    -    yes  -  "},
  {kRead,       "store",                                                               "-    yes  -    -    -    -    yes  yes  -  "},
  {kBackUp,     "store",                                                               "-    -    -    -    -    -    -    yes  -  "},
  {kErase,      "observation finding reply report",                                    "-    -    -    -    -    -    -    yes  -  "},
});
// clang-format on

/// Every word of the table is known, and every line has one for each role.
constexpr bool well_formed() {
  for (OperationRule const& rule : kTable) {
    for (std::size_t i = 0; !word_at(rule.kinds, i).empty(); ++i) {
      std::string_view const word = word_at(rule.kinds, i);
      if (!model::parse<model::Table>(word) && !model::parse<Record>(word)) {
        return false;
      }
    }
    for (std::size_t r = 0; r < kRoles; ++r) {
      if (!model::parse<Allowance>(word_at(rule.allowances, r))) {
        return false;
      }
    }
    if (!word_at(rule.allowances, kRoles).empty()) {
      return false;
    }
  }
  return true;
}
static_assert(well_formed());

}  // namespace

std::span<OperationRule const> operation_table() {
  return kTable;
}

}  // namespace guarantor::policy
