using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;
using Platform.Inference.Models;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Server;

/// <summary>The answer of <c>GET /v2/models/{m}[/versions/{v}]</c>.</summary>
internal sealed record ModelMetadata(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs,
    ModelParameters Parameters)
{
    private const string OnnxRuntime = "onnxruntime_onnx";
    private const string Ensemble = "ensemble"; // Triton's name for a pipeline

    /// <summary>What runs a version.</summary>
    public static string PlatformOf(LoadedVersion version) => version.Description.Kind is null ? OnnxRuntime : Ensemble;

    /// <param name="model">The model's entry; null when it has just gone.</param>
    /// <param name="version">The version to describe.</param>
    public static ModelMetadata Of(ModelEntry? model, LoadedVersion version) => new(
        version.Model,
        [.. model?.Versions.Select(serving => serving.Version) ?? [version.Version]],
        PlatformOf(version),
        [
            .. version.Schema.Inputs.Select(TensorMetadata.Of),
            .. version.Schema.AllInputs.Skip(version.Schema.Inputs.Count).Select(tensor => TensorMetadata.Of(tensor) with { Optional = true }),
        ],
        [.. version.Schema.Outputs.Select(TensorMetadata.Of)],
        new ModelParameters(
            version.Version, version.Description.Sha256, version.Provider, version.WarmUp.CanShare,
            [.. model?.AliasesOf(version.Version) ?? []], FeatureMetadata.Of(version)));
}

/// <summary>One input or output; -1 where a dimension is only known when the tensor arrives.</summary>
internal sealed record TensorMetadata(string Name, [property: OneOf(typeof(Datatypes), nameof(Datatypes.All))] string Datatype, IReadOnlyList<long> Shape)
{
    /// <summary>True for an input that has a default, so that a request may leave it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Optional { get; init; }

    public static TensorMetadata Of(TensorSpec tensor) => new(tensor.Name, tensor.Datatype.Name(), tensor.Shape);
}

/// <summary>What this server adds to the protocol's metadata.</summary>
/// <param name="Version">The version described.</param>
/// <param name="Sha256">Digest of the file that is loaded.</param>
/// <param name="Provider">Where it runs: cpu, cuda or tensorrt.</param>
/// <param name="Batching">Whether rows of different requests run together.</param>
/// <param name="Aliases">The aliases that name this version.</param>
/// <param name="Features">What the author has named of a row, in the order of the inputs; absent where nothing is.</param>
internal sealed record ModelParameters(string Version, string Sha256, [property: AllowedValues(ExecutionProvider.Cpu, ExecutionProvider.Cuda, ExecutionProvider.TensorRt)] string Provider, bool Batching, IReadOnlyList<string> Aliases,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FeatureMetadata>? Features);

/// <summary>One feature of a row, as calls by feature name take it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">numerical, categorical or text.</param>
/// <param name="Input">The input that holds it.</param>
/// <param name="Datatype">That input's datatype.</param>
/// <param name="Nullable">Whether null, a missing value, is taken.</param>
/// <param name="Categories">The names that it takes; absent where anything goes.</param>
internal sealed record FeatureMetadata(
    string Name,
    [property: AllowedValues("numerical", "categorical", "text")] string Kind,
    string Input,
    [property: OneOf(typeof(Datatypes), nameof(Datatypes.All))] string Datatype,
    bool Nullable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Categories)
{
    public static IReadOnlyList<FeatureMetadata>? Of(LoadedVersion version)
    {
        if (version.Rows.Problem is not null) return null;
        FeatureMetadata[] features =
        [
            .. version.Rows.Columns.Where(column => column.Kind is not null).Select(column => new FeatureMetadata(
                column.Name, column.Kind!, version.Schema.Inputs[column.Input].Name, column.Datatype.Name(), column.CanLack, column.Categories)),
        ];
        return features.Length == 0 ? null : features;
    }
}
