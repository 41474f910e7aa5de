# What is installed, and in which component; each component is a Debian package (XentDebian.cmake). Nothing that
# is installed names the place where it was installed or built, so the whole may be moved.
foreach(folder BINDIR LIBDIR INCLUDEDIR DATADIR)
  if(XENT_INSTALL AND IS_ABSOLUTE "${CMAKE_INSTALL_${folder}}")
    message(FATAL_ERROR "CMAKE_INSTALL_${folder} is ${CMAKE_INSTALL_${folder}}; what is installed can be moved, "
                        "so its folders are relative to CMAKE_INSTALL_PREFIX")
  endif()
endforeach()
set(XENT_ZSH_FOLDER ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING
    "Where the completion for zsh is installed; Debian's own is share/zsh/vendor-completions")
set(xent_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/xent)

# xent_install_library(NAME TARGET COMPONENT DESCRIPTION <text> HEADERS <file>… LIBRARIES <name>… [REQUIRES <name>]):
# lib<NAME> in both forms, its headers, its CMake targets xent::<COMPONENT> and xent::<COMPONENT>_static, and
# its file for pkg-config. LIBRARIES are what the static form is linked with.
function(xent_install_library name target component)
  if(NOT XENT_INSTALL)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "DESCRIPTION;REQUIRES" "HEADERS;LIBRARIES")
  set(runtime lib${name})
  set(dev lib${name}-dev)
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${component}
    INSTALL_RPATH $ORIGIN)  # libxent-verify finds the libxent beside it
  set_target_properties(${target}_static PROPERTIES EXPORT_NAME ${component}_static)
  install(TARGETS ${target} EXPORT xent-${component} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    COMPONENT ${runtime} NAMELINK_COMPONENT ${dev})
  install(TARGETS ${target}_static EXPORT xent-${component}_static
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${dev})
  foreach(form "" _static)
    install(EXPORT xent-${component}${form} NAMESPACE xent:: FILE xent-${component}${form}.cmake
      DESTINATION ${xent_package_folder} COMPONENT ${dev})
  endforeach()
  install(FILES ${arg_HEADERS} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT ${dev})

  list(APPEND arg_LIBRARIES ${CMAKE_CXX_IMPLICIT_LINK_LIBRARIES})
  list(REMOVE_DUPLICATES arg_LIBRARIES)
  list(FILTER arg_LIBRARIES EXCLUDE REGEX "^(c|gcc|gcc_s)$")  # a C compiler links them by itself
  list(TRANSFORM arg_LIBRARIES PREPEND -l)
  list(JOIN arg_LIBRARIES " " private)
  file(RELATIVE_PATH to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  string(REGEX REPLACE "/$" "" to_prefix ${to_prefix})
  list(TRANSFORM arg_REQUIRES APPEND " = ${PROJECT_VERSION}")
  configure_file(${PROJECT_SOURCE_DIR}/cmake/xent.pc.in ${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT ${dev})
endfunction()

if(XENT_INSTALL)
  include(CMakePackageConfigHelpers)
  configure_package_config_file(cmake/xent-config.cmake.in xent-config.cmake
    INSTALL_DESTINATION ${xent_package_folder} NO_SET_AND_CHECK_MACRO)
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/xent-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/xent-config.cmake ${PROJECT_BINARY_DIR}/xent-config-version.cmake
    DESTINATION ${xent_package_folder} COMPONENT libxent-dev)
endif()
