// SPDX-License-Identifier: MIT
// xent audit: what it makes of results that are known to be so many ulp off, of every form of the
// problem, and its exit codes.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include <fmt/format.h>

#include "tests/expect.hpp"
#include "tests/program.hpp"
#include "tests/safetensors_bytes.hpp"

namespace {

using namespace xent;
using tests::expect;
using tests::Program;
using Json = nlohmann::json;

float steps(float x, int k) {
  const float to = std::copysign(std::numeric_limits<float>::infinity(), static_cast<float>(k));
  for (int i = 0; i < std::abs(k); ++i) x = std::nextafter(x, to);
  return x;
}

/// Three rows of four classes, their correctly rounded losses and gradient, by the reference.
struct Batch {
  const Program& xent;
  std::string problem;
  std::vector<float> loss;
  std::vector<float> grad;

  explicit Batch(const Program& program, const std::string& options = "") : xent(program) {
    const std::string x =
        xent.write<float>("x.npy", {3, 4}, {30, 0, 1, 2, .5F, -1, 3, 0, 7, 7, 6, 5});
    const std::vector<std::int64_t> labels = {0, 1, 3};
    OutputFile out(xent.file("y.npy"));
    out.write(std::string("\x93NUMPY\x01\0v\0", 10));
    std::string header = "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }";
    header.resize(117, ' ');
    out.write(header + "\n");
    out.write(labels.data(), 24);
    out.commit();
    problem = fmt::format("--logits {} --labels {}{}", x, xent.file("y.npy"), options);
    const tests::Ran ran = xent.run(
        fmt::format("eval --impl reference {} --reduction none --loss-out {} --grad-out {}",
                    problem, xent.file("l.npy"), xent.file("g.npy")));
    expect(ran.code == 0, "the reference evaluates: " + ran.text);
    const auto read = [&](const char* name) {
      const cases::Tensor tensor = cases::read_tensor(xent.file(name));
      const auto values = tensor.as<float>();
      return std::vector<float>(values.begin(), values.end());
    };
    loss = read("l.npy");
    grad = read("g.npy");
  }

  std::string results() const {
    return fmt::format("audit {} --loss {} --grad {}", problem,
                       xent.write<float>("l.npy", {3}, loss),
                       xent.write<float>("g.npy", {3, 4}, grad));
  }
};

void check_distances(const Program& xent) {
  Batch batch(xent);
  const Json right = xent.json(batch.results());
  expect(right["verdict"] == "passed" && right["loss"]["count"] == 3 &&
             right["loss"]["correctly_rounded"] == 3 && right["loss"]["max_ulp"] <= 0.5,
         "the reference's losses are correctly rounded");
  expect(right["grad"]["count"] == 12 && right["grad"]["correctly_rounded"] == 12 &&
             right["grad_at_label"]["count"] == 3,
         "and its gradient");
  batch.loss[2] = steps(batch.loss[2], 7);
  batch.grad[5] = steps(batch.grad[5], -40);  // at the label of row 1
  batch.grad[10] = steps(batch.grad[10], 90);
  const Json off = xent.json(batch.results());
  const double loss_ulp = off["loss"]["max_ulp"];
  const double grad_ulp = off["grad"]["max_ulp"];
  const double label_ulp = off["grad_at_label"]["max_ulp"];
  expect(std::abs(loss_ulp - 7) <= 0.5 && off["loss"]["max_witness"]["row"] == 2,
         "a loss 7 ulp off");
  expect(std::abs(grad_ulp - 90) <= 0.5 && off["grad"]["max_witness"]["column"] == 2,
         "a component 90 ulp off");
  expect(std::abs(label_ulp - 40) <= 0.5 && off["grad_at_label"]["max_witness"]["row"] == 1,
         "the label's component 40 ulp off");
  expect(off["loss"]["max_backward"] > 0 && off["loss"]["max_relative"] > 0 &&
             off["loss"]["max_absolute"] > 0,
         "the other views");
}

void check_exit_codes(const Program& xent) {
  Batch batch(xent);
  batch.loss[1] = steps(batch.loss[1], 3);
  expect(xent.run(batch.results()).code == 0, "no limit: nothing fails");
  expect(xent.run(batch.results() + " --max-ulp 3.5").code == 0, "3 ulp are at most 3.5");
  const tests::Ran failed = xent.run(batch.results() + " --max-ulp 2.4");
  expect(failed.code == 1 && failed.text.find("FAILED") != std::string::npos, "but above 2.4");
  batch.loss[1] = batch.loss[0] = 0;
  const Json lost = xent.json(batch.results());
  expect(lost["loss"]["categories"]["lost"] == 2 && lost["loss"]["max_ulp"] <= 0.5,
         "lost losses count, and are in no maximum");
  expect(
      lost["loss"]["category_witness"]["row"] == 0 && lost["loss"]["category_witness"]["ulp"] > 8e6,
      "the first of them, in ulp");
  expect(xent.run(batch.results() + " --max-ulp 1e9").code == 1, "and fail any limit");
  expect(xent.run("audit " + batch.problem).code == 2, "nothing to judge");
  expect(xent.run(batch.results() + " --max-ulp -1").code == 2, "a limit below 0");
}

void check_reductions(const Program& xent) {
  Batch batch(xent);
  const auto reduced = [&](const std::string& reduction) {
    const std::string loss = xent.file("r.npy");
    const std::string grad = xent.file("rg.npy");
    const std::string named = reduction.empty() ? "" : " --reduction " + reduction;
    expect(xent.run(fmt::format("eval --impl reference {} --loss-out {} --grad-out {}{}",
                                batch.problem, loss, grad, named))
                   .code == 0,
           "the reference reduces");
    return fmt::format("audit {} --loss {} --grad {}", batch.problem, loss, grad);
  };
  expect(xent.run(reduced("") + " --max-ulp 0.5").code == 0, "one number is the mean unless told");
  expect(xent.run(reduced("sum") + " --max-ulp 0.5").code == 1, "and a sum is no mean");
  expect(xent.run(reduced("sum") + " --reduction sum --max-ulp 0.5").code == 0, "unless told");
  (void)reduced("mean");
  const std::string mixed = fmt::format("audit {} --loss {} --grad {} --reduction mean",
                                        batch.problem, xent.file("l.npy"), xent.file("rg.npy"));
  expect(xent.run(mixed + " --max-ulp 0.5").code == 0,
         "losses of rows beside the gradient of the mean, where that is named");
  expect(xent.run(reduced("mean") + " --reduction none").code == 2,
         "one number is no row of losses");
}

/// Logits [2, 4] of that type.
template <class T>
std::string write_as(const Program& xent, const std::vector<double>& numbers) {
  std::vector<T> values(numbers.size());
  std::transform(numbers.begin(), numbers.end(), values.begin(),
                 [](double v) { return nearest<T>(v); });
  return xent.write<T>("h.safetensors:logits", {2, 4}, values);
}

void check_types(const Program& xent) {
  for (const char* type : {"bf16", "f16"}) {
    const bool is_bf16 = std::string(type) == "bf16";
    const std::vector<double> numbers = {2.5, -1.25, 0.75, 11, 0.03125, -7, 4, 4};
    const std::string x = is_bf16 ? write_as<bf16>(xent, numbers) : write_as<f16>(xent, numbers);
    const std::string probs =
        xent.write<float>("p.npy", {2, 4}, {1, 0, 0, 0, .25F, .25F, .25F, .25F});
    const std::string problem = fmt::format("--logits {} --probs {} --reduction none", x, probs);
    const std::string grad = xent.file("hg.safetensors");
    expect(xent.run(fmt::format("eval --impl reference {} --loss-out {} --grad-out {}", problem,
                                xent.file("hl.npy"), grad))
                   .code == 0,
           fmt::format("{} logits, f32 probabilities", type));
    const std::string audit =
        fmt::format("audit {} --loss {} --grad {}", problem, xent.file("hl.npy"), grad);
    const Json found = xent.json(audit + " --max-ulp 0.5");
    expect(found["verdict"] == "passed" && found["loss"]["ulp_of"] == "f32" &&
               found["grad"]["ulp_of"] == type && found["grad"]["count"] == 8,
           fmt::format("a loss in f32, a gradient in {}", type));
    const Json in_f32 = xent.json(audit + " --ulp-of f32");
    expect(in_f32["grad"]["max_ulp"] > 100, "which is coarse in ulp of f32");
  }
}

void check_axes(const Program& xent) {
  // [2, 3, 2] with the classes on axis 1, and the same rows as [4, 3].
  const std::string nd =
      xent.write<double>("nd.npy", {2, 3, 2}, {1, 5, 2, 6, 4, 9, 0, 1, 8, 1, 3, 2});
  const std::string flat =
      xent.write<double>("flat.npy", {4, 3}, {1, 2, 4, 5, 6, 9, 0, 8, 3, 1, 1, 2});
  const std::string last =
      xent.write<double>("last.npy", {2, 2, 3}, {1, 2, 4, 5, 6, 9, 0, 8, 3, 1, 1, 2});
  const auto eval = [&](const std::string& logits, const std::string& probs,
                        const std::string& more) {
    return xent.run(fmt::format("eval --impl reference --logits {} --probs {} --reduction none{}",
                                logits, probs, more));
  };
  const tests::Ran rows = eval(flat, flat, "");
  expect(rows.code == 0 && eval(nd, nd, "").text == rows.text, "the class axis is 1");
  expect(eval(last, last, " --class-axis 2").text == rows.text, "or where it is said to be");
  expect(eval(last, last, " --class-axis -1").text == rows.text, "counted from the end, too");
  expect(eval(nd, nd, " --class-axis 3").code == 2, "no such axis");
  const std::string out =
      fmt::format(" --loss-out {} --grad-out {}", xent.file("ndl.npy"), xent.file("ndg.npy"));
  expect(eval(nd, nd, out).code == 0, "files of the same shapes");
  expect(xent.run(fmt::format("audit --logits {} --probs {} --loss {} --grad {} --max-ulp 0.5", nd,
                              nd, xent.file("ndl.npy"), xent.file("ndg.npy")))
                 .code == 0,
         "are judged");
  const std::string one = xent.write<double>("one.npy", {3}, {1, 2, 4});
  expect(eval(one, one, "").code == 0, "an unbatched row");
}

/// Rows of csr are the rows of probs with the same few numbers in them.
void check_csr(const Program& xent) {
  const std::string x = xent.write<float>("cx.npy", {3, 3}, {1, 2, 4, 5, 6, 9, 0, 8, 3});
  const std::string p = xent.write<float>("cp.npy", {3, 3}, {.5F, 0, .25F, 0, 0, 0, 0, 1, 0});
  const std::vector<std::int64_t> offsets = {0, 2, 2, 3};
  const std::vector<std::int32_t> classes = {0, 2, 1};
  const std::vector<float> probs = {.5F, .25F, 1};
  OutputFile file(xent.file("c.safetensors"));
  file.write(tests::safetensors(R"({"q.indptr":{"dtype":"I64","shape":[4],"data_offsets":[0,32]},)"
                                R"("q.indices":{"dtype":"I32","shape":[3],"data_offsets":[32,44]},)"
                                R"("q.data":{"dtype":"F32","shape":[3],"data_offsets":[44,56]}})",
                                ""));
  file.write(offsets.data(), 32);
  file.write(classes.data(), 12);
  file.write(probs.data(), 12);
  file.commit();
  const std::string w = xent.write<float>("cw.npy", {3}, {1, 2, .125F});
  for (const char* more : {"", " --label-smoothing 0.1", " --reduction sum"}) {
    const std::string eval =
        fmt::format("eval --impl reference --logits {} --weight {}{}", x, w, more);
    const tests::Ran dense = xent.run(fmt::format("{} --probs {}", eval, p));
    const tests::Ran csr = xent.run(fmt::format("{} --csr {}", eval, xent.file("c.safetensors:q")));
    expect(dense.code == 0 && csr.code == 0 && csr.text == dense.text,
           fmt::format("csr{}: {} not {}", more, csr.text, dense.text));
  }
}

void check_undecided(const Program& xent) {
  // log 2 - log 2 is 0 exactly, which no precision tells.
  const std::string x = xent.write<double>("tie.npy", {2, 2}, {0, 0, 0, 0});
  const std::string p = xent.write<double>("tie_p.npy", {2, 2}, {1, 0, -1, 0});
  const std::string problem = fmt::format("--logits {} --probs {} --reduction sum", x, p);
  const tests::Ran zero =
      xent.run("eval --impl reference " + problem + " --loss-out " + xent.file("never.npy"));
  expect(zero.code == 1 && zero.text.find("undecided") != std::string::npos,
         "log 2 - log 2 is not told from 0: " + zero.text);
  expect(!std::filesystem::exists(xent.file("never.npy")), "and no file appears");
}

}  // namespace

int main(int, char** argv) try {
  const Program xent(argv[1]);
  check_distances(xent);
  check_exit_codes(xent);
  check_reductions(xent);
  check_types(xent);
  check_axes(xent);
  check_csr(xent);
  check_undecided(xent);
  return tests::exit_code();
} catch (const std::exception& fault) {
  std::puts(fault.what());
  return 1;
}
