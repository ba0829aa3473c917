#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace guarantor::model {

/// Every way a request can fail. Unmet, infeasible or empty plans are answers and not in this list.
enum class ErrorKind {
  kBadInput,     ///< what was given is wrong; the message says where and what would be right
  kNotFound,     ///< a file or row that was named does not exist
  kUnwritable,   ///< the result could not be written; nothing was left half done
  kRefused,      ///< well formed, but not allowed or not offered
  kLimit,        ///< a limit stopped the work; the best result so far stands
  kCheckFailed,  ///< a verification came out negative
  kDefect,       ///< our own mistake
};

/// The exit code of the command line for each kind: 1 a defect, 2 bad input, 3 a limit, 4 a failed
/// check.
[[nodiscard]] int exit_code(ErrorKind kind);

/// The kind's name as printed, e.g. "bad input".
[[nodiscard]] std::string_view text(ErrorKind kind);

struct Error {
  ErrorKind kind{ErrorKind::kDefect};
  std::string message{};
  std::string hint{};

  friend bool operator==(Error const&, Error const&) = default;
};

/// A value or the error that kept it from being made.
/// REQUIRES before `value()`: `ok()`; before `error()`: `!ok()`.
template <class T>
class [[nodiscard]] Result {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a value is a result
  Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
  // NOLINTNEXTLINE(google-explicit-constructor): so is an error
  Result(Error error) : state_{std::in_place_index<1>, std::move(error)} {}

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T const& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  [[nodiscard]] Error const& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// The result of work that yields nothing but success.
struct Done {
  friend bool operator==(Done, Done) = default;
};

}  // namespace guarantor::model
