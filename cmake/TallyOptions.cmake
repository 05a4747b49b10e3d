# How our code is compiled: one function for warnings, which each of our
# targets calls for itself so that nothing reaches who links us, and the
# settings of the whole tree (sanitizers, hardening, ccache).

set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# A light optimization keeps the random-stream tests quick and steps well in
# a debugger; _GLIBCXX_ASSERTIONS checks the bounds of the containers.
set(CMAKE_CXX_FLAGS_DEBUG "-g -Og -D_GLIBCXX_ASSERTIONS")

# What is released names files from the root of the repository, wherever it
# was checked out. Other builds leave the path alone: the option's value would
# keep ccache from sharing between checkouts.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options("-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
endif()

if(TALLY_SANITIZE)
  add_compile_options("-fsanitize=${TALLY_SANITIZE}" -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  add_link_options("-fsanitize=${TALLY_SANITIZE}")
endif()

if(TALLY_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(TALLY_HARDENING)
  add_compile_options(-D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS
    -fstack-protector-strong -fstack-clash-protection
    -Wformat -Werror=format-security
    $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection>)
  add_link_options(-Wl,-z,relro -Wl,-z,now -pie)
endif()

# Paths are made relative to the repository for the cache, so that several
# checkouts share what they compile.
if(TALLY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(TALLY_CCACHE_PROGRAM ccache)
  mark_as_advanced(TALLY_CCACHE_PROGRAM)
  if(TALLY_CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER /usr/bin/env
      "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
      CCACHE_ABSSTDERR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros
      "${TALLY_CCACHE_PROGRAM}")
  endif()
endif()

# GCC 12 warns from its optimizer of paths through std::optional and
# std::string that cannot be taken (its bugs 80635 and 105651); those two are
# off and their kin are not errors. The sanitizers find what is real there.
set(TALLY_GCC_OPTIMIZER_WARNINGS
  -Wno-maybe-uninitialized
  -Wno-restrict
  -Wno-error=array-bounds
  -Wno-error=dangling-pointer
  -Wno-error=free-nonheap-object
  -Wno-error=stringop-overflow
  -Wno-error=stringop-overread)

# The warnings of our code. A missing designated initializer is how an option
# keeps its default here, so that one warning is off.
function(tally_compile_options name)
  target_compile_options(${name} PRIVATE
    -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wimplicit-fallthrough -Wno-missing-field-initializers
    $<$<BOOL:${TALLY_WERROR}>:-Werror>
    $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
    "$<$<CXX_COMPILER_ID:GNU>:${TALLY_GCC_OPTIMIZER_WARNINGS}>")
endfunction()

# Engine code counts mass: a narrowing conversion is an error there, while
# signed against unsigned in container indices is not worth the noise.
function(tally_strict_conversions name)
  target_compile_options(${name} PRIVATE -Wconversion -Wno-sign-conversion)
endfunction()
