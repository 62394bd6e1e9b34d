namespace Platform.Cli.Loading;

/// <summary>Finds the highest rate at which an objective holds, by doubling and then by bisection.</summary>
/// <param name="from">The rate to begin with.</param>
/// <param name="to">The highest that is tried.</param>
/// <param name="precision">Ends where the rates at which it held and did not are so near, as a share of the lower one.</param>
/// <param name="lowest">Nothing below is tried.</param>
internal sealed class RateSearch(double from, double to, double precision, double lowest = RateSearch.Lowest)
{
    /// <summary>The lowest that can be tried.</summary>
    public const double Lowest = 0.1;

    /// <summary>The highest rate at which it held; null where there is none.</summary>
    /// <param name="holds">Tries a rate.</param>
    public async Task<double?> FindAsync(Func<double, Task<bool>> holds)
    {
        double? held = null, failed = null;
        for (var rate = Math.Min(from, to); ; rate = Next(held, failed))
        {
            if (await holds(rate)) held = rate;
            else failed = rate;
            if (held >= to || (held is null && failed <= lowest) || failed - held <= precision * held) return held;
        }
    }

    private double Next(double? held, double? failed) => (held, failed) switch
    {
        ({ } low, { } high) => (low + high) / 2,
        ({ } low, null) => Math.Min(to, low * 2),
        (null, var high) => Math.Max(lowest, high!.Value / 2),
    };
}
