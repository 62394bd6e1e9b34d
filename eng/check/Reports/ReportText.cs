using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Check.Reports;

/// <summary>How a report is told: lines for people, or JSON.</summary>
internal static class ReportText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Report report, IReadOnlyList<string> mended, bool isJson, TextWriter to)
    {
        if (isJson) to.WriteLine(JsonSerializer.Serialize(new { Faults = report.Faults.Select(fault => new { fault.Kind, fault.File, fault.Record, fault.What, fault.Lost, fault.Source }), mended, report.Notes, report.Kinds }, Json));
        else WriteLines(report, mended, to);
    }

    private static void WriteLines(Report report, IReadOnlyList<string> mended, TextWriter to)
    {
        foreach (var fault in report.Faults) to.WriteLine(LineOf(fault));
        foreach (var line in mended) to.WriteLine(line);
        foreach (var note in report.Notes) to.WriteLine($"note: {note}");
        var width = report.Kinds.Keys.Append("all").Max(kind => kind.Length);
        to.WriteLine($"{"kind".PadRight(width)} {"files",8} {"records",10} {"bytes",14} {"faults",7}");
        foreach (var (kind, total) in report.Kinds) to.WriteLine(Row(kind.PadRight(width), total));
        to.WriteLine(Row("all".PadRight(width), new KindTotal(report.Kinds.Values.Sum(kind => kind.Files), report.Kinds.Values.Sum(kind => kind.Records),
            report.Kinds.Values.Sum(kind => kind.Bytes), report.Faults.Count)));
    }

    private static string LineOf(Fault fault) =>
        $"fault: {fault.File}{fault.Of}: {fault.What}; lost: {fault.Lost}; "
        + (fault.Source is null ? "cannot be mended from this folder" : $"can be mended {fault.Source}");

    private static string Row(string kind, KindTotal total) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind} {total.Files,8} {total.Records,10} {total.Bytes,14} {total.Faults,7}");
}
