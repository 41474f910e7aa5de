# cpack makes a Debian package of each component: libxent1, libxent-dev, libxent-verify1, libxent-verify-dev and
# xent, of a build with CMAKE_INSTALL_PREFIX=/usr, which the preset package has. What the libraries and the
# program are linked with, dpkg-shlibdeps finds.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The xent authors <xent@localhost>")
set(CPACK_PACKAGE_DESCRIPTION
  "xent computes softmax cross-entropy and its gradient on CPUs, and proves how wrong the results can be.")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has a summary of its own
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/library ${PROJECT_BINARY_DIR}/library/verify)

# xent_debian(COMPONENT NAME SECTION SUMMARY [DEPENDS <text>] [SUGGESTS <text>])
set(CPACK_COMPONENTS_ALL "")
macro(xent_debian component name section summary)
  cmake_parse_arguments(arg "" "DEPENDS;SUGGESTS" "" ${ARGN})
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  string(TOUPPER ${component} variable)
  string(TOUPPER CPACK_COMPONENT_${component}_DESCRIPTION description)
  set(${description} "${summary}\n${CPACK_PACKAGE_DESCRIPTION}")
  set(CPACK_DEBIAN_${variable}_PACKAGE_NAME ${name})
  set(CPACK_DEBIAN_${variable}_PACKAGE_SECTION ${section})
  set(CPACK_DEBIAN_${variable}_PACKAGE_DEPENDS "${arg_DEPENDS}")
  set(CPACK_DEBIAN_${variable}_PACKAGE_SUGGESTS "${arg_SUGGESTS}")
  install(FILES LICENSE RENAME copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} COMPONENT ${component})
endmacro()

set(same "(= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
get_target_property(abi xent_library SOVERSION)
xent_debian(libxent libxent${abi} libs "Softmax cross-entropy on CPUs, loss and gradient")
xent_debian(libxent-dev libxent-dev libdevel "Headers and static library of libxent"
  DEPENDS "libxent${abi} ${same}, libdlpack-dev" SUGGESTS "libhwy-dev")
if(NOT XENT_ONLY_LIBRARY)
  xent_debian(libxent-verify libxent-verify${abi} libs "Certified reference of softmax cross-entropy"
    DEPENDS "libxent${abi} ${same}")
  xent_debian(libxent-verify-dev libxent-verify-dev libdevel "Headers and static library of libxent-verify"
    DEPENDS "libxent-verify${abi} ${same}, libxent-dev ${same}" SUGGESTS "libmpfi-dev, libfmt-dev")
endif()
if(XENT_PROGRAM)
  xent_debian(xent xent math "Verifies and times softmax cross-entropy on CPUs")
endif()
include(CPack)
