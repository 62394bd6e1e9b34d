using Platform.Inference.Protocol;

namespace Platform.Inference.Rows;

/// <summary>
/// What is wrong with the rows of a request, by row and feature: the first thing of each, and no more than a caller can do with. No message holds a
/// value, since refusals stand in the prediction log.
/// </summary>
internal sealed class RowProblems
{
    /// <summary>Beyond so many a caller has enough to do.</summary>
    public const int Most = 20;

    private readonly Dictionary<string, string[]> _messages = new(StringComparer.Ordinal);

    public bool IsFull => _messages.Count == Most;

    /// <summary>Messages by field, for example <c>rows[3].age</c>.</summary>
    public IReadOnlyDictionary<string, string[]> Fields => _messages;

    public void Add(int row, string message) => Add($"rows[{row}]", message);

    public void Add(int row, string feature, string message) => Add($"rows[{row}].{feature}", message);

    public void Add(int row, ReadOnlySpan<byte> feature, string message) => Add(row, Excerpts.Of(feature), message);

    private void Add(string field, string message)
    {
        if (!IsFull) _messages.TryAdd(field, [message]);
    }
}
