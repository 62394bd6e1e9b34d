using Platform.Hosting.Errors;

namespace Platform.Monitor.Search;

/// <summary>A filter cannot be read, or asks for what cannot be compared; caught where it was asked for.</summary>
internal sealed class FilterException(Error error) : Exception(error.Detail)
{
    public Error Error => error;

    /// <summary>The text is no filter.</summary>
    public static FilterException Syntax(int at, string message) =>
        new(Problems.Invalid(new Dictionary<string, string[]> { ["where"] = [$"At character {at}: {message}"] }));

    /// <summary>A column is not there, or not of that kind.</summary>
    public static FilterException Column(string message) => new(SearchErrors.FilterInvalid(message));
}
