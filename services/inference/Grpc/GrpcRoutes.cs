using Grpc.AspNetCore.HealthChecks;
using Grpc.AspNetCore.Server;
using Platform.Hosting.Access;
using Platform.Hosting.Http;
using Platform.Hosting.Management;
using Platform.Inference.Predictions;

namespace Platform.Inference.Grpc;

/// <summary>
/// The Open Inference Protocol over gRPC. Calls that predict are read and answered by endpoints of their own, which know limits, budgets and
/// tensors; all others by the library.
/// </summary>
internal static class GrpcRoutes
{
    private const string Service = "/inference.GRPCInferenceService";

    // Before the library's own routes for the same methods.
    private const int First = -1;

    public static void AddGrpcCalls(this IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = BoundedCompression.MaxBytes;
            options.IgnoreUnknownServices = true; // else a route for any path of two segments hides that others take the path, not the method
            foreach (var provider in BoundedCompression.All) options.CompressionProviders.Add(provider);
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(health => health.Services.Map("inference.GRPCInferenceService", check => check.Tags.Contains(HealthDefaults.ReadyTag)));
        services.AddSingleton<MessageReader>();
        services.AddSingleton<ModelInferEndpoint>();
        services.AddSingleton<ModelStreamEndpoint>();
    }

    public static void MapGrpcCalls(this IEndpointRouteBuilder routes)
    {
        routes.MapCall("ModelInfer", routes.ServiceProvider.GetRequiredService<ModelInferEndpoint>().HandleAsync);
        routes.MapCall("ModelStreamInfer", routes.ServiceProvider.GetRequiredService<ModelStreamEndpoint>().HandleAsync);
        routes.MapGrpcService<InferenceCalls>().WithoutCompression();
        routes.MapGrpcHealthChecksService().AllowAnybody().WithoutCompression();
        routes.MapGrpcReflectionService().RequirePermissionInHandler(Permission.Infer, Permission.Observe).WithoutCompression();
    }

    private static void MapCall(this IEndpointRouteBuilder routes, string method, RequestDelegate handle) =>
        routes.MapPost($"{Service}/{method}", context => CallProtocol.Refuse(context) is { } refusal ? HttpRefusal.SendAsync(context, refusal) : handle(context))
            // A call names its model in its message, and is judged again when that has been read.
            .RequirePermissionInHandler(Permission.Infer)
            .WithMetadata(WritesOwnErrors.Instance, BodyReader.HasOwnLimit)
            .WithoutCompression()
            .WithOrder(First);
}
