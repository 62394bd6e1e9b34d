using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Monitor.Drift;
using Platform.Monitor.Requests;
using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Analyses;

/// <summary>Compares the samples of a request, feature by feature.</summary>
internal static class DriftAnalysis
{
    private const string Numerical = "numerical";
    private const string Categorical = "categorical";
    private const double DefaultAlpha = 0.05;
    private const double DefaultDriftShare = 0.5;

    public static Result<DriftAnswer> Run(DriftRequest request)
    {
        var errors = new FieldErrors();
        var settings = Settings(request, errors);
        var pairs = Pairs(request.Features, errors);
        if (!errors.Any)
            NeedSuitableTests(pairs, settings, errors);
        if (errors.Any)
            return errors.ToError();

        var verdicts = DriftJudge.Judge(pairs, settings);
        var features = verdicts.Select((verdict, at) => verdict with { Bins = FeatureBins.Of(pairs[at]) }).ToArray();
        var share = DriftJudge.DriftedShare(features);
        return new DriftAnswer(
            features, share, share is null ? null : share >= (request.DriftShare ?? DefaultDriftShare), MultipleTesting.Of(features, settings));
    }

    private static DriftSettings Settings(DriftRequest request, FieldErrors errors)
    {
        if (!(request.Alpha is null or (> 0 and < 1)))
            errors.Add("alpha", "Must lie between 0 and 1.");
        if (!(request.DriftShare is null or (> 0 and <= 1)))
            errors.Add("driftShare", "Must be above 0 and at most 1.");
        if (!(request.MinEffect is null or (>= 0 and <= 1)))
            errors.Add("minEffect", "Must lie between 0 and 1.");
        if (!Correction.All.Contains(request.Correction))
            errors.Add("correction", $"Must be one of {string.Join(", ", Correction.All)}.");
        if (request.Tests is { Count: 0 })
            errors.Add("tests", "Name at least one, or leave it out.");
        CheckTests(request.Tests ?? [], index => $"tests[{index}]", errors);
        CheckTests([.. request.Thresholds?.Keys ?? []], _ => "thresholds", errors);

        return new()
        {
            Tests = request.Tests?.OfType<string>().Distinct().ToArray(),
            Alpha = request.Alpha ?? DefaultAlpha,
            Correction = request.Correction,
            MinEffect = request.MinEffect ?? DriftSettings.DefaultMinEffect,
            Thresholds = request.Thresholds ?? new Dictionary<string, double>(),
        };
    }

    private static void CheckTests(IReadOnlyList<string?> ids, Func<int, string> field, FieldErrors errors)
    {
        for (var at = 0; at < ids.Count; at++)
        {
            if (ids[at] is not { } id || TestCatalogue.Find(id) is null)
                errors.Add(field(at), $"There is no test '{ids[at]}'. Known: {string.Join(", ", TestCatalogue.Ids)}.");
        }
    }

    private static List<NamedPair> Pairs(IReadOnlyList<DriftRequestFeature?>? features, FieldErrors errors)
    {
        var pairs = new List<NamedPair>();
        if (features is not { Count: > 0 })
            errors.Add("features", "At least one is needed.");

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < features?.Count; at++)
        {
            var field = $"features[{at}]";
            if (features[at] is not { } feature)
                errors.Add(field, "An object is needed.");
            else if (string.IsNullOrEmpty(feature.Name))
                errors.Add($"{field}.name", "Is needed.");
            else if (!names.Add(feature.Name))
                errors.Add($"{field}.name", $"'{feature.Name}' occurs twice.");
            else
                pairs.Add(Pair(feature.Name, feature, field, errors));
        }

        return pairs;
    }

    private static NamedPair Pair(string name, DriftRequestFeature feature, string field, FieldErrors errors)
    {
        var (reference, current) = (feature.Reference, feature.Current);
        var kind = feature.Kind ?? (SampleReader.IsNumerical(reference) && SampleReader.IsNumerical(current) ? Numerical : Categorical);
        if (kind is not (Numerical or Categorical))
            errors.Add($"{field}.kind", "Must be numerical or categorical.");

        return kind == Numerical
            ? new(name, new(SampleReader.Sample(reference, $"{field}.reference", errors), SampleReader.Sample(current, $"{field}.current", errors)))
            : new(name, Categories(reference, current, field, errors));
    }

    // Where both are texts, two spellings are two categories: 1.1 and 1.10 of a version, say. A number or a boolean has no spelling.
    private static FeaturePair Categories(JsonElement reference, JsonElement current, string field, FieldErrors errors)
    {
        var (one, other) = (SampleReader.Texts(reference, $"{field}.reference", errors), SampleReader.Texts(current, $"{field}.current", errors));
        if (!SampleReader.AreTexts(reference) || !SampleReader.AreTexts(current))
            Notation.Unify(one, other);
        return new(new CategoricalSample(one), new CategoricalSample(other));
    }

    private static void NeedSuitableTests(List<NamedPair> pairs, DriftSettings settings, FieldErrors errors)
    {
        for (var at = 0; at < pairs.Count; at++)
        {
            if (ChosenTests.For(pairs[at].Samples, settings).Tests.Count == 0)
            {
                errors.Add($"features[{at}]", $"None of the requested tests suits '{pairs[at].Name}': z and fisher_exact need a feature"
                    + " of two values, and only chi_square, g_test, psi, kl, js, hellinger and total_variation compare categories.");
            }
        }
    }
}
