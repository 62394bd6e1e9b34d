namespace Platform.Bench.Serving;

/// <summary>What has a core to itself and as much to do as it can, measured in short slices.</summary>
internal interface ISaturated
{
    private const int Slices = 10;

    /// <summary>Keeps it busy; counts only what comes after.</summary>
    Task WarmUpAsync(TimeSpan duration);

    /// <summary>Keeps it busy, and counts.</summary>
    Task TakeSliceAsync(TimeSpan duration);

    /// <summary>
    /// Measures each for <paramref name="duration"/> in all, in slices that alternate, so that what disturbs the machine for some seconds
    /// disturbs all of them alike; back and forth, so that none always comes after the same one.
    /// </summary>
    static async Task CompareAsync(TimeSpan duration, params ISaturated[] compared)
    {
        foreach (var each in compared) await each.WarmUpAsync(duration / 4);
        for (var slice = 0; slice < Slices; slice++)
            foreach (var each in slice % 2 == 0 ? compared : compared.Reverse()) await each.TakeSliceAsync(duration / Slices);
    }
}
