#pragma once

#include "guarantor/command_line.h"

/// The verbs, one a file.
namespace guarantor::app {

void add_check(CommandLine& line);
void add_completion(CommandLine& line);
void add_export(CommandLine& line);
void add_generate(CommandLine& line);
void add_import(CommandLine& line);
void add_ledger_cosign(CommandLine& line);
void add_ledger_export(CommandLine& line);
void add_ledger_init(CommandLine& line);
void add_ledger_prove(CommandLine& line);
void add_ledger_publish(CommandLine& line);
void add_ledger_rotate(CommandLine& line);
void add_ledger_status(CommandLine& line);
void add_ledger_verify(CommandLine& line);
void add_man(CommandLine& line);
void add_plan(CommandLine& line);
void add_promises(CommandLine& line);
void add_reach(CommandLine& line);
void add_report(CommandLine& line);
void add_serve(CommandLine& line);
void add_site(CommandLine& line);
void add_store_backup(CommandLine& line);
void add_store_check(CommandLine& line);
void add_store_current(CommandLine& line);
void add_store_erase(CommandLine& line);
void add_store_export(CommandLine& line);
void add_store_get(CommandLine& line);
void add_store_history(CommandLine& line);
void add_store_import(CommandLine& line);
void add_store_init(CommandLine& line);
void add_store_intake(CommandLine& line);
void add_store_put(CommandLine& line);
void add_store_restore(CommandLine& line);
void add_store_status(CommandLine& line);
void add_user_add(CommandLine& line);
void add_user_check(CommandLine& line);
void add_user_init(CommandLine& line);
void add_user_list(CommandLine& line);
void add_user_lock(CommandLine& line);
void add_user_password(CommandLine& line);
void add_user_remove(CommandLine& line);
void add_user_role(CommandLine& line);
void add_user_token(CommandLine& line);
void add_user_unlock(CommandLine& line);
void add_watch_assess(CommandLine& line);
void add_watch_close(CommandLine& line);
void add_watch_coverage(CommandLine& line);
void add_watch_decide(CommandLine& line);
void add_watch_dispute(CommandLine& line);
void add_watch_findings(CommandLine& line);
void add_watch_form(CommandLine& line);
void add_watch_heat(CommandLine& line);
void add_watch_incidents(CommandLine& line);
void add_watch_ingest(CommandLine& line);
void add_watch_replay(CommandLine& line);
void add_watch_reply(CommandLine& line);
void add_watch_report(CommandLine& line);
void add_watch_show(CommandLine& line);
void add_watch_verify(CommandLine& line);

}  // namespace guarantor::app
