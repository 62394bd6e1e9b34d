using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Inference;
using Platform.Monitor;

namespace Platform.Standalone.Tests.Api;

/// <summary>
/// Many serialisers write what is not set as null, so a member that may be left out may be null, in every body of every service.
/// </summary>
public sealed class NullMemberTests(Composition composition) : IClassFixture<Composition>
{
    // Read by a route itself: the part of an upload, and the bodies that a route takes under any content type or none.
    private static readonly Type[] ReadByHand =
    [
        typeof(VersionMetadata), Named<MonitorEntry>("Alerts.AlertNote"), Named<MonitorEntry>("Alerts.AlertSilence"),
        Named<InferenceEntry>("Repository.IndexRequest"), Named<InferenceEntry>("Repository.ModelRequest"),
    ];

    [Fact]
    public void Every_member_that_may_be_left_out_may_be_null()
    {
        var members = RequestTypes().SelectMany(type => Optional(type).Select(member => (Type: type, Member: member))).ToList();

        Assert.True(members.Count > 50, $"only {members.Count} members are known");
        Assert.All(members, optional => AssertSame(optional.Type, optional.Member));
    }

    [Fact]
    public void An_entry_of_a_map_that_is_null_is_left_out()
    {
        var metadata = JsonSerializer.Deserialize<VersionMetadata>("""
            {"tags":{"team":"risk","owner":null},"params":{"depth":null},"metrics":{"auc":0.9,"mae":null}}
            """, PlatformJson.Strict)!;

        Assert.Equal([new("team", "risk")], metadata.Tags!);
        Assert.Empty(metadata.Params!);
        Assert.Equal([new("auc", 0.9)], metadata.Metrics!);
    }

    [Fact]
    public void Every_map_of_a_body_takes_an_entry_that_is_null()
    {
        var maps = RequestTypes().SelectMany(Members).Where(member => IsMap(member.PropertyType)).ToList();

        Assert.NotEmpty(maps);
        Assert.All(maps, map => Assert.Empty((System.Collections.IEnumerable)JsonSerializer.Deserialize("""{"a":null}""", map.PropertyType, PlatformJson.Strict)!));
    }

    // What is behind an open JSON value is looked at by a route itself.
    private static bool IsMap(Type type) => type.IsGenericType && type.GetGenericArguments() is [var key, var value]
        && key == typeof(string) && value != typeof(JsonElement) && type.Name.Contains("Dictionary", StringComparison.Ordinal);

    private static void AssertSame(Type type, JsonPropertyInfo member)
    {
        var (without, with) = (Needed(type), Needed(type));
        with[member.Name] = null;

        var (leftOut, isNull) = (without.Deserialize(type, PlatformJson.Strict)!, with.Deserialize(type, PlatformJson.Strict)!);

        Assert.Equal(Text(member.Get!(leftOut)), Text(member.Get!(isNull)));
    }

    private static string Text(object? value) =>
        value is JsonElement { ValueKind: JsonValueKind.Undefined } ? "null" : JsonSerializer.Serialize(value, PlatformJson.Tolerant);

    private static JsonObject Needed(Type type) => new(Members(type).Where(member => member.IsRequired).Select(member =>
        KeyValuePair.Create(member.Name, (JsonNode?)(member.PropertyType == typeof(string) ? "" : member.PropertyType.IsPrimitive ? 0 : new JsonArray()))));

    private static IEnumerable<JsonPropertyInfo> Optional(Type type) => Members(type).Where(member => !member.IsRequired && member.Get is not null);

    private static IEnumerable<JsonPropertyInfo> Members(Type type) => PlatformJson.Strict.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } info ? info.Properties : [];

    private HashSet<Type> RequestTypes()
    {
        var named = composition.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>())
            .Where(accepts => accepts?.ContentTypes.Contains("application/json") == true).Select(accepts => accepts!.RequestType).OfType<Type>();
        var known = new HashSet<Type>();
        var open = new Queue<Type>(named.Concat(ReadByHand));
        while (open.TryDequeue(out var type))
        {
            foreach (var part in Parts(type)) open.Enqueue(part);
            if (type.Namespace?.StartsWith("Platform.", StringComparison.Ordinal) != true || !known.Add(type)) continue;
            foreach (var member in Members(type)) open.Enqueue(member.PropertyType);
        }
        return known;
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType && type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true ? type.GetGenericArguments() : [];

    private static Type Named<T>(string name) => typeof(T).Assembly.GetType($"{typeof(T).Namespace}.{name}", throwOnError: true)!;
}
