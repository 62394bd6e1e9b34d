using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Platform.Inference.Grpc.Messages;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Grpc;

/// <summary>The calls that predict nothing say what the routes under /v2 say.</summary>
public sealed class CallsTests : IAsyncLifetime
{
    private InferenceHost _host = null!;
    private GrpcClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await InferenceHost.StartAsync(registry => registry.Deploy("linear", "1", TinyModels.Linear()));
        _client = new GrpcClient(_host.Http.BaseAddress!);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Health_and_readiness()
    {
        Assert.True((await _client.CallAsync<ServerLiveRequest, ServerLiveResponse>("ServerLive", new())).Live);
        Assert.True((await _client.CallAsync<ServerReadyRequest, ServerReadyResponse>("ServerReady", new())).Ready);
        Assert.True((await _client.CallAsync<ModelReadyRequest, ModelReadyResponse>("ModelReady", new() { Name = "linear", Version = "champion" })).Ready);
        Assert.False((await _client.CallAsync<ModelReadyRequest, ModelReadyResponse>("ModelReady", new() { Name = "nobody" })).Ready);
        foreach (var service in new[] { "", "inference.GRPCInferenceService" })
        {
            var health = await new Health.HealthClient(_client.Channel).CheckAsync(new HealthCheckRequest { Service = service });
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        }
    }

    [Fact]
    public async Task Metadata_and_configuration()
    {
        var server = await _client.CallAsync<ServerMetadataRequest, ServerMetadataResponse>("ServerMetadata", new());
        var model = await _client.CallAsync<ModelMetadataRequest, ModelMetadataResponse>("ModelMetadata", new() { Name = "linear" });
        var config = (await _client.CallAsync<ModelConfigRequest, ModelConfigResponse>("ModelConfig", new() { Name = "linear" })).Config;
        var said = (await _host.Http.GetFromJsonAsync<JsonNode>("/v2/models/linear/config"))!;

        Assert.Contains("binary_tensor_data", server.Extensions);
        Assert.Equal(("x", "FP32", -1L, 3L), (model.Inputs[0].Name, model.Inputs[0].Datatype, model.Inputs[0].Shape[0], model.Inputs[0].Shape[1]));
        Assert.Equal(["1"], model.Versions);
        Assert.Equal(((int)said["max_batch_size"]!, DataType.TypeFp32, (ulong)said["dynamic_batching"]!["priority_levels"]!),
            (config.MaxBatchSize, config.Input[0].DataType, config.DynamicBatching.PriorityLevels));
    }

    [Fact]
    public async Task Statistics_count_both_ways_of_calling()
    {
        await _client.Infer(Requests.Row());
        await _host.InferAsync("linear", """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""");

        // A call is counted when its answer has gone.
        var one = await Eventually.ValueAsync(
            async () => await CountAsync() is { InferenceStats.Success.Count: 2 } counted ? counted : null, "both calls are counted");
        var all = (await _client.CallAsync<ModelStatisticsRequest, ModelStatisticsResponse>("ModelStatistics", new())).ModelStats.Single();

        Assert.Equal(2ul, one.InferenceCount);
        Assert.Equal(one.InferenceStats, all.InferenceStats);
    }

    [Fact]
    public async Task A_model_goes_out_of_service_and_comes_back_with_other_settings()
    {
        await _client.CallAsync<RepositoryModelUnloadRequest, RepositoryModelUnloadResponse>("RepositoryModelUnload", new() { ModelName = "linear" });
        var index = await _client.CallAsync<RepositoryIndexRequest, RepositoryIndexResponse>("RepositoryIndex", new());
        Assert.Equal(("linear", "UNAVAILABLE", "unloaded"), (index.Models[0].Name, index.Models[0].State, index.Models[0].Reason));

        await LoadAsync("config", "{\"max_batch_size\":7}");
        var config = await _client.CallAsync<ModelConfigRequest, ModelConfigResponse>("ModelConfig", new() { Name = "linear" });
        Assert.Equal(7, config.Config.MaxBatchSize);
    }

    [Fact]
    public async Task Refusals_have_a_status_and_a_reason()
    {
        Assert.Equal((StatusCode.NotFound, "inference.model_unknown"), await RefusalAsync(
            _client.CallAsync<ModelMetadataRequest, ModelMetadataResponse>("ModelMetadata", new() { Name = "nobody" })));
        Assert.Equal((StatusCode.NotFound, "inference.model_unknown"), await RefusalAsync(
            _client.CallAsync<RepositoryModelUnloadRequest, RepositoryModelUnloadResponse>("RepositoryModelUnload", new() { ModelName = "nobody" })));
        Assert.Equal((StatusCode.InvalidArgument, "inference.config_invalid"), await RefusalAsync(LoadAsync("config", "{\"nothing\":1}")));
        Assert.Equal((StatusCode.InvalidArgument, "inference.files_not_taken"), await RefusalAsync(LoadAsync("file:1/model.onnx", "x")));
        Assert.Equal((StatusCode.Unimplemented, "route.not_found"), await RefusalAsync(
            _client.CallAsync<ServerLiveRequest, ServerLiveResponse>("TraceSetting", new())));
    }

    [Fact]
    public async Task The_services_describe_themselves()
    {
        using var call = new ServerReflection.ServerReflectionClient(_client.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(default));

        Assert.Contains("inference.GRPCInferenceService", call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name));
    }

    private async Task<ModelStatistics> CountAsync() =>
        (await _client.CallAsync<ModelStatisticsRequest, ModelStatisticsResponse>("ModelStatistics", new() { Name = "linear", Version = "1" })).ModelStats.Single();

    private Task<RepositoryModelLoadResponse> LoadAsync(string name, string value) => _client.CallAsync<RepositoryModelLoadRequest, RepositoryModelLoadResponse>(
        "RepositoryModelLoad", new() { ModelName = "linear", Parameters = { [name] = new ModelRepositoryParameter { StringParam = value } } });

    private static async Task<(StatusCode, string?)> RefusalAsync(Task call)
    {
        var (status, reason, _) = await GrpcClient.RefusalAsync(call);
        return (status, reason);
    }
}
