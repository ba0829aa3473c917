# cmake -D TEXT=file -D NAME=name -D OUT=file.cc -P embed_text.cmake
# Writes a source with `std::string_view guarantor::serve::NAME()`, which gives the text of the file.
file(READ "${TEXT}" text)
file(WRITE "${OUT}" "#include <string_view>

namespace guarantor::serve {

std::string_view ${NAME}();
std::string_view ${NAME}() {
  static constexpr std::string_view kText = R\"~~(${text})~~\";
  return kText;
}

}  // namespace guarantor::serve
")
