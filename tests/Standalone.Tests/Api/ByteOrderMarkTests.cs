using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Platform.Hosting.OpenApi;

namespace Platform.Standalone.Tests.Api;

/// <summary>Some editors and libraries write a byte order mark before UTF-8. It is passed over before JSON, on every route.</summary>
public sealed partial class ByteOrderMarkTests(Composition composition) : IClassFixture<Composition>
{
    [Fact]
    public async Task Every_route_that_takes_JSON_takes_it_behind_a_byte_order_mark()
    {
        var bodies = composition.Endpoints
            .SelectMany(endpoint => endpoint.Metadata.OfType<RequestExample>().Where(example => example.ContentType == "application/json")
                .Select(example => (Verb: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0], Path: Segment().Replace(endpoint.RoutePattern.RawText!, "1"), Body: example.Body.ToJsonString())))
            .ToList();

        Assert.True(bodies.Count > 15, $"only {bodies.Count} routes take JSON");
        foreach (var (verb, path, body) in bodies)
        {
            using var marked = await SendAsync(verb, path, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(body)]);
            using var plain = await SendAsync(verb, path, Encoding.UTF8.GetBytes(body));
            var said = await marked.Content.ReadAsStringAsync();

            Assert.True((int)marked.StatusCode is not (400 or 415) || marked.StatusCode == plain.StatusCode, $"{verb} {path}: {said}");
            Assert.DoesNotContain("0xEF", said, StringComparison.Ordinal);
        }
    }

    private Task<HttpResponseMessage> SendAsync(string verb, string path, byte[] body) => composition.Http.SendAsync(
        new HttpRequestMessage(new HttpMethod(verb), path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } });

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Segment();
}
