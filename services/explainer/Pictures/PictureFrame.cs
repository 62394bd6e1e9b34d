namespace Platform.Explainer.Pictures;

/// <summary>What every picture has around it: its heading above, and what it says below.</summary>
internal static class PictureFrame
{
    private const double Margin = 20;
    private const double HeadingSize = 17;
    private const double CaptionSize = 12;
    private const double CaptionLine = 18;
    private const double HeadingWeight = 1.08; // letters that are bold are wider

    /// <param name="heading">Above the picture; what is too long is cut.</param>
    /// <param name="told">Below it, in as many lines as it takes.</param>
    /// <param name="language">The language of both.</param>
    /// <param name="draw">Draws from the y it is given, and returns where it ended.</param>
    public static string Draw(string heading, string told, string language, Func<SvgCanvas, double, double> draw)
    {
        var canvas = new SvgCanvas();
        canvas.Text(Margin, 32, TextWidth.Cut(heading, HeadingSize * HeadingWeight, SvgCanvas.Width - (2 * Margin)), "h", whole: heading);
        var bottom = draw(canvas, 52);
        foreach (var line in TextWidth.Wrap(told, CaptionSize, SvgCanvas.Width - (2 * Margin)))
            canvas.Text(Margin, bottom += CaptionLine, line, "m");
        return canvas.ToSvg(bottom + 16, heading, told, language);
    }
}
