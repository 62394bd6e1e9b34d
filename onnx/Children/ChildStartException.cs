namespace Platform.Onnx.Children;

/// <summary>A child process that could not be started: a fault of the machine or of the installation, not of anything it was to look at.</summary>
public sealed class ChildStartException(string reason, Exception? inner = null) : Exception(reason, inner);
