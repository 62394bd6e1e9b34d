using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Platform.Cli.Settings;

namespace Platform.Cli.Commands;

/// <summary>Rows by feature name in CSV, NDJSON or JSON.</summary>
internal static class RowFiles
{
    public static readonly string[] Formats = ["csv", "ndjson", "json"];

    private static readonly CsvReaderOptions Csvs = new() { Separator = ',', MalformedData = CsvMalformedDataHandling.Throw, IncludeValuesInExceptions = false };

    /// <summary>The format that a file's name tells of.</summary>
    public static string FormatOf(string? name) => Path.GetExtension(name)?.ToLowerInvariant() switch
    {
        ".csv" => "csv",
        ".json" => "json",
        _ => "ndjson",
    };

    /// <summary>The rows, read as they are asked for where the format allows it.</summary>
    /// <param name="input">Where they are read.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="ignored">Columns that are left out.</param>
    /// <param name="texts">Columns of CSV that hold text even where it looks like a number.</param>
    /// <exception cref="UsageException">They cannot be read: where, and why.</exception>
    public static IEnumerable<JsonObject> Read(TextReader input, string format, IReadOnlyCollection<string> ignored, params IReadOnlyCollection<string> texts) => (format switch
    {
        "csv" => Csv(input, texts),
        "json" => Json(input),
        _ => Lines(input),
    }).Select(row =>
    {
        foreach (var name in ignored) row.Remove(name);
        return row;
    });

    private static IEnumerable<JsonObject> Csv(TextReader input, IReadOnlyCollection<string> texts)
    {
        using var csv = CsvReader.Create(input, Csvs, leaveOpen: true);
        if (!Reading(() => { csv.ReadHeader(); return true; })) yield break;
        string[] names = [.. csv.Headers];
        for (var number = 1; Reading(csv.Read); number++)
        {
            if (csv.FieldCount != names.Length) throw new UsageException($"row {number} has {csv.FieldCount} cells, the header {names.Length}");
            var row = new JsonObject();
            for (var i = 0; i < names.Length; i++)
            {
                var cell = Encoding.UTF8.GetString(csv.GetSpan(i));
                row[names[i]] = texts.Contains(names[i]) && cell.Length > 0 ? cell : Cell(cell);
            }

            yield return row;
        }
    }

    private static bool Reading(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException exception)
        {
            throw new UsageException($"the rows are not CSV: {exception.Message}");
        }
    }

    /// <summary>Nothing is missing, a number is one, true and false are themselves; everything else is text.</summary>
    public static JsonNode? Cell(string text) => text switch
    {
        "" => null,
        "true" => true,
        "false" => false,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : text,
    };

    private static IEnumerable<JsonObject> Json(TextReader input) => Parse(input.ReadToEnd(), "the input") switch
    {
        JsonArray rows => rows.Select((row, at) => Row(row?.DeepClone(), $"row {at}")),
        JsonObject whole when whole["rows"] is JsonArray rows => rows.Select((row, at) => Row(row?.DeepClone(), $"row {at}")),
        var row => [Row(row, "the input")],
    };

    private static IEnumerable<JsonObject> Lines(TextReader input)
    {
        for (var number = 1; input.ReadLine() is { } line; number++)
            if (line.Length > 0) yield return Row(Parse(line, $"line {number}"), $"line {number}");
    }

    private static JsonNode? Parse(string text, string where)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{where} is no JSON: {exception.Message}");
        }
    }

    private static JsonObject Row(JsonNode? row, string where) => row as JsonObject ?? throw new UsageException($"{where} is no object of values by feature name");
}
