using System.Globalization;
using Platform.Bench.Load;
using Platform.Bench.References;

namespace Platform.Bench.Serving;

/// <summary>One interleaved round for one cell: the empty endpoint, the bare runtime and the platform, minutes apart at most.</summary>
internal sealed record CellMeasurement(
    Cell Cell, double EmptyPerSecond, double EmptyCpuMicros, double BareMicrosPerRow, int BareBatch, LoadResult One, LoadResult Eight,
    LoadResult Full, double CpuMicros, double Bytes, LoadResult Unlogged, double UnloggedCpuMicros)
{
    private const int Saturating = 64;

    /// <summary>Requests per second that an empty endpoint plus the bare runtime would allow.</summary>
    public double LimitPerSecond => 1e6 / (1e6 / EmptyPerSecond + BareMicrosPerRow);

    public double ShareOfLimit => Full.PerSecond / LimitPerSecond;

    /// <summary>The same share by processor time a request, which other work on the machine disturbs less.</summary>
    public double ShareOfLimitByCpu => (EmptyCpuMicros + BareMicrosPerRow) / CpuMicros;

    /// <summary>What turning the prediction log off would gain, as a share.</summary>
    public double LogCost => Unlogged.PerSecond / Full.PerSecond - 1;

    /// <summary>The same by processor time a request.</summary>
    public double LogCostByCpu => CpuMicros / UnloggedCpuMicros - 1;

    public static async Task<CellMeasurement> TakeAsync(Cell cell, Deployment platform, TimeSpan duration)
    {
        var answer = await AnswerAsync(cell, platform.InferencePort);
        var (empty, emptyCpu) = await EmptyAsync(cell, answer, duration);
        var (micros, batch) = await BareAsync(cell, duration / 7);
        var one = await ClosedLoop.RunAsync(platform.InferencePort, cell.Request(), 1, duration);
        var eight = await ClosedLoop.RunAsync(platform.InferencePort, cell.Request(), 8, duration);
        var (unlogged, unloggedCpu) = await SaturateAsync(platform.Inference, platform.InferencePort, cell.Request(logged: false), duration);
        var (full, cpu) = await SaturateAsync(platform.Inference, platform.InferencePort, cell.Request(), duration);
        var bytes = await AllocatedAsync(platform, cell.Request(), duration);
        return new CellMeasurement(cell, empty.PerSecond, emptyCpu, micros, batch, one, eight, full, cpu, bytes, unlogged, unloggedCpu);
    }

    private static async Task<(LoadResult Load, double CpuMicros)> SaturateAsync(
        ChildProcess server, int port, WireRequest request, TimeSpan duration)
    {
        await ClosedLoop.RunAsync(port, request, Saturating, duration / 4);
        var before = server.ProcessorTime;
        var load = await ClosedLoop.RunAsync(port, request, Saturating, duration, warmUp: false);
        return (load, (server.ProcessorTime - before).TotalMicroseconds / load.Latencies.Count);
    }

    /// <summary>Bytes that a request leaves to the garbage collector, the HTTP server's part included.</summary>
    private static async Task<double> AllocatedAsync(Deployment platform, WireRequest request, TimeSpan duration)
    {
        var before = await platform.AllocatedBytesAsync();
        var load = await ClosedLoop.RunAsync(platform.InferencePort, request, Saturating, duration, warmUp: false);
        return (await platform.AllocatedBytesAsync() - before) / load.Latencies.Count;
    }

    private static async Task<byte[]> AnswerAsync(Cell cell, int port)
    {
        using var http = new HttpClient();
        using var content = cell.Content();
        using var response = await http.PostAsync($"http://127.0.0.1:{port}{cell.Path()}", content);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync()
            : throw new InvalidOperationException($"{cell.Name}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>The latency of an empty endpoint at a rate: what the machine and the load generator bring along.</summary>
    public static async Task<LoadResult> EmptyAtAsync(Cell cell, Deployment platform, double perSecond, TimeSpan duration)
    {
        var answer = await AnswerAsync(cell, platform.InferencePort);
        return await WithEmptyAsync(cell, answer, async (_, port) =>
        {
            await ClosedLoop.RunAsync(port, cell.Request(), Saturating, duration / 4);
            return await OpenLoop.RunAsync(port, cell.Request(), perSecond, duration);
        });
    }

    private static Task<(LoadResult Load, double CpuMicros)> EmptyAsync(Cell cell, byte[] answer, TimeSpan duration) =>
        WithEmptyAsync(cell, answer, (server, port) => SaturateAsync(server, port, cell.Request(), duration));

    private static async Task<T> WithEmptyAsync<T>(Cell cell, byte[] answer, Func<ChildProcess, int, Task<T>> measure)
    {
        var (file, port) = (Path.GetTempFileName(), Ports.Free());
        await File.WriteAllBytesAsync(file, answer);
        using var server = ChildProcess.Start(ChildProcess.ServerCore, Program.Path, ["empty", $"{port}", file, cell.ContentType]);
        await server.ListeningAsync(port);
        var result = await measure(server, port);
        File.Delete(file);
        return result;
    }

    private static async Task<(double Micros, int Batch)> BareAsync(Cell cell, TimeSpan perSize)
    {
        using var child = ChildProcess.Start(ChildProcess.ServerCore, Program.Path,
            ["bare", Deployment.ModelPath(cell.Model), perSize.TotalSeconds.ToString(CultureInfo.InvariantCulture)]);
        var words = (await child.OutputAsync()).Split();
        return (double.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
