# What `cmake --install` lays down besides the targets: the CMake package,
# the API's .proto files, profiles, samples, the unit and the licence. The
# libraries, headers and programs are installed by TallyTargets.cmake.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tallystick")
install(EXPORT tallystick
  NAMESPACE tallystick::
  FILE tallystick-targets.cmake
  DESTINATION "${package_dir}"
  COMPONENT development)
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
  DESTINATION "${package_dir}"
  COMPONENT development)

set(share_dir "${CMAKE_INSTALL_DATADIR}/tallystick")
install(DIRECTORY proto/ third_party/google
  DESTINATION "${share_dir}/proto"
  COMPONENT runtime
  FILES_MATCHING PATTERN "*.proto")
foreach(folder profiles samples)
  if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/tools/${folder}")
    install(DIRECTORY tools/${folder}
      DESTINATION "${share_dir}"
      COMPONENT runtime
      USE_SOURCE_PERMISSIONS
      PATTERN CMakeLists.txt EXCLUDE)
  endif()
endforeach()
install(FILES deploy/tallyd.service
  DESTINATION lib/systemd/system COMPONENT runtime)
install(FILES LICENSE CHANGELOG.md
  DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)
