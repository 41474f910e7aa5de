// SPDX-License-Identifier: MIT
// How output files appear: renamed together, or as before.
#include <cerrno>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "system/interruption.hpp"
#include "system/links.hpp"
#include "system/output_file.hpp"
#include "system/renames.hpp"
#include "system/temporary.hpp"

namespace xent {
namespace {

/// Puts on the disk what was renamed there, where the file system can.
void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  (void)::fsync(descriptor);
  (void)::close(descriptor);
}

}  // namespace

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

}  // namespace xent
