#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"

struct sqlite3;
struct sqlite3_stmt;

/// SQLite as the store speaks to it: every call tells its error, nothing leaks.
namespace guarantor::store {

/// `kImmutable` reads a file that nobody can be writing to, without the files SQLite keeps beside
/// it.
enum class OpenMode { kReadOnly, kImmutable, kReadWrite, kCreate };

class Statement;

/// One connection to a database file.
class Connection {
 public:
  /// Errors: kNotFound where there is no such file, kUnwritable where it may not be opened so.
  [[nodiscard]] static model::Result<Connection> open(std::filesystem::path const& file,
                                                      OpenMode mode);

  [[nodiscard]] model::Result<model::Done> run(std::string const& sql) const;
  /// Error kDefect for SQL that does not parse, kCheckFailed for a damaged file.
  [[nodiscard]] model::Result<Statement> prepare(std::string_view sql) const;
  /// The single whole number that a query answers.
  [[nodiscard]] model::Result<std::int64_t> number(std::string_view sql) const;
  /// The single text that a query answers; empty where there is no row.
  [[nodiscard]] model::Result<std::string> text(std::string_view sql) const;

  /// What the last failed call means, as an error of ours about `what`.
  [[nodiscard]] model::Error failure(std::string_view what) const;
  [[nodiscard]] sqlite3* raw() const { return database_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> database_;
  std::string file_;
};

/// A text's bytes.
[[nodiscard]] inline std::span<std::uint8_t const> as_bytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

/// One prepared statement. Parameters are counted from 1, columns from 0, as SQLite does.
class Statement {
 public:
  Statement(sqlite3_stmt* statement, Connection const* connection);

  Statement& bind(int parameter, std::int64_t value);
  /// The text must outlive the next `step` or `reset`.
  Statement& bind(int parameter, std::string_view text);
  Statement& bind_bytes(int parameter, std::span<std::uint8_t const> bytes);

  /// True: a row is there to be read. False: it is done.
  [[nodiscard]] model::Result<bool> step();
  /// Runs a statement that answers no rows, and makes it ready for the next run.
  [[nodiscard]] model::Result<model::Done> run();
  void reset();

  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::span<std::uint8_t const> bytes(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  Connection const* connection_;
};

}  // namespace guarantor::store
