"""Reference values of comparisons of groups, computed with SciPy. Writes fairness_statistics.json beside itself.

Run with SciPy 1.10 (Debian: python3-scipy). Nothing here is the formula that the platform uses: the z test is Pearson's chi-square without the
correction for continuity, Holm's adjustment is the closed test of Bonferroni over every subset, and the variance of Mann and Kendall's statistic
is taken back out of SciPy's p-value of Kendall's tau.
"""
import itertools
import json
import pathlib

import numpy as np
from scipy import stats

here = pathlib.Path(__file__).parent
random = np.random.default_rng(46)


def holm(pvalues):
    places = range(len(pvalues))
    subsets = [s for size in range(1, len(pvalues) + 1) for s in itertools.combinations(places, size)]
    return [max(min(1.0, len(s) * min(pvalues[i] for i in s)) for s in subsets if place in s) for place in places]


def compare(one, other):
    table = np.array([[one["favoured"], one["rows"] - one["favoured"]], [other["favoured"], other["rows"] - other["favoured"]]])
    pooled = table[:, 0].sum() / table.sum()
    expected = min(pooled, 1 - pooled) * table.sum(axis=1).min()
    assert expected < 5 or expected >= 10, "between the two the platform counts exactly"
    if expected < 5:
        return "fisher_exact", float(stats.fisher_exact(table)[1])
    return "z", float(stats.chi2_contingency(table, correction=False)[1])


def count(rates, sizes):
    groups = []
    for rate, size in zip(rates, sizes):
        truth = random.random(size) < 0.5
        decision = random.random(size) < np.where(truth, min(1, rate * 1.3), rate * 0.7)
        groups.append({
            "rows": size, "favoured": int(decision.sum()),
            "positives": int(truth.sum()), "truePositives": int((truth & decision).sum()),
            "falsePositives": int((~truth & decision).sum()),
        })
    return groups


def case(rates, sizes, reference, minimum=30):
    groups = count(rates, sizes)
    judged = [at for at, group in enumerate(groups) if group["rows"] >= minimum]
    rate = [group["favoured"] / group["rows"] for group in groups]
    best = reference if reference is not None else max(judged, key=lambda at: rate[at])
    pairs = [(min(best, at), max(best, at)) for at in judged if at != best] if reference is not None else list(itertools.combinations(judged, 2))
    tests = [compare(groups[one], groups[other]) for one, other in pairs]
    adjusted = holm([p for _, p in tests])
    found = []
    for at, group in enumerate(groups):
        pair = (min(best, at), max(best, at))
        negatives = group["rows"] - group["positives"]
        found.append({
            "rate": rate[at], "tpr": group["truePositives"] / group["positives"], "fpr": group["falsePositives"] / negatives,
            "impact": rate[at] / rate[best], "difference": rate[at] - rate[best],
            "test": tests[pairs.index(pair)][0] if pair in pairs else None,
            "pValue": tests[pairs.index(pair)][1] if pair in pairs else None,
            "adjusted": adjusted[pairs.index(pair)] if pair in pairs else None,
        })
    return {"groups": groups, "reference": reference, "best": best, "tests": len(pairs), "expected": found}


def trend(values):
    rising = sum(np.sign(values[later] - values[earlier]) for earlier, later in itertools.combinations(range(len(values)), 2))
    kendall = stats.kendalltau(range(len(values)), values, method="asymptotic")
    z = stats.norm.isf(kendall.pvalue / 2) * max(0, abs(rising) - 1) / abs(rising)
    return {"values": values, "tau": float(kendall.statistic), "pValue": float(2 * stats.norm.sf(z))}


golden = {
    "holm": [{"pvalues": values, "adjusted": holm(values)} for values in (
        [0.01, 0.04, 0.03, 0.005], [0.5, 0.001, 0.02, 0.02, 0.9], [0.2], [0.6, 0.7, 0.9])],
    "comparisons": [
        case([0.7, 0.48], [150, 140], 0),
        case([0.8, 0.5, 0.75, 0.78], [200, 90, 120, 400], 3),
        case([0.6, 0.4, 0.62, 0.6], [120, 110, 260, 12], None),
        case([0.05, 0.04, 0.6], [40, 50, 90], None),
    ],
    "trends": [trend(values) for values in (
        [0.98, 0.95, 0.96, 0.9, 0.91, 0.88, 0.83, 0.84, 0.8, 0.75],
        [0.9, 0.9, 0.92, 0.9, 0.88, 0.93, 0.91, 0.9],
        [1.0, 1.02, 1.02, 1.05, 1.01, 1.04, 1.1, 1.1, 1.12, 1.2, 1.15, 1.2],
    )],
}
(here / "fairness_statistics.json").write_text(json.dumps(golden, indent=1) + "\n")
