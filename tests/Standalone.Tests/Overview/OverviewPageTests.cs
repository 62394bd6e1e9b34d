using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;
using Platform.Standalone.Overview;

namespace Platform.Standalone.Tests.Overview;

public sealed class OverviewPageTests
{
    private static readonly Readiness Ready = new(true, new Dictionary<string, string>());

    [Fact]
    public void It_shows_models_versions_aliases_and_alerts()
    {
        var html = Render(
            [new ModelOverview("credit", "Risk", [new ModelVersionDescription { Model = "credit", Version = "2", Aliases = ["champion"] }])],
            [new AlertOverview("credit", "2", "raised", "warning", "12 features drifted", DateTimeOffset.UnixEpoch)]);
        Assert.Contains("<h3>credit</h3>", html, StringComparison.Ordinal);
        Assert.Contains("champion", html, StringComparison.Ordinal);
        Assert.Contains("12 features drifted", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/v1/models/credit/monitoring\"", html, StringComparison.Ordinal);
        Assert.Contains("Every service is ready", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_users_wrote_is_text_and_never_markup()
    {
        var html = Render([new ModelOverview("m", "<script>alert(1)</script>", [])], []);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_loads_nothing_from_elsewhere()
    {
        var html = Render([], []);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_what_is_not_ready_and_what_could_not_be_read()
    {
        var html = OverviewPage.Render(new PlatformOverview(
            new Readiness(false, new Dictionary<string, string> { ["monitor"] = "reading the log" }), [], [], ["alerts: no answer"]));
        Assert.Contains("Waiting for monitor: reading the log", html, StringComparison.Ordinal);
        Assert.Contains("Not available: alerts: no answer", html, StringComparison.Ordinal);
    }

    private static string Render(IReadOnlyList<ModelOverview> models, IReadOnlyList<AlertOverview> alerts) =>
        OverviewPage.Render(new PlatformOverview(Ready, models, alerts, []));
}
