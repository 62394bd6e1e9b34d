using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Registry.History;

namespace Platform.Registry.Models;

/// <summary>Notes in a model's history that somebody who may not tried to move one of its aliases.</summary>
internal static class DeniedPromotion
{
    private const int MaxText = 500;

    /// <summary>Where the caller was refused before the request was read, so that nobody knows of which version.</summary>
    public static Task RecordAsync(HttpContext context, Error refusal) =>
        RecordAsync(context, $"{context.Request.RouteValues["model"]}", null, context.Request.RouteValues["alias"] as string, refusal);

    public static async Task RecordAsync(HttpContext context, string model, string? version, string? alias, Error refusal)
    {
        var services = context.RequestServices;
        await services.GetRequiredService<ModelStore>().ChangeAsync<string>(model, change =>
        {
            change.Record(new HistoryEntry
            {
                Action = HistoryAction.PromotionDenied, Version = Short(version), Alias = Short(alias), Reason = Short(refusal.Detail), By = context.GetActor(),
                At = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            });
            return model;
        }, context.RequestAborted);
    }

    // What a denied caller has sent was checked by nobody.
    private static string? Short(string? text) => text is { Length: <= MaxText } ? text : null;
}
