using System.Text;
using static Platform.Explainer.Pictures.Markup;

namespace Platform.Explainer.Pictures;

/// <summary>
/// Collects the elements of an SVG picture. It needs no script, font or network, and its colours follow the reader's scheme, light
/// or dark.
/// </summary>
internal sealed class SvgCanvas
{
    /// <summary>Width of every picture, in pixels.</summary>
    public const double Width = 760;

    private const string Style = """
        text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei",sans-serif;font-size:13px;fill:#1f2328}
        .paper{fill:#fff}.h{font-size:17px;font-weight:600}.m{font-size:12px;fill:#59636e}.w{font-size:16px}.s{font-size:11px}.on{font-size:11px;fill:#fff;font-weight:600}
        .up{fill:#c2410c}.down{fill:#1d6fd1}.rest{fill:#848d97}.ink{fill:#1f2328}.grid{stroke:#d1d9e0;stroke-width:1}.dash{stroke:#848d97;stroke-width:1;stroke-dasharray:3 3}.err{stroke:#1f2328;stroke-width:1.5}
        @media (prefers-color-scheme:dark){text{fill:#f0f6fc}.paper{fill:#0d1117}.m{fill:#9198a1}.up{fill:#f4813f}.down{fill:#5aa5f7}.on{fill:#0d1117}.ink{fill:#f0f6fc}.grid{stroke:#3d444d}.err{stroke:#f0f6fc}}
        """;

    private const string CurveStyle = """

        .curve,.faint,.ring{fill:none;stroke:#1d6fd1;stroke-width:2}.faint{stroke-width:1;stroke-opacity:.35}.ring{stroke:#c2410c}.band{fill:#1d6fd1;fill-opacity:.15}
        @media (prefers-color-scheme:dark){.curve,.faint{stroke:#5aa5f7}.ring{stroke:#f4813f}.band{fill:#5aa5f7}}
        """;

    private readonly StringBuilder _body = new();
    private bool _hasCurves;

    public void Rectangle(double x, double y, double width, double height, string style, double opacity = 1, string? title = null, double radius = 2)
    {
        _body.Append($"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\"");
        if (radius > 0) _body.Append($" rx=\"{Number(radius)}\"");
        Finish("rect", style, opacity, title);
    }

    /// <summary>A closed shape through points.</summary>
    public void Polygon(IEnumerable<(double X, double Y)> points, string style, string? title = null)
    {
        _body.Append($"<polygon points=\"{string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))}\"");
        Finish("polygon", style, 1, title);
    }

    /// <summary>A line through points.</summary>
    public void Curve(IEnumerable<(double X, double Y)> points, string style)
    {
        _hasCurves = true;
        _body.Append($"<polyline points=\"{string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))}\" class=\"{style}\"/>\n");
    }

    /// <summary>A circle around a point.</summary>
    public void Ring(double x, double y, double radius)
    {
        _hasCurves = true;
        _body.Append($"<circle cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\" class=\"ring\"/>\n");
    }

    public void Line(double x1, double y1, double x2, double y2, string style) => _body
        .Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" class=\"{style}\"/>\n");

    /// <summary>A line of text from, to or around x; <paramref name="whole"/> is what was cut.</summary>
    public void Text(double x, double y, string text, string style = "", string anchor = "start", string? whole = null)
    {
        _body.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\"");
        if (style.Length > 0) _body.Append($" class=\"{style}\"");
        if (anchor != "start") _body.Append($" text-anchor=\"{anchor}\"");
        _body.Append('>').Append(Escape(text));
        if (whole is not null && whole != text) _body.Append($"<title>{Escape(whole)}</title>");
        _body.Append("</text>\n");
    }

    /// <summary>A text that is made to fit its width, whatever the font.</summary>
    public void FittedText(double x, double y, double width, string text, string style) => _body
        .Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" class=\"{style}\" textLength=\"{Number(width)}\" lengthAdjust=\"spacingAndGlyphs\">{Escape(text)}</text>\n");

    /// <summary>The picture: its title and description for those who cannot see it, and everything that was drawn.</summary>
    public string ToSvg(double height, string title, string description, string language) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Number(Width)} {Number(height)}" width="{Number(Width)}" height="{Number(height)}" role="img" aria-labelledby="title desc" xml:lang="{language}">
        <title id="title">{Escape(title)}</title>
        <desc id="desc">{Escape(description)}</desc>
        <style>
        {Style}{(_hasCurves ? CurveStyle : "")}
        </style>
        <rect class="paper" width="{Number(Width)}" height="{Number(height)}"/>
        {_body}</svg>

        """;

    private void Finish(string element, string style, double opacity, string? title)
    {
        _body.Append($" class=\"{style}\"");
        if (opacity < 1) _body.Append($" fill-opacity=\"{Number(opacity)}\"");
        _body.Append(title is null ? "/>\n" : $"><title>{Escape(title)}</title></{element}>\n");
    }
}
