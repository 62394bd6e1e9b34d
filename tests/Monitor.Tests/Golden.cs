using System.Text.Json;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests;

/// <summary>Reference values computed with SciPy and scikit-learn.</summary>
internal static class Golden
{
    public static readonly JsonElement Statistics = Read("statistics.json");

    public static readonly JsonElement More = Read("more_statistics.json");

    /// <summary>Comparisons of groups (tests/golden/fairness_statistics.py).</summary>
    public static readonly JsonElement Fairness = Read("fairness_statistics.json");

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    public static ExactNumber[] ExactNumbers(this JsonElement array) => Array.ConvertAll(array.Numbers(), number => (ExactNumber)number);

    public static string[] Texts(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.ToString())];

    public static bool[] Flags(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble() == 1)];

    public static double[][] Rows(this JsonElement array) => [.. array.EnumerateArray().Select(Numbers)];

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", file))).RootElement;
}
