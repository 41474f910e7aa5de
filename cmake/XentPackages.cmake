# The packages, as imported targets; packages.txt holds their Debian names.
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW)  # Boost's own configuration, not CMake's module
endif()
find_package(Boost REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(fmt CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(benchmark CONFIG REQUIRED)
find_package(rapidcheck CONFIG REQUIRED)
find_package(GTest REQUIRED)
find_package(hwy CONFIG REQUIRED)
find_package(ZLIB REQUIRED)

# MPFI, MPFR and GMP ship no CMake files.
add_library(xent_mpfi INTERFACE IMPORTED)
foreach(name mpfi mpfr gmp)
  find_library(XENT_${name}_LIBRARY ${name} REQUIRED)
  target_link_libraries(xent_mpfi INTERFACE ${XENT_${name}_LIBRARY})
endforeach()

# Neither does FLINT, which holds Arb from version 3 on; before that Arb is a library of its own, which
# Debian calls flint-arb.
add_library(xent_arb INTERFACE IMPORTED)
find_library(XENT_flint_LIBRARY flint REQUIRED)
find_path(XENT_flint_arb_INCLUDE_DIR flint/arb.h)
if(NOT XENT_flint_arb_INCLUDE_DIR)
  find_library(XENT_arb_LIBRARY flint-arb arb REQUIRED)
  target_link_libraries(xent_arb INTERFACE ${XENT_arb_LIBRARY})
endif()
target_link_libraries(xent_arb INTERFACE ${XENT_flint_LIBRARY})
