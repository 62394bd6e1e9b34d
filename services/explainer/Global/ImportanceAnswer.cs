using Platform.Explainer.Importance;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Global;

/// <summary>How much a version goes by each of its features.</summary>
internal sealed record ImportanceAnswer : IGlobalAnswer
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The method.</summary>
    [OneOf(typeof(ImportanceMethods), nameof(ImportanceMethods.Names))]
    public string Method { get; init; } = "";

    /// <summary>feature, or label: one importance for each feature and label.</summary>
    [OneOf(typeof(ImportanceQuery), nameof(ImportanceQuery.PerNames))]
    public string Per { get; init; } = "";

    /// <summary>
    /// What an importance is in: accuracy (its drop; of a label, that of its recall), mean_absolute_error (its rise), output_change (how far the output
    /// moves) or mean_absolute_shapley.
    /// </summary>
    [OneOf(typeof(ImportanceMeasure))]
    public string Measure { get; init; } = "";

    /// <summary>The method that divided single predictions; null where none were divided.</summary>
    public string? Attribution { get; init; }

    /// <summary>The output tensor.</summary>
    public string Output { get; init; } = "";

    /// <summary>What is measured together: everything, or each label for itself.</summary>
    public IReadOnlyList<ImportanceGroup> Labels { get; init; } = [];

    /// <summary>Every feature, the largest importance first; of several labels, one after the other.</summary>
    public IReadOnlyList<FeatureImportance> Importances { get; init; } = [];

    /// <summary>Reference rows that were looked at.</summary>
    public int Rows { get; init; }

    /// <summary>How often each feature was mixed up anew; null for methods that mix nothing.</summary>
    public int? Repeats { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public long Seed { get; init; }

    /// <summary>Rows that the model answered.</summary>
    public long Evaluations { get; init; }

    /// <summary>What it says, in one or two sentences for everything or each label; told when it is read, in the reader's language.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    int IGlobalAnswer.Weight => Importances.Count * 2;
}
