using System.Globalization;
using Platform.Client.Transport;

namespace Platform.Client.Explanations;

/// <summary>What is asked of a version as a whole. It is computed over reference rows, once, and kept by the platform.</summary>
public abstract class WholeVersionQuery
{
    /// <summary>A version's number or alias; the champion when absent.</summary>
    public string? Version { get; init; }

    /// <summary>The output tensor; the one that the version's metadata name when absent.</summary>
    public string? Output { get; init; }

    /// <summary>At most so many reference rows, chosen by the seed.</summary>
    public int? Rows { get; init; }

    /// <summary>Decides every random choice; 1 when absent.</summary>
    public long? Seed { get; init; }

    /// <summary>Of pictures, the class or output that is shown.</summary>
    public string? Class { get; init; }

    /// <summary>The language of sentences and pictures, en or zh.</summary>
    public string? Language { get; init; }

    /// <summary>How long at most it is asked for again while it is being computed; ten minutes by default.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    internal abstract string PathOf(string model);

    private protected string PathOf(string model, string what, params ReadOnlySpan<(string Name, string? Value)> more) => $"/v1/{Paths.Model(model)}/{what}" + Paths.Query(
        [.. more, ("version", Version), ("output", Output), ("rows", Number(Rows)), ("seed", Number(Seed)), ("class", Class), ("lang", Language)]);

    private protected static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How much a version goes by each of its features.</summary>
public sealed class ImportanceQuery : WholeVersionQuery
{
    /// <summary>permutation, which is the default, or shap.</summary>
    public string? Method { get; init; }

    /// <summary>feature, which is the default, or label: one importance for each feature and label.</summary>
    public string? Per { get; init; }

    /// <summary>Of permutation, how often each feature is mixed up; 5 when absent.</summary>
    public int? Repeats { get; init; }

    internal override string PathOf(string model) => PathOf(model, "importance", ("method", Method), ("per", Per), ("repeats", Number(Repeats)));
}

/// <summary>How a version's answer follows features.</summary>
public sealed class DependenceQuery : WholeVersionQuery
{
    /// <summary>The features; all of them when absent, for a prediction alone.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>pdp, which is the default, ice or ale.</summary>
    public string? Kind { get; init; }

    /// <summary>Of ice, a prediction whose row is followed instead of reference rows.</summary>
    public string? PredictionId { get; init; }

    /// <summary>At most so many values of a feature; 20 when absent.</summary>
    public int? Points { get; init; }

    internal override string PathOf(string model) => PathOf(model, "dependence",
        [.. Features.Select(feature => ("feature", (string?)feature)), ("kind", Kind), ("predictionId", PredictionId), ("points", Number(Points))]);
}
