using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Search;

namespace Platform.Registry.MLflow.Webhooks;

/// <summary>Makes, lists, changes, tries and removes webhooks.</summary>
internal sealed partial class WebhookRegistry(WebhookStore webhooks, WebhookClient client, IOptions<WebhookOptions> options, TimeProvider time)
{
    private const int MaxTextLength = 8000;
    private const int MaxSecretLength = 1000;

    public async Task<object> CreateAsync(CreateWebhook request, MLflowCall call)
    {
        var now = time.NowMs();
        var webhook = new Webhook(Guid.NewGuid().ToString(), CheckName(MLflowRequest.Required(request.Name, "name")),
            CheckUrl(MLflowRequest.Required(request.Url, "url")), WebhookEvent.Check(request.Events), CheckText(request.Description, MaxTextLength, "description"),
            CheckText(request.Secret, MaxSecretLength, "secret"), CheckStatus(request.Status) ?? Webhook.Active, now, now);
        if ((await webhooks.ListAsync(call.Cancellation)).Count >= options.Value.MaxWebhooks)
            throw MLflowException.Conflict($"There are {options.Value.MaxWebhooks} webhooks, as many as there may be.");
        await webhooks.AddAsync(webhook, call.Cancellation);
        return Answer(webhook);
    }

    public async Task<object> ListAsync(ListWebhooks request, MLflowCall call)
    {
        if (request.MaxResults is < 0 or > 1000) throw MLflowException.Invalid("max_results must be between 1 and 1000.");
        var all = (await webhooks.ListAsync(call.Cancellation)).Select(WebhookView.Of).ToList();
        var (items, next) = PageToken.Page(all, request.PageToken, SearchSize.Of(request.MaxResults, 100, 1000));
        return new WebhooksAnswer(items.OrNull(), next);
    }

    public async Task<object> GetAsync(OfWebhook request, MLflowCall call) => Answer(await webhooks.FindAsync(IdOf(request.WebhookId), call.Cancellation));

    public async Task<object> UpdateAsync(UpdateWebhook request, MLflowCall call)
    {
        var (name, url, status) = (request.Name.OrNull(), request.Url.OrNull(), CheckStatus(request.Status));
        if (name is not null) CheckName(name);
        if (url is not null) CheckUrl(url);
        var events = request.Events is { Count: > 0 } ? WebhookEvent.Check(request.Events) : null;
        return Answer(await webhooks.ChangeAsync(IdOf(request.WebhookId), webhook => webhook with
        {
            Name = name ?? webhook.Name,
            Url = url ?? webhook.Url,
            Events = events ?? webhook.Events,
            Description = CheckText(request.Description, MaxTextLength, "description") ?? webhook.Description,
            Secret = CheckText(request.Secret, MaxSecretLength, "secret") ?? webhook.Secret,
            Status = status ?? webhook.Status,
            UpdatedAt = time.NowMs(),
        }, call.Cancellation));
    }

    public async Task<object> DeleteAsync(OfWebhook request, MLflowCall call)
    {
        await webhooks.RemoveAsync(IdOf(request.WebhookId), call.Cancellation);
        return MLflowRoutes.Nothing;
    }

    /// <summary>Delivers an example, once.</summary>
    public async Task<object> TestAsync(TestWebhook request, MLflowCall call)
    {
        var webhook = await webhooks.FindAsync(IdOf(request.WebhookId), call.Cancellation);
        var about = request.Event is { } given ? WebhookEvent.Check([given])[0] : webhook.Events[0];
        var delivery = new Delivery(Guid.NewGuid(), about, WebhookExamples.Of(about), time.GetUtcNow());
        return new WebhookTestAnswer(await client.TryAsync(webhook, delivery, call.Cancellation));
    }

    private static string IdOf(string? id) => MLflowRequest.Required(id, "webhook_id");

    private static WebhookAnswer Answer(Webhook webhook) => new(WebhookView.Of(webhook));

    private static string CheckName(string name) => Name().IsMatch(name)
        ? name
        : throw MLflowException.Invalid($"Webhook name '{name}' is invalid. It must start and end with a letter or digit, be less than 63 characters long, "
            + "and contain only letters, digits, dots (.), underscores (_), and hyphens (-).");

    private string CheckUrl(string url) =>
        client.Rules.Refuse(url) is { } reason ? throw MLflowException.Invalid($"Webhook URL '{url}' cannot be called: {reason}") : url;

    private static string? CheckText(string? text, int limit, string field) =>
        text.OrNull() is { } given ? EntityNames.CheckLength(given, limit, field) : null;

    private static string? CheckStatus(string? status) => status.OrNull() switch
    {
        null => null,
        Webhook.Active or "1" => Webhook.Active,
        Webhook.Disabled or "2" => Webhook.Disabled,
        _ => throw MLflowRequest.Wrong("status", $"\"{status}\""),
    };

    [GeneratedRegex(@"^[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?\z")]
    private static partial Regex Name();
}
