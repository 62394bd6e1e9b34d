using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Platform.TestKit;

/// <summary>Waits for a condition with a deadline; tests never sleep for a fixed time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>A look that takes long is a load to what it looks at, which gets as long a rest, but no longer than this.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>A machine that stands still for a while counts as one that is slow for a moment.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(2);

    /// <summary>Generous: it costs nothing when all is well, and a machine may be busy with other things for a while.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Waits until <paramref name="condition"/> holds, at most <paramref name="within"/> (<see cref="Patience"/> when absent).</summary>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within);

    /// <summary>Waits until <paramref name="condition"/> holds, at most <paramref name="within"/> (<see cref="Patience"/> when absent).</summary>
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
            await Task.Delay(step.Elapsed < Interval ? Interval : step.Elapsed < LongestInterval ? step.Elapsed : LongestInterval);
            waited += step.Elapsed < LongestStep ? step.Elapsed : LongestStep;
        }
        throw NotWithin(deadline, what);
    }

    /// <summary>Waits for a task to end, at most <see cref="Patience"/>; <paramref name="what"/> is told when it does not.</summary>
    public static async Task PatientlyAsync(this Task task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        using var over = new CancellationTokenSource();
        if (await Task.WhenAny(task, Task.Delay(Patience, over.Token)) != task) throw NotWithin(Patience, $"{what} ends");
        await over.CancelAsync();
        await task;
    }

    /// <summary>Waits for a task's result, at most <see cref="Patience"/>; <paramref name="what"/> is told when there is none.</summary>
    public static async Task<T> PatientlyAsync<T>(this Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await PatientlyAsync((Task)task, what);
        return await task;
    }

    private static TimeoutException NotWithin(TimeSpan deadline, string what) =>
        new($"Within {deadline.TotalSeconds:0.#} s this did not happen: {what}.");
}
