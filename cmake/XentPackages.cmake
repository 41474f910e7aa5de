# The packages, as imported targets; packages.txt holds their Debian names.
find_package(Boost REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(fmt CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(benchmark CONFIG REQUIRED)
find_package(rapidcheck CONFIG REQUIRED)
find_package(hwy CONFIG REQUIRED)

# MPFI, MPFR and GMP ship no CMake files.
add_library(xent_mpfi INTERFACE IMPORTED)
foreach(name mpfi mpfr gmp)
  find_library(XENT_${name}_LIBRARY ${name} REQUIRED)
  target_link_libraries(xent_mpfi INTERFACE ${XENT_${name}_LIBRARY})
endforeach()

# Neither do FLINT and Arb, which Debian calls flint-arb.
add_library(xent_arb INTERFACE IMPORTED)
foreach(name flint-arb flint)
  find_library(XENT_${name}_LIBRARY ${name} REQUIRED)
  target_link_libraries(xent_arb INTERFACE ${XENT_${name}_LIBRARY})
endforeach()
