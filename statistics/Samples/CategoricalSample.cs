using System.Runtime.InteropServices;

namespace Platform.Statistics.Samples;

/// <summary>One sample of a categorical feature as counts by category; null counts as missing and takes part in no test.</summary>
public sealed class CategoricalSample
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public CategoricalSample(IEnumerable<string?> values)
    {
        foreach (var value in values)
            Add(value);
    }

    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>How many values are not missing.</summary>
    public long Count { get; private set; }

    public long Missing { get; private set; }

    private void Add(string? value)
    {
        if (value is null)
        {
            Missing++;
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _)++;
        Count++;
    }
}
