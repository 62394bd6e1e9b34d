using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Promotions;

/// <summary>Notes in a model's history that somebody who may not tried to move one of its aliases.</summary>
internal static class DeniedPromotion
{
    /// <summary>Where the caller was refused before the request was read, so that nobody knows of which version.</summary>
    public static Task RecordAsync(HttpContext context, Error refusal) =>
        RecordAsync(context, $"{context.Request.RouteValues["model"]}", null, null, refusal);

    public static async Task RecordAsync(HttpContext context, string model, string? version, string? alias, Error refusal)
    {
        var services = context.RequestServices;
        await services.GetRequiredService<ModelStore>().ChangeAsync<string>(model, change =>
        {
            change.Record(new HistoryEntry
            {
                Action = HistoryAction.PromotionDenied, Version = version, Alias = alias, Reason = refusal.Detail, By = context.GetActor(),
                At = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            });
            return model;
        }, context.RequestAborted);
    }
}
