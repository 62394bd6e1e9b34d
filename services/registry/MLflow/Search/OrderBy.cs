using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Search;

/// <summary>One clause of an order: <c>metrics.loss DESC</c>.</summary>
internal sealed record OrderBy(EntityKind Kind, string Key, bool IsAscending)
{
    private const int MaxClauses = 100;

    public static IReadOnlyList<OrderBy> Read(IReadOnlyList<string>? clauses, FilterSchema schema)
    {
        if (clauses?.Count > MaxClauses) throw MLflowException.Invalid($"`order_by` has more than {MaxClauses} clauses.");
        var orders = (clauses ?? []).Select(clause => Read(clause, schema)).ToList();
        if (orders.DistinctBy(order => (order.Kind, order.Key)).Count() != orders.Count)
            throw MLflowException.Invalid($"`order_by` contains duplicate fields: [{string.Join(", ", clauses!.Select(clause => $"'{clause}'"))}]");
        return orders;
    }

    private static OrderBy Read(string clause, FilterSchema schema)
    {
        var trimmed = clause.Trim();
        var space = trimmed.LastIndexOfAny([' ', '\t', '\n']);
        var last = space < 0 ? "" : trimmed[(space + 1)..];
        var isDirected = last.ToLowerInvariant() is "asc" or "desc";
        var name = isDirected ? trimmed[..space].Trim() : trimmed;
        if (name.Length == 0) throw MLflowException.Invalid($"Invalid order_by clause '{clause}'. Could not be parsed.");
        if (!IsOneName(name))
            throw MLflowException.Invalid(last.Length > 0 && IsOneName(trimmed[..space].Trim())
                ? $"Invalid ordering key in order_by clause '{clause}'."
                : $"Invalid order_by clause '{clause}'. Could not be parsed.");
        var (kind, key) = schema.Resolve(name, forOrder: true);
        if (kind != EntityKind.Attribute && (!schema.OrdersByEntities || kind == EntityKind.Dataset))
            throw MLflowException.Invalid($"Invalid order_by entity: {FilterSchema.NameOf(kind)}");
        return new OrderBy(kind, key, !last.Equals("desc", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOneName(string text)
    {
        // Old clients order by "Run Name" and "created"; an attribute may have a space.
        if (text.Equals("run name", StringComparison.OrdinalIgnoreCase)) return true;
        var tokens = FilterTokens.Read(text);
        return tokens.Count == 1 && tokens[0].Kind is TokenKind.Identifier or TokenKind.Text;
    }
}
