using Grpc.Core;
using Messages = Platform.Inference.Grpc.Messages;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Repository;
using Platform.Inference.Server;
using Platform.Inference.Statistics;

namespace Platform.Inference.Grpc;

/// <summary>The calls that predict nothing: what the routes under <c>/v2</c> answer, in protobuf.</summary>
internal sealed class InferenceCalls(ModelTable models, OnDemand onDemand, DeploymentSync deployments, LoadModel load)
    : Messages.GRPCInferenceService.GRPCInferenceServiceBase
{
    [AllowAnybody]
    public override Task<Messages.ServerLiveResponse> ServerLive(Messages.ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new Messages.ServerLiveResponse { Live = true });

    [AllowAnybody]
    public override Task<Messages.ServerReadyResponse> ServerReady(Messages.ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new Messages.ServerReadyResponse { Ready = deployments.FirstPass.IsCompletedSuccessfully });

    // Both are answered by endpoints of their own, which come before these.
    [RequirePermission(Permission.Infer, Scope = PermissionScope.Handler)]
    public override Task<Messages.ModelInferResponse> ModelInfer(Messages.ModelInferRequest request, ServerCallContext context) =>
        base.ModelInfer(request, context);

    [RequirePermission(Permission.Infer, Scope = PermissionScope.Handler)]
    public override Task ModelStreamInfer(
        IAsyncStreamReader<Messages.ModelInferRequest> requests, IServerStreamWriter<Messages.ModelStreamInferResponse> answers, ServerCallContext context) =>
        base.ModelStreamInfer(requests, answers, context);

    [RequirePermission(Permission.Infer, Permission.Observe, Scope = PermissionScope.Handler)]
    public override Task<Messages.ModelReadyResponse> ModelReady(Messages.ModelReadyRequest request, ServerCallContext context)
    {
        context.Demand(request.Name, Permission.Infer, Permission.Observe);
        var isReady = models.FindSlot(request.Name, Version(request.Version)) is { } slot && slot.Loaded?.Unavailable is null;
        return Task.FromResult(new Messages.ModelReadyResponse { Ready = isReady });
    }

    [RequirePermission(Permission.Infer, Permission.Observe, Scope = PermissionScope.Handler)]
    public override Task<Messages.ServerMetadataResponse> ServerMetadata(Messages.ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(MetadataMessages.Of(ServerDescription.Current));

    [RequirePermission(Permission.Infer, Permission.Observe, Scope = PermissionScope.Handler)]
    public override Task<Messages.ModelMetadataResponse> ModelMetadata(Messages.ModelMetadataRequest request, ServerCallContext context) =>
        DescribeAsync(request.Name, request.Version, context, version => MetadataMessages.Of(Server.ModelMetadata.Of(models.Find(request.Name), version)));

    [RequirePermission(Permission.Infer, Permission.Observe, Scope = PermissionScope.Handler)]
    public override Task<Messages.ModelConfigResponse> ModelConfig(Messages.ModelConfigRequest request, ServerCallContext context) =>
        DescribeAsync(request.Name, request.Version, context,
            version => new Messages.ModelConfigResponse { Config = ConfigMessages.Of(Server.ModelConfig.Of(version)) });

    [RequirePermission(Permission.Observe, Scope = PermissionScope.Handler)]
    public override Task<Messages.ModelStatisticsResponse> ModelStatistics(Messages.ModelStatisticsRequest request, ServerCallContext context)
    {
        var isOfAll = request.Name.Length == 0;
        if (!isOfAll) context.Demand(request.Name, Permission.Observe);
        var statistics = isOfAll
            ? StatisticsEndpoints.Describe(models.Loaded.Where(version => context.GetHttpContext().Permits(Permission.Observe, version.Model)))
            : Of(StatisticsEndpoints.Find(models, request.Name, Version(request.Version)));
        return Task.FromResult(StatisticsMessages.Of(statistics));
    }

    [RequirePermission(Permission.Observe, Scope = PermissionScope.Handler)]
    public override Task<Messages.RepositoryIndexResponse> RepositoryIndex(Messages.RepositoryIndexRequest request, ServerCallContext context) =>
        Task.FromResult(RepositoryMessages.Of(Repository.RepositoryIndex.Of(models, deployments, request.Ready)
            .Where(entry => context.GetHttpContext().Permits(Permission.Observe, entry.Name))));

    [RequirePermission(Permission.Manage, Scope = PermissionScope.Handler)]
    public override async Task<Messages.RepositoryModelLoadResponse> RepositoryModelLoad(
        Messages.RepositoryModelLoadRequest request, ServerCallContext context)
    {
        context.Demand(request.ModelName, Permission.Manage);
        var refusal = await load.HandleAsync(request.ModelName, RepositoryMessages.Read(request.Parameters), context.CancellationToken);
        return refusal is null ? new Messages.RepositoryModelLoadResponse() : throw refusal.ToRpcException();
    }

    [RequirePermission(Permission.Manage, Scope = PermissionScope.Handler)]
    public override Task<Messages.RepositoryModelUnloadResponse> RepositoryModelUnload(
        Messages.RepositoryModelUnloadRequest request, ServerCallContext context)
    {
        context.Demand(request.ModelName, Permission.Manage);
        return deployments.Unload(request.ModelName)
            ? Task.FromResult(new Messages.RepositoryModelUnloadResponse())
            : throw ModelErrors.UnknownModel(request.ModelName).ToRpcException();
    }

    private async Task<T> DescribeAsync<T>(string model, string version, ServerCallContext context, Func<LoadedVersion, T> describe)
    {
        context.Demand(model, Permission.Infer, Permission.Observe);
        var loaded = Of(await onDemand.AcquireAsync(model, Version(version), context.CancellationToken));
        var description = describe(loaded);
        loaded.Release();
        return description;
    }

    private static T Of<T>(Result<T> result) => result.Succeeded(out var value, out var error) ? value : throw error.ToRpcException();

    private static string? Version(string version) => version.Length == 0 ? null : version;
}
