# xent_read_list(<var> <file>): the names in the XENT_…(name) lines of a .def file, the one list
# that C++ reads too. Editing the file re-runs CMake.
function(xent_read_list var file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(STRINGS ${file} lines REGEX "^XENT_[A-Z_]+\\(")
  list(TRANSFORM lines REPLACE "^XENT_[A-Z_]+\\(([a-z0-9_]+).*" "\\1")
  set(${var} ${lines} PARENT_SCOPE)
endfunction()

# xent_sources_of(<var> <file>): <name>.cpp for each of those names.
function(xent_sources_of var file)
  xent_read_list(names ${file})
  list(TRANSFORM names APPEND ".cpp")
  set(${var} ${names} PARENT_SCOPE)
endfunction()
