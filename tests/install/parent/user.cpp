// SPDX-License-Identifier: MIT
// Uses both headers with the parent's flags and in its C++17.
#include <xent.h>
#include <xent_verify.h>

#if PARENT_FLAG != 1 || __cplusplus != 201703L
#error "the parent's flags are not there"
#endif

int abi_of_parent() { return xent_abi_version(); }
