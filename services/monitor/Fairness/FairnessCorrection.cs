using Platform.Hosting.OpenApi;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Fairness;

/// <summary>How comparing several groups was allowed for.</summary>
/// <param name="Method">holm or bh (Benjamini-Hochberg).</param>
/// <param name="Tests">The p-values that were adjusted together.</param>
/// <param name="Alpha">What an adjusted p-value must stay below.</param>
internal sealed record FairnessCorrection(
    [property: OneOf(typeof(FairnessPlan), nameof(FairnessPlan.Corrections))] string Method, int Tests, double Alpha);
