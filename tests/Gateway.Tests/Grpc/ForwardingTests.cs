using System.Net;
using System.Text;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Platform.Hosting.Defaults;
using Platform.Hosting.Http;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Grpc;

/// <summary>Calls of gRPC pass the gateway as they come: over HTTP/2, with metadata, trailers, deadlines and messages one by one.</summary>
public sealed class ForwardingTests : IAsyncLifetime
{
    private const string Service = "inference.GRPCInferenceService";

    private static readonly Marshaller<string> Text = Marshallers.Create(Encoding.UTF8.GetBytes, bytes => Encoding.UTF8.GetString(bytes));

    private TestHost _service = null!;
    private TestHost _gateway = null!;
    private GrpcChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _service = await TestHost.StartAsync(builder => builder.AddPlatformDefaults("inference"), app =>
        {
            app.MapPlatformDefaults();
            app.MapPost($"/{Service}/ModelInfer", (RequestDelegate)EchoAsync);
            app.MapPost($"/{Service}/ModelStreamInfer", (RequestDelegate)EchoAsync);
        });
        _gateway = await Edge.StartGatewayAsync(Edge.Setting("Inference", _service.Address));
        _channel = GrpcChannel.ForAddress(_gateway.Address);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_call_goes_on_over_HTTP_2_with_its_metadata_and_its_deadline()
    {
        using var call = Invoke(new CallOptions(new Metadata { { "x-prediction-id", "mine" } }, DateTime.UtcNow.AddMinutes(5)));
        var (answer, headers) = (await call, await call.ResponseHeadersAsync);

        Assert.Equal("hello", answer);
        Assert.Equal(("HTTP/2", "mine"), (headers.GetValue("seen-protocol"), headers.GetValue("seen-prediction-id")));
        Assert.Matches("^[0-9]+[HMSmun]$", headers.GetValue("seen-timeout"));
        Assert.Equal(headers.GetValue("x-request-id"), headers.GetValue("seen-request-id"));
        Assert.Equal("at the end", call.GetTrailers().GetValue("said"));
    }

    [Fact]
    public async Task Messages_pass_one_by_one_in_both_directions()
    {
        using var call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(new Method<string, string>(MethodType.DuplexStreaming, Service, "ModelStreamInfer", Text, Text), null, default);
        for (var i = 0; i < 3; i++)
        {
            await call.RequestStream.WriteAsync($"{i}");
            Assert.True(await call.ResponseStream.MoveNext(default));
            Assert.Equal($"{i}", call.ResponseStream.Current);
        }
    }

    [Fact]
    public async Task A_service_that_is_away_is_unavailable()
    {
        await using var alone = await Edge.StartGatewayAsync();
        using var channel = GrpcChannel.ForAddress(alone.Address);

        var refused = await Assert.ThrowsAsync<RpcException>(() => Invoke(default, channel).ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Equal("service.unreachable", refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task A_client_that_makes_too_many_calls_is_told_so()
    {
        await using var limited = await Edge.StartGatewayAsync(
            Edge.Setting("Inference", _service.Address), new("Gateway:RateLimit:RequestsPerSecond", "1"), new("Gateway:RateLimit:Burst", "1"));
        using var channel = GrpcChannel.ForAddress(limited.Address);
        var calls = Enumerable.Range(0, 20).Select(_ => Invoke(default, channel).ResponseAsync).ToArray();

        var refused = await Assert.ThrowsAsync<RpcException>(() => Task.WhenAll(calls));
        Assert.Equal((StatusCode.ResourceExhausted, "request.rate_limited"), (refused.StatusCode, refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
    }

    [Fact]
    public async Task Another_host_name_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{Service}/ModelInfer")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Host = "evil.example.org" },
            Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new("application/grpc") } },
        };
        using var answer = await _gateway.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, "7"), (answer.StatusCode, answer.Headers.GetValues("grpc-status").Single()));
    }

    private AsyncUnaryCall<string> Invoke(CallOptions options, GrpcChannel? channel = null) => (channel ?? _channel).CreateCallInvoker()
        .AsyncUnaryCall(new Method<string, string>(MethodType.Unary, Service, "ModelInfer", Text, Text), null, options, "hello");

    /// <summary>Sends back what comes, as it comes.</summary>
    private static async Task EchoAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.ContentType = "application/grpc";
        response.Headers["seen-protocol"] = request.Protocol;
        response.Headers["seen-prediction-id"] = request.Headers["x-prediction-id"];
        response.Headers["seen-timeout"] = request.Headers["grpc-timeout"];
        response.Headers["seen-request-id"] = context.GetRequestId();
        await response.StartAsync();
        await request.Body.CopyToAsync(response.Body);
        var trailers = context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        (trailers["grpc-status"], trailers["said"]) = ("0", "at the end");
    }
}
