using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Hosting;

namespace Platform.Contracts.Tests;

public sealed class GoldenTests
{
    public static TheoryData<string> Names => Golden.Names;

    [Fact]
    public void Every_message_has_a_golden_file_and_every_file_a_message()
    {
        var files = Directory.GetFiles(Golden.Folder, "*.json").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(Golden.Types.Keys.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void What_was_once_sent_is_read_and_written_the_same(string name)
    {
        var json = Golden.Read(name);
        var message = JsonSerializer.Deserialize(json, Golden.Types[name], PlatformJson.Strict)!;
        var written = JsonSerializer.SerializeToNode(message, Golden.Types[name], PlatformJson.Tolerant);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), written), $"{name} is written as {written}");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_golden_file_shows_every_property(string name)
    {
        var message = JsonSerializer.Deserialize(Golden.Read(name), Golden.Types[name], PlatformJson.Strict)!;
        Assert.Empty(Unset(message, name));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_message_that_says_nothing_is_still_read(string name)
    {
        Assert.NotNull(JsonSerializer.Deserialize("{}", Golden.Types[name], PlatformJson.Tolerant));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_member_of_a_later_version_is_ignored(string name)
    {
        var json = JsonNode.Parse(Golden.Read(name))!;
        json["addedLater"] = 1;
        Assert.NotNull(json.Deserialize(Golden.Types[name], PlatformJson.Tolerant));
    }

    /// <summary>Paths of our own properties, however deep, that are null or an empty list.</summary>
    private static IEnumerable<string> Unset(object? value, string path) => value switch
    {
        null => [path],
        string text => text.Length == 0 ? [path] : [],
        JsonElement element => element.ValueKind == JsonValueKind.Undefined ? [path] : [],
        IDictionary map => map.Count == 0 ? [path] : [],
        IEnumerable items => UnsetIn(items, path),
        _ when value.GetType().Namespace!.StartsWith("Platform.", StringComparison.Ordinal) => value.GetType().GetProperties()
            .Where(property => property.GetMethod!.IsStatic is false && property.Name != "EqualityContract")
            .SelectMany(property => Unset(property.GetValue(value), $"{path}.{property.Name}")),
        _ => [],
    };

    private static List<string> UnsetIn(IEnumerable items, string path)
    {
        var all = items.Cast<object?>().ToList();
        return all.Count == 0 ? [path] : [.. all.SelectMany(item => Unset(item, path))];
    }
}
