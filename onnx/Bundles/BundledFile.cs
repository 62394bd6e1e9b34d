namespace Platform.Onnx.Bundles;

/// <summary>A file of a model: its name, and where its bytes lie in the file that holds it.</summary>
public sealed record BundledFile(string Name, long Offset, long Length);
