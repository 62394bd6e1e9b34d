using System.Globalization;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// Runs many histories, each of which its seed decides. <c>HISTORIES=5000</c> runs that many of each kind, <c>HISTORY=17</c> that one alone.
/// </summary>
internal static class Histories
{
    private const int Usual = 150;

    /// <summary>Runs them; the first that fails is told with its seed.</summary>
    public static async Task RunAsync(Func<int, Task> history)
    {
        var seeds = Number("HISTORY") is { } one ? [one] : Enumerable.Range(1, Number("HISTORIES") ?? Usual);
        await Parallel.ForEachAsync(seeds, async (seed, _) =>
        {
            if (await FaultOfAsync(history, seed) is { } fault)
                throw new InvalidOperationException($"History {seed} fails; HISTORY={seed} runs it alone. {fault.Message}", fault);
        });
    }

    /// <summary>Whether any of the first histories fails.</summary>
    public static async Task<bool> FindAsync(Func<int, Task> history)
    {
        for (var seed = 1; seed <= Usual; seed++)
            if (await FaultOfAsync(history, seed) is not null) return true;
        return false;
    }

    private static async Task<Exception?> FaultOfAsync(Func<int, Task> history, int seed)
    {
        try
        {
            await history(seed);
            return null;
        }
#pragma warning disable CA1031 // told by whoever asked, with the seed
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
