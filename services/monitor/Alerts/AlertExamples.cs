namespace Platform.Monitor.Alerts;

/// <summary>Examples of alerts and rules, for the API's description.</summary>
internal static class AlertExamples
{
    public const string Id = "0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e11";

    public const string Alert = $$"""
        {"id":"{{Id}}","ruleId":"data-drift","model":"credit","version":"1","state":"active","severity":"warning",
         "summary":"credit/1: drift.driftedFeatures is 12 (credit_amount, age, duration), above 0 in 2 of the last 3 windows.",
         "metric":"drift.driftedFeatures","value":12,"threshold":0,"raisedAt":"2026-01-15T09:30:00Z","updatedAt":"2026-01-15T09:30:00Z",
         "resolvedAt":null,"silencedUntil":null,"window":7,"breaches":2,
         "history":[{"state":"active","by":"monitor","at":"2026-01-15T09:30:00Z","note":null}]}
        """;

    public const string Alerts = $$"""{"items":[{{Alert}}],"next":null}""";

    public const string Note = """{"note":"expected: the campaign for students began today"}""";

    public const string Silence = """{"until":"2026-01-16T09:00:00Z","note":"expected until tomorrow"}""";

    public const string RuleRequest = """
        {"model":"credit","metric":"performance.accuracy","operator":"below","threshold":0.7,"severity":"critical","breached":2,"of":3,"action":"rollback","protectionMinutes":60}
        """;

    public const string Rule = """
        {"id":"accuracy","description":null,"model":"credit","metric":"performance.accuracy","operator":"below","threshold":0.7,
         "severity":"critical","breached":2,"of":3,"resolveAfter":3,"action":"rollback","protectionMinutes":60,"enabled":true,"builtIn":false}
        """;

    public const string Rules = $$"""{"items":[{{Rule}}],"next":null}""";
}
