// SPDX-License-Identifier: MIT
// Sections: the parts of the document, one file each, in the order of reports/sections.def.
#pragma once

#include "reports/document.hpp"

namespace xent::reports::sections {

#define XENT_SECTION(name) Section name(const Results& results);
#include "reports/sections.def"
#undef XENT_SECTION

/// contracts() with a table for each implementation and kind of result, a row for each family.
Section contracts_by_family(const Results& results);

}  // namespace xent::reports::sections
