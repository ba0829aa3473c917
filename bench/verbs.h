#pragma once

#include <CLI/CLI.hpp>

#include "guarantor/model/error.h"

/// The verbs, one a file. Each adds itself to the command line and, when chosen, leaves in `result`
/// how it ended.
namespace guarantor::bench {

void add_background(CLI::App& root, model::Result<model::Done>& result);
void add_case(CLI::App& root, model::Result<model::Done>& result);
void add_cluster(CLI::App& root, model::Result<model::Done>& result);
void add_cluster_peers(CLI::App& root, model::Result<model::Done>& result);
void add_generate(CLI::App& root, model::Result<model::Done>& result);
void add_ledger(CLI::App& root, model::Result<model::Done>& result);
void add_match(CLI::App& root, model::Result<model::Done>& result);
void add_match_published(CLI::App& root, model::Result<model::Done>& result);
void add_reach(CLI::App& root, model::Result<model::Done>& result);
void add_serve(CLI::App& root, model::Result<model::Done>& result);
void add_siting(CLI::App& root, model::Result<model::Done>& result);
void add_siting_sets(CLI::App& root, model::Result<model::Done>& result);
void add_store(CLI::App& root, model::Result<model::Done>& result);
void add_watch(CLI::App& root, model::Result<model::Done>& result);

}  // namespace guarantor::bench
