using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>How an answer follows a feature: the mean with its errors and the rows' spread, or single rows.</summary>
internal static class CurvePicture
{
    public const string Dependence = "dependence";
    public const string Individual = "ice";

    private const double Dash = 9;

    /// <summary>Every name that a request may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [Dependence, Individual];

    /// <summary>The names of those that can show this, the one first that is drawn when none is named.</summary>
    public static IEnumerable<string> NamesFor(CurveStory story) =>
        [.. story.Values is null ? Array.Empty<string>() : [Dependence], .. story.Lines.Count == 0 ? Array.Empty<string>() : [Individual]];

    /// <summary>Draws the picture of that name, or the first that suits; null where it cannot show this.</summary>
    public static string? Draw(string? name, CurveStory story, IWording wording)
    {
        var suited = NamesFor(story).ToList();
        var chosen = name ?? suited[0];
        return suited.Contains(chosen)
            ? PictureFrame.Draw(wording.Global.Heading(story), wording.Global.Tell(story), wording.Language, (canvas, top) => Draw(canvas, story, wording, chosen == Dependence, top))
            : null;
    }

    private static double Draw(SvgCanvas canvas, CurveStory story, IWording wording, bool hasMean, double top)
    {
        canvas.Text(SvgCanvas.Width - 20, top + 10, wording.Global.Key(story, hasMean), "m", "end");
        var axes = new CurveAxes(story, Shown(story, hasMean), top + 26);
        axes.Draw(canvas);
        if (hasMean) DrawMean(canvas, story, axes);
        else DrawRows(canvas, story, axes);
        return axes.Bottom;
    }

    private static IEnumerable<double> Shown(CurveStory story, bool hasMean) => hasMean
        ? [.. story.Values!, .. story.Low ?? [], .. story.High ?? [], .. story.Values!.Select((value, point) => value - Error(story, point)), .. story.Values!.Select((value, point) => value + Error(story, point))]
        : story.Lines.SelectMany(line => line);

    private static void DrawMean(SvgCanvas canvas, CurveStory story, CurveAxes axes)
    {
        if (story is { Low: { } low, High: { } high })
            Fill(canvas, story, axes, low, high);
        Trace(canvas, story, axes, story.Values!, "curve");
        for (var point = 0; point < story.Values!.Count; point++)
        {
            if (Error(story, point) is > 0 and var error)
                canvas.Line(axes.X(point), axes.Y(story.Values[point] - error), axes.X(point), axes.Y(story.Values[point] + error), "err");
        }
    }

    private static void DrawRows(SvgCanvas canvas, CurveStory story, CurveAxes axes)
    {
        foreach (var line in story.Lines) Trace(canvas, story, axes, line, story.Lines.Count == 1 ? "curve" : "faint");
        if (story.Own is { } own) canvas.Ring(axes.X(own), axes.Y(story.Lines[0][own]), 5);
    }

    /// <summary>A line through quantities; names have nothing between them, and each gets a dash of its own.</summary>
    private static void Trace(SvgCanvas canvas, CurveStory story, CurveAxes axes, IReadOnlyList<double> curve, string style)
    {
        if (story.Numbers is not null) canvas.Curve(axes.Through(curve), style);
        else foreach (var (x, y) in axes.Through(curve)) canvas.Curve([(x - Dash, y), (x + Dash, y)], style);
    }

    private static void Fill(SvgCanvas canvas, CurveStory story, CurveAxes axes, IReadOnlyList<double> low, IReadOnlyList<double> high)
    {
        if (story.Numbers is not null) canvas.Polygon([.. axes.Through(high), .. axes.Through(low).Reverse()], "band");
        else foreach (var ((x, top), (_, bottom)) in axes.Through(high).Zip(axes.Through(low))) canvas.Rectangle(x - Dash, top, 2 * Dash, bottom - top, "band");
    }

    private static double Error(CurveStory story, int point) => story.Errors?[point] ?? 0;
}
