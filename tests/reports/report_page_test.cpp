// SPDX-License-Identifier: MIT
// index.html: well-formed and harmless whatever the records hold, and true to their numbers.
#include <string>

#include <gtest/gtest.h>

#include "tests/reports/markup.hpp"
#include "tests/reports/results_fixture.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

TEST(ReportPage, Page) {
  for (const Results& results : all_results()) {
    const Markup page = read_markup(document("html", results));
    EXPECT_TRUE(page.fault.empty()) << "index.html is well-formed: " + page.fault;
    for (const auto& [name, count] : page.elements)
      EXPECT_TRUE(name != "script" && name != "img" && name != "link" && name != "iframe") << name;
    for (const std::string& name : page.attributes)
      EXPECT_TRUE(!name.starts_with("on") && name != "src" && name != "style")
          << "attribute " + name;
    for (const std::string& id : page.ids)
      EXPECT_EQ(page.ids.count(id), 1) << "id " + id + " is unique";
    for (const std::string& target : page.targets)
      EXPECT_TRUE(holds(target, " ") || page.ids.contains(target.substr(target[0] == '#' ? 1 : 0)))
          << target + " is in the page";
    EXPECT_EQ(page.elements.at("h2"), 10) << "ten sections";
  }
  const Markup empty = read_markup(document("html", {}));
  EXPECT_TRUE(!empty.elements.contains("table") && holds(empty.text, "No timings"))
      << "nothing to show";
  const Markup nasty_page = read_markup(document("html", nasty_results(2)));
  EXPECT_TRUE(holds(nasty_page.text, nasty_printable)) << "the text is shown as it is";
  EXPECT_TRUE(holds(nasty_page.text, "4 undecided") &&
              holds(document("html", nasty_results(2)), "<span class=\"tag undecided\">undecided<"))
      << "what is undecided is shown";
  const std::string plain = document("html", plain_results());
  EXPECT_TRUE(holds(plain, R"(<th scope="row" class="number">1000</th>)")) << "row headings";
  EXPECT_TRUE(holds(plain, "<td class=\"number h1 best\"><strong>0.100<"))
      << "the fastest is marked";
  EXPECT_TRUE(holds(plain, "<td class=\"number\">2.00</td>")) << "the ratio of the two forms";
  EXPECT_TRUE(holds(plain, "<svg class=\"chart\"") && holds(plain, "simd, one-hot</text>"))
      << "the chart";
  EXPECT_TRUE(holds(plain, "default-src 'none'")) << "a content security policy";
}

}  // namespace
