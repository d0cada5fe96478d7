// Which tocsin this is; the build says so.
#include "daemon/app/application.hpp"

#ifndef TOCSIN_VERSION
#error "the build defines TOCSIN_VERSION"
#endif

namespace tocsin::app {

const char* version() { return TOCSIN_VERSION; }

}  // namespace tocsin::app
