// SPDX-License-Identifier: MIT
// Markup: a strict reader of the HTML and XML that the reports write. Elements must nest,
// attributes be quoted, entities be known.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace xent::tests {

struct Markup {
  std::string fault;                    // the first, or empty
  std::map<std::string, int> elements;  // how many of each name
  std::set<std::string> attributes;     // names
  std::multiset<std::string> ids;       // values of id
  std::vector<std::string> targets;     // values of href, aria-labelledby
  std::string text;                     // outside tags, entities decoded
};

namespace markup {

inline std::string decoded(std::string_view text, Markup& found) {
  static const std::map<std::string_view, char> entities = {{"&amp;", '&'},  {"&lt;", '<'},
                                                            {"&gt;", '>'},   {"&quot;", '"'},
                                                            {"&#39;", '\''}, {"&#10;", '\n'}};
  std::string plain;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text[k] == '<' || text[k] == '>') found.fault = "stray angle bracket";
    if (text[k] != '&') {
      plain += text[k];
      continue;
    }
    const std::size_t end = text.find(';', k);
    const auto entity = entities.find(text.substr(k, end - k + 1));
    if (end == std::string_view::npos || entity == entities.end()) {
      found.fault = "unknown entity";
      return plain;
    }
    plain += entity->second;
    k = end;
  }
  return plain;
}

/// The attributes of a tag: name="value", separated by one space.
inline void read_attributes(std::string_view rest, Markup& found) {
  while (!rest.empty() && found.fault.empty()) {
    const std::size_t equals = rest.find("=\"");
    const std::size_t end =
        equals == std::string_view::npos ? std::string_view::npos : rest.find('"', equals + 2);
    if (rest.front() != ' ' || end == std::string_view::npos) {
      found.fault = "attributes '" + std::string(rest) + "'";
      return;
    }
    const std::string name(rest.substr(1, equals - 1));
    const std::string value = decoded(rest.substr(equals + 2, end - equals - 2), found);
    found.attributes.insert(name);
    if (name == "id") found.ids.insert(value);
    if (name == "href" || name == "aria-labelledby") found.targets.push_back(value);
    rest.remove_prefix(end + 1);
  }
}

/// A tag's end: the first '>' outside quotes.
inline std::size_t tag_end(std::string_view text, std::size_t from) {
  bool inside = false;
  for (std::size_t k = from; k < text.size(); ++k) {
    if (text[k] == '"') inside = !inside;
    if (text[k] == '>' && !inside) return k;
  }
  return std::string_view::npos;
}

/// One tag, without its angle brackets.
inline void read_tag(std::string_view tag, std::vector<std::string>& open, Markup& found) {
  static const std::set<std::string> childless = {"meta", "br", "hr", "link", "img", "input"};
  if (tag.empty()) {
    found.fault = "empty tag";
  } else if (tag.front() == '/') {
    if (open.empty() || open.back() != tag.substr(1))
      found.fault = "closes " + std::string(tag) + " inside " + (open.empty() ? "" : open.back());
    else
      open.pop_back();
  } else if (tag.front() != '!' && tag.front() != '?') {
    const bool closed = tag.back() == '/';
    if (closed) tag.remove_suffix(1);
    const std::string name(tag.substr(0, tag.find(' ')));
    ++found.elements[name];
    read_attributes(tag.substr(name.size()), found);
    if (!closed && !childless.contains(name)) open.push_back(name);
  }
}

}  // namespace markup

inline Markup read_markup(std::string_view text) {
  Markup found;
  std::vector<std::string> open;
  std::size_t at = 0;
  while (at < text.size() && found.fault.empty()) {
    const bool style = !open.empty() && open.back() == "style";
    const std::size_t next = text.find(style ? "</style" : "<", at);
    const std::string_view run = text.substr(at, next - at);
    if (!style) found.text += markup::decoded(run, found);
    if (next == std::string_view::npos || !found.fault.empty()) break;
    const std::size_t end = markup::tag_end(text, next);
    if (end == std::string_view::npos) {
      found.fault = "a tag without an end";
      break;
    }
    markup::read_tag(text.substr(next + 1, end - next - 1), open, found);
    at = end + 1;
  }
  if (found.fault.empty() && !open.empty()) found.fault = "never closes " + open.back();
  return found;
}

}  // namespace xent::tests
