using System.Buffers.Binary;

namespace Platform.Hosting.Http;

/// <summary>Every request has an id: the caller's <c>x-request-id</c> if it is well-formed, else a new one; every response says it.</summary>
public static class RequestIds
{
    /// <summary>The header that carries the id both ways.</summary>
    public const string Header = "x-request-id";

    private const int MaxLength = 128;

    /// <summary>The id of this request.</summary>
    public static string GetRequestId(this HttpContext context) => context.TraceIdentifier;

    /// <summary>
    /// Whether a caller's id can be taken as it is: 1 to 128 visible ASCII characters, so that it is safe in headers, logs and
    /// file names once encoded.
    /// </summary>
    public static bool IsWellFormed(string id) =>
        id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>
    /// A caller's id out of a path. A slash in it is written as %2F, which servers and proxies leave as it is, lest it part the path.
    /// </summary>
    public static string FromPath(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A new id: a UUID of version 7, which sorts by time. It has to be distinct, not secret, so its random part comes from the
    /// process's generator: the system's would cost every request a system call.
    /// </summary>
    public static string Create(TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true).ToString();
    }

    internal static void UseRequestIds(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use((context, next) =>
        {
            var wanted = context.Request.Headers[Header];
            context.TraceIdentifier = wanted.Count == 1 && IsWellFormed(wanted[0]!) ? wanted[0]! : Create(time);
            context.Response.Headers[Header] = context.TraceIdentifier;
            return next(context);
        });
    }
}
