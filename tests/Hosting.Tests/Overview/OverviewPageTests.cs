using Platform.Contracts.Registry;
using Platform.Hosting.Management;
using Platform.Hosting.Overview;

namespace Platform.Hosting.Tests.Overview;

public sealed class OverviewPageTests
{
    private static readonly Readiness Ready = new(true, new Dictionary<string, string>());

    [Fact]
    public void It_shows_models_versions_aliases_and_alerts()
    {
        var html = Render(
            [new ModelOverview("credit", "Risk", [new ModelVersionDescription { Model = "credit", Version = "2", Aliases = ["champion"] }],
                [new WindowOverview(DateTimeOffset.UnixEpoch, 150, 0.25, true, 0.713, 0.54)])],
            [new AlertOverview("credit", "2", "raised", "warning", "12 features drifted", DateTimeOffset.UnixEpoch)]);
        Assert.Contains("<h3>credit</h3>", html, StringComparison.Ordinal);
        Assert.Contains("champion", html, StringComparison.Ordinal);
        Assert.Contains("12 features drifted", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/v1/models/credit/monitoring?detail=summary&amp;pretty\"", html, StringComparison.Ordinal);
        Assert.Contains("Every service is ready", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_latest_window_is_told_in_figures_and_drift_in_a_bar_for_each()
    {
        WindowOverview[] windows = [new(DateTimeOffset.UnixEpoch, 80, 0, false, null, 0.3), new(DateTimeOffset.UnixEpoch, 150, 0.5, true, 0.713, 0.54)];
        var html = Render([new ModelOverview("credit", null, [], windows)], []);
        Assert.Contains("<dd>150</dd>", html, StringComparison.Ordinal);
        Assert.Contains("<dd>0.54 ms</dd>", html, StringComparison.Ordinal);
        Assert.Contains("<dd>0.713</dd>", html, StringComparison.Ordinal);
        Assert.Contains("""<rect class="bad" x="8" y="18" width="6" height="18">""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_of_which_drift_is_not_known_is_neither_good_nor_bad()
    {
        var html = Render([new ModelOverview("credit", null, [], [new(DateTimeOffset.UnixEpoch, 80, null, null, null, null)])], []);
        Assert.Contains("<rect class=\"none\"", html, StringComparison.Ordinal);
        Assert.Contains("UTC: not known</title>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_describes_the_version_that_serves_and_says_of_what_its_figures_are()
    {
        ModelVersionDescription Version(string number, params string[] aliases) =>
            new() { Model = "credit", Version = number, Aliases = aliases, Metadata = new VersionMetadata { Description = $"This is version {number}." } };
        var served = Render([new ModelOverview("credit", null, [Version("1"), Version("2", "champion"), Version("3")],
            [new WindowOverview(DateTimeOffset.UnixEpoch, 175, 0, false, null, null)])], []);
        Assert.Contains("This is version 2.", served, StringComparison.Ordinal);
        Assert.DoesNotContain("This is version 3.", served, StringComparison.Ordinal);
        Assert.Contains("<dt>Predictions in the latest window</dt><dd>175</dd>", served, StringComparison.Ordinal);
        Assert.Contains("This is version 3.", Render([new ModelOverview("credit", null, [Version("1"), Version("3")], [])], []), StringComparison.Ordinal);
    }

    [Fact]
    public void What_users_wrote_is_text_and_never_markup()
    {
        var html = Render([new ModelOverview("m", "<script>alert(1)</script>", [], [])], []);
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
            new Readiness(false, new Dictionary<string, string> { ["monitor"] = "reading the log" }), [], [], [], ["alerts: no answer"]));
        Assert.Contains("Waiting for monitor: reading the log", html, StringComparison.Ordinal);
        Assert.Contains("Not available: alerts: no answer", html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_the_replicas_and_their_state_where_there_are_any()
    {
        var html = Render([], [], new("registry", "http://127.0.0.1:1/", true), new("monitor", "http://127.0.0.1:2/", false), new("explainer", "http://127.0.0.1:3/", null));
        Assert.Contains("""<td>registry</td><td>http://127.0.0.1:1/</td><td><b class="good">ready</b></td>""", html, StringComparison.Ordinal);
        Assert.Contains("""<td>http://127.0.0.1:2/</td><td><b class="bad">not ready</b></td>""", html, StringComparison.Ordinal);
        Assert.Contains("not asked yet", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Replicas", Render([], []), StringComparison.Ordinal);
    }

    private static string Render(IReadOnlyList<ModelOverview> models, IReadOnlyList<AlertOverview> alerts, params IReadOnlyList<ReplicaOverview> replicas) =>
        OverviewPage.Render(new PlatformOverview(Ready, models, alerts, replicas, []));
}
