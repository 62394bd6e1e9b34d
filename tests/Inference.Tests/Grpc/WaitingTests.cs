using Grpc.Core;
using Platform.Contracts.Inference;
using Platform.Inference.Grpc.Messages;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Grpc;

/// <summary>Deadlines and cancellation reach the queue, and the run.</summary>
public sealed class WaitingTests : IAsyncLifetime
{
    private InferenceHost _host = null!;
    private GrpcClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await InferenceHost.StartAsync(registry => registry.Deploy("slow", "1", TinyModels.Slow()), new KeyValuePair<string, string?>("Inference:Batching:Runners", "1"));
        _client = new GrpcClient(_host.Http.BaseAddress!);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_call_whose_deadline_passes_while_it_waits_leaves_the_queue()
    {
        using var busy = Call(default);
        await _host.UntilRunningAsync();

        using var late = Call(new CallOptions(deadline: DateTime.UtcNow.AddSeconds(2)));
        await UntilWaitingAsync(1);

        Assert.Equal(StatusCode.DeadlineExceeded, (await GrpcClient.RefusalAsync(late.ResponseAsync)).Status);
        await UntilWaitingAsync(0);
        Assert.Equal(1, _host.Models.Loaded.Single().Batcher.Running);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_leaves_the_queue()
    {
        using var busy = Call(default);
        await _host.UntilRunningAsync();
        using var leaving = new CancellationTokenSource();
        using var waiting = Call(new CallOptions(cancellationToken: leaving.Token));
        await UntilWaitingAsync(1);

        await leaving.CancelAsync();

        await UntilWaitingAsync(0);
        var record = (await _host.ReadLogAsync(1)).Single();
        Assert.Equal(PredictionStatus.Cancelled, record.Data.Status);
    }

    [Fact]
    public async Task A_run_whose_only_caller_has_cancelled_is_broken_off()
    {
        using var leaving = new CancellationTokenSource();
        using var running = Call(new CallOptions(cancellationToken: leaving.Token));
        await _host.UntilRunningAsync();

        await leaving.CancelAsync();

        await _host.UntilRunningAsync(0);
    }

    [Theory]
    [InlineData("5"), InlineData("S"), InlineData("5x"), InlineData("123456789S"), InlineData("-1S")]
    public async Task A_timeout_that_is_none_is_refused(string timeout)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/inference.GRPCInferenceService/ModelInfer")
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new("application/grpc") } },
        };
        request.Headers.TryAddWithoutValidation("grpc-timeout", timeout);
        using var answer = await _host.Http.SendAsync(request);

        Assert.Equal("3", answer.Headers.GetValues("grpc-status").Single());
        Assert.Contains("grpc-timeout", answer.Headers.GetValues("grpc-message").Single());
    }

    private Task UntilWaitingAsync(int requests) => Eventually.TrueAsync(
        () => _host.Models.Loaded.Single().Batcher.Waiting == requests, $"{requests} requests wait");

    /// <summary>A run without end.</summary>
    private AsyncUnaryCall<ModelInferResponse> Call(CallOptions options)
    {
        var request = Requests.Typed("slow", "FP32", [1], new InferTensorContents { Fp32Contents = { 1 } });
        request.Inputs.Add(Requests.Typed("", "INT64", [1], new InferTensorContents { Int64Contents = { long.MaxValue } }, "rounds").Inputs);
        return _client.Infer(request, options);
    }
}
