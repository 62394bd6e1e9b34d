using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Platform.Explainer.Explanations;
using Platform.Explainer.Importance;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Global;

/// <summary>What is asked of <c>GET /v1/models/{m}/importance</c>.</summary>
internal sealed record ImportanceQuery
{
    public const string Feature = "feature";
    public const string Label = "label";

    private const int DefaultRepeats = 5;
    private const int MostRows = 2_000;
    private const int MostRepeats = 100;

    /// <summary>Values of <see cref="Per"/>.</summary>
    public static IReadOnlyList<string> PerNames { get; } = [Feature, Label];

    /// <summary>A name of <see cref="ImportanceMethods"/>.</summary>
    [FromQuery(Name = "method"), OneOf(typeof(ImportanceMethods), nameof(ImportanceMethods.Names))]
    [Description("permutation (the default): how much worse the model gets, or without labels how far its answers move, when a feature's values are mixed up among the reference rows. shap: the mean size of the Shapley values over them.")]
    public string? Method { get; init; }

    /// <summary>feature or label.</summary>
    [FromQuery(Name = "per"), OneOf(typeof(ImportanceQuery), nameof(PerNames))]
    [Description("feature (the default): one importance for each feature. label: one for each feature and label (or output).")]
    public string? Per { get; init; }

    /// <summary>A version's number or alias.</summary>
    [FromQuery(Name = "version"), Description("A number or an alias; the champion when absent.")]
    public string? Version { get; init; }

    /// <summary>The output tensor.</summary>
    [FromQuery(Name = "output"), Description("The output tensor; when absent the one that the version's metadata name, or the first of floating point.")]
    public string? Output { get; init; }

    /// <summary>Positions in the output's last dimension.</summary>
    [FromQuery(Name = "classes"), Description("Positions in the output's last dimension, one each; all when absent.")]
    public int[]? Classes { get; init; }

    /// <summary>The most reference rows.</summary>
    [FromQuery(Name = "rows"), Description("At most so many reference rows, chosen by the seed, 2 to 2000; when absent 200, for shap 100.")]
    public int? Rows { get; init; }

    /// <summary>How often each feature is mixed up.</summary>
    [FromQuery(Name = "repeats"), Description("Of permutation, how often each feature is mixed up anew, 1 to 100; 5 when absent.")]
    public int? Repeats { get; init; }

    /// <summary>The most evaluations for one row.</summary>
    [FromQuery(Name = "budget"), Description("Of shap, the most rows that the model answers for one reference row; 2048 when absent, or what the method needs.")]
    public long? Budget { get; init; }

    /// <summary>Decides every random choice.</summary>
    [FromQuery(Name = "seed"), Description("Decides every random choice; 1 when absent. The same seed gives the same bytes.")]
    public long? Seed { get; init; }

    /// <summary>The label that is shown.</summary>
    [FromQuery(Name = "class"), Description("Of SVG and HTML with per=label, the label that is shown; the first when absent.")]
    public string? Class { get; init; }

    /// <summary>The language of sentences and pictures.</summary>
    [FromQuery(Name = "lang"), OneOf(typeof(Languages), nameof(Languages.Tags))]
    [Description("The language of sentences and pictures; when absent by Accept-Language, else en.")]
    public string? Language { get; init; }

    /// <summary>What is to be measured.</summary>
    public ImportanceSettings Settings => new(Per == Label, Repeats ?? DefaultRepeats, Seed ?? 1, Budget);

    /// <summary>What can be said of the query by itself. Every problem is named at once.</summary>
    public Error? Check()
    {
        if (ImportanceMethods.Find(Method) is null) return GlobalErrors.MethodNotSupported(Method!, ImportanceMethods.Names);
        var problems = new QueryProblems();
        problems.OneOf("per", Per, PerNames);
        problems.OneOf("lang", Language, Languages.Tags);
        problems.Within("rows", Rows, 2, MostRows);
        problems.Within("repeats", Repeats, 1, MostRepeats);
        problems.Within("budget", Budget, 1, ExplanationRules.MaximumBudget);
        problems.Distinct("classes", Classes);
        return problems.Error;
    }
}
