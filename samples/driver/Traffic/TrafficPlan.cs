namespace Platform.SampleDriver.Traffic;

/// <summary>
/// Which row comes next: each kind goes round and round through its own file. <paramref name="turn"/> staggers the samples, so
/// that one drifts at a time.
/// </summary>
internal sealed class TrafficPlan(IReadOnlyList<TrafficRow> usual, IReadOnlyList<TrafficRow> shifted, TrafficOptions options, int turn = 0)
{
    private readonly TimeSpan _firstShift = options.UsualFor + turn * (options.UsualFor + options.ShiftedFor);
    private int _nextUsual;
    private int _nextShifted;

    /// <summary>The row to send <paramref name="elapsed"/> after the start.</summary>
    public TrafficRow Next(TimeSpan elapsed) => IsShifted(elapsed)
        ? shifted[_nextShifted++ % shifted.Count]
        : usual[_nextUsual++ % usual.Count];

    private bool IsShifted(TimeSpan elapsed)
    {
        var since = elapsed - _firstShift;
        return shifted.Count > 0 && since >= TimeSpan.Zero && since.Ticks % options.Cycle.Ticks < options.ShiftedFor.Ticks;
    }
}
