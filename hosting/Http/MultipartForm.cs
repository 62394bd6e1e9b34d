using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Platform.Hosting.Http;

/// <summary>Multipart bodies that are read part by part, as they come (RFC 7578).</summary>
public static class MultipartForm
{
    /// <summary>Boundaries, headers and what a client may put around the parts, in bytes.</summary>
    public const long Overhead = 1 << 20;

    private const int MaxBoundaryLength = 200;

    /// <summary>What stands between the parts; null for a body that is no form, or whose boundary is too long.</summary>
    public static string? BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= MaxBoundaryLength ? boundary : null;
    }

    /// <summary>The next part; null behind the last one.</summary>
    /// <exception cref="MalformedFormException">There is none, nor the end of the form.</exception>
    public static Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken) =>
        MalformedFormException.WatchAsync(() => new ValueTask<MultipartSection?>(reader.ReadNextSectionAsync(cancellationToken)));

    /// <summary>A part's name, and its file's; null where there is none.</summary>
    public static (string? Part, string? File) NamesOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return (null, null);
        var file = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return (HeaderUtilities.RemoveQuotes(disposition.Name).Value, HeaderUtilities.RemoveQuotes(file).Value);
    }
}
