using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>The axes of a curve: the feature's values along, the answer up.</summary>
internal sealed class CurveAxes
{
    private const double Left = 84;
    private const double Right = SvgCanvas.Width - 40;
    private const double Height = 260;
    private const double LabelSize = 12;
    private const int Ticks = 4;
    private const double Gap = 12;

    private readonly CurveStory _story;
    private readonly Scale _along;
    private readonly Scale _up;
    private readonly double _top;

    public CurveAxes(CurveStory story, IEnumerable<double> shown, double top)
    {
        (_story, _top) = (story, top);
        // Each name has as much room to its left as to its right.
        var room = story.Numbers is null ? (Right - Left) / (2 * story.Points.Count) : 0;
        _along = Scale.Of(Left + room, Right - room, story.Numbers ?? [.. Enumerable.Range(0, story.Points.Count).Select(point => (double)point)]);
        _up = Scale.Of(top + Height, top, shown);
    }

    /// <summary>Where the picture ends.</summary>
    public double Bottom => _top + Height + 44;

    public double X(int point) => _along.X(_story.Numbers?[point] ?? point);

    public double Y(double value) => _up.X(value);

    public IEnumerable<(double X, double Y)> Through(IReadOnlyList<double> curve) => curve.Select((value, point) => (X(point), Y(value)));

    public void Draw(SvgCanvas canvas)
    {
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var value = _up.Least + ((_up.Most - _up.Least) * tick / Ticks);
            if (_up.Most <= _up.Least && tick > 0) break;
            canvas.Line(Left, Y(value), Right, Y(value), "grid");
            canvas.Text(Left - 8, Y(value) + 4, ShortNumbers.Short(value), "m", "end");
        }

        DrawPoints(canvas);
        canvas.Text((Left + Right) / 2, _top + Height + 40, TextWidth.Cut(_story.Feature, 13, Right - Left), "", "middle", _story.Feature);
    }

    /// <summary>As many of the values as there is room for, the first one in any case.</summary>
    private void DrawPoints(SvgCanvas canvas)
    {
        var free = 0.0;
        var most = (Right - Left) / Math.Clamp(_story.Points.Count, 1, 8);
        for (var point = 0; point < _story.Points.Count; point++)
        {
            var label = TextWidth.Cut(_story.Points[point], LabelSize, most);
            var half = TextWidth.Of(label, LabelSize) / 2;
            var at = Math.Clamp(X(point), half, SvgCanvas.Width - half);
            if (at - half < free) continue;
            canvas.Line(X(point), _top + Height, X(point), _top + Height + 5, "grid");
            canvas.Text(at, _top + Height + 20, label, "m", "middle", _story.Points[point]);
            free = at + half + Gap;
        }
    }
}
