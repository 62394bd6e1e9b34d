using System.Diagnostics;

namespace Platform.Load;

/// <summary>When requests are due.</summary>
public interface IArrivals
{
    /// <summary>Takes the next request if it is due at <paramref name="now"/>; both times in <see cref="Stopwatch"/> ticks.</summary>
    /// <param name="now">The time.</param>
    /// <param name="dueAt">When the next request is due, taken or not.</param>
    bool TryTake(long now, out long dueAt);

    /// <summary>True when no further request will come.</summary>
    bool HaveEnded(long now);
}
