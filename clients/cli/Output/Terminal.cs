using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Cli.Output;

/// <summary>Where a command reads and writes. Results go to the output, everything else to the errors.</summary>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Errors)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A result for programs.</summary>
    public void Json(JsonNode value) => Output.WriteLine(value.ToJsonString(Indented));

    /// <summary>One of many results for programs, on a line.</summary>
    public void JsonLine(JsonNode value)
    {
        Output.WriteLine(value.ToJsonString(OneLine));
        Output.Flush();
    }

    /// <summary>A line for people; control characters, which could come from anybody's names, are shown as dots.</summary>
    public void Line(string text)
    {
        Output.WriteLine(Table.Printable(text));
        Output.Flush();
    }
}
