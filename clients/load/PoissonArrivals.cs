using System.Diagnostics;

namespace Platform.Load;

/// <summary>
/// Requests arrive by a Poisson process whether or not earlier ones are answered: as those of many callers who know nothing of each other. What
/// counts latency from <c>dueAt</c> on has no coordinated omission.
/// </summary>
/// <param name="started">When the first one is due, in <see cref="Stopwatch"/> ticks.</param>
/// <param name="perSecond">How many arrive in a second on average.</param>
/// <param name="duration">For how long they arrive.</param>
/// <param name="seed">The same seed gives the same times.</param>
public sealed class PoissonArrivals(long started, double perSecond, TimeSpan duration, int seed) : IArrivals
{
    private readonly Random _random = new(seed);
    private readonly double _until = started + duration.TotalSeconds * Stopwatch.Frequency;
    private double _next = started;

    /// <inheritdoc />
    public bool TryTake(long now, out long dueAt)
    {
        dueAt = (long)_next;
        if (_next > now || _next >= _until) return false;
        _next += -Math.Log(1 - _random.NextDouble()) / perSecond * Stopwatch.Frequency;
        return true;
    }

    /// <inheritdoc />
    public bool HaveEnded(long now) => _next >= _until;
}
