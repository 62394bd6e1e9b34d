using System.Diagnostics;

namespace Platform.TestKit;

/// <summary>Waits for a condition with a deadline; tests never sleep for a fixed time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Generous: it costs nothing when all is well, and a machine may be busy with other things for a while.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A machine that stands still for a while counts as one that is slow for a moment.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(2);

    /// <summary>Waits until <paramref name="condition"/> holds, at most <paramref name="within"/> (a minute when absent).</summary>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within);

    /// <summary>Waits until <paramref name="condition"/> holds, at most <paramref name="within"/> (a minute when absent).</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null) =>
        await ValueAsync(async () => await condition() ? "yes" : null, what, within);

    /// <summary>Waits for a value that is not null. <paramref name="what"/> completes the sentence "… did not happen".</summary>
    public static async Task<T> ValueAsync<T>(Func<Task<T?>> find, string what, TimeSpan? within = null) where T : class
    {
        var deadline = within ?? Patience;
        for (var waited = TimeSpan.Zero; waited < deadline;)
        {
            var step = Stopwatch.StartNew();
            if (await find() is { } found) return found;
            await Task.Delay(Interval);
            waited += step.Elapsed < LongestStep ? step.Elapsed : LongestStep;
        }
        throw new TimeoutException($"Within {deadline.TotalSeconds:0.#} s this did not happen: {what}.");
    }
}
