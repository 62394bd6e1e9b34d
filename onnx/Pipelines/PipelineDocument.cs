using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Onnx.Pipelines;

/// <summary>A pipeline as it is stored: which versions answer one after the other or side by side, and what goes where.</summary>
public sealed record PipelineDocument
{
    /// <summary>The only <see cref="Kind"/>.</summary>
    public const string Pipeline = "pipeline";

    /// <summary>The longest document.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Always <see cref="Pipeline"/>.</summary>
    public string Kind { get; init; } = Pipeline;

    /// <summary>What a request holds.</summary>
    public IReadOnlyList<PipelineTensor> Inputs { get; init; } = [];

    /// <summary>The parts, in any order.</summary>
    public IReadOnlyList<PipelineStep> Steps { get; init; } = [];

    /// <summary>Each output with the value that it is: <c>step.tensor</c>, or several of which the first that has the row counts, <c>a.y|b.y</c>.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes one value of several; an output takes it as <c>combine.output</c>.</summary>
    public PipelineCombination? Combine { get; init; }

    /// <summary>What becomes of rows that a step fails on, by step: <c>fail</c>, the default, <c>skip</c> or <c>default</c>.</summary>
    public IReadOnlyDictionary<string, string>? OnFailure { get; init; }

    /// <summary>The bytes that are stored: the same content is always the same bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static PipelineDocument Read(string path)
    {
        if (new FileInfo(path).Length > MaxBytes) throw new InvalidDataException("The pipeline's document is too long.");
        try
        {
            return JsonSerializer.Deserialize<PipelineDocument>(File.ReadAllBytes(path), Form) is { Kind: Pipeline } document
                ? document
                : throw new InvalidDataException("The file is no pipeline.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The file is no pipeline.", exception);
        }
    }
}
