using System.ComponentModel.DataAnnotations;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Alerts;

/// <summary>A rule as somebody sets it; what is left out is as in the default rules.</summary>
internal sealed record RuleRequest
{
    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The model that it watches; all of them when absent.</summary>
    public string? Model { get; init; }

    /// <summary>A signal of a window: drift.driftedFeatures, quality.worstShare, performance.accuracy and so on.</summary>
    [Required, OneOf(typeof(Signals), nameof(Signals.Known))]
    public string? Metric { get; init; }

    /// <summary>above or below.</summary>
    [OneOf(typeof(AlertRule), nameof(AlertRule.Operators))]
    public string Operator { get; init; } = AlertRule.Above;

    public double Threshold { get; init; }

    /// <summary>info, warning or critical.</summary>
    [OneOf(typeof(AlertRule), nameof(AlertRule.Severities))]
    public string Severity { get; init; } = "warning";

    /// <summary>So many breached windows raise an alert …</summary>
    public int Breached { get; init; } = 2;

    /// <summary>… among so many latest ones.</summary>
    public int Of { get; init; } = 3;

    /// <summary>So many clean windows in a row resolve it.</summary>
    public int ResolveAfter { get; init; } = 3;

    public bool Enabled { get; init; } = true;

    public AlertRule ToRule(string id) => new()
    {
        Id = id,
        Description = Description,
        Model = Model,
        Metric = Metric!,
        Operator = Operator,
        Threshold = Threshold,
        Severity = Severity,
        Breached = Breached,
        Of = Of,
        ResolveAfter = ResolveAfter,
        Enabled = Enabled,
        BuiltIn = DefaultRules.All.ContainsKey(id),
    };

    public void Check(FieldErrors errors)
    {
        if (Metric is null || !Signals.Known.Contains(Metric))
            errors.Add("metric", $"Must be one of {string.Join(", ", Signals.Known)}.");
        foreach (var (field, text) in new[] { ("description", Description), ("model", Model), ("metric", Metric) })
            errors.CheckText(field, text);
        if (!AlertRule.Operators.Contains(Operator))
            errors.Add("operator", $"Must be {string.Join(" or ", AlertRule.Operators)}.");
        if (!AlertRule.Severities.Contains(Severity))
            errors.Add("severity", $"Must be one of {string.Join(", ", AlertRule.Severities)}.");
        if (!double.IsFinite(Threshold))
            errors.Add("threshold", "Must be a finite number.");
        if (Of is < 1 or > Verdicts.Most)
            errors.Add("of", $"Must be 1 to {Verdicts.Most}.");
        if (Breached < 1 || Breached > Of)
            errors.Add("breached", "Must be at least 1 and at most of.");
        if (ResolveAfter is < 1 or > Verdicts.Most)
            errors.Add("resolveAfter", $"Must be 1 to {Verdicts.Most}.");
    }
}
