using Platform.Hosting.Errors;

namespace Platform.Inference.Grpc;

/// <summary>Why a request to a route of gRPC is no call.</summary>
internal static class GrpcCallErrors
{
    public static Error NoHttp2 { get; } = new(StatusCodes.Status426UpgradeRequired, "request.protocol",
        "gRPC needs HTTP/2; without TLS a client speaks it by prior knowledge.");

    public static Error NoGrpc { get; } = new(StatusCodes.Status415UnsupportedMediaType, "request.media_type",
        "This route takes calls of gRPC, whose content type is application/grpc.");

    public static Error BadTimeout { get; } = new(StatusCodes.Status400BadRequest, "inference.deadline_invalid",
        "The header grpc-timeout must hold 1 to 8 digits and a unit: H, M, S, m, u or n.");

    public static Error NoMessage { get; } = new(StatusCodes.Status400BadRequest, "inference.message_invalid", "The call has no message.");

    public static Error CutOff { get; } = new(StatusCodes.Status400BadRequest, "inference.message_invalid", "The call ends in the middle of a message.");

    public static Error SeveralMessages { get; } = new(StatusCodes.Status400BadRequest, "inference.message_invalid", "ModelInfer takes one message; ModelStreamInfer takes more.");

    public static Error NoCoding { get; } = new(StatusCodes.Status400BadRequest, "inference.message_invalid",
        "A message is said to be compressed, but the header grpc-encoding does not say how.");

    public static Error NotCompressed { get; } = new(StatusCodes.Status400BadRequest, "inference.message_invalid",
        "A message is not compressed as the header grpc-encoding says.");

    public static Error BadFlag { get; } = new(StatusCodes.Status400BadRequest, "inference.message_invalid", "A message begins with a byte other than 0 and 1.");

    public static Error IdOfStream { get; } = new(StatusCodes.Status400BadRequest, "inference.prediction_id_invalid",
        "Each request of a stream gets a prediction id of its own; x-prediction-id goes with ModelInfer only.");

    public static Error Stopping { get; } = new(StatusCodes.Status503ServiceUnavailable, "inference.stopping",
        "The process stops; what was answered stands, and another stream can be opened.");
}
