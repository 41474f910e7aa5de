# xent_precompiled(TARGET [HEADER…]): the standard library and fmt, which most sources include, and the
# HEADERs are parsed once for the target instead of once for each source. Sources include what they use all
# the same: of the presets only dev has precompiled headers, and clang-unoptimised builds all without them.
function(xent_precompiled target)
  target_precompile_headers(${target} PRIVATE
    <algorithm> <filesystem> <functional> <map> <optional> <string> <vector> <fmt/format.h> ${ARGN})
  if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 then takes std::string's own code for ours, and sees 2^64 - 1 bytes compared in it.
    target_compile_options(${target} PRIVATE -Wno-stringop-overread)
  endif()
endfunction()
