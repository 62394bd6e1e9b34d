using Platform.Hosting.Documents;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Webhooks;

/// <summary>The webhooks, and how far each has come.</summary>
internal sealed class WebhookStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents)
{
    private const string Collection = "mlflow-webhooks";
    private const string Positions = "mlflow-webhook-positions";
    private const int MaxAttempts = 50;
    private const int PageSize = 1000;

    public async Task<Webhook> FindAsync(string id, CancellationToken cancellationToken) => (await ReadAsync(id, cancellationToken)).Value;

    /// <summary>All webhooks, the last one made first.</summary>
    public async Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<Webhook>();
        var query = new DocumentQuery(Collection) { Limit = PageSize };
        do
        {
            var page = await documents.QueryAsync<Webhook>(query, cancellationToken);
            all.AddRange(page.Items.Select(item => item.Value));
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return [.. all.OrderByDescending(webhook => webhook.CreatedAt).ThenBy(webhook => webhook.WebhookId, StringComparer.Ordinal)];
    }

    /// <summary>Stores a new webhook, which hears of what happens from now on.</summary>
    public async Task AddAsync(Webhook webhook, CancellationToken cancellationToken) => await documents.CommitAsync(new DocumentBatch()
        .Put(Collection, webhook.WebhookId, webhook, expectedRevision: 0)
        .Put(Positions, webhook.WebhookId, new WebhookPosition(await documents.LastSequenceAsync(cancellationToken)), expectedRevision: 0), cancellationToken);

    public async Task<Webhook> ChangeAsync(string id, Func<Webhook, Webhook> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await ReadAsync(id, cancellationToken);
            var next = change(found.Value);
            var batch = new DocumentBatch().Put(Collection, id, next, found.Revision);
            // One that is enabled again hears of what happens from then on.
            if (found.Value.Status != Webhook.Active && next.Status == Webhook.Active)
                batch.Put(Positions, id, new WebhookPosition(await documents.LastSequenceAsync(cancellationToken)), expectedRevision: null);
            if (await documents.CommitAsync(batch, cancellationToken) is null) return next;
        }

        throw MLflowException.Conflict($"Many others are changing the webhook {id} at once; try again.");
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await ReadAsync(id, cancellationToken);
        await documents.CommitAsync(new DocumentBatch().Delete(Collection, id).Delete(Positions, id), cancellationToken);
    }

    public async Task<Document<WebhookPosition>?> PositionAsync(string id, CancellationToken cancellationToken) =>
        await documents.GetAsync<WebhookPosition>(Positions, id, cancellationToken);

    /// <summary>Remembers how far a webhook has come, unless it has been changed or removed meanwhile.</summary>
    public async Task RememberAsync(string id, Document<WebhookPosition> from, WebhookPosition to, CancellationToken cancellationToken) =>
        await documents.CommitAsync(new DocumentBatch().Put(Positions, id, to, from.Revision), cancellationToken);

    private async Task<Document<Webhook>> ReadAsync(string id, CancellationToken cancellationToken) =>
        await documents.GetAsync<Webhook>(Collection, id, cancellationToken) ?? throw MLflowException.NotFound($"Webhook with ID {id} not found.");
}
