namespace Platform.Bench.Serving;

/// <summary>
/// What the rounds of a cell come to. Whatever else a machine does only slows: of the references and of the service the best round
/// counts, of each by itself, so that a disturbed reference makes no limit that is none.
/// </summary>
internal sealed record CellResult(Cell Cell, IReadOnlyList<CellMeasurement> Rounds)
{
    // A rate is told to two digits, and so is what it exceeds.
    private const double Rounding = 0.005;

    /// <summary>Microseconds that the empty endpoint takes for a request.</summary>
    public double EmptyMicros => Rounds.Min(round => 1e6 / round.Empty.PerSecond);

    /// <summary>Microseconds that the bare runtime takes for a row at its best batch size.</summary>
    public double BareMicros => Rounds.Min(round => round.BareMicrosPerRow);

    public double EmptyCpuMicros => Rounds.Min(round => round.EmptyCpuMicros);

    public double CpuMicros => Rounds.Min(round => round.CpuMicros);

    /// <summary>Requests per second that an empty endpoint plus the bare runtime would allow.</summary>
    public double LimitPerSecond => 1e6 / (EmptyMicros + BareMicros);

    /// <summary>Each round's rate as a share of the limit.</summary>
    public IReadOnlyList<double> Shares => [.. Rounds.Select(round => round.Full.PerSecond / LimitPerSecond)];

    public double Share => Shares.Max();

    /// <summary>The same by processor time a request, which other work on the machine disturbs less.</summary>
    public double ShareByCpu => (EmptyCpuMicros + Rounds.Min(round => round.BareCpuMicrosPerRow)) / CpuMicros;

    /// <summary>The round of the median rate, for what is told of one round.</summary>
    public CellMeasurement Median => Rounds.OrderBy(round => round.Full.PerSecond).ElementAt(Rounds.Count / 2);

    /// <summary>What the share is worth, in a sentence; a falling short is one of <see cref="IsShort"/>.</summary>
    public string Verdict => (Share, Errors) switch
    {
        (_, > 0) => $"NOT VALID: {Errors} answers were not a 200",
        ( > 1 + Rounding, _) => "NOT VALID: the limit is exceeded, so it is none; measure for longer, on a machine that does nothing else",
        _ when Share < Cell.AtLeast => $"FALLS SHORT of the {Cell.AtLeast} that must be reached",
        _ when Share < Cell.Aim => $"reaches the {Cell.AtLeast} that must be, not the {Cell.Aim} that is aimed at",
        _ => $"reaches the {Cell.Aim} that is aimed at",
    };

    /// <summary>Whether what must be reached was not, or was not shown.</summary>
    public bool IsShort => !(Share >= Cell.AtLeast) || Share > 1 + Rounding || Errors > 0;

    private long Errors => Rounds.Sum(round => round.Loads.Sum(load => load.Errors));
}
