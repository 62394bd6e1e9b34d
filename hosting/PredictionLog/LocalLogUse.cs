using Microsoft.Extensions.Options;

namespace Platform.Hosting.PredictionLog;

/// <summary>What a process has a local log for.</summary>
internal static class LocalLogUse
{
    /// <summary>Whether what is written goes on to Kafka from there.</summary>
    public static bool IsSpool(IServiceProvider provider) => provider.GetRequiredService<IOptions<PredictionLogOptions>>().Value.IsSpool;

    /// <summary>Whether the process has one: to write to, or because there is no other to read from.</summary>
    public static bool Has(IServiceProvider provider) => !IsSpool(provider) || provider.GetService<WritesLog>() is not null;
}
