using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Platform.Standalone.Tests.Api;

/// <summary>RFC 9110, 9.1: a server that answers GET answers HEAD. No route says so by itself, so none can forget it.</summary>
public sealed partial class HeadRouteTests(Composition composition) : IClassFixture<Composition>
{
    [Fact]
    public async Task Every_route_that_answers_GET_answers_HEAD_with_the_same_status_and_no_body()
    {
        var paths = composition.Endpoints.Where(AnswersGet).Select(endpoint => Segment().Replace(endpoint.RoutePattern.RawText!, "1")).Distinct().ToList();
        Assert.True(paths.Count > 25, $"only {paths.Count} routes answer GET");
        foreach (var path in paths)
        {
            using var get = await composition.Http.GetAsync(path);
            using var head = await composition.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

            Assert.True(get.StatusCode == head.StatusCode, $"{path}: GET {get.StatusCode}, HEAD {head.StatusCode}");
            Assert.Equal($"{get.Content.Headers.ContentType}", $"{head.Content.Headers.ContentType}");
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    private static bool AnswersGet(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Segment();
}
