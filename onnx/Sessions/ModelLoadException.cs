namespace Platform.Onnx.Sessions;

/// <summary>A file that cannot be served, with a reason fit to show to whoever uploaded it.</summary>
public sealed class ModelLoadException(string reason, Exception? inner = null) : Exception(reason, inner);
