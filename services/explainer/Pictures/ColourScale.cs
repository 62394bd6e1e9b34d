using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>What the colours of a picture stand for.</summary>
internal static class ColourScale
{
    private const int Steps = 5;
    private const double Step = 22;
    private const double Height = 10;

    /// <summary>Draws it in the middle, and returns where it ended.</summary>
    public static double Draw(SvgCanvas canvas, IWording wording, double y, double largest, double strongest)
    {
        var left = (SvgCanvas.Width / 2) - (Steps * Step);
        for (var step = 0; step < 2 * Steps; step++)
        {
            var strength = (Math.Abs(step - Steps + 0.5) + 0.5) / Steps;
            canvas.Rectangle(left + (step * Step), y, Step - 1, Height, step < Steps ? "down" : "up", Math.Round(strength * strongest, 2), radius: 0);
        }

        canvas.Text(left - 10, y + Height, $"{wording.Labels.Lowers} {ShortNumbers.Signed(-largest)}", "m", "end");
        canvas.Text(SvgCanvas.Width - left + 10, y + Height, $"{ShortNumbers.Signed(largest)} {wording.Labels.Raises}", "m");
        return y + Height + 12;
    }
}
