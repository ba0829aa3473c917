#include "guarantor/store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <system_error>
#include <utility>

namespace guarantor::store {
namespace {

using model::Error;
using model::ErrorKind;

/// What SQLite's codes mean to someone who only wanted something kept.
Error explain(int code, std::string const& file, std::string_view what, std::string const& detail) {
  std::string const message = fmt::format("{}: {}: {}", file, what, detail);
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {ErrorKind::kUnwritable, message, "the disk is full; nothing of this was kept"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorKind::kUnwritable, message, "the file or its folder may not be written to"};
    case SQLITE_IOERR:
      return {ErrorKind::kUnwritable, message, "the disk refused; nothing of this was kept"};
    case SQLITE_CANTOPEN:
      return {ErrorKind::kUnwritable, message, "the file or its folder cannot be opened so"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::kRefused, message, "another process is at it; try again"};
    case SQLITE_NOTADB:
      return {ErrorKind::kBadInput, message, "this is no store"};
    case SQLITE_CORRUPT:
      return {ErrorKind::kCheckFailed, message,
              "`guarantor store check` says where; restore a backup"};
    case SQLITE_NOMEM:
      return {ErrorKind::kDefect, message, "out of memory"};
    default:
      return {ErrorKind::kDefect, message, "please report this"};
  }
}

/// A file's name as SQLite's address for one that does not change.
std::string immutable_address(std::string const& file) {
  std::string address = "file:";
  for (char const c : file) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    address += plain ? std::string{c} : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  }
  return address + "?immutable=1";
}

}  // namespace

void Connection::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

model::Result<Connection> Connection::open(std::filesystem::path const& file, OpenMode mode) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    return Error{ErrorKind::kBadInput, fmt::format("{}: a folder, no store", file.string()),
                 "a store is one file"};
  }
  bool const there = std::filesystem::exists(file, ignored);
  if (!there && mode != OpenMode::kCreate) {
    return Error{ErrorKind::kNotFound, fmt::format("{}: there is no such store", file.string()),
                 "`guarantor store init` begins one"};
  }
  bool const reading = mode == OpenMode::kReadOnly || mode == OpenMode::kImmutable;
  int flags = SQLITE_OPEN_NOMUTEX;
  flags |= reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  flags |= mode == OpenMode::kCreate ? SQLITE_OPEN_CREATE : 0;
  flags |= mode == OpenMode::kImmutable ? SQLITE_OPEN_URI : 0;
  std::string const name =
      mode == OpenMode::kImmutable ? immutable_address(file.string()) : file.string();
  sqlite3* raw = nullptr;
  int const code = sqlite3_open_v2(name.c_str(), &raw, flags, nullptr);
  Connection connection;
  connection.database_.reset(raw);
  connection.file_ = file.string();
  if (code != SQLITE_OK) {
    return explain(code, connection.file_, "cannot be opened",
                   raw != nullptr ? sqlite3_errmsg(raw) : "out of memory");
  }
  sqlite3_extended_result_codes(raw, 1);
  return connection;
}

model::Error Connection::failure(std::string_view what) const {
  return explain(sqlite3_extended_errcode(database_.get()), file_, what,
                 sqlite3_errmsg(database_.get()));
}

model::Result<model::Done> Connection::run(std::string const& sql) const {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failure("cannot be worked on");
  }
  return model::Done{};
}

model::Result<Statement> Connection::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    return failure("cannot be asked");
  }
  return Statement{statement, this};
}

model::Result<std::int64_t> Connection::number(std::string_view sql) const {
  auto statement = prepare(sql);
  if (!statement.ok()) {
    return statement.error();
  }
  auto const row = statement.value().step();
  if (!row.ok()) {
    return row.error();
  }
  return row.value() ? statement.value().number(0) : 0;
}

model::Result<std::string> Connection::text(std::string_view sql) const {
  auto statement = prepare(sql);
  if (!statement.ok()) {
    return statement.error();
  }
  auto const row = statement.value().step();
  if (!row.ok()) {
    return row.error();
  }
  return row.value() ? statement.value().text(0) : std::string{};
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(sqlite3_stmt* statement, Connection const* connection)
    : statement_{statement}, connection_{connection} {}

Statement& Statement::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), parameter, value);
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  // A null pointer would bind NULL, not an empty text.
  sqlite3_bind_text64(statement_.get(), parameter, text.empty() ? "" : text.data(), text.size(),
                      SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_bytes(int parameter, std::span<std::uint8_t const> bytes) {
  sqlite3_bind_blob64(statement_.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC);
  return *this;
}

model::Result<bool> Statement::step() {
  int const code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code == SQLITE_DONE) {
    return false;
  }
  model::Error error = connection_->failure("failed");
  reset();
  return error;
}

model::Result<model::Done> Statement::run() {
  auto const stepped = step();
  reset();
  if (!stepped.ok()) {
    return stepped.error();
  }
  return model::Done{};
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  auto const bytes = this->bytes(column);
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

std::span<std::uint8_t const> Statement::bytes(int column) const {
  auto const* data =
      static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_.get(), column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

}  // namespace guarantor::store
