using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>Refuses what a web page on somebody's machine sends to the platform without being allowed to.</summary>
internal static class AccessDefaults
{
    // What a page of an allowed origin may read beside the body.
    private static readonly string[] Exposed = ["x-prediction-id", "x-model-version", "x-request-id", "x-route", "Location", "Retry-After"];

    public static void AddPlatformAccess(this IServiceCollection services, string process)
    {
        services.AddSingleton(new ServiceName(process));
        services.AddSingleton<AccessRefusals>();
        services.AddSingleton<ServiceTokens>();
        services.AddSingleton(provider => new SignedAddresses(provider.GetRequiredService<ServiceSecrets>(), provider.GetRequiredService<TimeProvider>()));
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<AccessOptions>>((cors, access) => cors.AddDefaultPolicy(policy =>
            policy.WithOrigins(access.Value.Origins).AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(Exposed)));
    }

    /// <summary>Behind routing: who may call what the request has been routed to.</summary>
    public static void UsePlatformCallers(this WebApplication app)
    {
        if (app.Services.GetService<AccessGate>() is { } gate) app.Use(gate.HandleAsync);
        else app.Use(AdmitEverybody);
    }

    /// <summary>Before routing: what has no route is guarded, too.</summary>
    public static void UsePlatformAccess(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<AccessOptions>>().Value;
        var (hosts, crossSite) = (new HostNames(options.Hosts), new CrossSiteRequests(options.Origins));
        app.Use((context, next) =>
        {
            if (!hosts.Include(context.Request.Host.Host, context.Connection.LocalIpAddress))
                return ErrorSurfaces.WriteAsync(context, AccessErrors.UnknownHost);
            return crossSite.Include(context.Request) ? ErrorSurfaces.WriteAsync(context, AccessErrors.CrossSite) : next(context);
        });
        if (options.Origins.Length > 0) app.UseCors();
    }

    private static Task AdmitEverybody(HttpContext context, RequestDelegate next)
    {
        context.Features.Set(Caller.Everybody);
        return next(context);
    }
}
