using Platform.Hosting.Errors;

namespace Platform.Inference.Predictions;

/// <summary>Tells an HTTP caller why there is no prediction.</summary>
internal static class HttpRefusal
{
    public static async Task SendAsync(HttpContext context, Error error)
    {
        await Problems.From(error).ExecuteAsync(context);
        await context.Response.CompleteAsync();
    }
}
