using System.Text.Json.Nodes;
using Platform.Messages;
using Platform.TestKit;

namespace Platform.Contracts.Tests;

/// <summary>docs/prediction-log.md is written by hand for people; it names what the schema names.</summary>
public sealed class PredictionLogPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "prediction-log.md"));

    public static TheoryData<string, string> Members
    {
        get
        {
            var members = new TheoryData<string, string>();
            var schema = JsonNode.Parse(MessageDocuments.Generate()["schemas/predictions.prediction-logged.v1.json"])!;
            foreach (var (path, type) in Walk(schema, "")) members.Add(path, type);
            return members;
        }
    }

    [Theory, MemberData(nameof(Members))]
    public void The_page_says_what_each_member_is(string path, string type) =>
        Assert.Contains($"| `{path}` | {type} | ", Page, StringComparison.Ordinal);

    private static IEnumerable<(string Path, string Type)> Walk(JsonNode schema, string prefix)
    {
        foreach (var (name, member) in schema["properties"]!.AsObject())
        {
            yield return (prefix + name, TypeOf(member!));
            var (inner, mark) = member!["properties"] is not null ? (member, ".") : (member["items"], "[].");
            if (inner?["properties"] is null) continue;
            foreach (var found in Walk(inner, prefix + name + mark)) yield return found;
        }
    }

    /// <summary>The elements of a tensor have no type in the schema, as they may be of any; they are an array.</summary>
    private static string TypeOf(JsonNode member) => member["type"] switch
    {
        JsonArray types => $"{types[0]} or {types[1]}",
        { } when (string?)member["format"] == "date-time" => "time",
        { } type => (string)type!,
        null => "array",
    };
}
