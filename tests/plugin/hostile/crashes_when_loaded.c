/* SPDX-License-Identifier: MIT
 *
 * Crashes while it is loaded. */
#include <stdlib.h>

__attribute__((constructor)) static void misbehave(void) { abort(); }
