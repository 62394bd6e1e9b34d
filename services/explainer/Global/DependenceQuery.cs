using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Platform.Explainer.Dependence;
using Platform.Explainer.Pictures;
using Platform.Explainer.Showing;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Global;

/// <summary>What is asked of <c>GET /v1/models/{m}/dependence</c>.</summary>
internal sealed record DependenceQuery
{
    /// <summary>The most features at once.</summary>
    public const int MostFeatures = 50;

    private const int MostRows = 2_000;
    private const int MostPoints = 100;
    private const string Individual = "ice";

    /// <summary>The features' names.</summary>
    [FromQuery(Name = "feature"), Description("A feature's name; several, one each, at most 50. With predictionId, when absent, all features that reference rows have values of and that are not hidden.")]
    public string[]? Features { get; init; }

    /// <summary>A name of <see cref="CurveMethods"/>.</summary>
    [FromQuery(Name = "kind"), OneOf(typeof(CurveMethods), nameof(CurveMethods.Names))]
    [Description("pdp (the default): the mean answer when all rows get the same value, with its standard error and the rows' spread. ice: single rows, what-if. ale: accumulated local effects, which are fair where features go together.")]
    public string? Kind { get; init; }

    /// <summary>A logged prediction.</summary>
    [FromQuery(Name = "predictionId"), Description("Of ice, a logged prediction of one row (or id:row), which is followed instead of reference rows.")]
    public string? PredictionId { get; init; }

    /// <summary>A version's number or alias.</summary>
    [FromQuery(Name = "version"), Description("A number or an alias; when absent the version that made the prediction, or the champion.")]
    public string? Version { get; init; }

    /// <summary>The output tensor.</summary>
    [FromQuery(Name = "output"), Description("The output tensor; when absent the one that the version's metadata name, or the first of floating point.")]
    public string? Output { get; init; }

    /// <summary>Positions in the output's last dimension.</summary>
    [FromQuery(Name = "classes"), Description("Positions in the output's last dimension, one each; all when absent.")]
    public int[]? Classes { get; init; }

    /// <summary>The most reference rows.</summary>
    [FromQuery(Name = "rows"), Description("At most so many reference rows, chosen by the seed, 1 to 2000; 200 when absent.")]
    public int? Rows { get; init; }

    /// <summary>The most values of a feature.</summary>
    [FromQuery(Name = "points"), Description("At most so many values of a feature, 2 to 100: its quantiles among the reference rows, or its most frequent categories; 20 when absent.")]
    public int? Points { get; init; }

    /// <summary>Decides which rows are taken.</summary>
    [FromQuery(Name = "seed"), Description("Decides which rows are taken; 1 when absent. The same seed gives the same bytes.")]
    public long? Seed { get; init; }

    /// <summary>A name of <see cref="CurvePicture"/>.</summary>
    [FromQuery(Name = "picture"), OneOf(typeof(CurvePicture), nameof(CurvePicture.Names))]
    [Description("Of SVG and HTML, the picture: dependence (the mean with its standard errors and the rows' spread) or ice (single rows). When absent the first of these that suits. The first feature is shown.")]
    public string? Picture { get; init; }

    /// <summary>The number that is shown.</summary>
    [FromQuery(Name = "class"), Description("Of SVG and HTML, the class (or output) that is shown, by its name in outputNames or its place there; the one that moves most when absent.")]
    public string? Class { get; init; }

    /// <summary>The language of sentences and pictures.</summary>
    [FromQuery(Name = "lang"), OneOf(typeof(Languages), nameof(Languages.Tags))]
    [Description("The language of sentences and pictures; when absent by Accept-Language, else en.")]
    public string? Language { get; init; }

    /// <summary>What can be said of the query by itself. Every problem is named at once.</summary>
    public Error? Check()
    {
        if (CurveMethods.Find(Kind) is null) return GlobalErrors.MethodNotSupported(Kind!, CurveMethods.Names);
        if (Picture is not null && !CurvePicture.Names.Contains(Picture)) return ShowingErrors.PictureUnknown(Picture, CurvePicture.Names);
        var problems = new QueryProblems();
        problems.OneOf("lang", Language, Languages.Tags);
        problems.Within("rows", Rows, 1, MostRows);
        problems.Within("points", Points, 2, MostPoints);
        problems.Distinct("classes", Classes);
        problems.Require(Features is { Length: > 0 } || PredictionId is not null, "feature", "Name a feature.");
        problems.Require(Features is not { Length: > MostFeatures }, "feature", $"At most {MostFeatures} at once.");
        problems.Require(PredictionId is null || Kind == Individual, "predictionId", $"A single prediction is followed by kind '{Individual}'.");
        return problems.Error;
    }
}
