using Grpc.Core;
using Grpc.Net.Client;
using Platform.Client.Predictions;
using Platform.Client.Tensors;
using Platform.Client.Transport;
using Platform.Inference.Grpc.Messages;

namespace Platform.Cli.Loading;

/// <summary>Calls over gRPC, each with the same message.</summary>
internal sealed class GrpcLoadTarget : ILoadTarget
{
    private readonly GrpcChannel _channel;
    private readonly GRPCInferenceService.GRPCInferenceServiceClient _service;
    private readonly ModelInferRequest _request;
    private readonly Metadata _headers = [];

    public GrpcLoadTarget(LoadAddress address, IReadOnlyList<Tensor> inputs)
    {
        _channel = Open(address);
        _service = new(_channel);
        _request = GrpcPredictionsClient.Request(address.Model, inputs, address.Version);
        if (address.Key is { } key) _headers.Add("authorization", $"Bearer {key}");
    }

    public async Task<string?> SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var call = _service.ModelInferAsync(_request, _headers, cancellationToken: cancellationToken);
            await call.ResponseAsync;
            return null;
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.StatusCode.ToString();
        }
        catch (RpcException exception)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    public async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var call = _service.ModelInferAsync(_request, _headers, cancellationToken: cancellationToken);
            await call.ResponseAsync;
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw GrpcRefusals.Read(exception);
        }
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>The inputs of a model, as the server describes them over gRPC.</summary>
    public static async Task<IReadOnlyList<(string Name, string Datatype, IReadOnlyList<long> Shape)>> DescribeAsync(LoadAddress address, CancellationToken cancellationToken)
    {
        using var channel = Open(address);
        var headers = new Metadata();
        if (address.Key is { } key) headers.Add("authorization", $"Bearer {key}");
        try
        {
            var request = new ModelMetadataRequest { Name = address.Model, Version = address.Version ?? "" };
            var metadata = await new GRPCInferenceService.GRPCInferenceServiceClient(channel).ModelMetadataAsync(request, headers, cancellationToken: cancellationToken);
            return [.. metadata.Inputs.Select(input => (input.Name, input.Datatype, (IReadOnlyList<long>)[.. input.Shape]))];
        }
        catch (RpcException exception)
        {
            throw GrpcRefusals.Read(exception);
        }
    }

    // Calls beyond what one connection takes go over further ones.
    private static GrpcChannel Open(LoadAddress address) => GrpcChannel.ForAddress(address.Url, new GrpcChannelOptions
    {
        MaxReceiveMessageSize = null, MaxSendMessageSize = null, DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseProxy = false },
    });
}
