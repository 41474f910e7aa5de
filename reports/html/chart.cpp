// SPDX-License-Identifier: MIT
// Chart: the SVG writer.
#include "reports/html/chart.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include <fmt/format.h>

#include "reports/html/log_scale.hpp"
#include "reports/text.hpp"

namespace xent::reports {
namespace {

constexpr double width = 760, height = 380;
constexpr double left = 56, top = 34, bottom = height - 48;
constexpr double line_height = 17;

bool drawable(double value) { return value > 1e-30 && value < 1e30; }

std::vector<Series> drawable(std::vector<Series> all) {
  for (Series& one : all)
    std::erase_if(one.points, [](Point p) { return !drawable(p.x) || !drawable(p.y); });
  std::erase_if(all, [](const Series& one) { return one.points.empty(); });
  return all;
}

LogScale scale_of(const std::vector<Series>& all, double Point::*axis, double from, double to) {
  double lo = all.front().points.front().*axis;
  double hi = lo;
  for (const Series& one : all)
    for (const Point p : one.points) {
      lo = std::min(lo, p.*axis);
      hi = std::max(hi, p.*axis);
    }
  const double margin = lo == hi ? 2 : std::pow(hi / lo, 0.05);
  return {lo / margin, hi * margin, from, to};
}

/// The right end of the axes: the names of the lines need the rest.
double right_of(const std::vector<Series>& all) {
  std::size_t longest = 10;
  for (const Series& one : all) longest = std::max(longest, one.name.size());
  return width - 30 - 8.6 * static_cast<double>(std::min<std::size_t>(longest, 40));
}

void append_axes(const Chart& chart, LogScale x, LogScale y, std::string& out) {
  const double right = x.to + 10;
  auto to = std::back_inserter(out);
  for (const double value : log_ticks(y.lo, y.hi))
    fmt::format_to(to,
                   "<line class=\"grid\" x1=\"{}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>"
                   "<text class=\"tick\" text-anchor=\"end\" x=\"{}\" y=\"{:.1f}\">{:g}</text>\n",
                   left, right, y(value), y(value), left - 8, y(value) + 4, value);
  for (const double value : log_ticks(x.lo, x.hi))
    fmt::format_to(to,
                   "<line class=\"grid\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{}\" y2=\"{}\"/>"
                   "<text class=\"tick\" text-anchor=\"middle\" x=\"{:.1f}\" y=\"{}\">{}</text>\n",
                   x(value), x(value), bottom, bottom + 5, x(value), bottom + 20,
                   value < 1e6 ? fmt::format("{:g}", value) : fmt::format("{:.0e}", value));
  fmt::format_to(to,
                 "<line class=\"axis\" x1=\"{0}\" x2=\"{1}\" y1=\"{2}\" y2=\"{2}\"/>"
                 "<text class=\"label\" text-anchor=\"end\" x=\"{1}\" y=\"{3}\">{4}</text>"
                 "<text class=\"label\" x=\"{5}\" y=\"{6}\">{7}</text>\n",
                 left, right, bottom, bottom + 40, escaped(chart.x_label), 8, top - 16,
                 escaped(chart.y_label));
}

void append_line(const Series& series, LogScale x, LogScale y, std::string& out) {
  auto to = std::back_inserter(out);
  out += series.dashed ? R"(<polyline class="line dashed" points=")"
                       : R"(<polyline class="line" points=")";
  for (const Point p : series.points) fmt::format_to(to, "{:.1f},{:.1f} ", x(p.x), y(p.y));
  out += "\"/>";
  for (const Point p : series.points)
    fmt::format_to(to, R"(<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="3.5"/>)",
                   series.dashed ? "hollow" : "dot", x(p.x), y(p.y));
}

/// Heights for labels near `wanted` (ascending), at least a line apart.
std::vector<double> spread(std::vector<double> wanted) {
  for (std::size_t k = 1; k < wanted.size(); ++k)
    wanted[k] = std::max(wanted[k], wanted[k - 1] + line_height);
  for (std::size_t k = wanted.size(); k-- > 0;)
    wanted[k] = std::min(wanted[k], k + 1 < wanted.size() ? wanted[k + 1] - line_height : bottom);
  return wanted;
}

void append_series(const std::vector<Series>& all, LogScale x, LogScale y, std::string& out) {
  const double right = x.to + 10;
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), 0);
  const auto end_of = [&](std::size_t k) { return y(all[k].points.back().y); };
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return end_of(a) < end_of(b); });
  std::vector<double> heights(order.size());
  std::transform(order.begin(), order.end(), heights.begin(), end_of);
  heights = spread(heights);
  for (std::size_t place = 0; place < order.size(); ++place) {
    const std::size_t k = order[place];
    fmt::format_to(std::back_inserter(out), "<g class=\"s{}\">", k % 6);
    append_line(all[k], x, y, out);
    fmt::format_to(std::back_inserter(out),
                   "<polyline class=\"lead\" points=\"{:.1f},{:.1f} {},{:.1f}\"/>"
                   "<text class=\"name\" x=\"{}\" y=\"{:.1f}\">{}</text></g>\n",
                   x(all[k].points.back().x) + 6, end_of(k), right + 14, heights[place], right + 18,
                   heights[place] + 4, escaped(all[k].name));
  }
}

}  // namespace

void append_svg(const Chart& chart, std::string& out) {
  const std::vector<Series> all = drawable(chart.series);
  if (all.empty()) return;
  const LogScale x = scale_of(all, &Point::x, left + 10, right_of(all) - 10);
  const LogScale y = scale_of(all, &Point::y, bottom - 10, top + 10);
  const std::string id = escaped(chart.id);
  fmt::format_to(std::back_inserter(out),
                 "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" "
                 "aria-labelledby=\"{}-title {}-desc\"><title id=\"{}-title\">{}</title>"
                 "<desc id=\"{}-desc\">{}</desc>\n",
                 width, height, id, id, id, escaped(chart.title), id, escaped(chart.description));
  append_axes(chart, x, y, out);
  append_series(all, x, y, out);
  out += "</svg>\n";
}

}  // namespace xent::reports
