using static Platform.Explainer.Pictures.Markup;

namespace Platform.Explainer.Pictures;

/// <summary>One HTML page with everything in it: no script, no network, light or dark as the reader has it.</summary>
internal static class Page
{
    private const string Style = """
        body{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1f2328;background:#fff;max-width:800px;margin:2rem auto;padding:0 1rem;line-height:1.5}
        svg{max-width:100%;height:auto}table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d1d9e0;overflow-wrap:anywhere}
        .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.facts{color:#59636e;font-size:14px}
        @media (prefers-color-scheme:dark){body{color:#f0f6fc;background:#0d1117}th,td{border-color:#3d444d}.facts{color:#9198a1}}
        """;

    /// <summary>The picture, what it says, a table, and what else there is to know.</summary>
    /// <param name="heading">The title.</param>
    /// <param name="told">Its sentences.</param>
    /// <param name="language">The language of both.</param>
    /// <param name="svg">The picture.</param>
    /// <param name="table">The rows of the table, as HTML.</param>
    /// <param name="facts">What else there is to know, each with its name.</param>
    public static string Write(string heading, string told, string language, string svg, string table, IEnumerable<(string Name, string Text)> facts) => $"""
        <!doctype html>
        <html lang="{language}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{Escape(heading)}</title>
        <style>
        {Style}
        </style></head>
        <body>
        <main>
        {svg}<p>{Escape(told)}</p>
        <table>
        {table}</table>
        <p class="facts">{string.Join("<br>", facts.Select(fact => $"{Escape(fact.Name)}: {Escape(fact.Text)}"))}</p>
        </main>
        </body>
        </html>

        """;

    /// <summary>A row of a table; numbers stand at the right.</summary>
    public static string Row(string element, params IEnumerable<(string Text, bool IsNumber)> cells) =>
        $"<tr>{string.Concat(cells.Select(cell => $"<{element}{(cell.IsNumber ? " class=\"n\"" : "")}>{Escape(cell.Text)}</{element}>"))}</tr>\n";
}
