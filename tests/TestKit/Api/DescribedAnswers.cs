using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Platform.TestKit.Api;

/// <summary>
/// Holds every answer that a client gets against <c>/openapi/v1.json</c>: its status, its headers' presence, its type and, of
/// JSON, its form. Members that are not described are not let through, either.
/// </summary>
public sealed class DescribedAnswers : DelegatingHandler
{
    private readonly SemaphoreSlim _reading = new(1);
    private ApiDocument? _document;

    /// <summary>Asks the server.</summary>
    public DescribedAnswers() : base(new SocketsHttpHandler())
    {
    }

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var (method, uri) = (request.Method, request.RequestUri!);
        if (uri.AbsolutePath == "/openapi/v1.json") return response;
        if ((int)response.StatusCode >= 400) await CheckDiscretionAsync($"{method} {uri.AbsolutePath}", response, cancellationToken);
        // What is refused before any route, and what fails, is not the route's answer; it is described as "default".
        if (response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden or HttpStatusCode.MisdirectedRequest
            || (int)response.StatusCode >= 500) return response;
        var document = await DocumentAsync(uri, cancellationToken);
        if (document.Find(method.Method, uri.AbsolutePath) is not { } operation) return response;
        await CheckAsync($"{method} {uri.AbsolutePath}: {(int)response.StatusCode}", document, operation, response, cancellationToken);
        return response;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) _reading.Dispose();
        base.Dispose(disposing);
    }

    private static async Task CheckDiscretionAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        Discretion.AssertKept(what, $"{response.Headers}{await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    private static async Task CheckAsync(
        string what, ApiDocument document, JsonNode operation, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var described = operation["responses"]![$"{(int)response.StatusCode}"];
        Assert.True(described is not null, $"{what} is not described.");
        Assert.True(response.Headers.Contains("x-request-id"), $"{what} has no x-request-id.");
        if (response.Content.Headers.ContentType?.MediaType is not { } type || response.Content.Headers.ContentLength == 0) return;
        var content = described["content"]?[type];
        Assert.True(content is not null, $"{what} is described without {type}.");
        if (!type.EndsWith("json", StringComparison.Ordinal) || content["schema"] is not { } schema) return;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True((text.EndsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal)) || response.Content.Headers.ContentEncoding.Count > 0, $"{what} does not end with one line break.");
        var problems = document.Validate(schema, JsonNode.Parse(text));
        Assert.True(problems.Count == 0, $"{what} is not what is described:\n{string.Join('\n', problems)}\n{text[..Math.Min(text.Length, 2000)]}");
    }

    private async Task<ApiDocument> DocumentAsync(Uri uri, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return _document ??= await ReadAsync(new Uri(uri, "/openapi/v1.json"), cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    // The gateway's document lacks a service that did not answer yet, and says so.
    private Task<ApiDocument> ReadAsync(Uri address, CancellationToken cancellationToken) => Eventually.ValueAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await base.SendAsync(request, cancellationToken);
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return ((string)document["info"]!["description"]!).Contains("Not described", StringComparison.Ordinal) ? null : new ApiDocument(document);
    }, "every service describes itself", TimeSpan.FromMinutes(1));
}
