"""Reference values beyond statistics.json, computed with SciPy and scikit-learn. Writes more_statistics.json beside itself.

Run with SciPy 1.10 and scikit-learn 1.2 (Debian: python3-scipy, python3-sklearn).
"""
import json
import pathlib
import warnings

import numpy as np
from scipy import stats
from sklearn import metrics

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
golden = json.loads((here / "statistics.json").read_text())
random = np.random.default_rng(20)


def anderson_darling(reference, current):
    found = stats.anderson_ksamp([reference, current], midrank=True)
    return {"statistic": found.statistic, "pvalue": found.pvalue}


def g_test(reference, current):
    values = sorted(set(reference) | set(current))
    table = [[list(sample).count(value) for value in values] for sample in (reference, current)]
    statistic, pvalue, _, _ = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    return {"statistic": statistic, "pvalue": pvalue}


def distributions():
    for case in golden["distributions"]:
        compute = anderson_darling if case["kind"] == "numerical" else g_test
        yield {"name": case["name"], "test": compute.__name__, **compute(case["reference"], case["current"])}


def small_samples():
    for n, m in [(1, 1), (2, 3), (5, 5), (7, 11), (20, 15), (60, 60), (100, 100), (40, 250), (99, 101)]:
        reference = random.normal(size=n).round(2)
        current = random.normal(0.4, 1.5, size=m).round(2)
        ks = stats.ks_2samp(reference, current, method="exact")
        yield {"reference": list(reference), "current": list(current), "ks_statistic": ks.statistic, "ks_pvalue": ks.pvalue}


def kolmogorov_limit():
    return [{"x": x, "tail": stats.kstwobign.sf(x)} for x in (0.05, 0.3, 0.7, 0.99, 1.0, 1.01, 1.5, 3.0, 6.0)]


def two_by_two():
    for table in ([[3, 1], [1, 3]], [[0, 10], [5, 5]], [[100, 900], [130, 870]], [[5000, 95000], [5200, 94800]], [[1, 0], [0, 1]]):
        odds, pvalue = stats.fisher_exact(table)
        yield {"table": table, "odds": odds if np.isfinite(odds) else None, "fisher_exact": pvalue}


def multiclass():
    labels = random.integers(0, 3, size=60)
    scores = random.dirichlet([1, 1, 1], size=60)
    scores[np.arange(60), labels] += 0.4
    scores = (scores / scores.sum(axis=1, keepdims=True)).round(6)
    scores[:, 2] = 1 - scores[:, 0] - scores[:, 1]
    predictions = scores.argmax(axis=1)
    return {
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "predictions": predictions.tolist(),
        "expected": {
            "accuracy": metrics.accuracy_score(labels, predictions),
            "balanced_accuracy": metrics.balanced_accuracy_score(labels, predictions),
            "matthews": metrics.matthews_corrcoef(labels, predictions),
            "log_loss": metrics.log_loss(labels, scores),
            "roc_auc_ovr_macro": metrics.roc_auc_score(labels, scores, multi_class="ovr", average="macro"),
        },
    }


def tied_scores():
    labels = random.integers(0, 2, size=80)
    scores = random.integers(0, 6, size=80) / 5
    relevance = random.integers(0, 4, size=(6, 12))
    ranks = random.integers(0, 4, size=(6, 12)) / 4
    return {
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "roc_auc": metrics.roc_auc_score(labels, scores),
        "average_precision": metrics.average_precision_score(labels, scores),
        "log_loss": metrics.log_loss(labels, scores),
        "relevance": relevance.tolist(),
        "ranks": ranks.tolist(),
        "ndcg": metrics.ndcg_score(relevance, ranks),
        "ndcg_at_5": metrics.ndcg_score(relevance, ranks, k=5),
    }


def benjamini_hochberg():
    pvalues = [0.001, 0.04, 0.03, 0.2, 0.011, 0.9, 0.03]
    order = np.argsort(pvalues)
    scaled = np.array(pvalues)[order] * len(pvalues) / np.arange(1, len(pvalues) + 1)
    adjusted = np.empty(len(pvalues))
    adjusted[order] = np.minimum(1, np.minimum.accumulate(scaled[::-1])[::-1])
    return {"pvalues": pvalues, "adjusted": adjusted.tolist()}


(here / "more_statistics.json").write_text(json.dumps({
    "distributions": list(distributions()),
    "small_samples": list(small_samples()),
    "kolmogorov_limit": kolmogorov_limit(),
    "two_by_two": list(two_by_two()),
    "multiclass": multiclass(),
    "tied_scores": tied_scores(),
    "benjamini_hochberg": benjamini_hochberg(),
}) + "\n")
