using System.Globalization;

namespace Platform.Statistics.Metrics;

/// <summary>The order of classes in a report: by number where all are numbers, else by ordinal text.</summary>
public static class ClassOrder
{
    public static string[] Sort(ReadOnlySpan<string> labels, ReadOnlySpan<string> predictions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var label in labels)
            seen.Add(label);
        foreach (var prediction in predictions)
            seen.Add(prediction);
        return Sort(seen);
    }

    public static string[] Sort(IReadOnlyCollection<string> classes) => classes.All(IsNumber)
        ? [.. classes.OrderBy(Number)]
        : [.. classes.Order(StringComparer.Ordinal)];

    public static Dictionary<string, int> Index(IReadOnlyList<string> classes) =>
        classes.Select((name, at) => (name, at)).ToDictionary(item => item.name, item => item.at, StringComparer.Ordinal);

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
