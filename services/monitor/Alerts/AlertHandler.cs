using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Monitor.Requests;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Alerts;

/// <summary>What people do with alerts.</summary>
internal sealed class AlertHandler(
    [FromKeyedServices(MonitorService.Name)] IDocumentStore documents, LedgerKeeper keeper, AlertEvaluator evaluator, TimeProvider time)
{
    private const int DefaultLimit = 100;
    private const int MostAtOnce = 1_000;

    /// <summary>Alerts in a state, or in any, the latest first.</summary>
    public async Task<Result<AlertPage>> ListAsync(string? state, int? limit, string? after, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (state is not null && !AlertState.All.Contains(state))
            errors.Add("state", $"Must be one of {string.Join(", ", AlertState.All)}.");
        if (limit is < 1 or > MostAtOnce)
            errors.Add("limit", $"Must be 1 to {MostAtOnce}.");
        if (errors.Any)
            return errors.ToError();

        var page = await documents.QueryAsync<Alert>(
            new(Collections.Alerts)
            {
                Where = state is null ? new() : new Dictionary<string, string> { [AlertBook.StateField] = state },
                Limit = limit ?? DefaultLimit,
                After = after,
                Descending = true,
            },
            cancellationToken);
        return new AlertPage([.. page.Items.Select(alert => alert.Value)], page.Next);
    }

    public async Task<Result<Alert>> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await documents.GetAsync<Alert>(Collections.Alerts, id, cancellationToken);
        return found is null ? AlertErrors.UnknownAlert(id) : found.Value;
    }

    public Task<Result<Alert>> AcknowledgeAsync(string id, string by, AlertNote body, CancellationToken cancellationToken) => MoveAsync(
        id, body.Note, (ledger, alert) => Set(ledger, alert.To(AlertState.Acknowledged, by, time.GetUtcNow(), body.Note)), cancellationToken);

    public async Task<Result<Alert>> SilenceAsync(string id, string by, AlertSilence body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (body.Until <= now)
            return Problems.Invalid(new Dictionary<string, string[]> { ["until"] = ["Must lie in the future."] });

        return await MoveAsync(
            id,
            body.Note,
            (ledger, alert) => Set(ledger, alert.To(AlertState.Silenced, by, now, body.Note) with { SilencedUntil = body.Until }),
            cancellationToken);
    }

    public async Task<Result<Alert>> ResolveAsync(string id, string by, AlertNote body, CancellationToken cancellationToken)
    {
        var moved = await MoveAsync(
            id,
            body.Note,
            (ledger, alert) =>
            {
                evaluator.Resolve(ledger, alert, by, $"{alert.VersionKey()}: {alert.RuleId} was resolved by {by}.", body.Note);
                return alert;
            },
            cancellationToken);
        return moved.Error is null ? await FindAsync(id, cancellationToken) : moved;
    }

    private static Alert Set(Ledger ledger, Alert alert)
    {
        ledger.Alerts.Set(alert);
        return alert;
    }

    private async Task<Result<Alert>> MoveAsync(
        string id, string? note, Func<Ledger, Alert, Alert> move, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.CheckText("note", note);
        if (errors.Any)
            return errors.ToError();
        if (await documents.GetAsync<Alert>(Collections.Alerts, id, cancellationToken) is null)
            return AlertErrors.UnknownAlert(id);

        var moved = await keeper.ChangeAsync(
            ledger => ledger.Alerts.FindOpen(id) is { } alert ? move(ledger, alert) : null, cancellationToken);
        return moved is null ? AlertErrors.Resolved(id) : moved;
    }
}
