using Grpc.Core;
using Platform.Inference.Grpc.Messages;
using Platform.TestModels;

namespace Platform.Inference.Tests.Grpc;

public sealed class StreamTests : IAsyncLifetime
{
    private const int Requests = 200;

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
    public async Task Requests_are_answered_in_their_order_each_with_a_prediction_id_of_its_own()
    {
        using var stream = _client.Stream();
        var answers = ReadAllAsync(stream.ResponseStream);
        for (var i = 0; i < Requests; i++) await stream.RequestStream.WriteAsync(Row(i));
        await stream.RequestStream.CompleteAsync();

        var all = await answers;
        Assert.Equal(Enumerable.Range(0, Requests).Select(i => $"{i}"), all.Select(answer => answer.InferResponse.Id));
        Assert.Equal(Enumerable.Range(0, Requests).Select(i => (float)i), all.Select(answer => answer.InferResponse.Outputs[0].Contents.Fp32Contents[0]));
        Assert.Equal(Requests, all.Select(answer => answer.InferResponse.Parameters["prediction_id"].StringParam).Distinct().Count());
        Assert.All(all, answer => Assert.True(answer.InferResponse.Parameters["triton_final_response"].BoolParam));
        Assert.Equal(StatusCode.OK, stream.GetStatus().StatusCode);
    }

    [Fact]
    public async Task An_answer_comes_before_the_next_request_is_sent()
    {
        using var stream = _client.Stream();
        for (var i = 0; i < 3; i++)
        {
            await stream.RequestStream.WriteAsync(Row(i));
            Assert.True(await stream.ResponseStream.MoveNext(default));
            Assert.Equal($"{i}", stream.ResponseStream.Current.InferResponse.Id);
        }
    }

    [Fact]
    public async Task What_is_wrong_with_one_request_does_not_end_the_others()
    {
        using var stream = _client.Stream();
        await stream.RequestStream.WriteAsync(Row(0));
        await stream.RequestStream.WriteAsync(new(Row(1)) { ModelName = "nobody" });
        await stream.RequestStream.WriteAsync(Row(2));
        await stream.RequestStream.CompleteAsync();

        var all = await ReadAllAsync(stream.ResponseStream);
        Assert.Equal(["0", "1", "2"], all.Select(answer => answer.InferResponse.Id));
        Assert.Equal(["", "No version of a model 'nobody' serves here.", ""], all.Select(answer => answer.ErrorMessage));
    }

    [Fact]
    public async Task An_error_ends_the_call_for_who_asks_for_that()
    {
        using var stream = _client.Stream(new CallOptions(new Metadata { { "triton_grpc_error", "true" } }));
        await stream.RequestStream.WriteAsync(Row(0));
        await stream.RequestStream.WriteAsync(new(Row(1)) { ModelName = "nobody" });

        Assert.True(await stream.ResponseStream.MoveNext(default));
        var refusal = await GrpcClient.RefusalAsync(stream.ResponseStream.MoveNext(default));
        Assert.Equal((StatusCode.NotFound, "inference.model_unknown"), (refusal.Status, refusal.Reason));
    }

    [Fact]
    public async Task A_prediction_id_of_the_call_is_refused()
    {
        using var stream = _client.Stream(new CallOptions(new Metadata { { "x-prediction-id", "one-for-all" } }));

        Assert.Equal(StatusCode.InvalidArgument, (await GrpcClient.RefusalAsync(stream.ResponseStream.MoveNext(default))).Status);
    }

    private static ModelInferRequest Row(int i) => new(Grpc.Requests.Typed("linear", "FP32", [1, 3], new() { Fp32Contents = { i, 0, 0 } })) { Id = $"{i}" };

    private static async Task<List<ModelStreamInferResponse>> ReadAllAsync(IAsyncStreamReader<ModelStreamInferResponse> answers)
    {
        var all = new List<ModelStreamInferResponse>();
        while (await answers.MoveNext(default)) all.Add(answers.Current);
        return all;
    }
}
