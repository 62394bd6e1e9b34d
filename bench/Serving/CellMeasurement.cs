using System.Net;
using Platform.Bench.Load;
using Platform.Bench.References;

namespace Platform.Bench.Serving;

/// <summary>One round for one cell: the bare runtime, the empty endpoint, and the platform with and without prediction log, in turns.</summary>
internal sealed record CellMeasurement(
    Cell Cell, LoadResult Empty, double EmptyCpuMicros, double BareMicrosPerRow, double BareCpuMicrosPerRow, int BareBatch,
    LoadResult One, LoadResult Eight, LoadResult Full, double CpuMicros, double Bytes, LoadResult Unlogged, double UnloggedCpuMicros)
{
    /// <summary>Everything that was asked of a server.</summary>
    public IReadOnlyList<LoadResult> Loads => [Empty, One, Eight, Full, Unlogged];

    /// <summary>What turning the prediction log off would gain, as a share.</summary>
    public double LogCost => Unlogged.PerSecond / Full.PerSecond - 1;

    /// <summary>The same by processor time a request.</summary>
    public double LogCostByCpu => CpuMicros / UnloggedCpuMicros - 1;

    public static async Task<CellMeasurement> TakeAsync(Cell cell, Deployment platform, TimeSpan duration)
    {
        var one = await ClosedLoop.RunAsync(platform.InferencePort, cell.Request(), 1, duration);
        var eight = await ClosedLoop.RunAsync(platform.InferencePort, cell.Request(), 8, duration);
        using var bare = await SaturatedRuntime.StartAsync(Deployment.ModelPath(cell.Model), duration / BareRuntime.BatchSizes.Length);
        using var logged = new SaturatedServer(platform.Inference, platform.InferencePort, cell.Request());
        using var unlogged = new SaturatedServer(platform.Inference, platform.InferencePort, cell.Request(logged: false));
        var empty = await WithEmptyAsync(cell, platform, async (server, port) =>
        {
            using var reference = new SaturatedServer(server, port, cell.Request());
            // Back and forth, so each of the two comes as often after the other as after one that left its process idle.
            await ISaturated.CompareAsync(duration, reference, logged, unlogged, bare);
            return reference;
        });
        var measured = new CellMeasurement(cell, empty.Load, empty.CpuMicros, bare.MicrosPerRow, bare.CpuMicrosPerRow, bare.Batch,
            one, eight, logged.Load, logged.CpuMicros, await AllocatedAsync(platform, logged, duration), unlogged.Load, unlogged.CpuMicros);
        return measured.Loads.All(load => load.Latencies.Count > 0) && double.IsFinite(bare.MicrosPerRow)
            ? measured
            : throw new InvalidOperationException($"{cell.Name}: nothing was answered in {duration.TotalSeconds} s; measure for longer with --seconds.");
    }

    /// <summary>The latency of an empty endpoint at a rate: what the machine and the load generator bring along.</summary>
    public static Task<LoadResult> EmptyAtAsync(Cell cell, Deployment platform, double perSecond, TimeSpan duration) =>
        WithEmptyAsync(cell, platform, async (server, port) =>
        {
            using (var warming = new SaturatedServer(server, port, cell.Request())) await warming.WarmUpAsync(duration / 4);
            return await OpenLoop.RunAsync(port, cell.Request(), perSecond, duration);
        });

    /// <summary>Bytes that a request leaves to the garbage collector, the HTTP server's part included.</summary>
    private static async Task<double> AllocatedAsync(Deployment platform, SaturatedServer server, TimeSpan duration)
    {
        var before = await platform.AllocatedBytesAsync();
        var load = await server.LoadAsync(duration);
        return (await platform.AllocatedBytesAsync() - before) / load.Latencies.Count;
    }

    private static async Task<byte[]> AnswerAsync(Cell cell, int port)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = BenchKey.Header } };
        using var content = cell.Content();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}{cell.Path()}") { Content = content };
        if (cell.IsCall) (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        using var response = await http.SendAsync(request);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync()
            : throw new InvalidOperationException($"{cell.Name}: {await response.Content.ReadAsStringAsync()}");
    }

    private static async Task<T> WithEmptyAsync<T>(Cell cell, Deployment platform, Func<ChildProcess, int, Task<T>> measure)
    {
        var (file, port) = (Path.GetTempFileName(), Ports.Free());
        await File.WriteAllBytesAsync(file, await AnswerAsync(cell, platform.InferencePort));
        using var server = ChildProcess.Start(ChildProcess.ServerCore, Program.Path, ["empty", $"{port}", file, cell.ContentType]);
        await server.ListeningAsync(port);
        var result = await measure(server, port);
        File.Delete(file);
        return result;
    }
}
