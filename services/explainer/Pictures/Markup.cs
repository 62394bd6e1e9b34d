using System.Globalization;
using System.Text;
using System.Xml;

namespace Platform.Explainer.Pictures;

/// <summary>Texts and numbers as they stand in SVG and HTML.</summary>
internal static class Markup
{
    /// <summary>The text with what has a meaning in markup written as entities, and without what XML cannot hold.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])) escaped.Append(text[at]).Append(text[++at]);
            else escaped.Append(Escape(text[at]));
        }

        return escaped.ToString();
    }

    /// <summary>A coordinate, to a hundredth.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;

    private static string Escape(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ when XmlConvert.IsXmlChar(character) => character.ToString(),
        _ => "\uFFFD",
    };
}
