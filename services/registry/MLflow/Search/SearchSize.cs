using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Search;

/// <summary>How many results a page holds, and lists in order.</summary>
internal static class SearchSize
{
    public static int Of(long? asked, int usual, int most) => asked switch
    {
        null or 0 => usual,
        < 0 => throw MLflowException.Invalid($"Invalid value {asked} for parameter 'max_results' supplied: It must be a positive integer."),
        _ when asked > most => throw MLflowRequest.Wrong("max_results", $"{asked}", $"It must be at most {most}."),
        _ => (int)asked,
    };

    public static IOrderedEnumerable<T> Then<T, TKey>(
        this IOrderedEnumerable<T> items, Func<T, TKey> key, bool isAscending, IComparer<TKey>? comparer = null) =>
        isAscending ? items.ThenBy(key, comparer) : items.ThenByDescending(key, comparer);
}
