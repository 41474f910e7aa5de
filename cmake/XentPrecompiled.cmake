# xent_precompiled(TARGET [HEADER…]): the standard library and fmt, which most sources include, and the
# HEADERs are parsed once for the target instead of once for each source. Sources include what they use all
# the same: only the presets release, dev and aarch64, which inherits dev, have precompiled headers, and the
# preset clang-unoptimised, which CI builds, and clang-tidy show what a source forgot to include.
function(xent_precompiled target)
  target_precompile_headers(${target} PRIVATE
    <algorithm> <filesystem> <functional> <map> <optional> <string> <vector> <fmt/format.h> ${ARGN})
  if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # With precompiled headers g++ 12 warns of the library's own code: std::string seems to it to compare
    # 2^64 - 1 bytes.
    target_compile_options(${target} PRIVATE -Wno-stringop-overread)
  endif()
endfunction()
