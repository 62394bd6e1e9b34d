using Platform.Hosting.Errors;
using Platform.Hosting.Values;

namespace Platform.Monitor.Requests;

/// <summary>Collects everything that is wrong with a request, so that a caller hears it all at once.</summary>
internal sealed class FieldErrors
{
    private const int Most = 20;
    private const int LongestText = 10_000;

    private readonly Dictionary<string, string[]> _messages = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    /// <summary>Whether further messages would not be kept.</summary>
    public bool IsFull => _messages.Count == Most;

    /// <summary>Notes the first thing that is wrong with a field; beyond twenty fields a caller has enough to do.</summary>
    public void Add(string field, string message)
    {
        if (_messages.Count < Most)
            _messages.TryAdd(field, [message]);
    }

    /// <summary>Bounds what a person writes, which is stored as it is.</summary>
    public void CheckText(string field, string? text)
    {
        if (text?.Length > LongestText)
            Add(field, $"Must be at most {LongestText} characters long.");
    }

    /// <summary>Reads a time that a query may leave out; null where it does, and where it gives none that is one.</summary>
    public DateTimeOffset? ReadTime(string field, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (ZonedTime.TryRead(text, out var time))
            return time;

        Add(field, ZonedTime.Expectation);
        return null;
    }

    public Error ToError() => Problems.Invalid(_messages);
}
