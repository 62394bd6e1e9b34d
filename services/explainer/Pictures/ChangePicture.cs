using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>A row beside the nearest ones that are decided otherwise, with what differs.</summary>
internal static class ChangePicture
{
    public const string Name = "counterfactual";

    private const int MostWays = 4;
    private const int MostFeatures = 16;
    private const double Left = 20;
    private const double Labels = 200;
    private const double Step = 27;
    private const double Gap = 8;

    public static string Draw(ChangeStory story, IWording wording) => PictureFrame.Draw(
        wording.Decisions.Heading(story), wording.Decisions.Tell(story), wording.Language, (canvas, top) => Draw(canvas, story, wording, top));

    private static double Draw(SvgCanvas canvas, ChangeStory story, IWording wording, double top)
    {
        var labels = wording.Decisions.Labels;
        var ways = story.Ways.Take(MostWays).ToList();
        if (ways.Count == 0)
        {
            canvas.Text(Left, top + 18, labels.NothingFound, "m");
            return top + Step;
        }

        var grid = new Columns(canvas, 1 + ways.Count);
        grid.Write(0, top, labels.AsItIs, "m");
        for (var way = 0; way < ways.Count; way++) grid.Write(way + 1, top, $"{way + 1}", "m");
        var y = top + Step;
        grid.Label(y, labels.Answer, "m");
        grid.Write(0, y, wording.Decisions.Short(story.Now), "");
        for (var way = 0; way < ways.Count; way++) grid.Write(way + 1, y, wording.Decisions.Short(ways[way].Then), "");
        y += Step;
        grid.Label(y, labels.Distance, "m");
        for (var way = 0; way < ways.Count; way++) grid.Write(way + 1, y, ShortNumbers.Short(ways[way].Distance), "m");
        y += Step;
        canvas.Line(Left, y + 3, SvgCanvas.Width - Left, y + 3, "grid");
        return DrawFeatures(canvas, grid, ways, wording, y + 6);
    }

    private static double DrawFeatures(SvgCanvas canvas, Columns grid, List<Way> ways, IWording wording, double y)
    {
        // Those that most ways change come first.
        var features = ways.SelectMany(way => way.Changes).GroupBy(change => change.Feature).OrderByDescending(same => same.Count()).ToList();
        foreach (var feature in features.Take(MostFeatures))
        {
            grid.Label(y, feature.Key, "");
            grid.Write(0, y, feature.First().From is { Length: > 0 } from ? from : "–", "");
            for (var way = 0; way < ways.Count; way++)
            {
                if (ways[way].Changes.FirstOrDefault(change => change.Feature == feature.Key) is { } change) grid.Box(way + 1, y, change);
                else grid.Write(way + 1, y, "=", "m");
            }

            y += Step;
        }

        if (features.Count <= MostFeatures) return y + 6;
        canvas.Text(Left, y + 18, wording.Others(features.Count - MostFeatures), "m");
        return y + Step + 6;
    }

    /// <summary>Where things stand: names at the left, then the row, then the ways.</summary>
    private sealed class Columns(SvgCanvas canvas, int count)
    {
        private readonly double _width = (SvgCanvas.Width - (2 * Left) - Labels) / count;

        public void Label(double y, string text, string style) => canvas.Text(Left, y + 18, TextWidth.Cut(text, 13, Labels - Gap), style, whole: text);

        public void Write(int column, double y, string text, string style) =>
            canvas.Text(X(column) + Gap, y + 18, TextWidth.Cut(text, 13, _width - (3 * Gap)), style, whole: text);

        public void Box(int column, double y, Change change)
        {
            var style = change.Direction switch { > 0 => "up", < 0 => "down", _ => "rest" };
            canvas.Rectangle(X(column), y + 2, _width - Gap, Step - 5, style, 0.22, $"{change.Feature}: {change.From} → {change.To}");
            Write(column, y, change.Direction switch { > 0 => $"↑ {change.To}", < 0 => $"↓ {change.To}", _ => change.To }, "");
        }

        private double X(int column) => Left + Labels + (column * _width);
    }
}
