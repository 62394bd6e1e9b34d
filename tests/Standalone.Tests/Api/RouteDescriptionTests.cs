using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Platform.Hosting;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Api;

/// <summary>What <c>/openapi/v1.json</c> says is what is mapped, and its examples are of the form that they illustrate.</summary>
public sealed partial class RouteDescriptionTests(Composition composition) : IClassFixture<Composition>
{
    // MLflow's routes and gRPC's are described by their own projects.
    private static readonly string[] DescribedElsewhere = [.. MLflowErrors.Prefixes, "/inference.GRPCInferenceService/", "/grpc."];

    [Fact]
    public async Task Every_mapped_route_is_described()
    {
        var document = await composition.Http.GetAsync("/openapi/v1.json").JsonAsync();
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(verb => $"{verb.Key.ToUpperInvariant()} {path.Key}"));
        var mapped = composition.Endpoints.Where(IsOurs).SelectMany(endpoint => Verbs(endpoint).Select(verb => $"{verb} {Path(endpoint)}"))
            .Where(route => route != "GET /openapi/{documentName}.json").Distinct();
        Assert.Empty(mapped.Except(described));
    }

    [Fact]
    public void Every_example_of_an_answer_has_the_form_of_the_answer()
    {
        Assert.All(composition.Endpoints, endpoint =>
        {
            foreach (var example in endpoint.Metadata.OfType<ResponseExample>())
                AssertFits(example.Body, AnswerType(endpoint, example.Status), $"{Path(endpoint)} {example.Status}");
        });
    }

    [Fact]
    public void Every_example_of_a_request_has_the_form_of_the_request()
    {
        Assert.All(composition.Endpoints, endpoint =>
        {
            if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type, ContentTypes: ["application/json"] }) return;
            foreach (var example in endpoint.Metadata.OfType<RequestExample>()) AssertFits(example.Body, type, Path(endpoint));
        });
    }

    private static Type? AnswerType(RouteEndpoint endpoint, int status) => endpoint.Metadata.OfType<IProducesResponseTypeMetadata>()
        .LastOrDefault(answer => answer.StatusCode == status && answer.ContentTypes.Contains("application/json"))?.Type;

    private static void AssertFits(JsonNode example, Type? type, string route)
    {
        if (type is null || type == typeof(void) || type == typeof(byte[])) return;
        try
        {
            example.Deserialize(type, PlatformJson.Strict);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            Assert.Fail($"{route}: {exception.Message}");
        }
    }

    private static bool IsOurs(RouteEndpoint endpoint) =>
        Path(endpoint) is not ("/version" or "/health") && !DescribedElsewhere.Any(prefix => Path(endpoint).StartsWith(prefix, StringComparison.Ordinal));

    private static IEnumerable<string> Verbs(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static string Path(RouteEndpoint endpoint) => "/" + Constraint().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "}");

    [GeneratedRegex(@":[^}]*\}|\?\}")]
    private static partial Regex Constraint();
}
