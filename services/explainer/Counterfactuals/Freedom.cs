using Platform.Explainer.Domains;

namespace Platform.Explainer.Counterfactuals;

/// <summary>What one feature of a row may be changed to.</summary>
/// <param name="Domain">The feature.</param>
/// <param name="Own">The row's own value, which is always allowed.</param>
/// <param name="Low">Of a number, the least that it may become.</param>
/// <param name="High">Of a number, the most.</param>
internal sealed record Freedom(FeatureDomain Domain, double Own, double Low, double High)
{
    private const int MostProbes = 16;

    /// <summary>Of a category, what it may become.</summary>
    public double[] Others { get; init; } = [];

    /// <summary>Whether anything else than the row's own value is allowed.</summary>
    public bool CanChange => Others.Length > 0 || Low < High || (Low == High && !Low.Equals(Own));

    /// <summary>Stays as it is.</summary>
    public static Freedom None(FeatureDomain domain, double own) => new(domain, own, double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>The allowed number that is nearest; of a category itself, if it is allowed, else the row's own.</summary>
    public double Fit(double value)
    {
        if (value.Equals(Own) || double.IsNaN(value) || !CanChange) return Own;
        if (Domain.Kind == DomainKind.Category) return Array.IndexOf(Others, value) >= 0 ? value : Own;
        return Math.Clamp(Domain.Snap(Math.Clamp(value, Low, High)), Low, High);
    }

    /// <summary>Values to try first: every other category; of numbers the ends, and quantiles of the reference rows.</summary>
    public IEnumerable<double> Probes()
    {
        if (Domain.Kind == DomainKind.Category) return Others;
        var quantiles = Domain.Sorted.Length == 0 ? [] : Enumerable.Range(0, MostProbes).Select(at => Domain.Sorted[at * (Domain.Sorted.Length - 1) / (MostProbes - 1)]);
        var steps = Enumerable.Range(0, MostProbes).Select(at => Low + ((High - Low) * at / (MostProbes - 1)));
        return quantiles.Concat(steps).Select(Fit).Where(value => !value.Equals(Own)).Distinct();
    }

    /// <summary>Numbers between the row's own and a changed one, from near to far.</summary>
    public IEnumerable<double> Between(double changed)
    {
        const int parts = 8;
        if (Domain.Kind == DomainKind.Category || double.IsNaN(Own)) return [];
        var nearest = Domain.Kind == DomainKind.Whole ? changed - Math.Sign(changed - Own) : changed - (Domain.Step * Math.Sign(changed - Own));
        return Enumerable.Range(1, parts - 1).Select(part => Own + ((changed - Own) * part / parts)).Append(nearest).Select(Fit)
            .Where(value => Domain.Distance(Own, value) is > 0 and var distance && distance < Domain.Distance(Own, changed)).Distinct();
    }
}
