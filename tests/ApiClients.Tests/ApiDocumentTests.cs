using System.Text.Json.Nodes;
using Platform.TestKit.Api;

namespace Platform.ApiClients.Tests;

/// <summary>What the end-to-end tests hold answers against finds what it is there to find.</summary>
public sealed class ApiDocumentTests
{
    private static readonly JsonNode Reference = JsonNode.Parse("""{"$ref":"#/components/schemas/Thing"}""")!;

    private readonly ApiDocument _document = new(JsonNode.Parse("""
        {"paths":{"/things":{"get":{"operationId":"List"}},"/things/{id}":{"get":{"operationId":"Get"}},"/things/stats":{"get":{"operationId":"Stats"}}},
         "components":{"schemas":{
           "Thing":{"type":"object","required":["name"],
             "properties":{"name":{"type":"string"},"colour":{"enum":["red",null]},"part":{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Part"}]}}},
           "Part":{"type":"object","required":["size"],"properties":{"size":{"type":"integer"}}}}}}
        """)!);

    [Theory]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""{"name":"a","colour":null,"part":{"size":1}}""")]
    [InlineData("""{"name":"a","part":null}""")]
    public void What_is_described_passes(string body) => Assert.Empty(_document.Validate(Reference, JsonNode.Parse(body)));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"name":1}""")]
    [InlineData("""{"name":"a","more":1}""")]
    [InlineData("""{"name":"a","colour":"green"}""")]
    [InlineData("""{"name":"a","part":{}}""")]
    [InlineData("""{"name":"a","part":{"size":1,"more":1}}""")]
    [InlineData("""[]""")]
    public void What_is_not_does_not(string body) => Assert.NotEmpty(_document.Validate(Reference, JsonNode.Parse(body)));

    [Theory]
    [InlineData("/things", "List")]
    [InlineData("/things/a%2Fb", "Get")]
    [InlineData("/things/stats", "Stats")]
    [InlineData("/things/a/b", null)]
    public void A_path_leads_to_its_operation(string path, string? operation) => Assert.Equal(operation, (string?)_document.Find("GET", path)?["operationId"]);
}
