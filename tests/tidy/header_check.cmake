# header_check: headers that no source file includes first are compiled alone, and twice, so that each includes what it uses and guards
# itself. For a header with a .cpp beside it the compiler sees that anyway: its own header comes first there (shape_test).
file(GLOB_RECURSE header_check_headers CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}" "${CMAKE_SOURCE_DIR}/core/*.hpp"
     "${CMAKE_SOURCE_DIR}/rules/*.hpp" "${CMAKE_SOURCE_DIR}/daemon/*.hpp" "${CMAKE_SOURCE_DIR}/tests/*.hpp")
set(header_check_sources)
foreach(header ${header_check_headers})
  string(REGEX REPLACE "\\.hpp$" ".cpp" own_source "${header}")
  if(EXISTS "${CMAKE_SOURCE_DIR}/${own_source}")
    continue()
  endif()
  string(REPLACE "/" "_" flat "${header}")
  set(source "${CMAKE_BINARY_DIR}/header_check/${flat}.cpp")
  file(GENERATE OUTPUT "${source}" CONTENT "// ${header}, alone and twice.\n#include \"${header}\"\n#include \"${header}\"\n")
  list(APPEND header_check_sources "${source}")
endforeach()
add_library(header_check OBJECT ${header_check_sources})
target_include_directories(header_check PRIVATE "${CMAKE_SOURCE_DIR}")
target_link_libraries(header_check PRIVATE Boost::headers Boost::json fmt::fmt GTest::gtest GTest::gmock)
# Nothing of it is linked or run: to parse it is the check.
target_compile_options(header_check PRIVATE -fsyntax-only -Wno-unused-function -Wno-unused-variable)
