using Platform.Hosting.Errors;

namespace Platform.Monitor.Alerts;

internal static class AlertErrors
{
    public static Error UnknownAlert(string id) =>
        new(StatusCodes.Status404NotFound, "monitor.alert_unknown", $"There is no alert '{id}'.");

    public static Error Resolved(string id) =>
        new(StatusCodes.Status409Conflict, "monitor.alert_resolved", $"Alert '{id}' is resolved; nothing more can be done with it.");

    public static Error UnknownRule(string id) =>
        new(StatusCodes.Status404NotFound, "monitor.rule_unknown", $"There is no rule '{id}'.");

    public static Error BuiltIn(string id) => new(
        StatusCodes.Status409Conflict, "monitor.rule_built_in",
        $"Rule '{id}' comes with the platform; set \"enabled\": false to be rid of it.");

    public static readonly Error TooManyRules =
        new(StatusCodes.Status409Conflict, "monitor.too_many_rules", "There are 1,000 rules already; delete one first.");
}
