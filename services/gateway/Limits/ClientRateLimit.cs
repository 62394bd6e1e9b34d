using Microsoft.AspNetCore.RateLimiting;
using Platform.Gateway.Settings;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;

namespace Platform.Gateway.Limits;

/// <summary>How many requests a client may make of the edge, by the limits in force.</summary>
internal static class ClientRateLimit
{
    public const string Policy = "client";

    public static void AddClientRateLimit(this IServiceCollection services)
    {
        services.AddSingleton<LimitMetrics>();
        services.AddRateLimiter(limits => limits.AddPolicy(
            Policy, context => CallerBuckets.Of(context, context.RequestServices.GetRequiredService<GatewaySettings>().Current.RateLimit)));
        services.AddOptions<RateLimiterOptions>().Configure<LimitMetrics>((limits, metrics) =>
            limits.OnRejected = (rejected, _) => new ValueTask(RefuseAsync(rejected.HttpContext, metrics)));
    }

    /// <summary>A limiter that limits nothing would take its locks and count its leases all the same.</summary>
    public static void UseClientRateLimit(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<GatewaySettings>();
        app.UseWhen(_ => settings.Current.RateLimit.RequestsPerSecond > 0, limited => limited.UseRateLimiter());
    }

    private static Task RefuseAsync(HttpContext context, LimitMetrics metrics)
    {
        metrics.RateLimited();
        return Problems.From(CallerBuckets.Empty).ExecuteAsync(context);
    }
}
