namespace Platform.Onnx.Inspection;

/// <summary>An operator, or a function of the file's own that stands for one.</summary>
internal readonly record struct OperatorName(string Domain, string Name);
