using System.Net;
using System.Text.Json.Nodes;

namespace Platform.Client.Transport;

/// <summary>A call that failed: refused by the platform, or never answered.</summary>
public sealed class PlatformException : Exception
{
    internal PlatformException(string detail, HttpStatusCode? status = null, string? code = null, Exception? cause = null) : base(detail, cause) =>
        (Status, Code) = (status, code);

    /// <summary>The status of HTTP, also of a call over gRPC; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>The platform's code (docs/errors.md), on which programs can rely; null where there is none, as in JSON answers of <c>/v2</c>.</summary>
    public string? Code { get; }

    /// <summary>What is wrong, by field or by row and feature; empty where one thing is.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; internal init; } = new Dictionary<string, string[]>();

    /// <summary>What to give to whoever runs the platform.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>The answer's body, where it was a JSON object: the gates of a promotion that was refused, for example.</summary>
    public JsonObject? Body { get; internal init; }
}
