// SPDX-License-Identifier: MIT
// Names of any bytes: a shell reads back what shell_word wrote, and name_text is one to one.
#include "system/names.hpp"

#include <array>
#include <cstdio>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "system/utf8.hpp"
#include "tests/support/folder.hpp"

namespace {

using xent::system::name_text;
using xent::system::shell_word;

/// What bash makes of the words: each with a NUL behind it.
std::string read_by_shell(const std::string& words) {
  const xent::tests::Folder folder;
  const std::string path = folder.path + "/words";
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  (void)std::fprintf(file, "set +H; printf '%%s\\0' %s\n", words.c_str());
  (void)std::fclose(file);
  std::string text;
  std::FILE* const pipe = ::popen(("LC_ALL=C bash " + path).c_str(), "r");
  std::array<char, 4096> part{};
  while (const std::size_t read = std::fread(part.data(), 1, part.size(), pipe))
    text.append(part.data(), read);
  EXPECT_EQ(::pclose(pipe), 0) << "the shell takes the words";
  return text;
}

std::vector<std::string> hard_words() {
  std::vector<std::string> words = {"",
                                    "it's.npy",
                                    "`id`",
                                    "$(id)",
                                    "a\nb",
                                    "~",
                                    "!x",
                                    "#x",
                                    "[ab]",
                                    "{a,b}",
                                    "=ls",
                                    "a=b",
                                    "-n",
                                    "$'a'",
                                    "a b",
                                    "\t",
                                    "\\",
                                    "\\n",
                                    "L\xe9.npy",
                                    "\u00e9",
                                    std::string("\xe2").append("\x80\xae"),
                                    std::string("\xff").append("7"),
                                    "\1",
                                    "\x7f",
                                    "'",
                                    "*?",
                                    "a\\'b",
                                    "\uFFFD"};
  for (int c = 1; c < 256; ++c) words.emplace_back(1, static_cast<char>(c));
  std::mt19937 random(1);
  for (int k = 0; k < 2000; ++k) {
    std::string word(random() % 6, '\0');
    for (char& c : word) c = static_cast<char>(random() % 255 + 1);
    words.push_back(word);
  }
  return words;
}

bool is_printable(std::string_view text) {
  while (!text.empty()) {
    const auto [code, bytes] = xent::system::first_character(text);
    if (!xent::system::is_printable(code) || (code == 0xFFFD && bytes == 1)) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

TEST(Names, WordsAreReadBack) {
  std::string line, wanted;
  for (const std::string& word : hard_words()) {
    EXPECT_TRUE(is_printable(shell_word(word))) << "printable: " + shell_word(word);
    line += shell_word(word) + " ";
    wanted += word + '\0';
  }
  EXPECT_EQ(read_by_shell(line), wanted) << "bash reads the words as they were";
}

TEST(Names, NamesAreOneToOne) {
  std::set<std::string> names, texts;
  for (const std::string& name : hard_words()) {
    const std::string text = name_text(name);
    names.insert(name);
    texts.insert(text);
    EXPECT_TRUE(is_printable(text)) << "printable: " + text;
    const bool same = is_printable(name) && !name.starts_with("$'");
    EXPECT_EQ((text == name), same) << "a printable name stays: " + text;
    if (!same) {
      EXPECT_EQ(read_by_shell(text), name + '\0') << "bash reads " + text;
    }
  }
  EXPECT_EQ(names.size(), texts.size()) << "different names have different texts";
}

TEST(Names, Spelling) {
  EXPECT_EQ(shell_word("a/b-1.npy"), "a/b-1.npy") << "a plain word stays";
  EXPECT_EQ(shell_word("f32/normal(1)/2x3"), "'f32/normal(1)/2x3'") << "parentheses are quoted";
  EXPECT_EQ(shell_word("it's.npy"), R"('it'\''s.npy')") << "so are quotes";
  EXPECT_EQ(shell_word("L\xe9.npy"), R"($'L\351.npy')") << "bytes that are no UTF-8 are octal";
  EXPECT_EQ(name_text("L\xe9.npy"), R"($'L\351.npy')") << "in names too";
  EXPECT_EQ(name_text("a b's.npy"), "a b's.npy") << "a printable name stays";
}

}  // namespace
