// SPDX-License-Identifier: MIT
// Chart: lines on two logarithmic axes, as a static SVG.
#pragma once

#include <string>
#include <vector>

namespace xent::reports {

struct Point {
  double x = 0;
  double y = 0;
};

struct Series {
  std::string name;           // printed beside its last point
  std::vector<Point> points;  // in the order of x; those outside (1e-30, 1e30) are left out
  bool dashed = false;        // and with hollow markers
};

struct Chart {
  std::string id;  // unique in the page
  std::string title;
  std::string description;  // what is seen, for those who do not see it
  std::string x_label;
  std::string y_label;
  std::vector<Series> series;
};

/// Appends an <svg> element whose colours come from the page's style (.s0, .s1, … by series).
/// Nothing is appended where no point can be drawn.
void append_svg(const Chart& chart, std::string& out);

}  // namespace xent::reports
