#pragma once

#include "guarantor/command_line.h"

/// The verbs, one a file.
namespace guarantor::app {

void add_check(CommandLine& line);
void add_completion(CommandLine& line);
void add_export(CommandLine& line);
void add_generate(CommandLine& line);
void add_import(CommandLine& line);
void add_man(CommandLine& line);
void add_plan(CommandLine& line);
void add_reach(CommandLine& line);
void add_report(CommandLine& line);
void add_site(CommandLine& line);

}  // namespace guarantor::app
