#pragma once

#include <string_view>

/// What the form of the watch floor is made of, beside the scenario's own choices.
namespace guarantor::report {

[[nodiscard]] std::string_view watch_form_style();
[[nodiscard]] std::string_view watch_form_script();
/// The fields, with their labels; `watch_form_script` fills the lists.
[[nodiscard]] std::string_view watch_form_fields();

}  // namespace guarantor::report
