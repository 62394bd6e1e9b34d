using System.Diagnostics;
using System.Globalization;
using System.Text;
using Platform.Bench.Serving;
using static Platform.Bench.Loading.LoadingBenchmark;

namespace Platform.Bench.Loading;

/// <summary>Many small models in one process: what each costs, and how one that was put out comes back.</summary>
internal static class SmallModels
{
    private const int Rounds = 3;

    /// <summary>Memory and load time of each.</summary>
    public static async Task CostAsync(LoadingOptions options)
    {
        var (first, others) = (Copy(0), Enumerable.Range(1, options.Models).Select(Copy).ToArray());
        using var platform = new Deployment();
        await platform.StartAsync([first]);
        using var client = new RepositoryClient(platform.InferencePort);
        await CallAsync(client, [first]);
        var before = platform.Inference.ResidentBytes;
        foreach (var model in others) await platform.DeployAsync(model);
        await platform.ReadyAsync(others);
        var loaded = platform.Inference.ResidentBytes;
        await CallAsync(client, others);
        var called = platform.Inference.ResidentBytes;

        Console.WriteLine($"\n### {options.Models} small models (tabular, {first.Content.Length / 1024} KiB each) in one process\n");
        Console.WriteLine("| | |\n|---|---|");
        Console.WriteLine($"| resident before, MiB | {Mebibytes(before):F0} |");
        Console.WriteLine($"| for each model loaded, KiB | {(loaded - before) / 1024.0 / options.Models:F0} |");
        Console.WriteLine($"| for each model loaded and called, KiB | {(called - before) / 1024.0 / options.Models:F0} |");
        Console.WriteLine($"| unload and load again, ms (median) | {Median(await ReloadAsync(client, others)):F1} |");
    }

    /// <summary>Called in turn, so that with room for only some of them every call brings one back.</summary>
    public static async Task ReturnAsync(LoadingOptions options)
    {
        var models = Enumerable.Range(0, options.Models).Select(Copy).ToArray();
        var bound = options.Room * ((long)models[0].Content.Length + (1 << 20));
        using var platform = new Deployment();
        await platform.StartAsync(models,
            new KeyValuePair<string, string>("Inference__MaxModelBytes", bound.ToString(CultureInfo.InvariantCulture)));
        using var client = new RepositoryClient(platform.InferencePort);
        var before = platform.Inference.ResidentBytes;
        List<double> milliseconds = [];
        for (var round = 0; round < Rounds; round++) milliseconds.AddRange(await CallAsync(client, models));

        Console.WriteLine($"\n### {options.Models} small models with room for {options.Room}, called in turn {Rounds} times\n");
        Console.WriteLine("| | |\n|---|---|");
        Console.WriteLine($"| a call that brings its model back, ms (median) | {Median(milliseconds):F1} |");
        Console.WriteLine($"| the slowest, ms | {milliseconds.Max():F1} |");
        Console.WriteLine($"| resident before and after, MiB | {Mebibytes(before):F0}, {Mebibytes(platform.Inference.ResidentBytes):F0} |");
    }

    private static ModelFile Copy(int number) => new($"small-{number}", File.ReadAllBytes(Deployment.ModelPath("tabular")));

    private static async Task<List<double>> ReloadAsync(RepositoryClient client, ModelFile[] models)
    {
        var milliseconds = new List<double>();
        foreach (var model in models)
        {
            var started = Stopwatch.GetTimestamp();
            await client.UnloadAsync(model.Name);
            await client.LoadAsync(model.Name);
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return milliseconds;
    }

    private static async Task<List<double>> CallAsync(RepositoryClient client, ModelFile[] models)
    {
        var body = Encoding.UTF8.GetString(Cell.All[0].Body);
        var milliseconds = new List<double>();
        foreach (var model in models)
        {
            var started = Stopwatch.GetTimestamp();
            await client.PostAsync($"/v2/models/{model.Name}/infer", body);
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return milliseconds;
    }
}
