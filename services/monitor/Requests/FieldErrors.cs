using Platform.Hosting.Errors;

namespace Platform.Monitor.Requests;

/// <summary>Collects everything that is wrong with a request, so that a caller hears it all at once.</summary>
internal sealed class FieldErrors
{
    private const int Most = 20;

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

    public Error ToError() => Problems.Invalid(_messages);
}
