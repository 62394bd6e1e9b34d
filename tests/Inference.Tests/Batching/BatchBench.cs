using Platform.Inference.Batching;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Batching;

/// <summary>A batcher over a real model, and requests for it.</summary>
internal sealed class BatchBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelSession _session;
    private readonly SkippingTime _time = new();

    public BatchBench(OnnxFile model, BatchSettings settings, int measuredBatchSize = BatchSettings.Largest)
    {
        _session = ModelSession.Load(model.Save(_folder.Path));
        Batcher = new Batcher(_session, settings, measuredBatchSize, _time);
    }

    public Batcher Batcher { get; }

    public BatchItem Item(int rows, bool canShare, int priority, params Tensor[] inputs)
    {
        var item = new BatchItem(Buffers(_session.Signature.Inputs.Count), Buffers(_session.Signature.Outputs.Count));
        for (var i = 0; i < inputs.Length; i++) inputs[i].CopyTo(item.Inputs[i]);
        item.Begin(rows, canShare, priority);
        return item;
    }

    public Task UntilRunningAsync() => Eventually.TrueAsync(() => Batcher.Running > 0, "a runner runs the model");

    /// <summary>Lets the time of a run without end be up, once it has begun.</summary>
    public async Task<BatchResult> EndAsync(Task<BatchResult> endless)
    {
        await UntilRunningAsync();
        _time.Skip(2 * Batcher.Settings.MaxRunTime);
        return await endless.PatientlyAsync();
    }

    /// <summary>What a test that failed has left running is ended first: the model must not go under it.</summary>
    public void Dispose()
    {
        SpinWait.SpinUntil(EndsRuns, TimeSpan.FromMinutes(1));
        Batcher.Dispose();
        _session.Dispose();
        _folder.Dispose();
    }

    private bool EndsRuns()
    {
        _time.Skip(2 * Batcher.Settings.MaxRunTime);
        return Batcher is { Waiting: 0, Running: 0 };
    }

    private static TensorBuffer[] Buffers(int count) => [.. Enumerable.Range(0, count).Select(_ => new TensorBuffer())];
}
