using Grpc.Core;
using Grpc.Net.Client;
using Platform.Inference.Grpc.Messages;

namespace Platform.Client.Transport;

/// <summary>The channel of gRPC, which is opened by the first call.</summary>
internal sealed class GrpcChannels(PlatformClientOptions options) : IDisposable
{
    private readonly Lazy<GrpcChannel> _channel = new(() => GrpcChannel.ForAddress(options.Address,
        new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null }));

    public GRPCInferenceService.GRPCInferenceServiceClient Service => new(_channel.Value);

    public Metadata Headers(params ReadOnlySpan<(string Name, string Value)> more)
    {
        var headers = new Metadata();
        if (options.Key is { } key) headers.Add("authorization", $"Bearer {key}");
        foreach (var (name, value) in more) headers.Add(name, value);
        return headers;
    }

    public void Dispose()
    {
        if (_channel.IsValueCreated) _channel.Value.Dispose();
    }
}
