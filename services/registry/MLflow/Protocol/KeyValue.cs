namespace Platform.Registry.MLflow.Protocol;

/// <summary>A tag or a parameter.</summary>
internal sealed record KeyValue(string Key, string Value)
{
    /// <summary>The pairs in the order of their keys, the last of each key.</summary>
    public static KeyValue[] Merge(IEnumerable<KeyValue> known, IEnumerable<KeyValue> added)
    {
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in known.Concat(added)) merged[key] = value;
        return [.. merged.Select(pair => new KeyValue(pair.Key, pair.Value))];
    }

    /// <summary>The value of a key in pairs that are in the order of their keys; null where there is none.</summary>
    public static string? Find(KeyValue[] sorted, string key)
    {
        var (low, high) = (0, sorted.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (string.CompareOrdinal(sorted[middle].Key, key))
            {
                case 0: return sorted[middle].Value;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return null;
    }
}

/// <summary>A tag or a parameter as a request gives it: either part may be missing.</summary>
internal sealed record GivenPair(string? Key, string? Value);
