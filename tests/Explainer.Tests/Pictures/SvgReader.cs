using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Platform.Explainer.Tests.Pictures;

/// <summary>Where the elements of a picture lie; the widths of texts are guessed as those of a usual font.</summary>
internal sealed record SvgReader(XElement Root)
{
    public static SvgReader Read(string svg) => new(XDocument.Parse(svg, LoadOptions.PreserveWhitespace).Root!);

    public double Width => double.Parse(Root.Attribute("viewBox")!.Value.Split(' ')[2], CultureInfo.InvariantCulture);

    public double Height => double.Parse(Root.Attribute("viewBox")!.Value.Split(' ')[3], CultureInfo.InvariantCulture);

    public string Title => Root.Elements().Single(element => element.Name.LocalName == "title").Value;

    public string Description => Root.Elements().Single(element => element.Name.LocalName == "desc").Value;

    public IEnumerable<string> Names => Root.DescendantsAndSelf().Select(element => element.Name.LocalName);

    public IEnumerable<Box> Boxes => Root.Elements().Select(BoxOf).OfType<Box>();

    private static Box? BoxOf(XElement element) => element.Name.LocalName switch
    {
        "rect" => new Box(Of(element, "x"), Of(element, "y"), Of(element, "x") + Of(element, "width"), Of(element, "y") + Of(element, "height"), null),
        "line" => Around([(Of(element, "x1"), Of(element, "y1")), (Of(element, "x2"), Of(element, "y2"))]),
        "polygon" => Around([.. element.Attribute("points")!.Value.Split(' ').Select(point => point.Split(','))
            .Select(point => (double.Parse(point[0], CultureInfo.InvariantCulture), double.Parse(point[1], CultureInfo.InvariantCulture)))]),
        "text" => OfText(element),
        _ => null,
    };

    private static Box OfText(XElement element)
    {
        var text = string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value));
        var size = element.Attribute("class")?.Value switch { "h" => 17, "m" => 12, "on" => 11, "w" => 16, _ => 13 };
        var width = element.Attribute("textLength") is null ? text.EnumerateRunes().Sum(WidthOf) * size : Of(element, "textLength");
        var left = Of(element, "x") - (element.Attribute("text-anchor")?.Value switch { "end" => width, "middle" => width / 2, _ => 0 });
        return new Box(left, Of(element, "y") - (0.8 * size), left + width, Of(element, "y") + (0.2 * size), text);
    }

    private static double WidthOf(Rune rune) => rune.Value >= 0x2E80 ? 1 : Rune.IsUpper(rune) ? 0.7 : 0.53;

    private static double Of(XElement element, string attribute) => double.Parse(element.Attribute(attribute)?.Value ?? "0", CultureInfo.InvariantCulture);

    private static Box Around((double X, double Y)[] points) =>
        new(points.Min(point => point.X), points.Min(point => point.Y), points.Max(point => point.X), points.Max(point => point.Y), null);
}

/// <summary>The rectangle around an element.</summary>
internal sealed record Box(double Left, double Top, double Right, double Bottom, string? Text)
{
    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}
