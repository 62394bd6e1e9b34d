using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Platform.Messages;
using Platform.TestKit;

namespace Platform.Contracts.Tests;

/// <summary>What docs/messages says of the messages. After a change: <c>dotnet run --project eng/messages</c>.</summary>
public sealed class MessageDocumentsTests
{
    private static readonly string Folder = Repository.PathOf("docs", "messages");
    private static readonly IReadOnlyDictionary<string, string> Generated = MessageDocuments.Generate();

    public static TheoryData<string> Paths => new(Generated.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Paths))]
    public void The_generated_documents_agree_with_the_contracts(string path) =>
        Assert.Equal(Generated[path], File.ReadAllText(Path.Combine(Folder, path)));

    [Fact]
    public void No_schema_is_left_of_a_message_that_is_gone()
    {
        var files = Directory.GetFiles(Path.Combine(Folder, "schemas")).Select(file => $"schemas/{Path.GetFileName(file)}");
        Assert.Empty(files.Except(Generated.Keys));
    }

    [Fact]
    public void Every_reference_in_the_AsyncAPI_document_leads_somewhere()
    {
        var document = JsonNode.Parse(Generated["asyncapi.json"])!;
        var references = References(document).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Resolves(document, reference), reference));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_schema_describes_every_member_that_is_sent(string name)
    {
        var sent = JsonNode.Parse(Golden.Read(GoldenNameOf(name)))!.AsObject();
        var described = JsonNode.Parse(Generated[$"schemas/{name}.json"])!["properties"]!.AsObject();

        Assert.Empty(sent.Select(member => member.Key).Except(described.Select(member => member.Key)));
        Assert.All(described, member => Assert.NotEmpty(member.Value!["description"]!.GetValue<string>()));
    }

    /// <summary>What is sent fits its schema; without any one of the members that it names as required, nothing does.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_schema_names_what_is_required(string name)
    {
        var schema = JsonSchema.FromText(Generated[$"schemas/{name}.json"]);
        var sent = JsonNode.Parse(Golden.Read(GoldenNameOf(name)))!.AsObject();
        var required = JsonNode.Parse(Generated[$"schemas/{name}.json"])!["required"]!.AsArray().Select(member => (string)member!).ToList();

        Assert.True(Fits(schema, sent));
        Assert.False(Fits(schema, []));
        Assert.NotEmpty(required);
        Assert.All(required, member =>
        {
            var less = sent.DeepClone().AsObject();
            Assert.True(less.Remove(member), $"{member} is not sent");
            Assert.False(Fits(schema, less), member);
        });
    }

    public static TheoryData<string> Names => new(DescribedMessage.All.Select(message => message.Name));

    private static bool Fits(JsonSchema schema, JsonObject message) => schema.Evaluate(JsonSerializer.SerializeToElement(message)).IsValid;

    private static string GoldenNameOf(string name) => name.StartsWith("predictions.", StringComparison.Ordinal) ? "data" + name["predictions".Length..] : name;

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member.Key == "$ref" ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static bool Resolves(JsonNode document, string reference) => reference.StartsWith("#/", StringComparison.Ordinal)
        ? reference[2..].Split('/').Aggregate((JsonNode?)document, (node, name) => node?[name]) is not null
        : Generated.ContainsKey(reference);
}
