using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting.Access;
using Platform.Hosting.OpenApi;

namespace Platform.Hosting.Management;

/// <summary>Liveness (the process runs) and readiness (it can do its work).</summary>
public static class HealthDefaults
{
    /// <summary>What the checks are tagged with that readiness depends on.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Adds a condition for readiness. <paramref name="check"/> answers null when ready, else what it waits for.</summary>
    public static IServiceCollection AddReadinessCheck(this IServiceCollection services, string name, Func<IServiceProvider, string?> check)
    {
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, provider => new ReadinessCheck(provider, check), HealthStatus.Unhealthy, [ReadyTag]));
        return services;
    }

    /// <summary>
    /// Adds something that readiness tells of but does not depend on: the process serves, and taking it off the network would help nobody.
    /// <paramref name="check"/> answers null when all is well, else what is not.
    /// </summary>
    public static IServiceCollection AddDegradationCheck(this IServiceCollection services, string name, Func<IServiceProvider, string?> check)
    {
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, provider => new ReadinessCheck(provider, check), HealthStatus.Degraded, [ReadyTag]));
        return services;
    }

    internal static void AddPlatformHealth(this IServiceCollection services) => services.AddHealthChecks();

    internal static void MapPlatformHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new Liveness(true))).AllowAnybody()
            .WithName("GetLive").WithTags("Health").WithSummary("Whether the process runs.")
            .WithResponseExample(StatusCodes.Status200OK, """{"live":true}""");
        routes.MapGet("/health/ready", AnswerReadyAsync).AllowAnybody()
            .WithName("GetReady").WithTags("Health").WithSummary("Whether every service in the process can do its work; 503 names what it waits for.")
            .Produces<Readiness>().WithResponseExample(StatusCodes.Status200OK, """{"ready":true,"waitingFor":{},"degraded":{}}""")
            .Produces<Readiness>(StatusCodes.Status503ServiceUnavailable)
            .WithResponseExample(StatusCodes.Status503ServiceUnavailable, """{"ready":false,"waitingFor":{"monitor":"the registry's first snapshot"},"degraded":{}}""");
    }

    /// <summary>Runs every readiness condition of the process.</summary>
    public static async Task<Readiness> GetReadinessAsync(this HealthCheckService health, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(check => check.Tags.Contains(ReadyTag), cancellationToken);
        return new Readiness(report.Status != HealthStatus.Unhealthy, Of(report, HealthStatus.Unhealthy)) { Degraded = Of(report, HealthStatus.Degraded) };
    }

    private static Dictionary<string, string> Of(HealthReport report, HealthStatus status) =>
        report.Entries.Where(entry => entry.Value.Status == status).ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? "not ready");

    private static async Task<IResult> AnswerReadyAsync(HealthCheckService health, CancellationToken cancellationToken)
    {
        var readiness = await health.GetReadinessAsync(cancellationToken);
        return TypedResults.Json(readiness, PlatformJson.Tolerant,
            statusCode: readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private sealed class ReadinessCheck(IServiceProvider provider, Func<IServiceProvider, string?> check) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(check(provider) is { } waitingFor
                ? new HealthCheckResult(context.Registration.FailureStatus, waitingFor)
                : HealthCheckResult.Healthy());
    }
}

/// <summary>The answer of <c>/health/live</c>.</summary>
/// <param name="Live">Always true: a process that does not run does not answer.</param>
public sealed record Liveness(bool Live);

/// <summary>The answer of <c>/health/ready</c>.</summary>
/// <param name="Ready">Whether every condition holds.</param>
/// <param name="WaitingFor">What is missing, by service.</param>
public sealed record Readiness(bool Ready, IReadOnlyDictionary<string, string> WaitingFor)
{
    /// <summary>What does not work as it should although the process serves, by service.</summary>
    public IReadOnlyDictionary<string, string> Degraded { get; init; } = new Dictionary<string, string>();
}
