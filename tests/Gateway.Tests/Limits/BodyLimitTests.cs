using System.Net;
using Platform.Gateway.Limits;
using Platform.Gateway.Routing;
using Platform.Gateway.Settings;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Limits;

public sealed class BodyLimitTests : IAsyncLifetime
{
    private const int Limit = 1000;
    private const int UploadLimit = 5000;

    private Replica _replica = null!;
    private TestHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _replica = await Replica.StartAsync();
        _gateway = await Edge.StartGatewayAsync(
            Edge.Setting("Inference", _replica.Address), Edge.Setting("Registry", _replica.Address),
            new("Gateway:MaxBodyBytes", $"{Limit}"), new("Gateway:MaxUploadBytes", $"{UploadLimit}"));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _replica.DisposeAsync();
    }

    [Theory]
    [InlineData("/v1/models", Limit)]
    [InlineData("/v1/models/credit/versions", UploadLimit)]
    public async Task A_body_of_just_the_limit_passes_and_one_byte_more_does_not(string path, int limit)
    {
        var answer = await PostAsync(path, new ByteArrayContent(new byte[limit])).JsonAsync();
        Assert.Equal(limit, (int)answer["total"]!);
        await PostAsync(path, new ByteArrayContent(new byte[limit + 1])).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        Assert.Equal(1, _replica.Requests);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_cut_off_at_the_limit_and_told_the_same()
    {
        var answer = await PostAsync("/v2/models/m/infer", new Chunked(new byte[100 * Limit])).JsonAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains($"{Limit} bytes", (string?)answer["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/models/{**rest}", 30_000_000)]
    [InlineData("/v1/models/{model}/explanations", 30_000_000)]
    [InlineData("/v2/{**rest}", 30_000_000)]
    [InlineData("/v2/repository/{**rest}", 1 << 20)]
    [InlineData("/v2/models/{model}/infer", 64 << 20)]
    [InlineData("/v2/models/{model}/versions/{version}/infer", 64 << 20)]
    [InlineData("/v1/models/{model}/jobs", 64 << 20)]
    [InlineData("/v1/analyses/{**rest}", 64 << 20)]
    [InlineData("/v1/models/{model}/versions", 3L << 30)]
    [InlineData("/v1/models/{model}/scoring-jobs", (64 << 20) + (1 << 20))]
    public void A_path_takes_no_more_than_its_service(string path, long limit)
    {
        Assert.Contains(path, PublicPaths.All.Select(known => known.Path));
        Assert.Equal(limit, RouteLimits.Of(path, new GatewayOptions()));
    }

    private Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => _gateway.Http.PostAsync(path, content);

    private sealed class Chunked(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
