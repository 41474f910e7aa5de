#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What PyTorch's cross_entropy answers to the rows of docs/policy.md: prints for each row its name,
the loss, and the gradient of the loss (of the sum of the losses where the reduction is none).

    /usr/bin/python3 docs/policy_torch.py        Debian 12: apt-get install python3-torch
"""
import torch
import torch.nn.functional as F

inf, nan = torch.inf, torch.nan
ROW, MASKED = [0, 1], [0, -inf, 1]


def case(logits, target, weight=None, smoothing=0.0, ignore=-100, reduction="none",
         dtype="float32"):
    return logits, target, weight, smoothing, ignore, reduction, dtype


# logits: a row, or rows; target: a label for each row, or probabilities as the logits
CASES = {
    "nan_logit": case([0, nan, 1], 0),
    "inf_logit": case([0, inf, 1], 0),
    "inf_at_label": case([inf, 0, 1], 0),
    "minus_inf_and_inf": case([-inf, inf, 0], 0),
    "only_minus_inf": case([-inf, -inf, -inf], 0),
    "masked_class": case(MASKED, 0),
    "masked_label": case([-inf, 0, 1], 0),
    "huge_gap": case([3e38, -3e38, 0], 1),
    "huge_gap_f64": case([3e38, -3e38, 0], 1, dtype="float64"),
    "zero_loss": case([3e38, -3e38, 0], 0),
    "one_class": case([5], 0),

    "ignored_row": case([ROW, ROW], [1, 0], ignore=1),
    "ignored_nan": case([[nan, 1], ROW], [1, 0], ignore=1),
    "ignored_out_of_range": case([ROW, ROW], [-7, 0], ignore=-7),
    "ignored_mean": case([ROW, ROW, ROW], [0, 1, 7], ignore=7, reduction="mean"),
    "ignored_smoothed": case([ROW, ROW], [1, 0], ignore=1, smoothing=0.5),
    "all_ignored_sum": case([ROW], [7], ignore=7, reduction="sum"),
    "all_ignored_mean": case([ROW], [7], ignore=7, reduction="mean"),

    "zero_prob_masked": case(MASKED, [1, 0, 0]),
    "prob_masked": case(MASKED, [0.5, 0.5, 0]),
    "negative_prob_masked": case(MASKED, [1.5, -0.5, 0]),
    "both_signs_masked": case([0, -inf, -inf], [0, 0.5, -0.5]),
    "no_prob": case([0, 2, 1], [0, 0, 0]),
    "negative_prob": case(ROW, [1.5, -0.5]),
    "opposite_probs": case(ROW, [1, -1]),
    "sum_not_one": case(ROW, [0.5, 1]),
    "nan_prob": case([0, 2, 1], [nan, 0, 1]),
    "nan_prob_masked": case(MASKED, [1, nan, 0]),
    "inf_prob": case([0, 2, 1], [inf, 0, 1]),

    "weighted": case(ROW, 1, weight=[0.5, 2]),
    "weighted_mean": case([ROW, ROW], [0, 1], weight=[0.5, 2], reduction="mean"),
    "weighted_probs_mean": case([ROW, ROW], [[1, 0], [0, 1]], weight=[0.5, 2], reduction="mean"),
    "zero_weight_masked": case([-inf, 0, 1], 0, weight=[0, 1, 1]),
    "zero_weight_nan": case([nan, 0], 0, weight=[0, 1]),
    "negative_weight": case(ROW, 0, weight=[-1, 1]),
    "negative_weight_masked": case([-inf, 0, 1], 0, weight=[-1, 1, 1]),
    "negative_weight_zero_loss": case([5], 0, weight=[-1]),
    "negative_total_mean": case(ROW, 0, weight=[-1, 1], reduction="mean"),
    "zero_total_mean": case(ROW, 0, weight=[0, 1], reduction="mean"),
    "ignored_zero_total_mean": case([ROW, ROW], [0, 1], weight=[0, 1], ignore=1,
                                    reduction="mean"),
    "cancelled_total_mean": case([ROW, ROW], [0, 1], weight=[1, -1], reduction="mean"),
    "nan_weight": case(ROW, 0, weight=[nan, 1]),
    "inf_weight": case(ROW, 0, weight=[inf, 1]),
    "inf_weight_zero_loss": case([5], 0, weight=[inf]),
    "inf_total_mean": case([ROW, ROW], [0, 1], weight=[inf, 1], reduction="mean"),
    "huge_total_mean": case([ROW, ROW], [0, 1], weight=[1.5e308, 1.5e308], reduction="mean",
                            dtype="float64"),
    "unused_weight": case(ROW, 0, weight=[1, nan]),
    "ignored_nan_weight": case([ROW, ROW], [0, 1], weight=[1, nan], ignore=1, reduction="mean"),
    "inf_weight_probs": case(ROW, [0.5, 0.5], weight=[inf, 1]),
    "unused_weight_probs": case(ROW, [0, 1], weight=[inf, 1]),
    "unused_prob": case(ROW, [inf, 1], weight=[0, 1]),

    "smoothed": case(ROW, 0, smoothing=0.5),
    "smoothed_probs": case(ROW, [0.25, 0.75], smoothing=0.5),
    "smoothed_masked": case(MASKED, 0, smoothing=0.5),
    "smoothed_masked_zero_weight": case(MASKED, 0, weight=[1, 0, 1], smoothing=0.5),
    "smoothed_one_class": case([5], 0, smoothing=0.5),
    "smoothed_weighted": case(ROW, 0, weight=[0.5, 2], smoothing=0.5),
    "smoothed_weighted_mean": case(ROW, 0, weight=[0.5, 2], smoothing=0.5, reduction="mean"),
    "smoothed_nan_weight": case(ROW, 0, weight=[1, nan], smoothing=0.5),
    "smoothed_zero_total_mean": case(ROW, 0, weight=[0, 1], smoothing=0.5, reduction="mean"),
    "full_smoothing": case(ROW, 0, smoothing=1.0),
    "full_smoothing_nan_prob": case(ROW, [nan, 0], smoothing=1.0),

    "sum": case([ROW, ROW], [0, 1], reduction="sum"),
    "mean": case([ROW, ROW], [0, 1], reduction="mean"),
    "nan_row_mean": case([[nan, 0], ROW], [0, 0], reduction="mean"),
    "inf_row_mean": case([[-inf, 1], ROW], [0, 0], reduction="mean"),
    "opposite_inf_sum": case([[-inf, 1], [1, -inf]], [0, 1], weight=[1, -1], reduction="sum"),
    "empty_none": case([], []),
    "empty_sum": case([], [], reduction="sum"),
    "empty_mean": case([], [], reduction="mean"),
    "empty_probs_sum": case([], [[]], reduction="sum"),

    "label_too_large": case([0, 1, 2], 3),
    "label_negative": case([0, 1, 2], -1),
    "label_minus_100": case([0, 1, 2], -100),
    "no_classes": case([[], []], [0, 0]),
    "label_count": case([ROW, ROW], [0]),
    "probs_shape": case([ROW], [[0.5, 0.25, 0.25]]),
    "weight_size": case(ROW, 0, weight=[1, 1, 1]),
    "smoothing_negative": case(ROW, 0, smoothing=-0.5),
    "smoothing_above_one": case(ROW, 0, smoothing=1.5),
    "smoothing_nan": case(ROW, 0, smoothing=nan),
    "ignore_with_probs": case([ROW], [[1, 0]], ignore=1),
}


def tensors(logits, target, weight, dtype):
    """Logits [N, C]; labels [N] or probabilities [N, C]; weight [C] or None."""
    dtype = getattr(torch, dtype)
    rows = logits if not logits or isinstance(logits[0], list) else [logits]
    targets = target if isinstance(target, list) else [target]
    one_row_of_probs = rows is not logits and target is targets
    labels = all(isinstance(one, int) for one in targets) and not one_row_of_probs
    if not labels and not isinstance(targets[0], list):
        targets = [targets]
    x = torch.tensor(rows, dtype=dtype) if rows else torch.zeros(0, 2, dtype=dtype)
    y = torch.tensor(targets, dtype=torch.int64 if labels else dtype)
    if not rows and not labels:
        y = torch.zeros_like(x)
    return x, y, None if weight is None else torch.tensor(weight, dtype=dtype)


def numbers(tensor):
    values = tensor.tolist()
    if isinstance(values, list):
        return "[" + ", ".join(numbers(one) for one in tensor) + "]"
    return f"{values:.4g}"


def answer(logits, target, weight, smoothing, ignore, reduction, dtype):
    x, y, w = tensors(logits, target, weight, dtype)
    x.requires_grad_()
    try:
        loss = F.cross_entropy(x, y, w, ignore_index=ignore, reduction=reduction,
                               label_smoothing=smoothing)
        loss.sum().backward()
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}".splitlines()[0]
    return f"{numbers(loss)}; {numbers(x.grad)}"


if __name__ == "__main__":
    print("PyTorch", torch.__version__)
    for name, one in CASES.items():
        print(name + ":", answer(*one))
