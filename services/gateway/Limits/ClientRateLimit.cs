using Microsoft.AspNetCore.RateLimiting;
using Platform.Gateway.Settings;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;

namespace Platform.Gateway.Limits;

/// <summary>How many requests a client may make of the edge, by the limits in force.</summary>
internal static class ClientRateLimit
{
    public const string Policy = "client";

    public static void AddClientRateLimit(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.AddPolicy(Policy, context => CallerBuckets.Of(context, context.RequestServices.GetRequiredService<GatewaySettings>().Current.RateLimit));
        limits.OnRejected = (rejected, _) => new ValueTask(RefuseAsync(rejected.HttpContext));
    });

    private static Task RefuseAsync(HttpContext context)
    {
        context.RequestServices.GetRequiredService<GatewayMetrics>().RateLimited();
        return Problems.From(CallerBuckets.Empty).ExecuteAsync(context);
    }
}
