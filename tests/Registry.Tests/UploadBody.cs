using System.Text;
using Platform.TestModels;

namespace Platform.Registry.Tests;

/// <summary>An upload as a client puts it together; a part that is null is left out.</summary>
public sealed record UploadBody
{
    public byte[]? Model { get; init; } = TinyModels.Linear().ToArray();

    public string? Metadata { get; init; } = "{}";

    public string? Reference { get; init; }

    public MultipartFormDataContent ToContent()
    {
        var content = new MultipartFormDataContent();
        if (Model is not null) content.Add(new ByteArrayContent(Model), "model", "model.onnx");
        if (Metadata is not null) content.Add(new StringContent(Metadata, Encoding.UTF8, "application/json"), "metadata");
        if (Reference is not null) content.Add(new StringContent(Reference), "reference", "reference.csv");
        return content;
    }
}
