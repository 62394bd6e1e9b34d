namespace Platform.Monitor.Search;

/// <summary>What a search wants of a row. A comparison with a value that is missing does not hold.</summary>
internal abstract record Filter
{
    public abstract bool Matches(FilterRow row);

    /// <summary>Both hold.</summary>
    public sealed record And(Filter Left, Filter Right) : Filter
    {
        public override bool Matches(FilterRow row) => Left.Matches(row) && Right.Matches(row);
    }

    /// <summary>One of them holds.</summary>
    public sealed record Or(Filter Left, Filter Right) : Filter
    {
        public override bool Matches(FilterRow row) => Left.Matches(row) || Right.Matches(row);
    }

    /// <summary>It does not hold.</summary>
    public sealed record Not(Filter Of) : Filter
    {
        public override bool Matches(FilterRow row) => !Of.Matches(row);
    }

    /// <summary>A column has no value.</summary>
    public sealed record IsMissing(FilterColumn Column) : Filter
    {
        public override bool Matches(FilterRow row) => Column.Of(row).IsMissing;
    }

    /// <summary>A column's value is one of some.</summary>
    public sealed record In(FilterColumn Column, IReadOnlyList<FilterValue> Values) : Filter
    {
        public override bool Matches(FilterRow row) => Column.Of(row) is { IsMissing: false } value && Values.Any(value.IsSameAs);
    }

    /// <summary>A column's value stands so to another.</summary>
    public sealed record Comparison(FilterColumn Column, string Sign, FilterValue Value) : Filter
    {
        public override bool Matches(FilterRow row)
        {
            var value = Column.Of(row);
            if (value.IsMissing)
                return false;
            return Sign switch
            {
                "=" => value.IsSameAs(Value),
                "!=" => !value.IsSameAs(Value),
                "<" => value.Number < Value.Number,
                "<=" => value.Number <= Value.Number,
                ">" => value.Number > Value.Number,
                _ => value.Number >= Value.Number,
            };
        }
    }
}
