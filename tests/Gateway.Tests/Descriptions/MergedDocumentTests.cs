using System.Text.Json.Nodes;
using Platform.Gateway.Descriptions;

namespace Platform.Gateway.Tests.Descriptions;

public sealed class MergedDocumentTests
{
    private const string Own = """
        {"info":{"title":"Platform"},"paths":{"/health/live":{"get":{"operationId":"GetLive"}}},
         "components":{"schemas":{"Problem":{"type":"object"}}},"tags":[{"name":"Health"}]}
        """;

    [Fact]
    public void Routes_and_tags_of_every_service_are_there_once()
    {
        var merged = Merge(
            ("registry", """{"paths":{"/health/live":{"get":{"operationId":"Other"}},"/v1/models":{"get":{"operationId":"ListModels"}}},"tags":[{"name":"Health"},{"name":"Models"}]}"""),
            ("monitor", """{"paths":{"/v1/models":{"post":{"operationId":"Post"}},"/v1/alerts":{"get":{"operationId":"ListAlerts"}}}}"""));
        Assert.Equal(["/health/live", "/v1/models", "/v1/alerts"], merged["paths"]!.AsObject().Select(path => path.Key));
        Assert.Equal("GetLive", (string?)merged["paths"]!["/health/live"]!["get"]!["operationId"]);
        Assert.Equal(["get", "post"], merged["paths"]!["/v1/models"]!.AsObject().Select(route => route.Key));
        Assert.Equal(["Health", "Models"], merged["tags"]!.AsArray().Select(tag => (string?)tag!["name"]));
    }

    [Fact]
    public void A_component_that_two_services_share_is_there_once()
    {
        var merged = Merge(("registry", """{"components":{"schemas":{"Problem":{"type":"object"},"Model":{"type":"string"}}}}"""));
        Assert.Equal(["Problem", "Model"], merged["components"]!["schemas"]!.AsObject().Select(schema => schema.Key));
    }

    [Fact]
    public void A_component_of_the_same_name_that_is_another_gets_a_name_of_its_own_and_so_does_what_refers_to_it()
    {
        const string Page = """{"properties":{"item":{"$ref":"#/components/schemas/Item"}}}""";
        var merged = Merge(
            ("registry", """{"components":{"schemas":{"Item":{"type":"string"},"Page":PAGE}}}""".Replace("PAGE", Page, StringComparison.Ordinal)),
            ("monitor", """
                {"paths":{"/v1/alerts":{"get":{"responses":{"200":{"schema":{"$ref":"#/components/schemas/Page"}}}}}},
                 "components":{"schemas":{"Item":{"type":"integer"},"Page":PAGE}}}
                """.Replace("PAGE", Page, StringComparison.Ordinal)));
        var schemas = merged["components"]!["schemas"]!;
        Assert.Equal("integer", (string?)schemas["monitor.Item"]!["type"]);
        Assert.Equal("#/components/schemas/monitor.Item", (string?)schemas["monitor.Page"]!["properties"]!["item"]!["$ref"]);
        Assert.Equal("#/components/schemas/Item", (string?)schemas["Page"]!["properties"]!["item"]!["$ref"]);
        Assert.Equal("#/components/schemas/monitor.Page", (string?)merged["paths"]!["/v1/alerts"]!["get"]!["responses"]!["200"]!["schema"]!["$ref"]);
    }

    private static JsonObject Merge(params IEnumerable<(string Service, string Document)> services)
    {
        var merged = new MergedDocument(JsonNode.Parse(Own)!.AsObject());
        foreach (var (service, document) in services) merged.Add(service, JsonNode.Parse(document)!.AsObject());
        return merged.Json;
    }
}
