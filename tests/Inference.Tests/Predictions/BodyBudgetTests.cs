using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Platform.TestModels;

namespace Platform.Inference.Tests.Predictions;

/// <summary>The memory that the bodies of requests in progress may take together.</summary>
public sealed class BodyBudgetTests : IAsyncLifetime
{
    private const int Budget = 1 << 20;

    private InferenceHost _host = null!;

    public async Task InitializeAsync() => _host = await InferenceHost.StartAsync(
        registry => registry.Deploy("linear", "1", TinyModels.Linear()), new KeyValuePair<string, string?>("Inference:MaxBodyBytesInProgress", $"{Budget}"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_body_beyond_it_is_refused_for_now()
    {
        using var response = await PostAsync(Content(Body(Budget + 1)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task What_a_request_took_is_free_again_when_it_has_ended()
    {
        // Each takes more than half, however it ends: what one kept would show at the next.
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync(Content(Body(Budget - 20_000))));
            Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(Content(Body(Budget - 20_000).Replace("[1,2,3]", "[1,2,x]"))));
            Assert.Equal(HttpStatusCode.OK, await SendAsync(Compressed(Body(Budget - 20_000))));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(Content(Body(Budget + 1))));
        }
    }

    private async Task<HttpStatusCode> SendAsync(HttpContent content)
    {
        using var response = await PostAsync(content);
        return response.StatusCode;
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content) => _host.Http.PostAsync("/v2/models/linear/infer", content);

    /// <summary>A request for one row with so many spaces that it has this length.</summary>
    private static string Body(int length) =>
        """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""".PadRight(length);

    private static StringContent Content(string body) => new(body, Encoding.UTF8, "application/json");

    private static ByteArrayContent Compressed(string body)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(body));
        var content = new ByteArrayContent(bytes.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
