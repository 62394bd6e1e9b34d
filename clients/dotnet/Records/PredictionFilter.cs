using System.Globalization;
using Platform.Client.Transport;

namespace Platform.Client.Records;

/// <summary>Which predictions are searched for; all that the caller may observe where nothing is said.</summary>
public sealed class PredictionFilter
{
    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>A version's number or alias; it needs a model.</summary>
    public string? Version { get; init; }

    /// <summary>A filter over features and answers, for example <c>age &gt; 40 and class = 'bad'</c>; it needs a model.</summary>
    public string? Where { get; init; }

    /// <summary>Only those that came in then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those that came in before this.</summary>
    public DateTimeOffset? To { get; init; }

    internal string Query() => Paths.Query(("model", Model), ("version", Version), ("where", Where), ("from", Text(From)), ("to", Text(To)));

    private static string? Text(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
