#!/usr/bin/env bash
# Fails where clang-format would change a file; with --fix it changes them.
set -euo pipefail
cd "$(dirname "$0")/.."

formatter="${CLANG_FORMAT:-clang-format-19}"
mapfile -t files < <(find src apps tests fuzz bench tools \( -name '*.h' -o -name '*.cc' \) 2>/dev/null | sort)
if [ "${1:-}" = "--fix" ]; then
  "$formatter" -i "${files[@]}"
else
  "$formatter" --dry-run --Werror "${files[@]}"
  echo "${#files[@]} files are formatted"
fi
