using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Protocol;
using Platform.Inference.Requests;

namespace Platform.Inference.Predictions;

/// <summary>The protocol's own form: tensors, as JSON with raw bytes behind it or without.</summary>
internal readonly struct TensorForm : IBodyForm
{
    public static Error? Read(ReadOnlySpan<byte> body, int? jsonLength, LoadedVersion version, Prediction prediction) =>
        InferRequestReader.TryRead(body, jsonLength, prediction.Request, out var problem) ? null : PredictionErrors.Malformed(problem);

    public static void WriteAnswer(LoadedVersion version, Prediction prediction, TimeProvider time) =>
        prediction.WriteAnswer(version.Responses, version.Labels, time);
}
