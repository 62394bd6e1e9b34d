using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Webhooks;

internal static class WebhookEndpoints
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration("Registry:MLflow:Webhooks").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WebhookStore>().AddSingleton<WebhookClient>().AddSingleton<WebhookPayload>().AddSingleton<WebhookRegistry>();
        services.AddHostedService<WebhookSender>();
    }

    public static void MapWebhooks(this MLflowRoutes routes) => routes
        .Post<WebhookRegistry, CreateWebhook>("/webhooks", (webhooks, request, call) => webhooks.CreateAsync(request, call))
        .Get<WebhookRegistry, ListWebhooks>("/webhooks", (webhooks, request, call) => webhooks.ListAsync(request, call))
        .Get<WebhookRegistry, OfWebhook>("/webhooks/{webhook_id}", (webhooks, request, call) => webhooks.GetAsync(request, call))
        .Patch<WebhookRegistry, UpdateWebhook>("/webhooks/{webhook_id}", (webhooks, request, call) => webhooks.UpdateAsync(request, call))
        .Delete<WebhookRegistry, OfWebhook>("/webhooks/{webhook_id}", (webhooks, request, call) => webhooks.DeleteAsync(request, call))
        .Post<WebhookRegistry, TestWebhook>("/webhooks/{webhook_id}/test", (webhooks, request, call) => webhooks.TestAsync(request, call));
}
