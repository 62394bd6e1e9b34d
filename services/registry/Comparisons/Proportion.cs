namespace Platform.Registry.Comparisons;

/// <summary>How many of so many.</summary>
internal readonly record struct Proportion(long Hits, long Count)
{
    public static implicit operator Estimate(Proportion of) => new(of.Share, of.Variance, of.Count);

    /// <summary>The share, 0 to 1; NaN of none.</summary>
    public double Share => Hits / (double)Count;

    /// <summary>
    /// The variance of the share, with one hit and one miss added: without them a share of 0 or 1 would seem to be known exactly (Agresti and
    /// Caffo 2000, "Simple and effective confidence intervals for proportions", The American Statistician 54(4)).
    /// </summary>
    public double Variance
    {
        get
        {
            var share = (Hits + 1.0) / (Count + 2.0);
            return share * (1 - share) / Count;
        }
    }
}
