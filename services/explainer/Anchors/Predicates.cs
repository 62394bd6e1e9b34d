using Platform.Explainer.Domains;

namespace Platform.Explainer.Anchors;

/// <summary>What can be said of a row, one predicate a feature at most.</summary>
internal static class Predicates
{
    private const int Bins = 4;

    /// <summary>
    /// Of numbers the bin between quartiles of the reference rows that the row lies in, of those with few values and of categories the value; where all
    /// quartiles are the largest value, that there is one. Nothing is said of a feature that is hidden, or that all reference rows share.
    /// </summary>
    public static IReadOnlyList<Predicate> Of(IReadOnlyList<FeatureDomain> domains, double[] row, IReadOnlyList<double[]> references) =>
        [.. domains.Select((domain, feature) => domain.IsHidden ? null : Of(domain, feature, row[feature])).OfType<Predicate>()
            .Where(predicate => references.Any(reference => !predicate.Holds(reference[predicate.Feature])))];

    private static Predicate Of(FeatureDomain domain, int feature, double own)
    {
        if (double.IsNaN(own) || domain.Kind == DomainKind.Category || domain.Sorted.Distinct().Take(Bins + 1).Count() <= Bins)
            return new Predicate(feature, own, 0, 0);
        var sorted = domain.Sorted;
        // The inverse of the distribution function (type 1 of Hyndman and Fan 1996); beyond the largest value nothing is left to say.
        var cuts = Enumerable.Range(1, Bins - 1).Select(bin => sorted[Math.Max(0, (int)Math.Ceiling((double)bin / Bins * sorted.Length) - 1)])
            .Where(cut => cut < sorted[^1]).Distinct().ToList();
        return new Predicate(
            feature, null,
            cuts.Where(cut => cut < own).DefaultIfEmpty(double.NegativeInfinity).Max(), cuts.Where(cut => cut >= own).DefaultIfEmpty(double.PositiveInfinity).Min());
    }
}
