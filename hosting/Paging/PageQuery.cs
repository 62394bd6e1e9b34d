using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Platform.Hosting.Paging;

/// <summary><c>?limit=&amp;after=</c> of a list; taken by routes as <c>[AsParameters] PageQuery</c>.</summary>
/// <param name="Limit">At most this many items, 1 to 1000; 100 when absent.</param>
/// <param name="After">The previous page's <c>next</c>.</param>
public sealed record PageQuery(
    [property: FromQuery(Name = "limit"), Description("At most this many items, 1 to 1000; 100 when absent.")] int? Limit,
    [property: FromQuery(Name = "after"), Description("The previous page's next.")] string? After)
{
    private const int DefaultSize = 100;
    private const int MaxSize = 1000;

    /// <summary>The size of the page. Throws <see cref="BadHttpRequestException"/>, which is answered with 400, when the limit is out of range.</summary>
    public int GetSize() => Limit is null or (>= 1 and <= MaxSize)
        ? Limit ?? DefaultSize
        : throw new BadHttpRequestException($"limit must be 1 to {MaxSize}, not {Limit}.");

    /// <summary>The number in <c>after</c>, for lists that page by number. Throws <see cref="BadHttpRequestException"/> when it is none.</summary>
    public long? GetAfterNumber()
    {
        if (After is null) return null;
        return long.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadHttpRequestException($"after must be the next of an earlier page, not '{After}'.");
    }
}
