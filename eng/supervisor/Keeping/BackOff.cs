namespace Platform.Supervisor.Keeping;

/// <summary>How long to wait before the next start: twice as long after each failure, the shortest again after a good run.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GoodRun = TimeSpan.FromSeconds(30);

    private TimeSpan _next = Shortest;

    /// <summary>The wait after a run of this length.</summary>
    public TimeSpan After(TimeSpan run)
    {
        if (run >= GoodRun) _next = Shortest;
        var wait = _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }
}
