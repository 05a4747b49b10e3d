# One target a folder: tally_library(NAME SOURCES ... DEPENDS ...) for code,
# tally_test(NAME SOURCES ... DEPENDS ...) for a GoogleTest binary.

# What every target is compiled with.
add_library(tally_options INTERFACE)
target_compile_features(tally_options INTERFACE cxx_std_20)
target_compile_options(tally_options INTERFACE -Wall -Wextra -Werror)
target_include_directories(tally_options INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")

function(tally_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC tally_options ${ARG_DEPENDS})
endfunction()

function(tally_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} GTest::gmock_main)
  add_test(NAME ${name} COMMAND ${name})
endfunction()
