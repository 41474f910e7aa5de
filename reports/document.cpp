// SPDX-License-Identifier: MIT
// The document: the sections under the verdict.
#include "reports/document.hpp"

#include "reports/records/verdict.hpp"
#include "reports/sections.hpp"

namespace xent::reports {

Document document(const Results& results) {
  return {overall(results),
          verdict_line(results),
          {
#define XENT_SECTION(name) sections::name(results),
#include "reports/sections.def"
#undef XENT_SECTION
          }};
}

}  // namespace xent::reports
