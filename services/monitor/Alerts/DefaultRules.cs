namespace Platform.Monitor.Alerts;

/// <summary>The rules that hold without configuration.</summary>
internal static class DefaultRules
{
    public static readonly IReadOnlyDictionary<string, AlertRule> All = new AlertRule[]
    {
        new() { Id = "data-drift", Metric = Signals.DriftedFeatures, Description = "Inputs differ from the reference." },
        new() { Id = "prediction-drift", Metric = Signals.DriftedPrediction, Description = "Answers differ from those on the reference." },
        new()
        {
            Id = "data-quality", Metric = Signals.WorstQuality, Threshold = 0.1,
            Description = "Of some input, more than a tenth is missing, out of range or of an unseen category.",
        },
        new()
        {
            Id = "error-rate", Metric = Signals.ErrorRate, Threshold = 0.05, Severity = "critical",
            Description = "The model fails on more than a twentieth of its requests.",
        },
        new()
        {
            Id = "performance", Metric = Signals.Degraded, Severity = "critical",
            Description = "Labels show that the model has become worse than it was.",
        },
        new()
        {
            Id = "fairness", Metric = Signals.Unfair,
            Description = "A group gets less than four fifths of the rate of favourable decisions of the one that it is compared with, by more than chance.",
        },
    }.ToDictionary(rule => rule.Id, rule => rule with { BuiltIn = true }, StringComparer.Ordinal);
}
