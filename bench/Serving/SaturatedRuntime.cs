using System.Globalization;
using Platform.Bench.References;

namespace Platform.Bench.Serving;

/// <summary>
/// The bare runtime at its best batch size. The size is chosen by one measurement and its time taken by others: of several sizes that
/// are equally good the one that chance favoured would look better than it is.
/// </summary>
internal sealed class SaturatedRuntime : ISaturated, IDisposable
{
    // What the services ask of the C library (onnx/Sessions/NativeHeap.cs).
    private static readonly Dictionary<string, string> Settings = new() { ["MALLOC_MMAP_THRESHOLD_"] = $"{1 << 20}" };

    private readonly ChildProcess _child;
    private double _rows;
    private double _micros;
    private double _processorMicros;

    private SaturatedRuntime(ChildProcess child, int batch) => (_child, Batch) = (child, batch);

    /// <summary>Rows a run.</summary>
    public int Batch { get; }

    public double MicrosPerRow => _micros / _rows;

    /// <summary>Processor time a row.</summary>
    public double CpuMicrosPerRow => _processorMicros / _rows;

    public static async Task<SaturatedRuntime> StartAsync(string model, TimeSpan perSize)
    {
        var child = ChildProcess.Start(ChildProcess.ServerCore, Program.Path, ["bare", model], Settings);
        var (best, least) = (0, double.PositiveInfinity);
        // There and back: what else the machine did meanwhile shall not choose.
        foreach (var size in BareRuntime.BatchSizes.Concat(BareRuntime.BatchSizes.Reverse()))
        {
            var (rows, _, processor) = await RunAsync(child, size, perSize / 2);
            if (processor / rows < least) (best, least) = (size, processor / rows);
        }

        return new SaturatedRuntime(child, best);
    }

    public Task WarmUpAsync(TimeSpan duration) => RunAsync(_child, Batch, duration);

    public async Task TakeSliceAsync(TimeSpan duration)
    {
        var (rows, micros, processor) = await RunAsync(_child, Batch, duration);
        (_rows, _micros, _processorMicros) = (_rows + rows, _micros + micros, _processorMicros + processor);
    }

    public void Dispose() => _child.Dispose();

    private static async Task<(double Rows, double Micros, double ProcessorMicros)> RunAsync(ChildProcess child, int batch, TimeSpan duration)
    {
        var answer = await child.AskAsync(FormattableString.Invariant($"{batch} {duration.TotalSeconds:R}"));
        double[] figures = [.. answer.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return (figures[0], figures[1], figures[2]);
    }
}
