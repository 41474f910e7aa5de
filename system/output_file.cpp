// SPDX-License-Identifier: MIT
#include <cerrno>
#include <optional>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xent/output_file.hpp>

#include "system/interruption.hpp"
#include "system/links.hpp"
#include "system/names.hpp"
#include "system/renames.hpp"
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

/// Puts on the disk what was renamed there, where the file system can.
void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  (void)::fsync(descriptor);
  (void)::close(descriptor);
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

void OutputFile::keep_replaced() {
  try {
    replaced_ = system::Temporary::second_name(target_);
  } catch (const std::system_error& error) {
    new_ = error.code().value() == ENOENT;
  }
}

void OutputFile::appear() {
  try {
    temporary_->rename(target_);
  } catch (const std::system_error& error) {
    fail(error.code().value());
  }
}

void OutputFile::disappear() noexcept {
  try {
    if (replaced_ != nullptr)
      replaced_->rename(target_);
    else if (new_)
      (void)::unlink(target_.c_str());
  } catch (const std::system_error&) {  // what let another file not appear may hinder this too
  }
}

void OutputFile::appear(std::span<OutputFile* const> files) {
  std::vector<system::Rename> renames;
  for (const OutputFile* file : files)
    renames.push_back({file->temporary_->name().c_str(), file->target_.c_str()});
  const system::Uninterrupted all_or_none;
  const std::size_t apart = files.size() > 1 ? system::rename_apart(renames) : 0;
  for (OutputFile* file : files.first(apart)) file->temporary_->renamed();
  std::size_t appeared = apart;
  try {
    for (; appeared < files.size(); ++appeared) files[appeared]->appear();
  } catch (const FileError&) {
    while (appeared > 0) files[--appeared]->disappear();
    throw;
  }
}

void OutputFile::commit() { commit({this, 1}); }

void OutputFile::commit(std::span<OutputFile> files) {
  std::vector<OutputFile*> to_rename;
  for (OutputFile& file : files) {
    file.finish();
    if (file.temporary_ != nullptr) to_rename.push_back(&file);
  }
  if (to_rename.size() > 1)
    for (OutputFile* file : to_rename) file->keep_replaced();
  appear(to_rename);
  std::set<std::string> folders;
  for (OutputFile* file : to_rename) {
    file->temporary_.reset();
    file->replaced_.reset();
    folders.insert(system::folder_of(file->target_));
  }
  for (const std::string& folder : folders) sync_folder(folder);
}

void OutputFile::fail(int error) {
  file_.reset();
  temporary_.reset();
  replaced_.reset();
  throw FileError(path_, "cannot be written: " + std::generic_category().message(error));
}

}  // namespace xent
