using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Registry.MLflow.Protocol;

/// <summary>
/// Reads what a client asks: a query on GET, a JSON body on anything else, whatever media type it is said to have, and the parts of the path
/// on both.
/// </summary>
internal static class MLflowRequest
{
    private const string SeeDocs = "See the API docs for more information about request parameters.";

    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="withRoute">Whether the parts of the path are fields, too.</param>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken, bool withRoute = true)
    {
        var members = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? FromQuery<T>(request.Query)
            : await FromBodyAsync(request, cancellationToken);
        if (withRoute) foreach (var (name, value) in request.RouteValues) members[name] = value?.ToString();
        return Read<T>(members);
    }

    /// <summary>The value of a field that must be there; Protocol Buffers do not tell an empty text from none.</summary>
    public static string Required(string? value, string field) => value.OrNull() ?? throw Missing(field);

    public static T Required<T>(T? value, string field) where T : struct => value ?? throw Missing(field);

    public static MLflowException Missing(string field) =>
        MLflowException.Invalid($"Missing value for required parameter '{field}'. {SeeDocs}");

    public static MLflowException Wrong(string field, string value, string hint = "") =>
        MLflowException.Invalid($"Invalid value {value} for parameter '{field}' supplied{(hint.Length > 0 ? $": {hint}" : ".")} {SeeDocs}");

    private static T Read<T>(JsonObject members)
    {
        try
        {
            return members.Deserialize<T>(MLflowJson.Options)!;
        }
        catch (JsonException exception)
        {
            throw Describe(exception, members);
        }
    }

    private static MLflowException Describe(JsonException exception, JsonObject members)
    {
        var path = (exception.Path ?? "$").TrimStart('$').TrimStart('.');
        var field = path.Split('.', '[')[0];
        return members[field] is { } value
            ? Wrong(path, Shorten(value.ToJsonString(MLflowJson.Options)), $" Hint: Value was of type '{PythonTypeOf(value)}'.")
            : MLflowException.Invalid($"The request cannot be read: {path} is wrong. {SeeDocs}");
    }

    private static string Shorten(string json) => json.Length <= 200 ? json : $"{json[..200]}…";

    // MLflow's server is written in Python, and names its types.
    private static string PythonTypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => "str",
        JsonValueKind.Number => value.ToJsonString().AsSpan().IndexOfAny(".eE") < 0 ? "int" : "float",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Array => "list",
        _ => "dict",
    };

    private static JsonObject FromQuery<T>(IQueryCollection query)
    {
        var members = new JsonObject();
        foreach (var property in MLflowJson.Options.GetTypeInfo(typeof(T)).Properties)
            if (query.TryGetValue(property.Name, out var values) && values.Count > 0)
                members[property.Name] = IsList(property.PropertyType)
                    ? new JsonArray([.. values.Select(value => (JsonNode?)value)])
                    : property.PropertyType == typeof(bool?) ? Flag(values[^1]) : values[^1];
        return members;
    }

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static JsonNode Flag(string? value) => value?.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw MLflowException.Invalid($"Invalid boolean value: {value}, must be 'true' or 'false'."),
    };

    private static async Task<JsonObject> FromBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = await ParseAsync(request.Body, cancellationToken);
            // Old clients encode the object once more, as a text.
            if (body is JsonValue text && text.TryGetValue<string>(out var inner)) body = MLflowJson.Parse(inner);
            CheckElements(body);
            return body switch
            {
                null => [],
                JsonObject members => members,
                _ => throw MLflowException.Invalid("The body must be a JSON object."),
            };
        }
        catch (JsonException exception)
        {
            throw new MLflowException("BAD_REQUEST", $"The body is not a JSON object: {exception.Message}");
        }
    }

    private static async Task<JsonNode?> ParseAsync(Stream body, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        await body.CopyToAsync(text, cancellationToken);
        if (text.Length == 0) return null;
        return MLflowJson.Parse(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    // As of Protocol Buffers: a list has no holes.
    private static void CheckElements(JsonNode? node)
    {
        if (node is JsonArray list && list.Contains(null)) throw MLflowException.Invalid("null is not allowed as an element of a list.");
        foreach (var inside in node switch { JsonArray items => items, JsonObject members => members.Select(member => member.Value), _ => [] }) CheckElements(inside);
    }
}
