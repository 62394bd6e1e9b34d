"""Reference values of the paired tests, computed with SciPy. Writes paired_statistics.json beside itself.

Run with SciPy 1.10 (Debian: python3-scipy). Nothing here is the formula that the platform uses: the score test maximises the likelihood under
its hypothesis numerically, the variance of the difference of two areas is DeLong's by pairs of rows, and intervals are found by bisection.
"""
import json
import pathlib

import numpy as np
from scipy import optimize, stats

here = pathlib.Path(__file__).parent
random = np.random.default_rng(30)


def mid_p(first, second):
    trials = first + second
    if trials == 0:
        return 1.0
    chances = stats.binom.pmf(np.arange(trials + 1), trials, 0.5)
    distances = np.abs(np.arange(trials + 1) - trials / 2)
    seen = abs(first - trials / 2)
    return float(chances[distances > seen].sum() + chances[distances == seen].sum() / 2)


def score_p(rows, first, second, margin):
    both = rows - first - second

    def loss(share):
        cells = [(first, share - margin), (second, share), (both, 1 - 2 * share + margin)]
        return -sum(count * np.log(max(chance, 1e-300)) for count, chance in cells if count)

    low, high = max(0, margin), (1 + margin) / 2
    share = optimize.minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x
    variance = rows * (2 * share - margin - margin * margin)
    return float(stats.norm.sf((first - second + rows * margin) / np.sqrt(variance)))


def score_bound(rows, first, second, confidence):
    return -optimize.brentq(lambda margin: score_p(rows, first, second, margin) - (1 - confidence), -0.9, 0.9, xtol=1e-12)


def delong(labels, first, second, margin, confidence):
    labels, first, second = np.array(labels, bool), np.array(first), np.array(second)

    def wins(scores):
        high, low = scores[labels][:, None], scores[~labels][None, :]
        return (high > low) + 0.5 * (high == low)

    one, other = wins(first), wins(second)
    structure = [np.vstack([one.mean(axis), other.mean(axis)]) for axis in (1, 0)]
    cov = sum(np.cov(part) / part.shape[1] for part in structure)
    error = np.sqrt(cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])
    difference = one.mean() - other.mean()
    return {
        "difference": difference,
        "pvalue": float(stats.norm.sf((difference + margin) / error)),
        "lower": difference - stats.norm.ppf(confidence) * error,
    }


def counted(rows, first, second, margin, confidence):
    return {
        "rows": rows, "first": first, "second": second, "margin": margin, "confidence": confidence,
        "mid_p": mid_p(first, second), "pvalue": score_p(rows, first, second, margin), "lower": score_bound(rows, first, second, confidence),
    }


def scored(rows, margin, digits):
    labels = (random.random(rows) < 0.4).astype(int)
    first = np.round(random.normal(labels * 1.0, 1), digits)
    second = np.round(0.7 * first + random.normal(labels * 0.2, 0.8), digits)
    return {
        "labels": labels.tolist(), "first": first.tolist(), "second": second.tolist(), "margin": margin, "confidence": 0.95,
        **delong(labels, first, second, margin, 0.95),
    }


def drawn(rows):
    first, second = random.gamma(2, 1.0, rows), random.gamma(2, 1.1, rows)
    better = second - first  # of two mean absolute errors
    found = stats.bootstrap((better,), np.mean, confidence_level=0.9, n_resamples=50_000, method="percentile", random_state=np.random.default_rng(1))
    return {
        "first": first.tolist(), "second": second.tolist(), "difference": float(better.mean()), "confidence": 0.95,
        "lower": float(found.confidence_interval.low), "error": float(found.standard_error),
    }


json.dump(
    {
        "proportions": [
            counted(250, 12, 9, 0.05, 0.95), counted(250, 5, 22, 0.02, 0.95), counted(1000, 31, 40, 0.02, 0.9), counted(60, 3, 0, 0.1, 0.95),
            counted(40, 0, 6, 0.05, 0.99), counted(5000, 300, 280, -0.001, 0.95), counted(200, 0, 0, 0.02, 0.95), counted(100, 8, 8, 0, 0.95),
        ],
        "areas": [scored(60, 0.05, 6), scored(200, 0.02, 1), scored(200, 0, 6)],
        "means": [drawn(80), drawn(400)],
    },
    open(here / "paired_statistics.json", "w"),
    indent=1,
)
