using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Inference.Batching;

namespace Platform.Inference.Repository;

/// <summary>
/// Reads batch settings out of a model configuration in the reference server's form. What the configuration leaves out stays
/// as it is; members that mean nothing here are passed over.
/// </summary>
internal static class BatchConfig
{
    public static Result<BatchSettings> Read(JsonElement text, BatchSettings current)
    {
        try
        {
            using var document = JsonDocument.Parse(text.ToString()); // throws where it is no Unicode
            return Check(Apply(document.RootElement, current));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return RepositoryErrors.BadConfig("'config' must be the text of a JSON object in the form of the model's configuration.");
        }
    }

    private static BatchSettings Apply(JsonElement config, BatchSettings current)
    {
        var settings = current with
        {
            MaxBatchSize = Rows(config) ?? current.MaxBatchSize,
            Runners = Runners(config) ?? current.Runners,
        };
        if (!config.TryGetProperty("dynamic_batching", out var batching)) return settings;

        return settings with
        {
            PreferredBatchSize = Preferred(batching) ?? settings.PreferredBatchSize,
            MaxDelay = Delay(batching) ?? settings.MaxDelay,
            PriorityLevels = Number(batching, "priority_levels") ?? settings.PriorityLevels,
            DefaultPriority = Number(batching, "default_priority_level") ?? settings.DefaultPriority,
            MaxQueueLength = batching.TryGetProperty("default_queue_policy", out var policy)
                ? Number(policy, "max_queue_size") ?? settings.MaxQueueLength
                : settings.MaxQueueLength,
        };
    }

    private static Result<BatchSettings> Check(BatchSettings settings)
    {
        (bool Holds, string Rule)[] rules =
        [
            (settings.MaxBatchSize is null or >= 1 and <= 65536, "max_batch_size must be 0 to 65536"),
            (settings.PreferredBatchSize is >= 0 and <= 65536, "preferred_batch_size must be 1 to 65536"),
            (settings.Runners is >= 1 and <= 1024, "the count of instance_group must be 1 to 1024"),
            (settings.MaxQueueLength is >= 1 and <= 1_000_000, "max_queue_size must be 1 to 1000000"),
            (settings.MaxDelay >= TimeSpan.Zero && settings.MaxDelay <= TimeSpan.FromSeconds(10), "max_queue_delay_microseconds must be 0 to 10000000"),
            (settings.PriorityLevels is >= 1 and <= 100, "priority_levels must be 1 to 100"),
            (settings.DefaultPriority >= 1 && settings.DefaultPriority <= settings.PriorityLevels, "default_priority_level must be one of the levels"),
        ];
        var broken = rules.Where(rule => !rule.Holds).Select(rule => rule.Rule).ToArray();
        return broken.Length == 0 ? settings : RepositoryErrors.BadConfig($"The configuration is not possible: {string.Join("; ", broken)}.");
    }

    private static int? Number(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    /// <summary>0 says, in the reference server and in what we answer, that rows of different requests do not run together.</summary>
    private static int? Rows(JsonElement config) => Number(config, "max_batch_size") is { } rows ? rows == 0 ? 1 : rows : null;

    private static int? Preferred(JsonElement batching)
    {
        if (!batching.TryGetProperty("preferred_batch_size", out var sizes)) return null;
        return sizes.GetArrayLength() == 0 ? 0 : sizes[0].GetInt32();
    }

    private static TimeSpan? Delay(JsonElement batching) =>
        batching.TryGetProperty("max_queue_delay_microseconds", out var micros) ? TimeSpan.FromMicroseconds(micros.GetInt32()) : null;

    private static int? Runners(JsonElement config)
    {
        if (!config.TryGetProperty("instance_group", out var groups) || groups.GetArrayLength() == 0) return null;
        return Number(groups[0], "count");
    }
}
