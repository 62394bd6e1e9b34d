using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Models;

namespace Platform.Registry.MLflow.Registration;

/// <summary>Names of models, versions, aliases and tags. MLflow's are freer than the platform's, which are segments of paths.</summary>
internal static partial class RegistryNames
{
    private const int MaxTagValueLength = 100_000;
    private const int MaxAliasLength = 255;

    /// <summary>A name for a new model: one of MLflow's, and one of the platform's.</summary>
    public static string CheckNew(string? name, string field = "name")
    {
        var text = Check(name, field);
        if (text.AsSpan().IndexOfAny('/', ':') >= 0)
            throw MLflowException.Invalid($"Invalid model name '{text}'. Names cannot contain '/' or ':'.");
        if (!ModelName.IsValid(text)) throw MLflowException.Invalid($"Invalid model name '{text}'. Here the name of a model {ModelName.Rule}");
        if (ModelName.IsReserved(text)) throw MLflowException.Invalid($"Invalid model name '{text}'. A route of the API is called so.");
        return text;
    }

    public static string Check(string? name, string field = "name") =>
        string.IsNullOrWhiteSpace(name) ? throw MLflowRequest.Missing(field) : name;

    public static string CheckVersion(string? version)
    {
        var text = MLflowRequest.Required(version, "version");
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? text
            : throw MLflowException.Invalid($"Parameter 'version' must be an integer, got '{text}'.");
    }

    /// <summary>An alias that may be set.</summary>
    public static string CheckNewAlias(string? alias)
    {
        var text = CheckAlias(alias);
        if (text.Equals("latest", StringComparison.OrdinalIgnoreCase)) throw MLflowException.Invalid("'latest' alias name (case insensitive) is reserved.");
        if (VersionLike().IsMatch(text)) throw MLflowException.Invalid($"Version alias name '{text}' is reserved.");
        return AliasName.IsValid(text) ? text : throw MLflowException.Invalid($"Invalid alias name: '{text}'. Here an alias {AliasName.Rule}");
    }

    public static string CheckAlias(string? alias)
    {
        var text = MLflowRequest.Required(alias, "alias");
        if (!AliasLike().IsMatch(text))
            throw MLflowException.Invalid($"Invalid alias name: '{text}'. Names may only contain alphanumerics, underscores (_), and dashes (-).");
        return EntityNames.CheckLength(text, MaxAliasLength, "Registered model alias name");
    }

    public static KeyValue CheckTag(string? key, string? value)
    {
        EntityNames.CheckLength(EntityNames.Check(MLflowRequest.Required(key, "key"), "key"), EntityNames.MaxKeyLength, "key");
        return new KeyValue(key!, EntityNames.CheckLength(value ?? "", MaxTagValueLength, "value"));
    }

    public static Dictionary<string, string> CheckTags(IReadOnlyList<GivenPair>? tags)
    {
        var checkedTags = new Dictionary<string, string>();
        foreach (var tag in tags ?? []) checkedTags[CheckTag(tag.Key, tag.Value).Key] = tag.Value ?? "";
        return checkedTags;
    }

    [GeneratedRegex(@"^[\w\-]*\z")]
    private static partial Regex AliasLike();

    [GeneratedRegex(@"^[vV]\d+\z")]
    private static partial Regex VersionLike();
}
