# One target a folder.
#
#   tally_library(tally_state
#     SOURCES account.cc account.h
#     DEPENDS tally_profile)
#   tally_program(tallyd SOURCES main.cc DEPENDS tally_services)
#   tally_test(state_test SOURCES account_test.cc DEPENDS tally_state)
#
# SOURCES names every file of the folder, headers too: the headers are what
# is installed, and a file that no list names fails the tidy test.

# Adds a library, installs it with its headers as tallystick::NAME, and adds
# a link test: an empty program that links the whole archive with nothing but
# the declared dependencies, so that a symbol of an undeclared one cannot
# slip in.
function(tally_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  tally_check_layer(${name} "${ARG_DEPENDS}")
  set(headers ${ARG_SOURCES})
  list(FILTER headers INCLUDE REGEX "\\.h$")
  list(FILTER ARG_SOURCES EXCLUDE REGEX "\\.h$")

  add_library(${name} STATIC ${ARG_SOURCES})
  tally_compile_options(${name})
  if(CMAKE_CURRENT_SOURCE_DIR MATCHES "^${PROJECT_SOURCE_DIR}/engine/")
    tally_strict_conversions(${name})
  endif()
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_include_directories(${name} PUBLIC
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")
  target_sources(${name} PUBLIC FILE_SET HEADERS
    BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${headers})
  target_link_libraries(${name} PUBLIC ${ARG_DEPENDS})
  tally_install_library(${name})
  if(TALLY_TESTS)
    tally_link_test(${name})
  endif()
endfunction()

# Adds and installs a program; it is built into bin/ of the build folder.
function(tally_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
  tally_compile_options(${name})
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS})
  install(TARGETS ${name}
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT runtime)
endfunction()

set(TALLY_TEST_ENVIRONMENT "TALLY_SOURCE_DIR=${PROJECT_SOURCE_DIR}"
  "TALLY_BINARY_DIR=${PROJECT_BINARY_DIR}")

# Adds a GoogleTest program and runs it as one test. TIMEOUT is in seconds, long
# by itself: it ends what hangs, and a machine that is slow is no failure.
# Tests find the files of the repository below $TALLY_SOURCE_DIR and the
# programs in $TALLY_BINARY_DIR/bin. When debugging, tests are compiled without
# optimization, which takes half the time; OPTIMIZED is for those that compute
# for long.
function(tally_test name)
  cmake_parse_arguments(ARG
    "OPTIMIZED" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 600)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  tally_compile_options(${name})
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  if(NOT ARG_OPTIMIZED)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Debug>:-O0>)
  endif()
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS}
    GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${ARG_TIMEOUT}
    LABELS "${ARG_LABELS}"
    ENVIRONMENT "${TALLY_TEST_ENVIRONMENT}")
endfunction()

# The libraries are exported as tallystick::base, tallystick::ledger, … and
# their headers keep their paths below include/tallystick.
function(tally_install_library name)
  string(REGEX REPLACE "^tally_" "" short_name "${name}")
  set_target_properties(${name} PROPERTIES EXPORT_NAME ${short_name})
  add_library(tallystick::${short_name} ALIAS ${name})
  install(TARGETS ${name} EXPORT tallystick
    ARCHIVE
      DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
    FILE_SET HEADERS
      DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/tallystick"
      COMPONENT development)
endfunction()

function(tally_link_test name)
  set(main "${PROJECT_BINARY_DIR}/link_test_main.cc")
  if(NOT EXISTS "${main}")
    file(WRITE "${main}" "int main() { return 0; }\n")
  endif()
  add_executable(link_${name} "${main}")
  target_link_libraries(link_${name} PRIVATE
    "$<LINK_LIBRARY:WHOLE_ARCHIVE,${name}>")
  add_test(NAME link.${name} COMMAND link_${name})
  set_tests_properties(link.${name} PROPERTIES LABELS link)
endfunction()

# Which layer may depend on which is written once, in cmake/layers.txt, for
# this check and for the tidy test.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/cmake/layers.txt")

function(tally_check_layer name depends)
  file(STRINGS "${PROJECT_SOURCE_DIR}/cmake/layers.txt" lines REGEX "^[a-z]")
  string(REGEX REPLACE "^tally_" "" layer "${name}")
  set(allowed "")
  set(found FALSE)
  foreach(line IN LISTS lines)
    if(line MATCHES "^${layer}:(.*)$")
      set(found TRUE)
      separate_arguments(allowed UNIX_COMMAND "${CMAKE_MATCH_1}")
    endif()
  endforeach()
  if(NOT found)
    message(FATAL_ERROR "${name} has no line in cmake/layers.txt")
  endif()
  list(FILTER depends INCLUDE REGEX "^tally_")
  foreach(dependency IN LISTS depends)
    string(REGEX REPLACE "^tally_" "" below "${dependency}")
    if(NOT below IN_LIST allowed)
      message(FATAL_ERROR
        "${name} may not depend on ${dependency}: see cmake/layers.txt")
    endif()
  endforeach()
endfunction()
