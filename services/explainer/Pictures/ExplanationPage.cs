using System.Text;
using Platform.Explainer.Wording;
using static Platform.Explainer.Pictures.Markup;

namespace Platform.Explainer.Pictures;

/// <summary>An explanation as one HTML page with everything in it: no script, no network, light or dark as the reader has it.</summary>
internal static class ExplanationPage
{
    private const string Style = """
        body{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1f2328;background:#fff;max-width:800px;margin:2rem auto;padding:0 1rem;line-height:1.5}
        svg{max-width:100%;height:auto}table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d1d9e0;overflow-wrap:anywhere}
        .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.facts{color:#59636e;font-size:14px}
        @media (prefers-color-scheme:dark){body{color:#f0f6fc;background:#0d1117}th,td{border-color:#3d444d}.facts{color:#9198a1}}
        """;

    /// <summary>The picture, its sentences, and every feature in a table.</summary>
    /// <param name="story">What is told.</param>
    /// <param name="wording">Its language.</param>
    /// <param name="svg">The picture.</param>
    /// <param name="facts">What else there is to know, each with its name.</param>
    public static string Write(Story story, IWording wording, string svg, IEnumerable<(string Name, string Text)> facts) => $"""
        <!doctype html>
        <html lang="{wording.Language}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{Escape(wording.Heading(story))}</title>
        <style>
        {Style}
        </style></head>
        <body>
        <main>
        {svg}<p>{Escape(wording.Tell(story))}</p>
        <table>
        {Rows(story, wording)}</table>
        <p class="facts">{string.Join("<br>", facts.Select(fact => $"{Escape(fact.Name)}: {Escape(fact.Text)}"))}</p>
        </main>
        </body>
        </html>

        """;

    private static string Rows(Story story, IWording wording)
    {
        var labels = wording.Labels;
        var (values, errors) = (story.Parts.Any(part => part.Value is not null), story.Parts.Any(part => part.Error is not null));
        var rows = new StringBuilder("<tr>").Append(Cell(labels.Feature, "th", null)).Append(values ? Cell(labels.Value, "th", null) : "")
            .Append(Cell(labels.Share, "th", "n")).Append(errors ? Cell(labels.StandardError, "th", "n") : "").Append("</tr>\n");
        foreach (var part in story.Parts.OrderByDescending(part => Math.Abs(part.Share)))
        {
            rows.Append("<tr>").Append(Cell(part.Name, "td", null)).Append(values ? Cell(part.Value ?? "", "td", null) : "")
                .Append(Cell(ShortNumbers.Signed(part.Share), "td", "n"))
                .Append(errors ? Cell(part.Error is { } error ? ShortNumbers.Short(error) : "", "td", "n") : "").Append("</tr>\n");
        }

        return rows.ToString();
    }

    private static string Cell(string text, string element, string? style) =>
        $"<{element}{(style is null ? "" : $" class=\"{style}\"")}>{Escape(text)}</{element}>";
}
