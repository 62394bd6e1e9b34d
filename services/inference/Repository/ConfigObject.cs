using System.Globalization;
using System.Text.Json;

namespace Platform.Inference.Repository;

/// <summary>
/// One object of a model configuration in protobuf's JSON mapping: names in snake or camel case, whole numbers as numbers or as text, and
/// null for what is not set. Every member is taken by somebody or named as a problem: nothing is passed over in silence.
/// </summary>
internal sealed class ConfigObject
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<string> _problems;

    /// <param name="json">The object.</param>
    /// <param name="path">Its place in the configuration, for example <c>dynamic_batching.</c>; empty for the whole.</param>
    /// <param name="problems">Where what is wrong is named.</param>
    public ConfigObject(JsonElement json, string path, List<string> problems)
    {
        (_path, _problems) = (path, problems);
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"'{path.TrimEnd('.')}' must be an object");
            return;
        }

        foreach (var member in json.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
            _members[JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name)] = member.Value;
    }

    /// <summary>An object within; null where it is not set.</summary>
    public ConfigObject? TakeObject(string name) => Take(name) is { } value ? new ConfigObject(value, $"{_path}{name}.", _problems) : null;

    /// <summary>The objects of a list; none where it is not set.</summary>
    public IReadOnlyList<ConfigObject> TakeObjects(string name) =>
        [.. TakeList(name).Select((item, i) => new ConfigObject(item, $"{_path}{name}[{i}].", _problems))];

    /// <summary>The whole numbers of a list; null where it is not set.</summary>
    public IReadOnlyList<long>? TakeNumbers(string name) =>
        _members.ContainsKey(name) ? [.. TakeList(name).Select((item, i) => Number($"{name}[{i}]", item) ?? 0)] : null;

    /// <summary>A whole number; null where it is not set.</summary>
    public int? TakeNumber(string name)
    {
        if (Take(name) is not { } value || Number(name, value) is not { } number) return null;
        if (number is >= int.MinValue and <= int.MaxValue) return (int)number;
        _problems.Add($"'{_path}{name}' is out of range");
        return null;
    }

    /// <summary>A text; empty where it is not set.</summary>
    public string TakeText(string name)
    {
        if (Take(name) is not { } value) return "";
        if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        _problems.Add($"'{_path}{name}' must be a text");
        return "";
    }

    /// <summary>True or false; null where it is not set.</summary>
    public bool? TakeFlag(string name)
    {
        if (Take(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Refuse(name, "must be true or false");
        return null;
    }

    /// <summary>A member that may only say what is so anyway.</summary>
    public void Expect(string name, string what, params string[] values)
    {
        if (Take(name) is { } value && !values.Contains(value.ToString())) Refuse(name, what);
    }

    /// <summary>Members of the reference server's configuration that nothing here honours: not set, or as unset, is all that they may be.</summary>
    public void ExpectUnset(params string[] names)
    {
        foreach (var name in names)
            if (Take(name) is { } value && !IsUnset(value)) Refuse(name, "is not supported here");
    }

    /// <summary>Members that choose something by being there, however empty, which nothing here does.</summary>
    public void ExpectAbsent(params string[] names)
    {
        foreach (var name in names)
            if (Take(name) is not null) Refuse(name, "is not supported here");
    }

    /// <summary>Names what nobody has taken.</summary>
    public void End()
    {
        foreach (var name in _members.Keys) Refuse(name, "is unknown");
        _members.Clear();
    }

    public void Refuse(string name, string why) => _problems.Add($"'{_path}{name}' {why}");

    private JsonElement? Take(string name) => _members.Remove(name, out var value) ? value : null;

    private IEnumerable<JsonElement> TakeList(string name)
    {
        if (Take(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray()];
        Refuse(name, "must be a list");
        return [];
    }

    private long? Number(string name, JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : "";
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue)
            return (long)number;
        Refuse(name, "must be a whole number");
        return null;
    }

    // What protobuf does not tell from a field that is not there.
    private static bool IsUnset(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.GetString() is "" or "0",
        JsonValueKind.Number => value.GetDouble() == 0,
        JsonValueKind.False => true,
        _ => false,
    };
}
