using Microsoft.Extensions.Options;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Alerts;

/// <summary>What happens to alerts by the mere passing of time.</summary>
internal sealed class AlertCare(AlertEvaluator evaluator, IOptions<AlertOptions> options, TimeProvider time)
{
    /// <summary>Ends silences whose time is over.</summary>
    public void EndSilences(Ledger ledger)
    {
        var now = time.GetUtcNow();
        foreach (var alert in ledger.Alerts.Open.Where(alert => alert.SilencedUntil <= now).ToArray())
            ledger.Alerts.Set(alert.To(AlertState.Active, AlertEvaluator.Self, now, "the silence is over"));
    }

    /// <summary>Resolves the alerts of versions that serve no more: no window of theirs will ever do it.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="serving">What serves.</param>
    /// <param name="lastSeen">When a version's last prediction came in; null where none has.</param>
    public void Retire(Ledger ledger, IReadOnlySet<VersionKey> serving, Func<VersionKey, DateTimeOffset?> lastSeen)
    {
        var quietSince = time.GetUtcNow() - options.Value.RetireAfter;
        foreach (var alert in ledger.Alerts.Open.Where(alert => !serving.Contains(alert.VersionKey())).ToArray())
        {
            if (lastSeen(alert.VersionKey()) is not { } seen || seen < quietSince)
            {
                evaluator.Resolve(
                    ledger, alert, AlertEvaluator.Self, $"{alert.VersionKey()} serves no more.", "the version serves no more");
            }
        }
    }
}
