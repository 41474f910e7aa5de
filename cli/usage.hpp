// SPDX-License-Identifier: MIT
// Usage: what is said about a command line that is not understood, and by `xent help` and
// `xent completion`.
#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace xent::cli {

/// The fault in one line, with what may have been meant by a verb or an option that is not known.
/// `first` is the first word after the program's name, "" where there is none.
std::string text_of(const CLI::ParseError& error, const CLI::App& app, const std::string& first);

/// What `--help` says of the program, or of the verb of that name. Throws UsageError for an unknown
/// one.
std::string help_text(const CLI::App& app, const std::string& verb);

/// The man page, in roff.
std::string man_text(const CLI::App& app);

/// What that shell reads to complete command lines. Throws UsageError for an unknown one.
std::string completion_text(const CLI::App& app, const std::string& shell);

/// "xent 0.3.0 (0b878a4)": the version, and the revision of the source.
std::string version_text();

}  // namespace xent::cli
