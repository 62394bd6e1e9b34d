using System.Text.Json;

namespace Platform.Statistics.Tests.PairedTests;

/// <summary>Reference values computed with SciPy (tests/golden/paired_statistics.py).</summary>
internal static class PairedGolden
{
    private static readonly JsonElement Values =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "paired_statistics.json"))).RootElement;

    public static IEnumerable<JsonElement> Cases(string name) => Values.GetProperty(name).EnumerateArray();

    public static double Number(this JsonElement found, string name) => found.GetProperty(name).GetDouble();

    public static double[] Numbers(this JsonElement found, string name) => [.. found.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];

    public static bool[] Flags(this JsonElement found, string name) => Array.ConvertAll(found.Numbers(name), number => number == 1);
}
