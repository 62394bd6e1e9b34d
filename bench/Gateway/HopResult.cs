namespace Platform.Bench.Gateway;

/// <summary>What the rounds over so many connections come to: whatever else a machine does only slows, so of each way the best round counts.</summary>
internal sealed record HopResult(int Connections, IReadOnlyList<HopMeasurement> Rounds)
{
    /// <summary>The share of YARP's rate alone that the gateway must reach.</summary>
    private const double AtLeast = 0.95;

    public double ShareOfBare => Best(round => round.Through).Load.PerSecond / Best(round => round.Bare).Load.PerSecond;

    public bool IsShort => !(ShareOfBare >= AtLeast) || Errors > 0;

    public string Verdict =>
        $"x {ShareOfBare:F2} of bare YARP's rate (rounds {string.Join(", ", Rounds.Select(round => $"{round.Through.Load.PerSecond / round.Bare.Load.PerSecond:F2}"))}), "
        + $"x {Least(round => round.Through, way => way.ProxyCpuMicros) / Least(round => round.Bare, way => way.ProxyCpuMicros):F2} of its processor time; "
        + (Errors > 0 ? $"NOT VALID: {Errors} answers were not a 200" : IsShort ? $"FALLS SHORT of the {AtLeast} that must be reached" : $"reaches the {AtLeast} that must be");

    private long Errors => Rounds.Sum(round => round.Straight.Load.Errors + round.Through.Load.Errors + round.Bare.Load.Errors);

    /// <summary>The round in which a way was fastest.</summary>
    public WayMeasurement Best(Func<HopMeasurement, WayMeasurement> of) => Rounds.Select(of).MaxBy(way => way.Load.PerSecond)!;

    /// <summary>The way's best rate as a share of the best rate straight.</summary>
    public double ShareOf(Func<HopMeasurement, WayMeasurement> of) => Best(of).Load.PerSecond / Best(round => round.Straight).Load.PerSecond;

    /// <summary>The least of something over the rounds of a way.</summary>
    public double Least(Func<HopMeasurement, WayMeasurement> of, Func<WayMeasurement, double> value) => Rounds.Min(round => value(of(round)));
}
