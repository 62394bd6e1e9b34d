using System.Diagnostics;
using System.Globalization;
using Platform.Bench.Loading;

namespace Platform.Bench.Documents;

/// <summary>What it takes a new process to open a store and to read one document of it.</summary>
internal sealed record OpenedStore(double Milliseconds, double Mebibytes)
{
    public static async Task<OpenedStore> StartAsync(string provider, string path)
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", [Program.Path, "open-documents", provider, path]) { RedirectStandardOutput = true })!;
        var answer = (await child.StandardOutput.ReadToEndAsync()).Split(' ');
        return new OpenedStore(double.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The process of its own.</summary>
    public static async Task MeasureAsync(string provider, string path)
    {
        var before = Resident();
        var watch = Stopwatch.StartNew();
        await using var store = BenchFolder.Open(provider, path);
        await store.Documents.GetAsync<BenchVersion>("versions", BenchFolder.IdOf(0, 0), CancellationToken.None);
        var elapsed = watch.Elapsed.TotalMilliseconds;
        GC.Collect();
        Console.Write(FormattableString.Invariant($"{elapsed} {LoadingBenchmark.Mebibytes(Resident() - before)}"));
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
