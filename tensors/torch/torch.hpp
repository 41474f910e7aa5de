// SPDX-License-Identifier: MIT
// Files of torch.save, which are pickles: programs for Python's interpreter. They are recognised,
// to say what to do instead, and never read.
#pragma once

#include <string>

namespace xent::tensors {

/// Whether the content of a file is that of torch.save: a zip archive with a member data.pkl, or,
/// before PyTorch 1.6, a pickle. False where the file cannot be read.
bool is_of_torch(const std::string& path);

/// What to do, in one line: the two lines of Python that save what the file holds as .safetensors.
std::string torch_advice(const std::string& path);

}  // namespace xent::tensors
