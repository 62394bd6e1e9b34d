using System.Net;
using System.Net.Http.Json;
using Platform.Onnx.RowFlow;
using Platform.TestKit;
using Platform.TestModels;
using Xunit.Abstractions;

namespace Platform.Registry.Tests.Fuzzing;

/// <summary>
/// No file that anyone uploads ends or hangs the registry: mutated samples and small graphs of every operator that the samples and the
/// common exporters use go through the real routes. PLATFORM_FUZZ_FILES says how many, PLATFORM_FUZZ_SEED where to begin.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int AtOnce = 2;

    private static readonly (string, string)[] Bounds =
    [
        ("Registry:Sessions:Timeout", "00:00:20"), ("Registry:Sessions:MaxConcurrent", $"{AtOnce}"),
        ("Registry:Sessions:MaxMemoryBytes", $"{1L << 30}"), ("Registry:Sessions:LoadMemoryBytes", $"{512L << 20}"),
    ];

    [Fact]
    public async Task Whatever_a_file_holds_it_is_taken_or_refused_and_the_registry_lives()
    {
        var (first, count) = (Number("PLATFORM_FUZZ_SEED", 1), Number("PLATFORM_FUZZ_FILES", 60));
        await using var registry = await RegistryHost.StartAsync(Bounds);
        var model = await registry.RegisterAsync();
        var (seeds, tally) = (Seeds(), new FuzzTally());

        await Parallel.ForAsync(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
        {
            var (name, file) = seeds[seed % seeds.Length];
            await TryAsync(registry, model, $"seed {seed} ({name})", new FileMutator(seed).Mutate(file), tally);
        });

        foreach (var line in tally.Lines) output.WriteLine(line);
        Assert.Empty(tally.Faults);
        (await registry.Http.GetAsync("/health/live")).EnsureSuccessStatusCode();
        await registry.PromoteAsync(await registry.RegisterWithVersionsAsync(1), "1");
    }

    /// <summary>Uploads a file and, where it is taken, promotes it: what only shows when it runs is looked at as well.</summary>
    private static async Task TryAsync(RegistryHost registry, string model, string what, byte[] file, FuzzTally tally)
    {
        using var uploaded = await registry.Http.PostAsync($"/v1/models/{model}/versions", new UploadBody { Model = file, Reference = null }.ToContent());
        await tally.CountAsync("upload", what, uploaded);
        if (uploaded.StatusCode != HttpStatusCode.Created) return;
        var version = (await Task.FromResult(uploaded).JsonAsync(HttpStatusCode.Created))["version"]!.GetValue<string>();
        using var promoted = await registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version, alias = "fuzzed", allowSignatureChange = true });
        await tally.CountAsync("promotion", what, promoted);
    }

    private static (string Name, byte[] File)[] Seeds() =>
    [
        .. new[] { "credit", "fashion", "poems", "spam" }.Select(sample => (sample, File.ReadAllBytes(Repository.PathOf("samples", sample, "v1", "model.onnx")))),
        .. OperatorCases.All.Select(each => (each.Name, each.File.ToArray())),
    ];

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
