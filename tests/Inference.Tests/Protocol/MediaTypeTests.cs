using System.Net;
using System.Text;
using Platform.TestModels;

namespace Platform.Inference.Tests.Protocol;

/// <summary>Bodies come under the types that the routes describe, or under none, as the protocol's own clients send them.</summary>
public sealed class MediaTypeTests : IAsyncLifetime
{
    private const string Request = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[0.5,1.5,2.5]}]}""";

    private InferenceHost _inference = null!;

    public async Task InitializeAsync() => _inference = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Linear()));

    public async Task DisposeAsync() => await _inference.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("Application/JSON ; charset=utf-8")]
    [InlineData("application/octet-stream")]
    public async Task An_infer_request_is_taken_as_JSON_as_bytes_and_without_a_type(string? type) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/v2/models/m/infer", type, Request)).Status);

    [Theory]
    [InlineData("/v2/models/m/infer", "application/json or application/octet-stream")]
    [InlineData("/v2/models/m/versions/1/infer", "application/json or application/octet-stream")]
    [InlineData("/v2/repository/models/m/unload", "application/json or application/octet-stream")]
    [InlineData("/v2/repository/index", "application/json or application/octet-stream")]
    [InlineData("/v1/models/m/jobs", "application/json")]
    [InlineData("/v1/models/m/predictions", "application/json")]
    public async Task What_a_form_can_send_is_refused_with_what_to_send(string path, string taken)
    {
        foreach (var type in new[] { "application/x-www-form-urlencoded", "text/plain;charset=UTF-8", "multipart/form-data; boundary=b", "application/json, text/plain" })
        {
            var (status, body) = await SendAsync(path, type, Request);
            Assert.Equal((type, HttpStatusCode.UnsupportedMediaType), (type, status));
            Assert.Contains($"The body must come with the content-type {taken}.", body, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/v2/models/m/infer", null, Request)).Status);
    }

    [Fact]
    public async Task A_call_without_a_body_may_say_what_it_likes() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/v2/repository/index", "application/x-www-form-urlencoded", "")).Status);

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string path, string? type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", type));
        using var answer = await _inference.Http.PostAsync(path, content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
