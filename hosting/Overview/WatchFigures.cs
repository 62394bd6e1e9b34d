using System.Globalization;

namespace Platform.Hosting.Overview;

/// <summary>What the monitor found lately: three figures of the latest window, and a bar of drift for each window.</summary>
internal static class WatchFigures
{
    private const int BarWidth = 6;
    private const int Step = 8;
    private const int Height = 36;
    private const double LeastBar = 1.5;

    public static string Render(IReadOnlyList<WindowOverview> windows) => windows is [.., var last]
        ? $"""
        <dl>
        {Figure("Predictions in the latest window", last.Count.ToString(CultureInfo.InvariantCulture))}
        {Figure("Latency p95", Number(last.LatencyP95Ms, "0.00 ms"))}
        {Figure("Accuracy by labels", Number(last.Accuracy, "0.000"))}
        {Figure("Drifted features", Bars(windows))}
        </dl>
        """
        : """<p class="none">No window of predictions has been watched yet.</p>""";

    private static string Figure(string name, string value) => $"<div><dt>{name}</dt><dd>{value}</dd></div>";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static string Bars(IReadOnlyList<WindowOverview> windows) =>
        $"<svg role=\"img\" aria-label=\"Share of drifted features in the last {windows.Count} windows\" width=\"{windows.Count * Step}\" height=\"{Height}\">" +
        $"{string.Concat(windows.Select(Bar))}</svg>";

    private static string Bar(WindowOverview window, int index)
    {
        var height = Math.Max(LeastBar, (window.DriftedShare ?? 0) * Height);
        return string.Create(CultureInfo.InvariantCulture,
            $"<rect class=\"{window.Drifted switch { true => "bad", false => "good", null => "none" }}\" x=\"{index * Step}\" y=\"{Height - height:0.#}\" width=\"{BarWidth}\" height=\"{height:0.#}\">" +
            $"<title>{window.To.UtcDateTime:HH:mm:ss} UTC: {(window.DriftedShare is { } share ? $"{share:P0} of the features" : "not known")}</title></rect>");
    }
}
