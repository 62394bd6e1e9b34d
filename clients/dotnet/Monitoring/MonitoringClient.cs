using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Platform.Client.Transport;

namespace Platform.Client.Monitoring;

/// <summary>How models do: windows, alerts, and what came of predictions.</summary>
public sealed class MonitoringClient
{
    private const int WindowsAtOnce = 50;

    private readonly HttpTransport _transport;

    internal MonitoringClient(HttpTransport transport) => _transport = transport;

    /// <summary>The windows of a version, the champion when absent: the latest fifty, the oldest of them first, then those before.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="version">A number or an alias.</param>
    /// <param name="detail">summary, windows or full.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<MonitoringWindow> ListWindowsAsync(string model, string? version = null, string detail = "windows",
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? after = null;
        do
        {
            var query = Paths.Query(("version", version), ("detail", detail), ("limit", $"{WindowsAtOnce}"), ("after", after));
            var page = await _transport.ReadAsync(ApiRequest.Get("monitoring", $"/v1/{Paths.Model(model)}/monitoring{query}", model), ClientJson.Default.MonitoringPage, cancellationToken);
            foreach (var window in page.Windows)
                yield return new MonitoringWindow(window["from"]!.GetValue<DateTimeOffset>(), window["to"]!.GetValue<DateTimeOffset>(), window["count"]!.GetValue<long>(), window);
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Alerts.</summary>
    /// <param name="state">active, acknowledged, silenced or resolved; all when absent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IAsyncEnumerable<Alert> ListAlertsAsync(string? state = null, CancellationToken cancellationToken = default) =>
        _transport.ListAsync("alerts", $"/v1/alerts{Paths.Query(("state", state))}", ClientJson.Default.PageAlert, cancellationToken: cancellationToken);

    /// <summary>Tells what came of predictions; told again it changes nothing, and so is sent again where there was no answer.</summary>
    public Task<LabelReceipt> LabelAsync(string model, IEnumerable<Label> labels, CancellationToken cancellationToken = default)
    {
        var body = new JsonArray([.. labels.Select(label => label.ToJson())]);
        var request = ApiRequest.Post("label", $"/v1/{Paths.Model(model)}/ground-truth", body, model) with { Repeatable = true };
        return _transport.ReadAsync(request, ClientJson.Default.LabelReceipt, cancellationToken);
    }

    /// <summary>Tells what came of predictions for the business; told again it changes nothing, and so is sent again where there was no answer.</summary>
    public Task<OutcomeReceipt> SendOutcomesAsync(string model, IEnumerable<Outcome> outcomes, CancellationToken cancellationToken = default)
    {
        var body = new JsonArray([.. outcomes.Select(outcome => outcome.ToJson())]);
        var request = ApiRequest.Post("outcomes", $"/v1/{Paths.Model(model)}/outcomes", body, model) with { Repeatable = true };
        return _transport.ReadAsync(request, ClientJson.Default.OutcomeReceipt, cancellationToken);
    }
}

internal sealed record MonitoringPage(IReadOnlyList<JsonObject> Windows, string? Next);
