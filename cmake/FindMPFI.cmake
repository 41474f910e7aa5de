# MPFI with MPFR and GMP, which ship no CMake files, as the target MPFI::MPFI. It is installed too: who links
# libxent-verify's static form links these.
include(FindPackageHandleStandardArgs)
foreach(name mpfi mpfr gmp)
  find_library(XENT_${name}_LIBRARY ${name})
endforeach()
find_package_handle_standard_args(MPFI REQUIRED_VARS XENT_mpfi_LIBRARY XENT_mpfr_LIBRARY XENT_gmp_LIBRARY)
if(MPFI_FOUND AND NOT TARGET MPFI::MPFI)
  add_library(MPFI::MPFI INTERFACE IMPORTED)
  set_target_properties(MPFI::MPFI PROPERTIES
    INTERFACE_LINK_LIBRARIES "${XENT_mpfi_LIBRARY};${XENT_mpfr_LIBRARY};${XENT_gmp_LIBRARY}")
endif()
