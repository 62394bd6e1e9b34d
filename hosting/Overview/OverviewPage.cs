using System.Text.Encodings.Web;
using Platform.Contracts.Registry;
using Platform.Hosting.Management;

namespace Platform.Hosting.Overview;

/// <summary>The page as HTML: no scripts, nothing from elsewhere; it reloads itself.</summary>
internal static class OverviewPage
{
    private const int ReloadSeconds = 10;
    /// <summary>The query by which a browser gets to ask for a key.</summary>
    public const string SignIn = "sign-in";

    private const string Invitation =
        $"""<p class="none"><a href="/?{SignIn}">Sign in</a> with a key as the password, and any name, to see models and alerts.</p>""";

    private const string Management = "<a href=\"/metrics\">Metrics</a><a href=\"/health/ready?pretty\">Health</a>";
    private const string Champion = "champion";

    private static readonly string Style = ReadStyle();

    public static string Render(PlatformOverview overview) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="refresh" content="{ReloadSeconds}">
        <link rel="icon" href="data:,">
        <title>Platform</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <header>
        <h1>Platform</h1>
        {Health(overview.Health)}
        <nav><a href="/openapi/v1.json">API</a>{(overview.HasManagement ? Management : "")}<a href="/v1/events?pretty">Events</a></nav>
        </header>
        <main>
        {(overview.IsForStrangers ? Invitation : Content(overview))}
        </main>
        </body>
        </html>
        """;

    private static string Content(PlatformOverview overview) => $"""
        {string.Concat(overview.Unavailable.Select(part => $"<p class=\"bad\">Not available: {Text(part)}</p>"))}
        <section>
        <h2>Models</h2>
        {Models(overview.Models)}
        </section>
        <section>
        <h2>Alerts</h2>
        {Alerts(overview.Alerts)}
        </section>
        {Replicas(overview.Replicas)}
        """;

    private static string Health(Readiness health) => health.Ready
        ? """<p class="state good">Every service is ready</p>"""
        : $"""<p class="state bad">Waiting for {Text(string.Join("; ", health.WaitingFor.Select(part => $"{part.Key}: {part.Value}")))}</p>""";

    private static string Models(IReadOnlyList<ModelOverview> models) => models.Count == 0
        ? """<p class="none">None yet. Register one with <code>POST /v1/models</code>.</p>"""
        : $"""<div class="models">{string.Concat(models.Select(Model))}</div>""";

    private static string Model(ModelOverview model) => $"""
        <article>
        <h3>{Text(model.Name)}</h3>
        <p>{Text(model.Description ?? ShownVersion(model)?.Metadata.Description)}</p>
        <table>
        <thead><tr><th>Version</th><th>Serves as</th><th>Trained accuracy</th><th>Created</th></tr></thead>
        <tbody>{string.Concat(model.Versions.Reverse().Select(Version))}</tbody>
        </table>
        {WatchFigures.Render(model.Windows)}
        <nav>{ModelLinks(Uri.EscapeDataString(model.Name))}</nav>
        </article>
        """;

    /// <summary>The version that serves, the champion before others; the newest where none does.</summary>
    private static ModelVersionDescription? ShownVersion(ModelOverview model) =>
        model.Versions.FirstOrDefault(version => version.Aliases.Contains(Champion))
        ?? model.Versions.LastOrDefault(version => version.Aliases.Count > 0)
        ?? (model.Versions is [.., var newest] ? newest : null);

    private static string Version(ModelVersionDescription version) =>
        $"<tr><td>{Text(version.Version)}</td><td>{string.Concat(version.Aliases.Select(alias => $"<b class=\"alias\">{Text(alias)}</b>"))}</td>" +
        $"<td>{Accuracy(version)}</td><td>{Moment(version.CreatedAt)}</td></tr>";

    private static string Accuracy(ModelVersionDescription version) =>
        version.Metadata.Metrics?.TryGetValue("accuracy", out var accuracy) is true ? accuracy.ToString("0.000") : "";

    private static string ModelLinks(string name) => string.Concat(
        Link($"/v1/models/{name}?pretty", "API"),
        Link($"/v2/models/{name}?pretty", "Signature"),
        Link($"/v1/models/{name}/monitoring?detail=summary&amp;pretty", "Monitoring"),
        Link($"/v1/models/{name}/history?pretty", "History"));

    private static string Alerts(IReadOnlyList<AlertOverview> alerts) => alerts.Count == 0
        ? """<p class="none">None.</p>"""
        : $"""
        <table>
        <thead><tr><th>State</th><th>Severity</th><th>Model</th><th>What</th><th>Raised</th></tr></thead>
        <tbody>{string.Concat(alerts.Select(Alert))}</tbody>
        </table>
        """;

    private static string Alert(AlertOverview alert) =>
        $"<tr><td><b class=\"{(alert.State == "resolved" ? "good" : "bad")}\">{Text(alert.State)}</b></td><td>{Text(alert.Severity)}</td>" +
        $"<td>{Text(alert.Model)} {Text(alert.Version)}</td><td>{Text(alert.Summary)}</td><td>{Moment(alert.RaisedAt)}</td></tr>";

    private static string Replicas(IReadOnlyList<ReplicaOverview> replicas) => replicas.Count == 0 ? "" : $"""
        <section>
        <h2>Replicas</h2>
        <table>
        <thead><tr><th>Service</th><th>Address</th><th>State</th></tr></thead>
        <tbody>{string.Concat(replicas.Select(Replica))}</tbody>
        </table>
        </section>
        """;

    private static string Replica(ReplicaOverview replica) =>
        $"<tr><td>{Text(replica.Service)}</td><td>{Text(replica.Address)}</td><td>{State(replica.Ready)}</td></tr>";

    private static string State(bool? ready) => ready switch
    {
        true => """<b class="good">ready</b>""",
        false => """<b class="bad">not ready</b>""",
        null => """<span class="none">not asked yet</span>""",
    };

    private static string Moment(DateTimeOffset? moment) => moment is { } at
        ? $"<time datetime=\"{at.UtcDateTime:O}\">{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</time>"
        : "";

    private static string Link(string to, string text) => $"<a href=\"{to}\">{text}</a>";

    private static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private static string ReadStyle()
    {
        using var resource = typeof(OverviewPage).Assembly.GetManifestResourceStream(typeof(OverviewPage), "overview.css")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
