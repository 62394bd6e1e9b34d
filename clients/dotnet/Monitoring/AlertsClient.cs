using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Client.Transport;

namespace Platform.Client.Monitoring;

/// <summary>What people do about alerts, and the rules that raise them.</summary>
public sealed class AlertsClient
{
    private readonly HttpTransport _transport;

    internal AlertsClient(HttpTransport transport) => _transport = transport;

    /// <summary>Alerts, the latest first; by state (active, acknowledged, silenced, resolved), all when absent.</summary>
    public IAsyncEnumerable<Alert> ListAsync(string? state = null, CancellationToken cancellationToken = default) =>
        _transport.ListAsync("alerts", $"/v1/alerts{Paths.Query(("state", state))}", ClientJson.Default.PageAlert, cancellationToken: cancellationToken);

    /// <summary>An alert.</summary>
    public Task<Alert> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(ApiRequest.Get("alert", PathOf(id)), ClientJson.Default.Alert, cancellationToken);

    /// <summary>Says that somebody sees to it.</summary>
    public Task<Alert> AcknowledgeAsync(string id, string? note = null, CancellationToken cancellationToken = default) => MoveAsync(id, "acknowledge", note, null, cancellationToken);

    /// <summary>Wants to hear no more of it until a time, or until it is over.</summary>
    public Task<Alert> SilenceAsync(string id, DateTimeOffset? until = null, string? note = null, CancellationToken cancellationToken = default) =>
        MoveAsync(id, "silence", note, until, cancellationToken);

    /// <summary>Calls it settled; new breaches raise a new alert.</summary>
    public Task<Alert> ResolveAsync(string id, string? note = null, CancellationToken cancellationToken = default) => MoveAsync(id, "resolve", note, null, cancellationToken);

    /// <summary>The rules that hold, the default ones included.</summary>
    public async Task<IReadOnlyList<AlertRule>> ListRulesAsync(CancellationToken cancellationToken = default) =>
        (await _transport.ReadAsync(ApiRequest.Get("alert rules", "/v1/alert-rules"), ClientJson.Default.PageAlertRule, cancellationToken)).Items;

    /// <summary>Sets a rule, a new one or one in place of another of its id.</summary>
    public Task<AlertRule> SetRuleAsync(AlertRule rule, CancellationToken cancellationToken = default) => _transport.ReadAsync(
        new ApiRequest("set alert rule", HttpMethod.Put, RuleOf(rule.Id)) { Model = rule.Model, Content = () => ApiRequest.Json(rule.Body()) },
        ClientJson.Default.AlertRule, cancellationToken);

    /// <summary>Takes a rule away; a default one that was changed comes back as it was.</summary>
    public async Task RemoveRuleAsync(string id, CancellationToken cancellationToken = default)
    {
        using var _ = await _transport.SendAsync(new ApiRequest("remove alert rule", HttpMethod.Delete, RuleOf(id)), cancellationToken);
    }

    private Task<Alert> MoveAsync(string id, string action, string? note, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        if (note is not null) body["note"] = note;
        if (until is { } end) body["until"] = end.ToString("O", CultureInfo.InvariantCulture);
        return _transport.ReadAsync(ApiRequest.Post(action, $"{PathOf(id)}/{action}", body), ClientJson.Default.Alert, cancellationToken);
    }

    private static string PathOf(string id) => $"/v1/alerts/{Uri.EscapeDataString(id)}";

    private static string RuleOf(string id) => $"/v1/alert-rules/{Uri.EscapeDataString(id)}";
}
