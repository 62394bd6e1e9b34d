using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>The image, and beside it the same faintly with every pixel on the colour of its share.</summary>
internal sealed class HeatmapPicture : IPicture
{
    private const double Side = 344;
    private const double Left = 20;
    private const double Gap = 32;
    private const double Faint = 0.35;
    private const double Strongest = 0.85;
    private const int Levels = 12;

    public string Name => "heatmap";

    public bool Suits(Story story) => Grid.Of(story.Shape) is { } grid && grid.Height * grid.Width * grid.Channels == story.Parts.Count;

    public double Draw(SvgCanvas canvas, Story story, IWording wording, double top)
    {
        var grid = Grid.Of(story.Shape)!;
        var pixel = Side / Math.Max(grid.Height, grid.Width);
        var (right, y) = (Left + Side + Gap, top + 18);
        var shares = Map(grid, cell => story.Parts[cell].Share);
        var largest = shares.Max(Math.Abs);
        canvas.Text(Left, top + 10, wording.Labels.Input, "m");
        canvas.Text(right, top + 10, $"{wording.Labels.Share}: {story.Output}", "m");
        if (story.Parts.All(part => double.IsFinite(part.Number)))
        {
            var ink = Ink(Map(grid, cell => story.Parts[cell].Number / grid.Channels));
            Paint(canvas, grid, pixel, (Left, y), at => ("ink", ink[at]));
            Paint(canvas, grid, pixel, (right, y), at => ("ink", ink[at] * Faint));
        }

        Paint(canvas, grid, pixel, (right, y), at => (ShownPart.StyleOf(shares[at]), largest > 0 ? Math.Abs(shares[at]) / largest * Strongest : 0));
        return ColourScale.Draw(canvas, wording, y + (grid.Height * pixel) + 12, largest, Strongest);
    }

    private static double[] Map(Grid grid, Func<int, double> number) => [.. Enumerable.Range(0, grid.Height * grid.Width)
        .Select(at => grid.Cells(at / grid.Width, at % grid.Width).Sum(number))];

    /// <summary>Numbers as darkness, from 0 to 1.</summary>
    private static double[] Ink(double[] numbers)
    {
        var (least, most) = (numbers.Min(), numbers.Max());
        return [.. numbers.Select(number => most > least ? (number - least) / (most - least) : 0)];
    }

    /// <summary>Neighbours of one colour in a row are one rectangle: the picture stays small.</summary>
    private static void Paint(SvgCanvas canvas, Grid grid, double pixel, (double X, double Y) corner, Func<int, (string Style, double Strength)> colour)
    {
        for (var row = 0; row < grid.Height; row++)
        {
            for (var (column, next) = (0, 0); column < grid.Width; column = next)
            {
                var (style, level) = At(row, column);
                for (next = column + 1; next < grid.Width && At(row, next) == (style, level);) next++;
                if (level > 0)
                    canvas.Rectangle(corner.X + (column * pixel), corner.Y + (row * pixel), (next - column) * pixel, pixel, style, level / (double)Levels, radius: 0);
            }
        }

        (string Style, int Level) At(int row, int column)
        {
            var (style, strength) = colour((row * grid.Width) + column);
            return (style, (int)Math.Round(strength * Levels));
        }
    }
}
