// SPDX-License-Identifier: MIT
// Which library this is.

#include <xent.h>

int32_t xent_abi_version(void) { return XENT_ABI_VERSION; }

const char* xent_version(void) { return XENT_VERSION; }
