using Platform.Inference.Batching;
using Platform.Inference.Server;

namespace Platform.Inference.Repository;

/// <summary>A configuration that somebody wants a model to have.</summary>
/// <param name="Settings">How its requests are to run together.</param>
/// <param name="Kind">Where it is to run; empty where that is not said.</param>
/// <param name="RowsShareRuns">Whether rows of different requests are said to share a run; null where that is not said.</param>
/// <param name="Inputs">What it is said to take.</param>
/// <param name="Outputs">What it is said to answer.</param>
internal sealed record WantedConfig(
    BatchSettings Settings, string Kind, bool? RowsShareRuns, IReadOnlyList<WantedTensor> Inputs, IReadOnlyList<WantedTensor> Outputs)
{
    /// <summary>What it says that the model's file and the machine decide otherwise; null where they agree.</summary>
    public string? FindContradiction(ModelConfig actual)
    {
        if (Kind is not ("" or "KIND_AUTO" or "KIND_MODEL") && Kind != actual.InstanceGroup[0].Kind)
            return $"'instance_group[0].kind' cannot be {Kind}: the model runs on {actual.InstanceGroup[0].Kind}";
        if (RowsShareRuns is { } share && share != actual.Batching.RowsShareRuns)
            return $"'batching.rows_share_runs' cannot be {(share ? "true" : "false")}: the graph decides it, or serving.rows of the metadata";
        return Find("input", Inputs, actual.Input) ?? Find("output", Outputs, actual.Output);
    }

    private static string? Find(string role, IReadOnlyList<WantedTensor> wanted, IReadOnlyList<ConfigTensor> actual) => wanted
        .Where(tensor => !actual.Any(tensor.IsSaidOf))
        .Select(tensor => $"'{role}' says of '{tensor.Name}' what the model's file does not").FirstOrDefault();
}

/// <summary>What a configuration says of one input or output.</summary>
internal sealed record WantedTensor(string Name, string DataType, IReadOnlyList<long>? Dims, bool? Optional)
{
    /// <summary>With or without the rows, which are among the dimensions only where the server does not batch.</summary>
    public bool IsSaidOf(ConfigTensor actual) =>
        Name == actual.Name && (DataType.Length == 0 || DataType == actual.DataType) && (Optional ?? actual.Optional) == actual.Optional
        && (Dims is null || Dims.SequenceEqual(actual.Dims) || Dims.Skip(1).SequenceEqual(actual.Dims) || Dims.SequenceEqual(actual.Dims.Skip(1)));
}
