#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "guarantor/policy/release_table.h"
#include "guarantor/tables/scenario_folder.h"
#include "release_matrix.h"

/// release_matrix FOLDER: holds the tables of `policy` against the schema of scenarios, and writes
/// the whole matrix as release_matrix.csv and .txt into the folder. Exit 1 where they do not fit,
/// so that the build fails.
int main(int count, char** words) try {
  using namespace guarantor;
  if (count != 2) {
    static_cast<void>(std::fputs("release_matrix FOLDER\n", stderr));
    return 2;
  }
  auto const schema = release_matrix::schema_columns();
  auto const flaws = release_matrix::flaws(schema, policy::release_table());
  for (std::string const& flaw : flaws) {
    static_cast<void>(
        std::fputs(("src/guarantor/policy/release_table.cc: " + flaw + "\n").c_str(), stderr));
  }
  if (!flaws.empty()) {
    return 1;
  }
  std::filesystem::path const folder{words[1]};
  auto const csv =
      tables::write_file(folder / "release_matrix.csv", release_matrix::to_csv(schema));
  auto const text = tables::write_file(folder / "release_matrix.txt", release_matrix::to_text());
  return csv.ok() && text.ok() ? 0 : 1;
} catch (std::exception const& failure) {
  static_cast<void>(std::fputs(failure.what(), stderr));
  return 1;
}
