using Platform.Onnx.Sessions;

namespace Platform.Onnx.Pipelines;

/// <summary>The version that a step asks.</summary>
/// <param name="Session">It, loaded.</param>
/// <param name="KeepsRowsApart">Whether it is proved to answer each row by that row alone.</param>
/// <param name="MaxOutputBytes">The most bytes that its outputs may have together.</param>
internal sealed record StepModel(ModelSession Session, bool KeepsRowsApart, long MaxOutputBytes);
