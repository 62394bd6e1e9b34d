namespace Platform.Explainer.Counterfactuals;

/// <summary>Chooses counterfactuals that are near and unlike each other.</summary>
internal static class DiverseChoice
{
    // A way that is up to three times as far as the nearest is preferred to a twin of it.
    private const double WeightOfDifference = 0.5;

    /// <summary>
    /// The nearest first, then each time the one whose distance less half of its distance from those chosen is least: the trade between proximity and
    /// diversity of DiCE, greedily and by the nearest of the chosen ones instead of by a determinant.
    /// </summary>
    public static IReadOnlyList<Candidate> Of(CounterfactualTask task, IReadOnlyList<Candidate> candidates, int count)
    {
        var (left, chosen) = (candidates.OrderBy(candidate => candidate.Distance).ToList(), new List<Candidate>());
        while (chosen.Count < count && left.Count > 0)
        {
            var next = left.MinBy(candidate => candidate.Distance - (WeightOfDifference * chosen.Select(other => task.Distance(candidate.Cells, other.Cells)).DefaultIfEmpty(0).Min()))!;
            left.Remove(next);
            chosen.Add(next);
        }

        return [.. chosen.OrderBy(candidate => candidate.Distance)];
    }
}
