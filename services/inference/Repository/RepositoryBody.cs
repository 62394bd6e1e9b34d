using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Platform.Hosting;
using Platform.Hosting.Errors;

namespace Platform.Inference.Repository;

/// <summary>Reads the small JSON bodies of the repository's routes, whether or not they are said to be that: the protocol's own clients do not.</summary>
internal static class RepositoryBody
{
    private const long MaxBytes = 1 << 20;

    /// <summary>The body, or <paramref name="absent"/> where there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="absent">What an empty body, or null, stands for.</param>
    /// <param name="form">What the body should be, for the caller who sent another.</param>
    /// <exception cref="BadHttpRequestException">The body is too large, or did not arrive.</exception>
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, T absent, string form) where T : class
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MaxBytes;
        try
        {
            if (await IsEmptyAsync(request)) return absent;
            return await JsonSerializer.DeserializeAsync<T>(request.Body, PlatformJson.Tolerant, request.HttpContext.RequestAborted) ?? absent;
        }
        catch (JsonException)
        {
            return RepositoryErrors.BadBody(form);
        }
    }

    private static async Task<bool> IsEmptyAsync(HttpRequest request)
    {
        if (request.ContentLength is { } length) return length == 0;
        var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
        var empty = read.Buffer.IsEmpty && read.IsCompleted;
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return empty;
    }
}
