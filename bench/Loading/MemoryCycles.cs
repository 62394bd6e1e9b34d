using System.Diagnostics;
using Platform.Bench.Serving;
using Platform.TestModels;
using static Platform.Bench.Loading.LoadingBenchmark;

namespace Platform.Bench.Loading;

/// <summary>Resident memory while one large model is unloaded and loaded again and again.</summary>
internal static class MemoryCycles
{
    private const string Model = "large";
    private const int Columns = 10;

    public static async Task RunAsync(LoadingOptions options)
    {
        using var platform = new Deployment();
        await platform.StartAsync([new ModelFile(Model, TinyModels.Layers(options.Megabytes).ToArray())]);
        using var repository = new RepositoryClient(platform.InferencePort);
        List<double> unloaded = [], loaded = [], milliseconds = [];
        for (var cycle = 0; cycle < options.Cycles; cycle++)
        {
            await repository.UnloadAsync(Model);
            unloaded.Add(Mebibytes(platform.Inference.ResidentBytes));
            var started = Stopwatch.GetTimestamp();
            await repository.LoadAsync(Model);
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            loaded.Add(Mebibytes(platform.Inference.ResidentBytes));
        }

        Print(options, unloaded, loaded, milliseconds);
    }

    private static void Print(LoadingOptions options, List<double> unloaded, List<double> loaded, List<double> milliseconds)
    {
        Console.WriteLine($"\n### Resident memory over {options.Cycles} cycles of a model with {options.Megabytes} MiB of weights\n");
        Console.WriteLine("| cycles | unloaded, MiB (lowest to highest) | loaded, MiB (lowest to highest) | load ms (median) |\n|---|---|---|---|");
        for (var first = 0; first < options.Cycles; first += Columns)
        {
            var count = Math.Min(Columns, options.Cycles - first);
            Console.WriteLine($"| {first + 1} to {first + count} | {Range(unloaded.GetRange(first, count))} | {Range(loaded.GetRange(first, count))} "
                              + $"| {Median(milliseconds.GetRange(first, count)):F0} |");
        }

        Console.WriteLine($"\nEach cycle, unloaded: {string.Join(' ', unloaded.Select(value => $"{value:F0}"))}");
        var (early, late) = (Median(unloaded.Skip(4).Take(Columns)), Median(unloaded.TakeLast(Columns)));
        Console.WriteLine($"**Growth of the median from cycles 5 to 14 to the last ten: {late - early:+0.0;-0.0} MiB.**");
    }

    private static string Range(List<double> values) => $"{values.Min():F0} to {values.Max():F0}";
}
