# See CMakeLists.txt beside this file. The install prefix is made anew each
# time, so that what is no longer installed is missed here; the consumer's
# build folder is kept, so that a second run is quick.

function(run)
  execute_process(COMMAND ${ARGN}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "failed (${result}): ${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect_installed path)
  if(NOT EXISTS "${SCRATCH_DIR}/prefix/${path}")
    message(FATAL_ERROR "not installed: ${path}")
  endif()
endfunction()

file(REMOVE_RECURSE "${SCRATCH_DIR}/prefix")
run("${CMAKE_COMMAND}" --install "${BUILD_DIR}"
  --prefix "${SCRATCH_DIR}/prefix")
expect_installed(include/tallystick/engine/base/check.h)
expect_installed(share/doc/tallystick/LICENSE)
if(SERVICES)
  expect_installed(share/tallystick/proto/tallystick/v1/event.proto)
  expect_installed(share/tallystick/proto/google/rpc/error_details.proto)
endif()

set(flags "${CXX_FLAGS}")
if(SANITIZE)
  string(APPEND flags " -fsanitize=${SANITIZE}")
endif()
run("${CMAKE_COMMAND}" -G Ninja -S "${CONSUMER_DIR}"
  -B "${SCRATCH_DIR}/build"
  "-DCMAKE_PREFIX_PATH=${SCRATCH_DIR}/prefix"
  "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}"
  "-DCMAKE_CXX_FLAGS=${flags}")
run("${CMAKE_COMMAND}" --build "${SCRATCH_DIR}/build")
run("${CMAKE_COMMAND}" -E chdir "${SCRATCH_DIR}/build"
  "${SCRATCH_DIR}/build/embedded")
if(SERVICES)
  run("${SCRATCH_DIR}/build/client")
endif()
