# What `cmake --install` lays down besides the targets: the CMake package,
# the API's .proto files, profiles, samples and the licence. The libraries
# and their headers are installed by tally_library.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tallystick")
install(EXPORT tallystick
  NAMESPACE tallystick::
  FILE tallystick-targets.cmake
  DESTINATION "${package_dir}")
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/tallystick-config.cmake.in"
  "${PROJECT_BINARY_DIR}/tallystick-config.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/tallystick-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
    "${PROJECT_BINARY_DIR}/tallystick-config.cmake"
    "${PROJECT_BINARY_DIR}/tallystick-config-version.cmake"
  DESTINATION "${package_dir}")

set(share_dir "${CMAKE_INSTALL_DATADIR}/tallystick")
install(DIRECTORY proto third_party/google
  DESTINATION "${share_dir}/proto"
  FILES_MATCHING PATTERN "*.proto")
foreach(folder profiles samples)
  if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/tools/${folder}")
    install(DIRECTORY tools/${folder} DESTINATION "${share_dir}"
      USE_SOURCE_PERMISSIONS)
  endif()
endforeach()
install(FILES LICENSE CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
