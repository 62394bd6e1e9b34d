using Platform.Explainer.Anchors;
using Platform.Explainer.Counterfactuals;
using Platform.Explainer.Decisions;
using Platform.Hosting.Values;

namespace Platform.Explainer.Explanations;

/// <summary>What can be said by itself of a request that asks about a decision.</summary>
internal static class DecisionRules
{
    private const int MostNamed = 10_000;
    private const string NoScalar = "It is a text, a number, true or false.";
    private const string NotFinite = "Its ends are finite numbers; leave an end out where there is none.";

    /// <summary>Every problem with the field that it is of.</summary>
    public static IEnumerable<(string Field, string Problem)> Problems(ExplanationRequest request)
    {
        if (request.Counterfactual is not null && request.Method != DecisionMethods.Counterfactual)
            yield return ("counterfactual", "Only method 'counterfactual' takes it.");
        if (request.Anchors is not null && request.Method != DecisionMethods.Anchors)
            yield return ("anchors", "Only method 'anchors' takes it.");
        if (request.Classes is not null && request.Method is { } method && DecisionMethods.Names.Contains(method))
            yield return ("classes", $"Method '{method}' looks at all classes, as what is decided hangs on all of them; leave it out.");
        foreach (var problem in Problems(request.Counterfactual ?? new())) yield return problem;
        foreach (var problem in Problems(request.Anchors ?? new())) yield return problem;
    }

    private static IEnumerable<(string Field, string Problem)> Problems(CounterfactualOptions options)
    {
        if (options.Count is < 1 or > CounterfactualOptions.MaximumCount)
            yield return ("counterfactual.count", $"It is a number from 1 to {CounterfactualOptions.MaximumCount}.");
        if (options.Class is { } name && ScalarText.Of(name) is null)
            yield return ("counterfactual.class", NoScalar);
        if (ProblemOf(options.Range) is { } range)
            yield return ("counterfactual.range", range);
        foreach (var (field, names) in new[] { ("immutable", options.Immutable), ("increaseOnly", options.IncreaseOnly), ("decreaseOnly", options.DecreaseOnly) })
        {
            if (names is { Count: > MostNamed } || names?.Any(name => name is null) == true)
                yield return ($"counterfactual.{field}", $"It is an array of at most {MostNamed} names of features.");
        }

        foreach (var problem in RangeProblems(options.Ranges ?? [])) yield return ("counterfactual.ranges", problem);
    }

    private static IEnumerable<string> RangeProblems(IReadOnlyList<FeatureRange> ranges)
    {
        if (ranges.Count > MostNamed || ranges.Any(range => range?.Feature is null)) yield return $"It is an array of at most {MostNamed} ranges, each with the name of a feature.";
        else if (ranges.GroupBy(range => range.Feature).FirstOrDefault(same => same.Count() > 1) is { } twice) yield return $"Feature '{twice.Key}' is named twice.";
        else if (ranges.FirstOrDefault(range => range.From is null && range.To is null) is { } open) yield return $"The range of '{open.Feature}' has no end.";
        else if (ranges.Any(range => !double.IsFinite(range.From ?? 0) || !double.IsFinite(range.To ?? 0))) yield return NotFinite;
        else if (ranges.FirstOrDefault(range => range.From > range.To) is { } empty) yield return $"The range of '{empty.Feature}' has 'from' larger than 'to'.";
    }

    private static IEnumerable<(string Field, string Problem)> Problems(AnchorOptions options)
    {
        if (options.Precision is not (null or (> 0 and < 1)))
            yield return ("anchors.precision", "It is a number above 0 and below 1.");
        if (options.Confidence is not (null or (> 0 and < 1)))
            yield return ("anchors.confidence", "It is a number above 0 and below 1.");
        if (options.BeamWidth is < 1 or > AnchorOptions.MaximumBeamWidth)
            yield return ("anchors.beamWidth", $"It is a number from 1 to {AnchorOptions.MaximumBeamWidth}.");
        if (options.Class is { } name && ScalarText.Of(name) is null)
            yield return ("anchors.class", NoScalar);
        if (options is { Class: not null, Range: null })
            yield return ("anchors.range", "'class' names the number that is to lie in it; name a range too, or leave 'class' out: a rule is always for what the row is decided as.");
        if (ProblemOf(options.Range) is { } range)
            yield return ("anchors.range", range);
    }

    private static string? ProblemOf(NumberRange? range) => range switch
    {
        { IsFinite: false } => NotFinite,
        { IsEmpty: true } => "It has an end at least, and 'from' is no larger than 'to'.",
        _ => null,
    };
}
