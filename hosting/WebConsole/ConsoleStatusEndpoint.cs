using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Management;

namespace Platform.Hosting.WebConsole;

/// <summary>Answers what the console must know before it asks the public API for anything.</summary>
internal static class ConsoleStatusEndpoint
{
    public static async Task<ConsoleStatus> AnswerAsync(
        HttpContext context, HealthCheckService health, FindReplicas replicas, IOptions<ManagementOptions> management, CancellationToken cancellationToken)
    {
        var caller = context.GetCaller();
        var isStranger = caller == Caller.Stranger;
        var readiness = await health.GetReadinessAsync(cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return new ConsoleStatus(readiness.Ready, readiness.WaitingFor, readiness.Degraded,
            isStranger ? [] : replicas(context.RequestServices), isStranger || caller.Id is not null,
            isStranger ? null : new ConsoleCaller(caller.Name, Permissions(caller)), management.Value.Port is null);
    }

    private static IReadOnlyList<string> Permissions(Caller caller) =>
        [.. Enum.GetValues<Permission>().Where(permission => caller.PermitsSome(permission, null)).Select(PermissionNames.NameOf)];
}
