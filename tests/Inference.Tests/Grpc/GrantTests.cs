using System.Net.Http.Headers;
using Grpc.Core;
using Platform.Contracts.Registry;
using Platform.Inference.Grpc.Messages;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Grpc;

/// <summary>A call names its model in its message: what a key allows for one model, it allows for no other.</summary>
public sealed class GrantTests : IAsyncLifetime
{
    private const string Key = "for-one-alone";
    private const string Watcher = "sees-one-alone";

    private InferenceHost _host = null!;
    private GrpcClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await InferenceHost.StartAskingAsync(
            registry =>
            {
                registry.Deploy("one", "1", TinyModels.Linear());
                registry.Deploy("two", "1", TinyModels.Linear());
                registry.Grant(Key, Of("infer"), Of("manage"));
                registry.Grant(Watcher, Of("observe"));
            },
            new KeyValuePair<string, string?>("Access:KeysInterval", "00:00:00.200"));
        _client = new GrpcClient(_host.Http.BaseAddress!);
        await Eventually.TrueAsync(async () => (await _host.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "the service has its keys");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_key_for_one_model_calls_it_and_no_other()
    {
        Assert.Equal("one", (await _client.Infer(Row("one"), With(Key))).ModelName);
        Assert.Equal((StatusCode.PermissionDenied, "access.denied"), await RefusalAsync(_client.Infer(Row("two"), With(Key)).ResponseAsync));
        Assert.Equal((StatusCode.PermissionDenied, "access.denied"), await RefusalAsync(_client.Infer(Row(""), With(Key)).ResponseAsync));
        Assert.Equal((StatusCode.PermissionDenied, "access.denied"), await RefusalAsync(_client.Infer(Row("one"), With(Watcher)).ResponseAsync));
        Assert.Equal((StatusCode.Unauthenticated, "access.unauthenticated"), await RefusalAsync(_client.Infer(Row("one")).ResponseAsync));
        Assert.Equal((StatusCode.Unauthenticated, "access.unauthenticated"), await RefusalAsync(_client.Infer(Row("one"), With("unknown")).ResponseAsync));
    }

    [Fact]
    public async Task Each_request_of_a_stream_is_judged_by_its_own_model()
    {
        using var stream = _client.Stream(With(Key));
        foreach (var model in new[] { "one", "two", "one" }) await stream.RequestStream.WriteAsync(Row(model));
        await stream.RequestStream.CompleteAsync();

        var problems = new List<string>();
        while (await stream.ResponseStream.MoveNext(default)) problems.Add(stream.ResponseStream.Current.ErrorMessage);
        Assert.Equal(["", "This needs the permission infer for the model 'two', which the caller does not have.", ""], problems);
    }

    [Fact]
    public async Task A_stream_that_ends_at_errors_ends_with_the_status_of_a_denial()
    {
        using var stream = _client.Stream(With(Key, ("triton_grpc_error", "true")));
        await stream.RequestStream.WriteAsync(Row("two"));

        Assert.Equal((StatusCode.PermissionDenied, "access.denied"), await RefusalAsync(stream.ResponseStream.MoveNext(default)));
    }

    [Fact]
    public async Task A_stream_ends_once_its_key_is_revoked()
    {
        _host.Registry.Grant("short", Of("infer"));
        await Eventually.TrueAsync(async () => await CanInferAsync("short"), "the key works");
        using var stream = _client.Stream(With("short"));
        await stream.RequestStream.WriteAsync(Row("one"));
        Assert.True(await stream.ResponseStream.MoveNext(default));

        _host.Registry.Revoke("short");
        Assert.Equal((StatusCode.Unauthenticated, "access.unauthenticated"), await RefusalAsync(stream.ResponseStream.MoveNext(default)));
    }

    [Fact]
    public async Task What_is_told_of_a_model_is_told_to_who_may_call_or_see_it()
    {
        foreach (var key in new[] { Key, Watcher })
        {
            Assert.True((await AskAsync<ModelReadyRequest, ModelReadyResponse>(key, "ModelReady", new() { Name = "one" })).Ready);
            Assert.Equal("one", (await AskAsync<ModelMetadataRequest, ModelMetadataResponse>(key, "ModelMetadata", new() { Name = "one" })).Name);
            Assert.Equal("one", (await AskAsync<ModelConfigRequest, ModelConfigResponse>(key, "ModelConfig", new() { Name = "one" })).Config.Name);
            await DeniedAsync<ModelReadyRequest, ModelReadyResponse>(key, "ModelReady", new() { Name = "two" });
            await DeniedAsync<ModelMetadataRequest, ModelMetadataResponse>(key, "ModelMetadata", new() { Name = "two" });
            await DeniedAsync<ModelConfigRequest, ModelConfigResponse>(key, "ModelConfig", new() { Name = "two" });
        }

        await DeniedAsync<ModelStatisticsRequest, ModelStatisticsResponse>(Key, "ModelStatistics", new() { Name = "one" });
        await DeniedAsync<ModelStatisticsRequest, ModelStatisticsResponse>(Watcher, "ModelStatistics", new() { Name = "two" });
        var statistics = await AskAsync<ModelStatisticsRequest, ModelStatisticsResponse>(Watcher, "ModelStatistics", new());
        Assert.Equal(["one"], statistics.ModelStats.Select(model => model.Name));
        var index = await AskAsync<RepositoryIndexRequest, RepositoryIndexResponse>(Watcher, "RepositoryIndex", new());
        Assert.Equal(["one"], index.Models.Select(model => model.Name));
    }

    [Fact]
    public async Task A_model_is_loaded_and_unloaded_by_who_manages_it()
    {
        await DeniedAsync<RepositoryModelUnloadRequest, RepositoryModelUnloadResponse>(Key, "RepositoryModelUnload", new() { ModelName = "two" });
        await DeniedAsync<RepositoryModelLoadRequest, RepositoryModelLoadResponse>(Key, "RepositoryModelLoad", new() { ModelName = "two" });
        await DeniedAsync<RepositoryModelUnloadRequest, RepositoryModelUnloadResponse>(Watcher, "RepositoryModelUnload", new() { ModelName = "one" });

        await AskAsync<RepositoryModelUnloadRequest, RepositoryModelUnloadResponse>(Key, "RepositoryModelUnload", new() { ModelName = "one" });
        await AskAsync<RepositoryModelLoadRequest, RepositoryModelLoadResponse>(Key, "RepositoryModelLoad", new() { ModelName = "one" });
    }

    private static PermissionGrant Of(string permission) => new() { Permission = permission, Models = ["one"] };

    private static ModelInferRequest Row(string model) => new(Requests.Row()) { ModelName = model };

    private static CallOptions With(string key, params (string Name, string Value)[] others)
    {
        var headers = new Metadata { { "authorization", new AuthenticationHeaderValue("Bearer", key).ToString() } };
        foreach (var (name, value) in others) headers.Add(name, value);
        return new CallOptions(headers);
    }

    private async Task<bool> CanInferAsync(string key)
    {
        try
        {
            await _client.Infer(Row("one"), With(key));
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.Unauthenticated)
        {
            return false;
        }
    }

    private Task<TResponse> AskAsync<TRequest, TResponse>(string key, string method, TRequest request)
        where TRequest : class, Google.Protobuf.IMessage<TRequest>, new()
        where TResponse : class, Google.Protobuf.IMessage<TResponse>, new() => _client.CallAsync<TRequest, TResponse>(method, request, With(key));

    private async Task DeniedAsync<TRequest, TResponse>(string key, string method, TRequest request)
        where TRequest : class, Google.Protobuf.IMessage<TRequest>, new()
        where TResponse : class, Google.Protobuf.IMessage<TResponse>, new() =>
        Assert.Equal((StatusCode.PermissionDenied, "access.denied"), await RefusalAsync(AskAsync<TRequest, TResponse>(key, method, request)));

    private static async Task<(StatusCode, string?)> RefusalAsync(Task call)
    {
        var (status, reason, _) = await GrpcClient.RefusalAsync(call);
        return (status, reason);
    }
}
