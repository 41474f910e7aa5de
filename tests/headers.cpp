// SPDX-License-Identifier: MIT
// Nothing: CMake compiles the headers that all tests share with a source.
