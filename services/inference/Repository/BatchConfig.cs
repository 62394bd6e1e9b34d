using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Inference.Batching;

namespace Platform.Inference.Repository;

/// <summary>
/// Reads batch settings out of a model configuration in the reference server's form. What the configuration leaves out is as it was
/// configured at the start; what it says and nothing here honours is refused by name.
/// </summary>
internal static class BatchConfig
{
    /// <summary>Members that decide nothing that could be decided here.</summary>
    private static readonly string[] NotHonoured =
    [
        "version_policy", "optimization", "cc_model_filenames", "metric_tags", "parameters",
        "model_warmup", "model_operations", "model_transaction_policy", "model_repository_agents", "response_cache", "batch_input",
        "batch_output", "runtime", "model_metrics",
    ];

    public static Result<WantedConfig> Read(JsonElement text, string model, BatchSettings configured)
    {
        try
        {
            using var document = JsonDocument.Parse(text.ToString().TrimStart('\uFEFF')); // throws where it is no Unicode
            if (document.RootElement.ValueKind != JsonValueKind.Object) return RepositoryErrors.NoConfig;
            var problems = new List<string>();
            var wanted = Read(new ConfigObject(document.RootElement, "", problems), model, configured);
            problems.AddRange(Broken(wanted.Settings));
            return problems.Count == 0 ? wanted : RepositoryErrors.BadConfig($"The configuration is not possible: {string.Join("; ", problems)}.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return RepositoryErrors.NoConfig;
        }
    }

    private static WantedConfig Read(ConfigObject config, string model, BatchSettings configured)
    {
        config.Expect("name", $"cannot be other than '{model}'", model, "");
        config.Expect("platform", "cannot be other than 'onnxruntime_onnx'", "onnxruntime_onnx", "");
        config.Expect("backend", "cannot be other than 'onnxruntime'", "onnxruntime", "");
        config.Expect("default_model_filename", "cannot be other than 'model.onnx'", "model.onnx", "");
        var (kind, runners) = ReadInstances(config);
        // 0 says, in the reference server and in what we answer, that rows of different requests do not run together.
        var settings = configured with
        {
            MaxBatchSize = config.TakeNumber("max_batch_size") is { } rows ? rows == 0 ? 1 : rows : configured.MaxBatchSize,
            Runners = runners ?? configured.Runners,
        };
        if (config.TakeObject("dynamic_batching") is { } batching) settings = ReadBatching(batching, settings);
        var wanted = new WantedConfig(settings, kind, ReadSharing(config), ReadTensors(config, "input"), ReadTensors(config, "output"));
        ReadIsolation(config);
        config.ExpectUnset(NotHonoured);
        config.ExpectAbsent("sequence_batching", "ensemble_scheduling");
        config.End();
        return wanted;
    }

    /// <summary>What our own configurations say of rows in runs, which a load does not decide, with the reasons.</summary>
    private static bool? ReadSharing(ConfigObject config)
    {
        if (config.TakeObject("batching") is not { } sharing) return null;
        foreach (var reason in new[] { "decided_by", "reason", "operator", "node" }) sharing.TakeText(reason);
        var shares = sharing.TakeFlag("rows_share_runs");
        sharing.End();
        return shares;
    }

    /// <summary>What our own configurations say of the process, which a load does not decide, with what has become of it.</summary>
    private static void ReadIsolation(ConfigObject config)
    {
        if (config.TakeObject("isolation") is not { } isolation) return;
        foreach (var text in new[] { "runs", "decided_by", "reason", "operator", "node", "last_death" }) isolation.TakeText(text);
        isolation.TakeNumber("restarts");
        isolation.End();
    }

    private static (string Kind, int? Runners) ReadInstances(ConfigObject config)
    {
        var groups = config.TakeObjects("instance_group");
        if (groups.Count > 1) config.Refuse("instance_group", "takes one group here");
        if (groups is not [var group]) return ("", null);
        group.TakeText("name"); // says nothing about the run
        var (kind, count) = (group.TakeText("kind"), group.TakeNumber("count"));
        group.ExpectUnset("gpus", "rate_limiter", "profile", "passive", "host_policy", "secondary_devices");
        group.End();
        return (kind, count);
    }

    private static BatchSettings ReadBatching(ConfigObject batching, BatchSettings configured)
    {
        var preferred = batching.TakeNumbers("preferred_batch_size");
        if (preferred?.Count > 1) batching.Refuse("preferred_batch_size", "takes one size here");
        var queue = batching.TakeObject("default_queue_policy");
        var settings = configured with
        {
            PreferredBatchSize = preferred switch { null => configured.PreferredBatchSize, [] => 0, [var size, ..] => (int)Math.Clamp(size, -1, int.MaxValue) },
            MaxDelay = batching.TakeNumber("max_queue_delay_microseconds") is { } micros ? TimeSpan.FromMicroseconds(micros) : configured.MaxDelay,
            PriorityLevels = batching.TakeNumber("priority_levels") ?? configured.PriorityLevels,
            DefaultPriority = batching.TakeNumber("default_priority_level") ?? configured.DefaultPriority,
            MaxQueueLength = queue?.TakeNumber("max_queue_size") ?? configured.MaxQueueLength,
        };
        batching.ExpectUnset("preserve_ordering", "priority_queue_policy");
        batching.End();
        queue?.Expect("timeout_action", "cannot be other than REJECT", "REJECT", "0");
        if (queue?.TakeFlag("allow_timeout_override") == false) queue.Refuse("allow_timeout_override", "cannot be false: a request's own timeout counts");
        queue?.ExpectUnset("default_timeout_microseconds");
        queue?.End();
        return settings;
    }

    private static List<WantedTensor> ReadTensors(ConfigObject config, string name)
    {
        var tensors = new List<WantedTensor>();
        foreach (var tensor in config.TakeObjects(name))
        {
            tensors.Add(new WantedTensor(tensor.TakeText("name"), tensor.TakeText("data_type"), tensor.TakeNumbers("dims"), tensor.TakeFlag("optional")));
            tensor.Expect("format", "cannot be other than FORMAT_NONE", "FORMAT_NONE", "0");
            tensor.ExpectUnset("reshape", "is_shape_tensor", "allow_ragged_batch", "is_non_linear_format_io", "label_filename");
            tensor.End();
        }

        return tensors;
    }

    private static IEnumerable<string> Broken(BatchSettings settings)
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
        return rules.Where(rule => !rule.Holds).Select(rule => rule.Rule);
    }
}
