// SPDX-License-Identifier: MIT
// Reads and writes .npy files: a header (tensors/npy/npy_header.hpp) and the elements.
#include "tensors/npy/npy.hpp"

#include <cassert>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tensors/format.hpp"
#include "tensors/input_file.hpp"
#include "tensors/npy/npy_element.hpp"
#include "tensors/npy/npy_header.hpp"

namespace xent::tensors {
namespace {

NpyElement element_of(const InputFile& file, const NpyHeader& header) {
  if (const auto element = find_npy_element(header.descr)) return *element;
  const bool objects = header.descr.find('O') != std::string::npos;
  file.fail(fmt::format("elements of type '{}'{} are not read; {} are", header.descr,
                        objects ? " (Python objects)" : "", npy_element_names()));
}

void check_axes(const InputFile& file, const std::vector<std::ptrdiff_t>& shape) {
  if (shape.size() > most_npy_axes)
    file.fail(fmt::format("the shape has {} axes, more than the {} that are read", shape.size(),
                          most_npy_axes));
}

/// The file holds the elements of that shape and nothing else.
void check_size(const InputFile& file, const std::vector<std::ptrdiff_t>& shape,
                std::size_t element_size) {
  const auto bytes = product(element_size, shape);
  if (!bytes) file.fail(fmt::format("the shape ({}) overflows", fmt::join(shape, ", ")));
  if (*bytes != file.left())
    file.fail(fmt::format("the shape ({}) takes {} bytes of data, the file holds {}",
                          fmt::join(shape, ", "), *bytes, file.left()));
}

/// "<f4", …; a type that NumPy does not have is written as the bytes of its patterns.
std::string descr_of(Tensor::Element element) {
  const std::string_view code = file_names_of(element).npy;
  return code.empty() ? fmt::format("|V{}", size_of(element)) : fmt::format("<{}", code);
}

/// Writes one tensor, which has at most most_npy_axes; what the file held before goes.
void write_only(OutputFile& file, std::span<const NewTensor> tensors, const std::string& /*kept*/) {
  assert(tensors.size() == 1 && tensors.front().shape.size() <= most_npy_axes);
  const NewTensor& tensor = tensors.front();
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}{}), }}",
                                   descr_of(tensor.element), fmt::join(tensor.shape, ", "),
                                   tensor.shape.size() == 1 ? "," : "");
  // NumPy pads with blanks up to a newline, so that the data start at a multiple of 64 bytes.
  const std::size_t before = npy_magic.size() + 4;
  header.resize((before + header.size() + 1 + 63) / 64 * 64 - before - 1, ' ');
  header += '\n';
  const char start[] = {'\1', '\0', static_cast<char>(header.size() & 0xff),
                        static_cast<char>(header.size() >> 8)};
  file.write(npy_magic);
  file.write(start, sizeof start);
  file.write(header);
  file.write(tensor.bytes.data(), tensor.bytes.size());
}

}  // namespace

Tensor read_npy(InputFile& file) {
  NpyHeader header = read_npy_header(file);
  const auto [element, byte_order] = element_of(file, header);
  check_axes(file, header.shape);
  check_size(file, header.shape, size_of(element));
  Tensor tensor = read_elements(file, element, std::move(header.shape), byte_order);
  tensor.fortran_order = header.fortran_order && tensor.shape.size() > 1;
  return tensor;
}

Tensor read_npy(const std::string& path) {
  InputFile file(path);
  return read_npy(file);
}

extern const Format npy_format{
    .name = "npy",
    .most_axes = most_npy_axes,
    .read = [](const std::string& path,
               const std::optional<std::string>&) { return read_npy(path); },
    .write = write_only,
};

template <class T>
void write_npy(OutputFile& file, std::span<const std::ptrdiff_t> shape, std::span<const T> data) {
  assert(data.size() == product(1, shape) && shape.size() <= most_npy_axes);
  const NewTensor tensor{.name = "",
                         .element = tensor_element_of<T>,
                         .shape = {shape.begin(), shape.end()},
                         .bytes = std::as_bytes(data)};
  write_only(file, std::span(&tensor, 1), "");
}

template <class T>
void write_npy(const std::string& path, std::span<const std::ptrdiff_t> shape,
               std::span<const T> data) {
  OutputFile file(path);
  write_npy(file, shape, data);
  file.commit();
}

#define XENT_INSTANTIATE(T)                                                                  \
  template void write_npy(OutputFile&, std::span<const std::ptrdiff_t>, std::span<const T>); \
  template void write_npy(const std::string&, std::span<const std::ptrdiff_t>, std::span<const T>);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::tensors
