namespace Platform.Bench.Serving;

/// <summary>A model to deploy: its name, its ONNX file and its metadata as JSON.</summary>
internal sealed record ModelFile(string Name, byte[] Content, string Metadata = "{}");
