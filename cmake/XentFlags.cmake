# xent_flags: what every target of ours is compiled with.
add_library(xent_flags INTERFACE)
target_compile_features(xent_flags INTERFACE cxx_std_20)
target_compile_options(xent_flags INTERFACE
  -ffp-contract=off  # a * b + c is two roundings; a fused one is written std::fma or MulAdd
  # g++ clears the upper halves of vector registers (impl/simd/lanes/upper_halves-inl.hpp) before calls and
  # returns only with this, which -O2 implies; the preset dev has -O1.
  $<$<CXX_COMPILER_ID:GNU>:-fexpensive-optimizations>
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  # g++ warns of arithmetic that turns to double unseen; clang of every float passed as a double too.
  $<$<CXX_COMPILER_ID:GNU>:-Wdouble-promotion>
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # false positives on std::string in GCC 12 (bug 105651)
  $<$<BOOL:${XENT_WERROR}>:-Werror>)
if(XENT_SANITIZE)
  set(of_address address,undefined,float-cast-overflow -fno-sanitize-recover=all)
  set(of_memory memory -fsanitize-memory-track-origins -fno-sanitize-recover=all)
  set(of_thread thread)
  if(NOT DEFINED of_${XENT_SANITIZE})
    message(FATAL_ERROR "XENT_SANITIZE is ${XENT_SANITIZE}; it is one of OFF, address, memory, thread")
  endif()
  set(sanitizers -fsanitize=${of_${XENT_SANITIZE}})
  target_compile_options(xent_flags INTERFACE ${sanitizers} -fno-omit-frame-pointer
    # GCC's manual: sanitizers make its warnings false, mostly this one.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_compile_definitions(xent_flags INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(xent_flags INTERFACE ${sanitizers})
endif()

if(XENT_FUZZ)
  target_compile_options(xent_flags INTERFACE -fsanitize=fuzzer-no-link)  # counts what is covered
endif()

# xent_optimised(TARGET…): as fast as may be on the preset dev too, whose build takes longer than its
# tests do. No target has less than the preset's -O1: of an inline function that several objects hold the
# linker keeps the first, so the code of one target at -O0 would run in all of them.
function(xent_optimised)
  foreach(target IN LISTS ARGV)
    target_compile_options(${target} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O2>)
  endforeach()
endfunction()

# xent_soon_compiled(TARGET…): at -O1 in a release build too. These targets read options and write texts; the
# time they cost is that of their compilation, which -O3 would make half as long again. Kernels have no inline
# function in common with them whose time counts.
function(xent_soon_compiled)
  foreach(target IN LISTS ARGV)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  endforeach()
endfunction()

# xent_in_libraries(TARGET…): the code is also that of the shared libraries of library/, which show none of it.
function(xent_in_libraries)
  set_target_properties(${ARGN} PROPERTIES
    POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
