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
        var isLimited = IsLimited(app.Services);
        app.UseWhen(_ => isLimited(), limited => limited.UseRateLimiter());
    }

    /// <summary>Whether the settings in force set a limit.</summary>
    public static Func<bool> IsLimited(IServiceProvider services)
    {
        var settings = services.GetRequiredService<GatewaySettings>();
        return () => settings.Current.RateLimit.RequestsPerSecond > 0;
    }

    private static Task RefuseAsync(HttpContext context, LimitMetrics metrics)
    {
        metrics.RateLimited();
        return Problems.From(CallerBuckets.Empty).ExecuteAsync(context);
    }
}
