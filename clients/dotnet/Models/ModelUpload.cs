using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Client.Models;

/// <summary>A version to be registered.</summary>
public sealed class ModelUpload
{
    /// <summary>The ONNX file.</summary>
    public required string File { get; init; }

    /// <summary>What its author says of it: the metadata of <c>POST /v1/models/{m}/versions</c>; null without any.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>A file with reference rows, CSV with a header row or JSON; null without any.</summary>
    public string? Reference { get; init; }

    internal MultipartFormDataContent Form()
    {
        var form = new MultipartFormDataContent { { FileContent(File, "application/octet-stream"), "model", "model.onnx" } };
        if (Metadata is not null) form.Add(new StringContent(Metadata.ToJsonString(), Encoding.UTF8, "application/json"), "metadata", "metadata.json");
        if (Reference is not null) form.Add(FileContent(Reference, IsJson ? "application/json" : "text/csv"), "reference", IsJson ? "reference.json" : "reference.csv");
        return form;
    }

    private bool IsJson => Reference!.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static StreamContent FileContent(string file, string type) =>
        new(System.IO.File.OpenRead(file)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}
