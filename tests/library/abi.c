/* SPDX-License-Identifier: MIT
 * Prints the size of each struct of the C interface, and where its fields lie. */
#include <stdio.h>

#include <xent.h>
#include <xent_plugin.h>
#include <xent_verify.h>

#define STRUCT(type) printf("struct %s: %zu\n", #type, sizeof(type))
#define FIELD(type, field) \
  printf("  %s: %zu, %zu\n", #field, offsetof(type, field), sizeof(((type*)NULL)->field))

static void print_xent(void) {
  STRUCT(xent_error);
  FIELD(xent_error, field);
  FIELD(xent_error, message);
  STRUCT(xent_problem);
  FIELD(xent_problem, size);
  FIELD(xent_problem, logits);
  FIELD(xent_problem, labels);
  FIELD(xent_problem, probs);
  FIELD(xent_problem, csr_offsets);
  FIELD(xent_problem, csr_classes);
  FIELD(xent_problem, csr_probs);
  FIELD(xent_problem, weight);
  FIELD(xent_problem, row_weight);
  FIELD(xent_problem, class_axis);
  FIELD(xent_problem, reduction);
  FIELD(xent_problem, input);
  FIELD(xent_problem, kl_divergence);
  FIELD(xent_problem, has_ignore_index);
  FIELD(xent_problem, reserved);
  FIELD(xent_problem, ignore_index);
  FIELD(xent_problem, label_smoothing);
  FIELD(xent_problem, z_loss);
  FIELD(xent_problem, temperature);
  FIELD(xent_problem, softcap);
  FIELD(xent_problem, clip);
  STRUCT(xent_results);
  FIELD(xent_results, size);
  FIELD(xent_results, loss);
  FIELD(xent_results, grad);
  FIELD(xent_results, lse);
  STRUCT(xent_contract);
  FIELD(xent_contract, size);
  FIELD(xent_contract, name);
  FIELD(xent_contract, summary);
  FIELD(xent_contract, tier);
  FIELD(xent_contract, takes);
  FIELD(xent_contract, min_logit);
  FIELD(xent_contract, max_logit);
  FIELD(xent_contract, max_classes);
  FIELD(xent_contract, min_weight);
  FIELD(xent_contract, max_weight);
  FIELD(xent_contract, max_prob);
  FIELD(xent_contract, reproducible);
  FIELD(xent_contract, dispatched);
  STRUCT(xent_execution);
  FIELD(xent_execution, size);
  FIELD(xent_execution, threads);
  FIELD(xent_execution, instruction_set);
}

static void print_verify(void) {
  STRUCT(xent_witness);
  FIELD(xent_witness, row);
  FIELD(xent_witness, class_index);
  FIELD(xent_witness, got);
  FIELD(xent_witness, expected);
  FIELD(xent_witness, ulp);
  STRUCT(xent_judged);
  FIELD(xent_judged, checked);
  FIELD(xent_judged, correctly_rounded);
  FIELD(xent_judged, undecided);
  FIELD(xent_judged, wrong_special);
  FIELD(xent_judged, wrong_sign);
  FIELD(xent_judged, lost_to_zero);
  FIELD(xent_judged, not_zero);
  FIELD(xent_judged, excused);
  FIELD(xent_judged, outside_domain);
  FIELD(xent_judged, outside_bounds);
  FIELD(xent_judged, max_ulp);
  FIELD(xent_judged, max_terms_ulp);
  FIELD(xent_judged, worst);
  FIELD(xent_judged, wrong);
  STRUCT(xent_audit_report);
  FIELD(xent_audit_report, size);
  FIELD(xent_audit_report, verdict);
  FIELD(xent_audit_report, reserved);
  FIELD(xent_audit_report, loss);
  FIELD(xent_audit_report, grad);
  FIELD(xent_audit_report, lse);
}

static void print_plugin(void) {
  STRUCT(xent_bound);
  FIELD(xent_bound, ulp);
  FIELD(xent_bound, relative);
  FIELD(xent_bound, absolute);
  STRUCT(xent_row_facts);
  FIELD(xent_row_facts, size);
  FIELD(xent_row_facts, classes);
  FIELD(xent_row_facts, max_abs);
  FIELD(xent_row_facts, spread);
  FIELD(xent_row_facts, tail);
  FIELD(xent_row_facts, target_mass);
  FIELD(xent_row_facts, gap);
  FIELD(xent_row_facts, targets);
  FIELD(xent_row_facts, lse_size);
  STRUCT(xent_kernel);
  FIELD(xent_kernel, size);
  FIELD(xent_kernel, name);
  FIELD(xent_kernel, summary);
  FIELD(xent_kernel, compute);
  FIELD(xent_kernel, types);
  FIELD(xent_kernel, targets);
  FIELD(xent_kernel, takes);
  FIELD(xent_kernel, tier);
  FIELD(xent_kernel, min_logit);
  FIELD(xent_kernel, max_logit);
  FIELD(xent_kernel, max_classes);
  FIELD(xent_kernel, min_weight);
  FIELD(xent_kernel, max_weight);
  FIELD(xent_kernel, max_prob);
  FIELD(xent_kernel, reproducible);
  FIELD(xent_kernel, reserved);
  FIELD(xent_kernel, loss_bound);
  FIELD(xent_kernel, grad_bound);
  FIELD(xent_kernel, lse_bound);
  FIELD(xent_kernel, bounds_of_row);
  STRUCT(xent_plugin);
  FIELD(xent_plugin, size);
  FIELD(xent_plugin, plugin_version);
  FIELD(xent_plugin, kernel_count);
  FIELD(xent_plugin, kernels);
}

int main(void) {
  printf("XENT_ABI_VERSION: %d\nXENT_PLUGIN_VERSION: %d\n", XENT_ABI_VERSION, XENT_PLUGIN_VERSION);
  print_xent();
  print_verify();
  print_plugin();
  return 0;
}
