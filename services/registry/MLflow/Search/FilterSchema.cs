using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Search;

/// <summary>What a filter and an order may speak of, for one kind of thing that is searched.</summary>
internal sealed record FilterSchema
{
    private static readonly string[] Numeric = ["=", "!=", "<", "<=", ">", ">="];
    private static readonly string[] Textual = ["=", "!=", "LIKE", "ILIKE"];

    /// <summary>The prefixes of names, by what they stand for.</summary>
    public required IReadOnlyDictionary<string, EntityKind> Prefixes { get; init; }

    /// <summary>The attributes that a filter may name, by every name that they go under.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>The attributes that an order may name.</summary>
    public required IReadOnlyDictionary<string, string> OrderAttributes { get; init; }

    /// <summary>Those attributes that are numbers.</summary>
    public required IReadOnlySet<string> Numbers { get; init; }

    /// <summary>The attributes that IN and NOT IN take.</summary>
    public IReadOnlySet<string> Listed { get; init; } = new HashSet<string>();

    /// <summary>What IS NULL and IS NOT NULL take.</summary>
    public IReadOnlySet<EntityKind> Nullable { get; init; } = new HashSet<EntityKind>();

    /// <summary>Whether order takes more than attributes.</summary>
    public bool OrdersByEntities { get; init; }

    public static IReadOnlyDictionary<string, string> Names(params IEnumerable<string> names) => names.ToDictionary(name => name);

    public bool IsNumber(EntityKind kind, string key) => kind == EntityKind.Metric || (kind == EntityKind.Attribute && Numbers.Contains(key));

    /// <summary>Splits a name as it is written into what it stands for and its key.</summary>
    public (EntityKind Kind, string Key) Resolve(string identifier, bool forOrder)
    {
        var attributes = forOrder ? OrderAttributes : Attributes;
        var dot = identifier.StartsWith('`') ? identifier.IndexOf('.', Math.Max(0, identifier.IndexOf('`', 1))) : identifier.IndexOf('.');
        var (kind, key) = dot < 0 ? (EntityKind.Attribute, identifier) : (KindOf(Unquote(identifier[..dot])), identifier[(dot + 1)..]);
        key = Unquote(key);
        if (kind == EntityKind.Attribute)
            key = attributes.GetValueOrDefault(key)
                ?? throw MLflowException.Invalid($"Invalid attribute key '{key}' specified. Valid keys are '{Set(attributes.Keys)}'");
        if (kind == EntityKind.Dataset && key is not ("name" or "digest" or "context"))
            throw MLflowException.Invalid($"Invalid dataset key '{key}' specified. Valid keys are '{Set(["context", "digest", "name"])}'");
        return (kind, key);
    }

    public void CheckOperator(EntityKind kind, string key, string comparison)
    {
        if (comparison is "IS NULL" or "IS NOT NULL")
        {
            if (!Nullable.Contains(kind))
                throw MLflowException.Invalid($"IS NULL / IS NOT NULL is only supported for tags and params, not for '{NameOf(kind)}' '{key}'");
            return;
        }

        var allowed = IsNumber(kind, key) ? Numeric : TakesLists(kind, key) ? [.. Textual, "IN", "NOT IN"] : Textual;
        if (comparison is "IN" or "NOT IN" && !IsNumber(kind, key) && !TakesLists(kind, key))
            throw MLflowException.Invalid($"Only the {string.Join(", ", Listed.Select(name => $"'{name}'").DefaultIfEmpty("'run_id'"))} attribute supports comparison with a list of quoted string values.");
        if (!allowed.Contains(comparison))
            throw MLflowException.Invalid($"Invalid comparator '{comparison}' not one of '{Set(allowed)}'");
    }

    public static string NameOf(EntityKind kind) => kind.ToString().ToLowerInvariant();

    private bool TakesLists(EntityKind kind, string key) => kind == EntityKind.Dataset || (kind == EntityKind.Attribute && Listed.Contains(key));

    private EntityKind KindOf(string prefix) => Prefixes.TryGetValue(prefix, out var kind)
        ? kind
        : throw MLflowException.Invalid($"Invalid entity type '{prefix}'. Valid values are [{string.Join(", ", Prefixes.Keys.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}]");

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] == text[^1] && text[0] is '`' or '\'' or '"' ? text[1..^1] : text;

    private static string Set(IEnumerable<string> names) => $"{{{string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}}}";
}
