using System.Text.Json.Nodes;

namespace Platform.Cli.Output;

/// <summary>Rows under headings, as wide as they need to be.</summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string?[] cells) => _rows.Add([.. cells.Select(cell => Printable(cell ?? ""))]);

    public void Write(TextWriter output)
    {
        var widths = headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        foreach (var row in _rows.Prepend([.. headings.Select(heading => heading.ToUpperInvariant())]))
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>A member of JSON in a cell.</summary>
    public static string Cell(JsonNode? value) => value switch
    {
        null => "",
        JsonArray array => string.Join(", ", array.Select(Cell)),
        JsonObject members => string.Join(", ", members.Select(member => $"{member.Key} {Cell(member.Value)}")),
        _ => value.ToString(),
    };

    public static string Printable(string text) => string.Create(text.Length, text, (target, source) =>
    {
        for (var i = 0; i < target.Length; i++) target[i] = char.IsControl(source[i]) ? '·' : source[i];
    });
}
