using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Webhooks;

/// <summary>A webhook as it is stored.</summary>
/// <param name="WebhookId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it is delivered to.</param>
/// <param name="Events">What it is about.</param>
/// <param name="Description">Free text.</param>
/// <param name="Secret">What deliveries are signed with; null for none. It is never answered.</param>
/// <param name="Status">ACTIVE or DISABLED.</param>
/// <param name="CreatedAt">In milliseconds since 1970.</param>
/// <param name="UpdatedAt">In milliseconds since 1970.</param>
internal sealed record Webhook(string WebhookId, string Name, string Url, IReadOnlyList<WebhookEvent> Events, string? Description, string? Secret,
    string Status, long CreatedAt, long UpdatedAt)
{
    public const string Active = "ACTIVE";
    public const string Disabled = "DISABLED";
}

/// <summary>What a webhook may be about, by the names of the protocol: <c>MODEL_VERSION</c> and <c>CREATED</c>.</summary>
internal sealed record WebhookEvent(string? Entity, string? Action)
{
    public static readonly WebhookEvent ModelCreated = new("REGISTERED_MODEL", "CREATED");
    public static readonly WebhookEvent VersionCreated = new("MODEL_VERSION", "CREATED");
    public static readonly WebhookEvent TagSet = new("MODEL_VERSION_TAG", "SET");
    public static readonly WebhookEvent TagDeleted = new("MODEL_VERSION_TAG", "DELETED");
    public static readonly WebhookEvent AliasCreated = new("MODEL_VERSION_ALIAS", "CREATED");
    public static readonly WebhookEvent AliasDeleted = new("MODEL_VERSION_ALIAS", "DELETED");

    private static readonly WebhookEvent[] All =
    [
        ModelCreated, VersionCreated, TagSet, TagDeleted, AliasCreated, AliasDeleted,
        new("PROMPT", "CREATED"), new("PROMPT_VERSION", "CREATED"), new("PROMPT_TAG", "SET"), new("PROMPT_TAG", "DELETED"),
        new("PROMPT_VERSION_TAG", "SET"), new("PROMPT_VERSION_TAG", "DELETED"), new("PROMPT_ALIAS", "CREATED"), new("PROMPT_ALIAS", "DELETED"),
        new("BUDGET_POLICY", "EXCEEDED"),
    ];

    public static IReadOnlyList<WebhookEvent> Check(IReadOnlyList<WebhookEvent>? events)
    {
        if (events is not { Count: > 0 }) throw MLflowRequest.Missing("events");
        foreach (var given in events)
            if (!All.Contains(given)) throw MLflowException.Invalid($"Invalid action '{given.Action}' for entity '{given.Entity}'.");
        return [.. events.Distinct()];
    }
}

/// <summary>How far a webhook has come: the last event that it has been told of, or need not be.</summary>
/// <param name="Sequence">The event's number.</param>
/// <param name="Attempts">How often the next one has been tried.</param>
/// <param name="NextAt">When it is tried again; null when it has not been tried.</param>
internal sealed record WebhookPosition(long Sequence, int Attempts = 0, DateTimeOffset? NextAt = null);
