using System.ComponentModel.DataAnnotations;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Alerts;

/// <summary>A rule as somebody sets it; what is left out is as in the default rules.</summary>
internal sealed record RuleRequest
{
    private const int DefaultBreached = 2;
    private const int DefaultOf = 3;
    private const int DefaultResolveAfter = 3;
    private const double MostProtectionMinutes = 10_080;

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

    /// <summary>Where the metric's breach begins; 0 when absent.</summary>
    public double? Threshold { get; init; }

    /// <summary>info, warning or critical.</summary>
    [OneOf(typeof(AlertRule), nameof(AlertRule.Severities))]
    public string Severity { get; init; } = "warning";

    /// <summary>So many breached windows raise an alert, 2 when absent …</summary>
    public int? Breached { get; init; }

    /// <summary>… among so many latest ones, 3 when absent.</summary>
    public int? Of { get; init; }

    /// <summary>So many clean windows in a row resolve it; 3 when absent.</summary>
    public int? ResolveAfter { get; init; }

    /// <summary>rollback to give an alias back the version that it had before, where the version was promoted a short time ago; nothing when absent.</summary>
    [AllowedValues(AlertRule.Rollback, null)]
    public string? Action { get; init; }

    /// <summary>Of a rollback: for how many minutes after its promotion, 1 to 10080; 60 when absent.</summary>
    public double? ProtectionMinutes { get; init; }

    /// <summary>True when absent.</summary>
    public bool? Enabled { get; init; }

    public AlertRule ToRule(string id) => new()
    {
        Id = id,
        Description = Description,
        Model = Model,
        Metric = Metric!,
        Operator = Operator,
        Threshold = Threshold ?? 0,
        Severity = Severity,
        Breached = Breached ?? DefaultBreached,
        Of = Of ?? DefaultOf,
        ResolveAfter = ResolveAfter ?? DefaultResolveAfter,
        Action = Action,
        ProtectionMinutes = Action is null ? null : ProtectionMinutes ?? AlertRule.DefaultProtectionMinutes,
        Enabled = Enabled ?? true,
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
        if (!double.IsFinite(Threshold ?? 0))
            errors.Add("threshold", "Must be a finite number.");
        if (Of is < 1 or > Verdicts.Most)
            errors.Add("of", $"Must be 1 to {Verdicts.Most}.");
        if (Breached < 1 || (Breached ?? DefaultBreached) > (Of ?? DefaultOf))
            errors.Add("breached", "Must be at least 1 and at most of.");
        if (ResolveAfter is < 1 or > Verdicts.Most)
            errors.Add("resolveAfter", $"Must be 1 to {Verdicts.Most}.");
        CheckAction(errors);
    }

    private void CheckAction(FieldErrors errors)
    {
        if (Action is not (null or AlertRule.Rollback))
            errors.Add("action", $"Must be {AlertRule.Rollback}, or left out.");
        if (ProtectionMinutes is not null && (Action is null || ProtectionMinutes is not (>= 1 and <= MostProtectionMinutes)))
            errors.Add("protectionMinutes", $"Must be 1 to {MostProtectionMinutes}, of the action {AlertRule.Rollback}.");
    }
}
