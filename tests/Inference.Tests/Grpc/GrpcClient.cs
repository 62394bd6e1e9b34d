using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.Inference.Grpc.Messages;

namespace Platform.Inference.Tests.Grpc;

/// <summary>Calls the service as any client of gRPC does: the library's, over HTTP/2 without TLS.</summary>
internal sealed class GrpcClient(Uri address) : IDisposable
{
    private const string Service = "inference.GRPCInferenceService";

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null });

    public GrpcChannel Channel => _channel;

    public AsyncUnaryCall<ModelInferResponse> Infer(ModelInferRequest request, CallOptions options = default) =>
        Call(ModelInferRequest.Parser, ModelInferResponse.Parser, "ModelInfer", request, options);

    public async Task<TResponse> CallAsync<TRequest, TResponse>(string method, TRequest request, CallOptions options = default)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        await Call(new MessageParser<TRequest>(() => new()), new MessageParser<TResponse>(() => new()), method, request, options);

    public AsyncDuplexStreamingCall<ModelInferRequest, ModelStreamInferResponse> Stream(CallOptions options = default) =>
        _channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            Method(MethodType.DuplexStreaming, "ModelStreamInfer", ModelInferRequest.Parser, ModelStreamInferResponse.Parser), null, options);

    /// <summary>A call whose message is whatever bytes the test wants.</summary>
    public AsyncUnaryCall<ModelInferResponse> Send(byte[] message, CallOptions options = default)
    {
        var method = new Method<byte[], ModelInferResponse>(
            MethodType.Unary, Service, "ModelInfer", Marshallers.Create(bytes => bytes, bytes => bytes), Of(ModelInferResponse.Parser));
        return _channel.CreateCallInvoker().AsyncUnaryCall(method, null, options, message);
    }

    /// <summary>The status that a call ends with, and the code among its details.</summary>
    public static async Task<(StatusCode Status, string? Reason, string Message)> RefusalAsync(Task call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => call);
        return (refused.StatusCode, refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason, refused.Status.Detail);
    }

    public void Dispose() => _channel.Dispose();

    private AsyncUnaryCall<TResponse> Call<TRequest, TResponse>(
        MessageParser<TRequest> requests, MessageParser<TResponse> responses, string method, TRequest request, CallOptions options)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        _channel.CreateCallInvoker().AsyncUnaryCall(Method(MethodType.Unary, method, requests, responses), null, options, request);

    private static Method<TRequest, TResponse> Method<TRequest, TResponse>(
        MethodType type, string name, MessageParser<TRequest> requests, MessageParser<TResponse> responses)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => new(type, Service, name, Of(requests), Of(responses));

    private static Marshaller<T> Of<T>(MessageParser<T> parser) where T : class, IMessage<T> =>
        Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
}
