using System.Text.Json.Nodes;

namespace Platform.Client.Models;

internal static class GivenMembers
{
    /// <summary>An object of the members that have a value.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var given = new JsonObject();
        foreach (var (name, value) in members)
            if (value is not null) given[name] = value;
        return given;
    }
}
