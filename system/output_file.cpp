// SPDX-License-Identifier: MIT
#include "system/output_file.hpp"

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/links.hpp"
#include "system/names.hpp"
#include "system/temporary.hpp"

namespace xent {
namespace {

constexpr ::mode_t permissions = 07777;

/// The temporary becomes like the file that it is to replace. Who may not give files away keeps
/// them, then without the bits that make a program run as its owner.
void take_after(int descriptor, const struct ::stat& replaced) {
  const bool given = ::fchown(descriptor, replaced.st_uid, replaced.st_gid) == 0 ||
                     ::fchown(descriptor, static_cast<::uid_t>(-1), replaced.st_gid) == 0;
  const ::mode_t kept = given ? permissions : permissions & ~static_cast<::mode_t>(06000);
  (void)::fchmod(descriptor, replaced.st_mode & kept);
}

}  // namespace

FileError::FileError(const std::string& path, const std::string& fault)
    : std::runtime_error(system::name_text(path) + ": " + fault) {}

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  struct ::stat there {};
  const bool exists = ::stat(path_.c_str(), &there) == 0;
  if (exists && S_ISDIR(there.st_mode)) throw FileError(path_, "is a directory");
  if (!exists || S_ISREG(there.st_mode)) {
    const auto target = system::behind_links(path_);
    if (!target) fail(errno);
    target_ = *target;
  }
  if (target_.empty())
    open_in_place();
  else
    open_temporary();
}

OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile::~OutputFile() = default;

void OutputFile::open_in_place() {
  const int descriptor = ::open(path_.c_str(), O_WRONLY | O_TRUNC | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) fail(errno);
  file_.reset(::fdopen(descriptor, "wb"));
  if (file_ == nullptr) fail(errno);
}

void OutputFile::open_temporary() {
  struct ::stat there {};
  const bool replaces = ::stat(target_.c_str(), &there) == 0;
  if (replaces && ::faccessat(AT_FDCWD, target_.c_str(), W_OK, AT_EACCESS) != 0) fail(errno);
  try {
    temporary_ =
        std::make_unique<system::Temporary>(system::folder_of(target_), replaces ? 0600 : 0666);
  } catch (const std::system_error& error) {
    fail(error.code().value());
  }
  const int descriptor = temporary_->take_descriptor();
  if (replaces) take_after(descriptor, there);
  file_.reset(::fdopen(descriptor, "wb"));
  if (file_ == nullptr) fail(errno);
}

void OutputFile::write(const void* data, std::size_t bytes) {
  if (bytes != 0 && std::fwrite(data, 1, bytes, file_.get()) != bytes) fail(errno);
}

void OutputFile::finish() {
  if (file_ == nullptr) return;
  if (std::fflush(file_.get()) != 0) fail(errno);
  if (temporary_ != nullptr && ::fsync(::fileno(file_.get())) != 0 && errno != EINVAL) fail(errno);
  if (std::fclose(file_.release()) != 0) fail(errno);
}

void OutputFile::fail(int error) {
  file_.reset();
  temporary_.reset();
  replaced_.reset();
  throw FileError(path_, "cannot be written: " + std::generic_category().message(error));
}

}  // namespace xent
