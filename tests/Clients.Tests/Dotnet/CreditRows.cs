using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Client.Models;
using Platform.TestKit;

namespace Platform.Clients.Tests.Dotnet;

/// <summary>The credit sample as a user of the client has it.</summary>
internal static class CreditRows
{
    /// <summary>Applicants by feature name.</summary>
    public static IReadOnlyList<JsonObject> Take(int count)
    {
        var lines = File.ReadLines(Reference(1)).Take(count + 1).Select(line => line.Split(',')).ToList();
        return [.. lines.Skip(1).Select(cells => Row(lines[0], cells))];
    }

    /// <summary>A version of the sample.</summary>
    public static ModelUpload Upload(int version) => new()
    {
        File = Repository.PathOf("samples", "credit", $"v{version}", "model.onnx"),
        Metadata = JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples", "credit", $"v{version}", "metadata.json")))!.AsObject(),
        Reference = Reference(version),
    };

    private static string Reference(int version) => Repository.PathOf("samples", "credit", $"v{version}", "reference.csv");

    private static JsonObject Row(string[] names, string[] cells)
    {
        var row = new JsonObject();
        foreach (var (name, cell) in names.Zip(cells).Where(pair => pair.First != "label"))
            row[name] = double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : cell;
        return row;
    }
}
