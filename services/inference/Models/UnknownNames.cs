using System.Collections.Concurrent;

namespace Platform.Inference.Models;

/// <summary>
/// What the registry did not know when it was asked, so that calling it again and again does not ask each time. A name may be
/// asked for a second time at once, since it may have been promoted in between; after that the pauses double.
/// </summary>
internal sealed class UnknownNames(TimeProvider time)
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Model, string Version), Miss> _misses = [];

    /// <summary>Whether the registry may be asked for it now.</summary>
    public bool MayAsk(string model, string versionOrAlias) =>
        !_misses.TryGetValue((model, versionOrAlias), out var miss) || miss.Until <= time.GetUtcNow();

    /// <summary>The registry was asked, and does not know it.</summary>
    public void Add(string model, string versionOrAlias)
    {
        var now = time.GetUtcNow();
        if (_misses.Count >= MaxRemembered) _misses.Clear();
        _misses.AddOrUpdate((model, versionOrAlias), _ => new Miss(now, TimeSpan.Zero), (_, before) => before.Again(now));
    }

    private readonly record struct Miss(DateTimeOffset Until, TimeSpan Pause)
    {
        public Miss Again(DateTimeOffset now)
        {
            var pause = now - Until > LongestPause ? TimeSpan.Zero : Longer();
            return new Miss(now + pause, pause);
        }

        private TimeSpan Longer()
        {
            if (Pause < ShortestPause) return ShortestPause;
            return 2 * Pause < LongestPause ? 2 * Pause : LongestPause;
        }
    }
}
