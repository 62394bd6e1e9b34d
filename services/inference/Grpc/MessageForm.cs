using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol.Protobuf;
using Platform.Inference.Requests;

namespace Platform.Inference.Grpc;

/// <summary>A request as the message of a call.</summary>
internal static class MessageForm
{
    /// <summary>Reads <paramref name="message"/> into the prediction's request, or says why it is refused.</summary>
    public static Error? Read(byte[] message, LoadedVersion version, Prediction prediction) => Read(message.AsSpan(), prediction);

    /// <inheritdoc cref="Read(byte[], LoadedVersion, Prediction)"/>
    public static Error? Read(ReadOnlySpan<byte> message, Prediction prediction) =>
        InferMessageReader.TryRead(message, prediction.Request, out var problem) ? null : PredictionErrors.Malformed(problem);
}
