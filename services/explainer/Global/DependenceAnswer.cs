using Platform.Explainer.Dependence;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Global;

/// <summary>How a version's answer follows features.</summary>
internal sealed record DependenceAnswer : IGlobalAnswer
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>pdp, ice or ale.</summary>
    [OneOf(typeof(CurveMethods), nameof(CurveMethods.Names))]
    public string Kind { get; init; } = "";

    /// <summary>The prediction whose row is followed; null where reference rows are.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The output tensor.</summary>
    public string Output { get; init; } = "";

    /// <summary>A name for each number of a value.</summary>
    public IReadOnlyList<string> OutputNames { get; init; } = [];

    /// <summary>One for each feature that was asked for.</summary>
    public IReadOnlyList<FeatureCurve> Curves { get; init; } = [];

    /// <summary>Reference rows that were looked at.</summary>
    public int Rows { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public long Seed { get; init; }

    /// <summary>Rows that the model answered.</summary>
    public long Evaluations { get; init; }

    /// <summary>What each curve says of the output that moves most; told when it is read, in the reader's language.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    int IGlobalAnswer.Weight => Curves.Sum(curve => curve.Points.Count * OutputNames.Count * (5 + (curve.Lines?.Count ?? 0)));
}
