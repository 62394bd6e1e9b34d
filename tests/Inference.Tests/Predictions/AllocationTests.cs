using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Recording;
using Platform.Inference.Requests;
using Platform.Inference.Telemetry;
using Platform.TestModels;

namespace Platform.Inference.Tests.Predictions;

/// <summary>What requests leave to the garbage collector between two sockets, on all threads; no other test runs meanwhile.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests : IAsyncLifetime
{
    private const int Requests = 1000;
    private const int Rounds = 10;

    private InferenceHost _host = null!;
    private LoadedVersion _version = null!;
    private byte[] _body = [];
    private bool _byName;

    public async Task InitializeAsync()
    {
        _host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Linear()));
        _version = _host.Models.Acquire("m", null)!;
    }

    public async Task DisposeAsync()
    {
        _version.Release();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1.5,2.5,3.5]}]}""", false)]
    [InlineData("""{"rows":[{"x[2]":3.5,"x[0]":1.5,"x[1]":2.5}]}""", true)]
    public async Task A_request_to_a_small_model_allocates_less_than_a_kilobyte(string body, bool byName)
    {
        (_body, _byName) = (Encoding.UTF8.GetBytes(body), byName);
        await CallAsync(2 * Requests); // pools fill and code paths settle

        // What the process does beside the requests only adds to a round: the lowest is theirs.
        var lowest = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await CallAsync(Requests);
            lowest = Math.Min(lowest, (GC.GetTotalAllocatedBytes(precise: true) - before) / Requests);
        }

        Assert.InRange(lowest, 0, 1023);
    }

    /// <summary>From the body's bytes to the answer's, to the record and back into the pool, as the endpoint does.</summary>
    private async Task CallAsync(int times)
    {
        var recorder = _host.Services.GetRequiredService<PredictionRecorder>();
        var metrics = _host.Services.GetRequiredService<InferenceMetrics>();
        for (var i = 0; i < times; i++)
        {
            var prediction = Begin();
            var result = await QueuedRun.RunAsync(_version, prediction, TimeProvider.System);
            if (result.Status != BatchStatus.Completed) Assert.Fail(result.Problem); // Assert.Equal would allocate
            if (_byName) RowForm.WriteAnswer(_version, prediction, TimeProvider.System);
            else TensorForm.WriteAnswer(_version, prediction, TimeProvider.System);
            prediction.End(PredictionStatus.Succeeded);
            recorder.Record(_version, prediction);
            metrics.Ended(_version, prediction);
            _version.Statistics.Add(prediction);
            _version.Predictions.Return(prediction);
        }
    }

    private Prediction Begin()
    {
        var prediction = _version.Predictions.Rent();
        prediction.Begin(
            new PredictionFacts { Id = "id", RequestId = "request", Route = "champion", At = DateTimeOffset.UtcNow, Started = TimeProvider.System.GetTimestamp() },
            CancellationToken.None);
        prediction.Body.Write(_body);
        var refusal = _byName
            ? RowForm.Read(prediction.Body.Written, jsonLength: null, _version, prediction)
            : TensorForm.Read(prediction.Body.Written, jsonLength: null, _version, prediction);
        if (refusal is not null) Assert.Fail(refusal.Detail);
        prediction.TakeInputs(prediction.Body.Written, _version.Records);
        return prediction;
    }
}
