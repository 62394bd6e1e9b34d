using System.Text.Json.Nodes;


namespace Platform.TestKit.Api;

/// <summary>The credit sample's files and rows.</summary>
public static class CreditSample
{
    /// <summary>Number of input features.</summary>
    public const int Width = 20;

    /// <summary>Held-out applicants as they usually come.</summary>
    public static IReadOnlyList<CreditRow> Usual { get; } = Read("traffic.jsonl");

    /// <summary>Only young applicants who ask for much.</summary>
    public static IReadOnlyList<CreditRow> Shifted { get; } = Read("shifted.jsonl");

    /// <summary>The multipart form for a version of the sample; parts can be replaced.</summary>
    public static MultipartFormDataContent Form(int version, JsonObject? metadata = null)
    {
        var folder = Repository.PathOf("samples", "credit", $"v{version}");
        return new MultipartFormDataContent
        {
            { new ByteArrayContent(File.ReadAllBytes(Path.Combine(folder, "model.onnx"))), "model", "model.onnx" },
            { new StringContent(metadata?.ToJsonString() ?? File.ReadAllText(Path.Combine(folder, "metadata.json"))), "metadata", "metadata.json" },
            { new StringContent(File.ReadAllText(Path.Combine(folder, "reference.csv"))), "reference", "reference.csv" },
        };
    }

    private static List<CreditRow> Read(string file) =>
        [.. File.ReadLines(Repository.PathOf("samples", "credit", file)).Select(line => JsonNode.Parse(line)!).Select(row =>
            new CreditRow([.. row["inputs"]!["input"]!.AsArray().Select(value => value!.GetValue<double>())], row["label"]!.GetValue<string>()))];
}

/// <summary>One applicant.</summary>
public sealed record CreditRow(IReadOnlyList<double> Features, string Label);
