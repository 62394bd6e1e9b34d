using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Platform.Hosting.Values;

namespace Platform.Hosting;

/// <summary>The one JSON dialect of the platform: camelCase, RFC 3339 times, null where there is no value.</summary>
public static class PlatformJson
{
    /// <summary>For what we read from each other and from disk: unknown members are ignored, so that messages can grow.</summary>
    public static JsonSerializerOptions Tolerant { get; } = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>
    /// For request bodies: an unknown member is an error the caller should hear of, and so is a time without a zone; a member
    /// or an entry of a map that is null is as good as left out.
    /// </summary>
    public static JsonSerializerOptions Strict { get; } = Create(JsonUnmappedMemberHandling.Disallow);

    /// <summary>Applies the dialect to <paramref name="options"/>.</summary>
    public static void Configure(JsonSerializerOptions options, JsonUnmappedMemberHandling unknownMembers)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.UnmappedMemberHandling = unknownMembers;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.PropertyNameCaseInsensitive = false;
        options.AllowTrailingCommas = false;
        options.MaxDepth = 32;
        if (unknownMembers != JsonUnmappedMemberHandling.Disallow) return;
        options.Converters.Add(new ZonedTime.Converter());
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(TakeNullAsLeftOut)
            .WithAddedModifier(MapWithoutNulls.LeaveOutNulls);
    }

    // Many serialisers write what is not set as null. A member that cannot be null keeps its default then, as when it is left out.
    private static void TakeNullAsLeftOut(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            if (member is { Set: { } set, IsSetNullable: false } && !member.PropertyType.IsValueType)
                member.Set = (target, value) =>
                {
                    if (value is not null) set(target, value);
                };
    }

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unknownMembers)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options, unknownMembers);
        // Not in the dialect itself: the description of the API is made from that, and cannot look into a converter.
        if (unknownMembers == JsonUnmappedMemberHandling.Disallow) options.Converters.Add(new MapWithoutNulls.OfNumbers());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
