using Platform.Explainer.Domains;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Counterfactuals;

/// <summary>Reads from a request what the features of a row may be changed to.</summary>
internal sealed class FreedomRules
{
    private const int MostListed = 20;

    private readonly IReadOnlyList<FeatureDomain> _domains;
    private readonly HashSet<string> _held;
    private readonly HashSet<string> _growing;
    private readonly HashSet<string> _shrinking;
    private readonly Dictionary<string, FeatureRange> _ranges;

    public FreedomRules(IReadOnlyList<FeatureDomain> domains, CounterfactualOptions options)
    {
        _held = [.. options.Immutable ?? []];
        _growing = [.. options.IncreaseOnly ?? []];
        _shrinking = [.. options.DecreaseOnly ?? []];
        _ranges = (options.Ranges ?? []).ToDictionary(range => range.Feature);
        _domains = [.. domains.Select(domain => IsOfFractions(domain) ? domain with { Kind = DomainKind.Number } : domain)];
    }

    /// <summary>What does not fit the model's features, by field; null where all does.</summary>
    public Error? Check()
    {
        var problems = new Dictionary<string, string[]>();
        var kinds = _domains.DistinctBy(domain => domain.Name).ToDictionary(domain => domain.Name);
        foreach (var (field, names) in new (string, IEnumerable<string>)[] { ("immutable", _held), ("increaseOnly", _growing), ("decreaseOnly", _shrinking), ("ranges", _ranges.Keys) })
        {
            if (names.FirstOrDefault(name => !kinds.ContainsKey(name)) is { } unknown)
                problems[$"counterfactual.{field}"] = [$"The model has no feature '{unknown}'; it has {string.Join(", ", kinds.Keys.Take(MostListed))}{(kinds.Count > MostListed ? ", …" : "")}."];
            else if (field != "immutable" && names.FirstOrDefault(name => kinds[name].Kind == DomainKind.Category) is { } category)
                problems[$"counterfactual.{field}"] = [$"Feature '{category}' is a category, whose values have no order; name it in 'immutable', or leave it free."];
        }

        if (!problems.ContainsKey("counterfactual.ranges") && _ranges.Keys.FirstOrDefault(name => IsImpossible(kinds[name])) is { } impossible)
            problems["counterfactual.ranges"] = [$"Feature '{impossible}' has no value in its range: {Describe(kinds[impossible])}; name a wider one."];
        return problems.Count == 0 ? null : Problems.Invalid(problems);
    }

    /// <summary>One for each feature of a row.</summary>
    public Freedom[] Of(double[] row) => [.. _domains.Select((domain, feature) => Of(domain, row[feature]))];

    /// <summary>What is said where nothing may be changed.</summary>
    public static Error NothingFree(int row) => Problems.Invalid(new Dictionary<string, string[]>
    {
        ["counterfactual.immutable"] =
            [$"No feature of row {row} may be changed: hold fewer of them, name wider 'ranges', or compare with rows that differ. Features that are hidden from the log stay as they are."],
    });

    private Freedom Of(FeatureDomain domain, double own)
    {
        if (domain.IsHidden || _held.Contains(domain.Name)) return Freedom.None(domain, own);
        if (domain.Kind == DomainKind.Category)
            return Freedom.None(domain, own) with { Others = [.. domain.Categories.Where(value => !value.Equals(own))] };

        var (low, high) = Ends(domain);
        var (grows, shrinks) = (_growing.Contains(domain.Name), _shrinking.Contains(domain.Name));
        if (double.IsNaN(own) && (grows || shrinks)) return Freedom.None(domain, own);
        if (grows) low = Math.Max(low, own);
        if (shrinks) high = Math.Min(high, own);
        return low <= high ? new Freedom(domain, own, low, high) : Freedom.None(domain, own);
    }

    /// <summary>The ends that were given, else those of the reference rows, within what the datatype holds.</summary>
    private (double Low, double High) Ends(FeatureDomain domain)
    {
        var given = _ranges.GetValueOrDefault(domain.Name);
        var (first, last) = domain.Sorted is [] ? (double.PositiveInfinity, double.NegativeInfinity) : (domain.Sorted[0], domain.Sorted[^1]);
        // One end that is given reaches as far as the rows do, or, beyond them, is all there is.
        var low = given?.From ?? Math.Min(first, given?.To ?? first);
        var high = given?.To ?? Math.Max(last, given?.From ?? last);
        (low, high) = (Math.Max(low, domain.Bounds.Least), Math.Min(high, domain.Bounds.Most));
        return domain.Kind == DomainKind.Whole ? (Math.Ceiling(low), Math.Floor(high)) : (low, high);
    }

    // Whoever names a range with fractions knows that they are allowed, though no row has one.
    private bool IsOfFractions(FeatureDomain domain) => domain is { Kind: DomainKind.Whole, HoldsFractions: true }
        && _ranges.GetValueOrDefault(domain.Name) is { } range && !(double.IsInteger(range.From ?? 0) && double.IsInteger(range.To ?? 0));

    private bool IsImpossible(FeatureDomain domain) => Ends(domain) is var (low, high) && low > high;

    private static string Describe(FeatureDomain domain) => domain.Kind == DomainKind.Whole
        ? $"it holds whole numbers from {domain.Bounds.Least:R} to {domain.Bounds.Most:R}"
        : $"it holds numbers from {domain.Bounds.Least:R} to {domain.Bounds.Most:R}";
}
