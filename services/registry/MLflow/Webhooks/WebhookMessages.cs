using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Webhooks;

internal sealed record CreateWebhook(string? Name, string? Description, string? Url, IReadOnlyList<WebhookEvent>? Events, string? Secret, string? Status);

internal sealed record OfWebhook(string? WebhookId);

internal sealed record UpdateWebhook(string? WebhookId, string? Name, string? Description, string? Url, IReadOnlyList<WebhookEvent>? Events,
    string? Secret, string? Status);

internal sealed record TestWebhook(string? WebhookId, WebhookEvent? Event);

internal sealed record ListWebhooks(long? MaxResults, string? PageToken);

internal sealed record WebhookAnswer(WebhookView Webhook);

internal sealed record WebhooksAnswer(IReadOnlyList<WebhookView>? Webhooks, string? NextPageToken);

internal sealed record WebhookTestAnswer(WebhookTestResult Result);

internal sealed record WebhookTestResult(bool Success, int? ResponseStatus, string? ResponseBody, string? ErrorMessage);

/// <summary>A webhook as MLflow answers it, without its secret.</summary>
internal sealed record WebhookView(string WebhookId, string Name, string? Description, string Url, IReadOnlyList<WebhookEvent>? Events,
    string Status, long CreationTimestamp, long LastUpdatedTimestamp)
{
    public static WebhookView Of(Webhook webhook) => new(webhook.WebhookId, webhook.Name, webhook.Description, webhook.Url, webhook.Events.OrNull(),
        webhook.Status, webhook.CreatedAt, webhook.UpdatedAt);
}
