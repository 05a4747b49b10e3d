# C++ from .proto files, one protoc run a file.
#
#   tally_proto_library(tally_proto
#     ROOT "${CMAKE_CURRENT_SOURCE_DIR}"
#     MESSAGES tallystick/v1/event.proto
#     SERVICES tallystick/v1/ledger_service.proto
#     DEPENDS tally_google_rpc)
#
# ROOT is the import root and defaults to the current folder; files are named
# from it. MESSAGES get .pb.h, SERVICES get .grpc.pb.h as well, and both are
# included by the path they have below ROOT. What DEPENDS names (other proto
# libraries) can be imported. FindProtobuf's own function is not used: it
# writes its output below a folder that includes do not name.
function(tally_proto_library name)
  cmake_parse_arguments(ARG "" "ROOT" "MESSAGES;SERVICES;DEPENDS" ${ARGN})
  if(NOT ARG_ROOT)
    set(ARG_ROOT "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  set(out "${PROJECT_BINARY_DIR}/generated/${name}")
  file(MAKE_DIRECTORY "${out}")
  set(imports "-I${ARG_ROOT}")
  foreach(dependency IN LISTS ARG_DEPENDS)
    get_target_property(root ${dependency} TALLY_PROTO_ROOTS)
    list(APPEND imports ${root})
  endforeach()
  list(REMOVE_DUPLICATES imports)

  set(sources "")
  set(headers "")
  foreach(proto IN LISTS ARG_MESSAGES ARG_SERVICES)
    string(REGEX REPLACE "\\.proto$" "" stem "${proto}")
    set(arguments ${imports} "--cpp_out=${out}")
    set(made_sources "${out}/${stem}.pb.cc")
    set(made_headers "${out}/${stem}.pb.h")
    if(proto IN_LIST ARG_SERVICES)
      list(APPEND arguments "--grpc_out=generate_mock_code=true:${out}"
        "--plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>")
      list(APPEND made_sources "${out}/${stem}.grpc.pb.cc")
      list(APPEND made_headers "${out}/${stem}.grpc.pb.h"
        "${out}/${stem}_mock.grpc.pb.h")
    endif()
    # Ninja wants the first output to be the one that protoc's dependency
    # file names first, and protoc sorts.
    set(made ${made_sources} ${made_headers})
    list(SORT made)
    add_custom_command(
      OUTPUT ${made}
      COMMAND protobuf::protoc ${arguments}
        "--dependency_out=${out}/${stem}.d" "${ARG_ROOT}/${proto}"
      DEPENDS "${ARG_ROOT}/${proto}" protobuf::protoc
      DEPFILE "${out}/${stem}.d"
      COMMENT "Generating C++ from ${proto}"
      VERBATIM)
    list(APPEND sources ${made_sources})
    list(APPEND headers ${made_headers})
  endforeach()

  # Generated code is not ours to lint or to step through: it is compiled
  # without our warnings, in half the time when debugging, and seen by who
  # includes it as a system header.
  add_library(${name} STATIC ${sources})
  target_compile_options(${name} PRIVATE "$<$<CONFIG:Debug>:-O0;-g1>")
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_include_directories(${name} SYSTEM PUBLIC "$<BUILD_INTERFACE:${out}>")
  target_sources(${name} PUBLIC FILE_SET HEADERS
    BASE_DIRS "${out}" FILES ${headers})
  target_link_libraries(${name} PUBLIC
    ${ARG_DEPENDS} protobuf::libprotobuf gRPC::grpc++)
  set_target_properties(${name} PROPERTIES
    TALLY_PROTO_ROOTS "${imports}"
    VERIFY_INTERFACE_HEADER_SETS OFF)
  tally_install_library(${name})
endfunction()
