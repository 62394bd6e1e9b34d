using Microsoft.Extensions.Options;
using Platform.Contracts.Monitor;
using Platform.Monitor.Alerts;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Tests.Alerts;

public sealed class HysteresisTests : IDisposable
{
    private static readonly VersionKey Version = new("credit", "1");

    private readonly ManualTime _time = new();
    private readonly MonitorMetrics _metrics = new(TimeProvider.System, new(new(), () => true, []));
    private readonly Ledger _ledger = MonitorService.EmptyLedger(new(), new(), new(), new());
    private readonly AlertEvaluator _evaluator;
    private long _window;

    public HysteresisTests()
    {
        _evaluator = new(_time, _metrics);
        _ledger.Rules.Set(new() { Id = "slow", Metric = Signals.TailLatency, Threshold = 100, Breached = 2, Of = 3, ResolveAfter = 3 });
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void Enough_breached_windows_among_the_latest_raise_one_alert()
    {
        Windows(200);
        Assert.Null(Alert);

        Windows(50, 200);
        Assert.Equal(AlertState.Active, Alert!.State);
        var raised = Assert.IsType<AlertRaised>(Assert.Single(Events()));
        Assert.Equal(Alert.Id, raised.AlertId);
        Assert.Equal("credit/1: system.p99Ms is 200, above 100 in 2 of the last 3 windows.", raised.Summary);

        Windows(300, 400);
        Assert.Empty(Events());
        Assert.Equal(4, Alert.Breaches);
        Assert.Equal(400, Alert.Value);
    }

    [Fact]
    public void A_signal_that_hovers_about_its_threshold_raises_nothing()
    {
        Windows(200, 50, 50, 200, 50, 50, 200);

        Assert.Null(Alert);
    }

    [Fact]
    public void Only_clean_windows_in_a_row_resolve()
    {
        Windows(200, 200);
        Windows(50, 50, 200, 50, 50);
        Assert.NotNull(Alert);

        Windows(50);
        Assert.Null(Alert);
        Assert.Equal(["AlertRaised", "AlertResolved"], Events().Select(message => message.GetType().Name));
    }

    [Fact]
    public void After_an_alert_is_over_it_takes_as_many_breaches_to_raise_the_next()
    {
        Windows(200, 200, 50, 50, 50);
        Windows(200);
        Assert.Null(Alert);

        Windows(200);
        Assert.NotNull(Alert);
    }

    [Fact]
    public void A_verdict_that_labels_change_later_counts_for_its_own_window()
    {
        Judge(1, 200);
        Judge(1, 200);
        Assert.Null(Alert);

        Judge(2, 50);
        Judge(3, 50);
        Judge(2, 200);
        Assert.NotNull(Alert);
    }

    [Fact]
    public void Settled_by_a_person_an_alert_does_not_come_back_with_the_next_breach()
    {
        Windows(200, 200);
        _evaluator.Resolve(_ledger, Alert!, "anna", "settled", "known");

        Windows(200);
        Assert.Null(Alert);

        Windows(200);
        Assert.NotNull(Alert);
    }

    [Fact]
    public void Acknowledged_and_silenced_alerts_are_resolved_by_clean_windows_too()
    {
        Windows(200, 200);
        _ledger.Alerts.Set(Alert!.To(AlertState.Acknowledged, "anna", _time.GetUtcNow()));
        Windows(200);
        Assert.Equal(AlertState.Acknowledged, Alert!.State);

        Windows(50, 50, 50);
        Assert.Null(Alert);
    }

    [Fact]
    public void A_silence_ends_at_its_time()
    {
        var care = new AlertCare(_evaluator, Options.Create(new AlertOptions()), _time);
        Windows(200, 200);
        _ledger.Alerts.Set(Alert!.To(AlertState.Silenced, "anna", _time.GetUtcNow()) with { SilencedUntil = _time.GetUtcNow().AddHours(1) });

        _time.Advance(TimeSpan.FromMinutes(59));
        care.EndSilences(_ledger);
        Assert.Equal(AlertState.Silenced, Alert!.State);

        _time.Advance(TimeSpan.FromMinutes(1));
        care.EndSilences(_ledger);
        Assert.Equal(AlertState.Active, Alert!.State);
    }

    [Fact]
    public void The_alerts_of_a_version_that_serves_no_more_are_resolved_once_its_traffic_has_ended()
    {
        var care = new AlertCare(_evaluator, Options.Create(new AlertOptions { RetireAfter = TimeSpan.FromMinutes(10) }), _time);
        Windows(200, 200);
        var lastSeen = _time.GetUtcNow();

        care.Retire(_ledger, new HashSet<VersionKey>(), _ => lastSeen);
        Assert.NotNull(Alert);

        _time.Advance(TimeSpan.FromMinutes(11));
        care.Retire(_ledger, new HashSet<VersionKey> { Version }, _ => lastSeen);
        Assert.NotNull(Alert);

        care.Retire(_ledger, new HashSet<VersionKey>(), _ => lastSeen);
        Assert.Null(Alert);
    }

    private Alert? Alert => _ledger.Alerts.Find("slow", Version);

    private void Windows(params double[] values)
    {
        foreach (var value in values)
            Judge(++_window, value);
    }

    private void Judge(long window, double value) =>
        _evaluator.Evaluate(_ledger, Version, window, new Dictionary<string, double> { [Signals.TailLatency] = value }, _ => null);

    private object[] Events() => [.. _ledger.TakeChanges().Messages.Select(message => message.Message)];
}
