using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Standalone.Tests.Api;

/// <summary>Whatever is wrong with a request, the answer's status and form are described. The handler of the client looks.</summary>
public sealed partial class RefusalDescriptionTests(Composition composition) : IClassFixture<Composition>
{
    private static readonly string[] Bodies = ["", "{", "{}", "[]", "null", "7", """{"nonsense":1}""", """{"inputs":"x","name":7,"version":{}}""", "\uFEFF{}"];
    private static readonly string?[] Types = ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", null];

    [Fact]
    public async Task Every_refusal_of_every_route_is_described()
    {
        using var http = new HttpClient(new DescribedAnswers()) { BaseAddress = composition.Http.BaseAddress };
        var document = await composition.Http.GetAsync("/openapi/v1.json").JsonAsync();
        var requests = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .SelectMany(operation => Requests(path.Key, operation.Key, operation.Value!))).ToList();
        Assert.True(requests.Count > 1000, $"only {requests.Count} requests");
        await Assert.AllAsync(requests, async request =>
        {
            using (request)
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            }
        });
    }

    private static IEnumerable<HttpRequestMessage> Requests(string path, string verb, JsonNode operation)
    {
        foreach (var name in new[] { "credit", "..%20", new string('a', 300) })
            foreach (var query in Queries(operation))
                foreach (var content in Contents(operation))
                    yield return new HttpRequestMessage(new HttpMethod(verb.ToUpperInvariant()), Parameter().Replace(path, name) + query) { Content = content };
    }

    private static IEnumerable<string> Queries(JsonNode operation) =>
    [
        "", .. (operation["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "query")
            .SelectMany(parameter => new[] { "0", "-1", "x", "%00", "99999999999999999999" }.Select(value => $"?{parameter!["name"]}={value}")),
    ];

    private static IEnumerable<HttpContent?> Contents(JsonNode operation) => operation["requestBody"] is null
        ? [null]
        : Bodies.SelectMany(body => Types.Select(type =>
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type is not null) content.Headers.TryAddWithoutValidation("content-type", type);
            return (HttpContent?)content;
        }));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
