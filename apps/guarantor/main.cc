#include <chrono>
#include <csignal>
#include <string>
#include <vector>

#include "guarantor/command_line.h"
#include "guarantor/verbs.h"

int main(int count, char** words) {
  guarantor::app::Session const session{std::chrono::steady_clock::now()};
  // A reader that goes away is an error to tell, not a reason to die silently.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));

  guarantor::app::CommandLine line;
  guarantor::app::add_check(line);
  guarantor::app::add_generate(line);
  guarantor::app::add_plan(line);
  guarantor::app::add_promises(line);
  guarantor::app::add_reach(line);
  guarantor::app::add_report(line);
  guarantor::app::add_site(line);
  guarantor::app::add_import(line);
  guarantor::app::add_export(line);
  guarantor::app::add_serve(line);
  line.add_group("store", "Keep scenarios, plans and reports, so that nothing is lost or altered");
  guarantor::app::add_store_init(line);
  guarantor::app::add_store_status(line);
  guarantor::app::add_store_import(line);
  guarantor::app::add_store_export(line);
  guarantor::app::add_store_current(line);
  guarantor::app::add_store_history(line);
  guarantor::app::add_store_intake(line);
  guarantor::app::add_store_put(line);
  guarantor::app::add_store_get(line);
  guarantor::app::add_store_erase(line);
  guarantor::app::add_store_backup(line);
  guarantor::app::add_store_restore(line);
  guarantor::app::add_store_check(line);
  line.add_group("watch", "Watch a ceasefire: observations, incidents, verdicts, what was watched");
  guarantor::app::add_watch_ingest(line);
  guarantor::app::add_watch_incidents(line);
  guarantor::app::add_watch_show(line);
  guarantor::app::add_watch_heat(line);
  guarantor::app::add_watch_assess(line);
  guarantor::app::add_watch_coverage(line);
  guarantor::app::add_watch_report(line);
  guarantor::app::add_watch_verify(line);
  guarantor::app::add_watch_dispute(line);
  guarantor::app::add_watch_close(line);
  guarantor::app::add_watch_findings(line);
  guarantor::app::add_watch_reply(line);
  guarantor::app::add_watch_decide(line);
  guarantor::app::add_watch_replay(line);
  guarantor::app::add_watch_form(line);
  line.add_group("user", "Say who may sign in to a store, and with what");
  guarantor::app::add_user_init(line);
  guarantor::app::add_user_add(line);
  guarantor::app::add_user_list(line);
  guarantor::app::add_user_password(line);
  guarantor::app::add_user_role(line);
  guarantor::app::add_user_lock(line);
  guarantor::app::add_user_unlock(line);
  guarantor::app::add_user_remove(line);
  guarantor::app::add_user_token(line);
  guarantor::app::add_user_check(line);
  line.add_group("ledger", "Prove what was kept, to anyone, and find what was altered");
  guarantor::app::add_ledger_init(line);
  guarantor::app::add_ledger_status(line);
  guarantor::app::add_ledger_prove(line);
  guarantor::app::add_ledger_verify(line);
  guarantor::app::add_ledger_export(line);
  guarantor::app::add_ledger_publish(line);
  guarantor::app::add_ledger_rotate(line);
  guarantor::app::add_ledger_cosign(line);
  guarantor::app::add_completion(line);
  guarantor::app::add_man(line);
  return line.run(std::vector<std::string>{words + (count > 0 ? 1 : 0), words + count}, session);
}
