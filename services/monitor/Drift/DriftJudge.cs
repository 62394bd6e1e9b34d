using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Drift;

/// <summary>
/// Puts features through their tests and says which have drifted. The p-values at the same place of every feature's list,
/// so first of all those of the deciding tests, are one family for the correction.
/// </summary>
internal static class DriftJudge
{
    /// <summary>
    /// The verdicts, feature for feature. Every feature must have a suitable test. A feature without values in one of the
    /// samples has undefined statistics, and whether it has drifted is undefined too.
    /// </summary>
    public static IReadOnlyList<FeatureDrift> Judge(IReadOnlyList<NamedPair> features, DriftSettings settings)
    {
        var chosen = features.Select(feature => ChosenTests.For(feature.Samples, settings)).ToArray();
        var outcomes = features.Select((feature, at) => Run(feature.Samples, chosen[at])).ToArray();
        var adjusted = Adjust(outcomes, settings.Correction);
        return [.. features.Select((feature, at) => Describe(feature, chosen[at], outcomes[at], adjusted[at], settings))];
    }

    /// <summary>The share that have drifted of the features that can be judged; null without one.</summary>
    public static double? DriftedShare(IReadOnlyCollection<FeatureDrift> features)
    {
        var judged = features.Count(feature => feature.Drifted is not null);
        return judged == 0 ? null : features.Count(feature => feature.Drifted == true) / (double)judged;
    }

    private static TestOutcome[] Run(FeaturePair pair, ChosenTests chosen) =>
        [.. chosen.Tests.Select(test => pair.IsComparable ? test.Run(pair) : TestOutcome.Undefined)];

    private static double[][] Adjust(TestOutcome[][] outcomes, string correction)
    {
        var adjusted = Array.ConvertAll(outcomes, feature => new double[feature.Length]);
        for (var place = 0; place < outcomes.Max(feature => (int?)feature.Length); place++)
        {
            var family = Array.ConvertAll(outcomes, feature => place < feature.Length ? feature[place].PValue : double.NaN);
            var values = Correction.Adjust(correction, family);
            for (var feature = 0; feature < outcomes.Length; feature++)
            {
                if (place < outcomes[feature].Length)
                    adjusted[feature][place] = values[feature];
            }
        }

        return adjusted;
    }

    private static FeatureDrift Describe(
        NamedPair feature, ChosenTests chosen, TestOutcome[] outcomes, double[] adjusted, DriftSettings settings)
    {
        var verdicts = new TestVerdict[outcomes.Length];
        for (var at = 0; at < verdicts.Length; at++)
        {
            var verdict = Verdict(chosen.Tests[at], feature.Samples, outcomes[at], adjusted[at], settings);
            verdicts[at] = verdict with { Drifted = Decide(verdict, at == 0 ? null : verdicts[0].Drifted, settings) };
        }

        return new()
        {
            Name = feature.Name,
            Kind = feature.Samples.Kind == FeatureKind.Numerical ? "numerical" : "categorical",
            Drifted = verdicts[0].Drifted,
            Deciding = verdicts[0].Test,
            Rule = chosen.Rule,
            Tests = verdicts,
        };
    }

    private static TestVerdict Verdict(ITwoSampleTest test, FeaturePair pair, TestOutcome outcome, double adjusted, DriftSettings settings)
    {
        var distance = pair.IsComparable ? test.ThresholdFor(pair) : null;
        var threshold = settings.Thresholds.TryGetValue(test.Id, out var own) ? own : distance ?? settings.Alpha;
        return new()
        {
            Test = test.Id,
            Statistic = Finite.OrNull(outcome.Statistic),
            PValue = Finite.OrNull(outcome.PValue),
            AdjustedPValue = Finite.OrNull(adjusted),
            EffectSize = Finite.OrNull(outcome.EffectSize),
            Threshold = Finite.OrNull(threshold),
            MinEffect = settings.Tests is null && !double.IsNaN(outcome.PValue) ? settings.MinEffect : null,
            ByChance = distance is null ? null : Finite.OrNull(test.ByChance(pair)),
        };
    }

    /// <summary>What the numbers of a test mean, beside what the deciding test has said; null where they are undefined.</summary>
    private static bool? Decide(TestVerdict verdict, bool? deciding, DriftSettings settings)
    {
        if (verdict.AdjustedPValue is { } pValue)
            return pValue < verdict.Threshold && !(verdict.EffectSize is { } effect && Math.Abs(effect) < verdict.MinEffect);
        if (verdict is not { Statistic: { } distance, Threshold: { } threshold, ByChance: not null })
            return null;
        return settings.Tests is null ? deciding is null ? null : deciding.Value && distance >= threshold : distance >= threshold;
    }
}
