using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Models;

public sealed class MemoryTests
{
    private const int Mebibytes = 16;
    private const int Cycles = 30;

    [Fact]
    public async Task Memory_comes_back_after_a_model_is_unloaded_and_does_not_grow_with_loading()
    {
        await using var process = await InferenceProcess.StartAsync(registry => registry.Deploy("large", "1", TinyModels.Layers(Mebibytes)));
        var unloaded = new List<double>();
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            await process.UnloadAsync("large");
            unloaded.Add(await SettledAsync(process));
            await process.LoadAsync("large");
        }

        // The first cycles warm the process up. One model kept in every eight cycles would already be seen.
        var growth = Median(unloaded.TakeLast(10)) - Median(unloaded.Skip(4).Take(10));
        Assert.True(growth < 2 * Mebibytes, $"It grew by {growth:F1} MiB: {string.Join(' ', unloaded.Select(size => $"{size:F0}"))}");

        var loaded = process.ResidentMebibytes;
        await process.UnloadAsync("large");
        await Eventually.TrueAsync(() => process.ResidentMebibytes < loaded - Mebibytes / 2.0, "memory is returned");
    }

    /// <summary>Its memory once that falls no more: what was freed is given back in the background.</summary>
    private static async Task<double> SettledAsync(InferenceProcess process)
    {
        var (lowest, same) = (double.MaxValue, 0);
        await Eventually.TrueAsync(() =>
        {
            var now = process.ResidentMebibytes;
            (lowest, same) = now < lowest - 1 ? (now, 0) : (lowest, same + 1);
            return same == 4;
        }, "memory settles");
        return lowest;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
