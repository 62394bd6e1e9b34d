using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Drift;

/// <summary>How testing several features at once was allowed for.</summary>
/// <param name="Method">none, bonferroni, holm or bh (Benjamini-Hochberg).</param>
/// <param name="Tests">The p-values that were adjusted together: those of the features' deciding tests.</param>
/// <param name="Alpha">What an adjusted p-value must stay below.</param>
/// <param name="Promise">What holds for all features together, in words; left out of shorter answers.</param>
internal sealed record MultipleTesting(
    [property: OneOf(typeof(Statistics.Samples.Correction), nameof(Statistics.Samples.Correction.All))] string Method, int Tests, double Alpha,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Promise)
{
    public static MultipleTesting Of(IReadOnlyList<FeatureDrift> features, DriftSettings settings)
    {
        var tests = features.Count(feature => feature.Tests is [{ PValue: not null }, ..]);
        return new(settings.Correction, tests, settings.Alpha, PromiseOf(settings.Correction, tests, settings.Alpha));
    }

    // Not (1 − alpha)^tests, which supposes that features are independent: this bound holds for any.
    private static string PromiseOf(string method, int tests, double alpha) => method switch
    {
        _ when tests == 0 => "no p-value decides, so there is nothing to adjust",
        Statistics.Samples.Correction.Bonferroni or Statistics.Samples.Correction.Holm => FormattableString.Invariant(
            $"without any drift a feature is called drifted with a probability of at most {alpha}"),
        Statistics.Samples.Correction.BenjaminiHochberg => FormattableString.Invariant(
            $"of the features that are called drifted, a share of at most {alpha} is expected not to have"),
        _ => FormattableString.Invariant(
            $"not adjusted: without any drift up to {tests * alpha:0.####} features are expected to be called drifted"),
    };
}
