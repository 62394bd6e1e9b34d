namespace Platform.Explainer.Anchors;

/// <summary>Predicates that hold together, and what is known of how often the model decides alike under them.</summary>
/// <param name="predicates">Places of the predicates, ascending.</param>
/// <param name="coverage">The share of the reference rows for which all of them hold.</param>
internal sealed class Rule(int[] predicates, double coverage)
{
    private const int FirstSample = 32;
    private const int MostDoublings = 24;

    private int _samplings;

    public int[] Predicates => predicates;

    public double Coverage => coverage;

    /// <summary>Which rule this is of all that were looked at, from 1, in the order of the first looks; 0 before.</summary>
    public int Number { get; set; }

    /// <summary>Rows drawn under the rule.</summary>
    public long Samples { get; private set; }

    /// <summary>Those that were decided as the explained row.</summary>
    public long Hits { get; private set; }

    public double Low { get; private set; }

    public double High { get; private set; } = 1;

    /// <summary>The share that was decided alike; 0 before anything was drawn.</summary>
    public double Precision => Samples == 0 ? 0 : (double)Hits / Samples;

    /// <summary>How many rows it takes next: as many again as there are, so that the numbers at which it is looked at do not hang on what was seen.</summary>
    public int NextSample => Samples == 0 ? FirstSample : (int)Math.Min(Samples, FirstSample << MostDoublings);

    /// <summary>Notes what was drawn.</summary>
    /// <param name="hits">How many of <see cref="NextSample"/> rows were decided alike.</param>
    /// <param name="delta">How likely any bound of any rule may be wrong at any time.</param>
    public void Add(int hits, double delta)
    {
        (Samples, Hits, _samplings) = (Samples + NextSample, Hits + hits, _samplings + 1);
        // Two bounds, rule j of all and look c at it: δ / (j(j+1) c(c+1)) adds up to δ over all of them.
        var rate = Math.Log(2.0 * Number * (Number + 1.0) * _samplings * (_samplings + 1.0) / delta);
        var (low, high) = BernoulliBounds.Of(Hits, Samples, rate);
        (Low, High) = (Math.Max(Low, low), Math.Min(High, high));
    }
}
