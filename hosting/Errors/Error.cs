namespace Platform.Hosting.Errors;

/// <summary>An expected refusal: what a handler returns instead of throwing.</summary>
/// <param name="Status">HTTP status, 4xx or 503; 500 where this request may be what broke something.</param>
/// <param name="Code">Stable, dotted code for programs, for example <c>registry.model_exists</c>.</param>
/// <param name="Detail">One sentence for a person: what is wrong and, where it helps, what would be right.</param>
public sealed record Error(int Status, string Code, string Detail)
{
    /// <summary>Messages by field, where several fields are wrong.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>Further members of the problem document, for example the measured gates of a refused promotion.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    /// <summary>When it is worth to try again, of a 503; a second where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
