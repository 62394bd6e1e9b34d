namespace Platform.WebConsole.Tests;

/// <summary>Every page of the console, by a name for its picture.</summary>
public static class Pages
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["overview"] = "",
        ["model"] = "#/models/credit",
        ["try-it"] = "#/models/credit/try",
        ["try-it-image"] = "#/models/fashion/try",
        ["try-it-text"] = "#/models/spam/try",
        ["monitoring"] = "#/models/credit/monitoring",
        ["monitoring-image"] = "#/models/fashion/monitoring",
        ["history"] = "#/models/credit/history",
        ["alerts"] = "#/alerts?state=all",
        ["rules"] = "#/rules",
        ["deployments"] = "#/deployments",
        ["predictions"] = "#/predictions",
        ["review"] = "#/review",
        ["jobs"] = "#/jobs",
        ["events"] = "#/events",
        ["keys"] = "#/keys",
        ["sign-in"] = "#/sign-in",
        ["not-found"] = "#/nowhere",
    };

    public static TheoryData<string> Names => [.. Known.Keys];

    public static IEnumerable<KeyValuePair<string, string>> All => Known;

    public static string AddressOf(string name) => Known[name];
}
