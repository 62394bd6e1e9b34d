using System.Globalization;
using Platform.Hosting.Errors;
using Platform.Inference.Predictions;
using Platform.Inference.Requests;

namespace Platform.Inference.Grpc;

/// <summary>What gRPC says in HTTP's headers.</summary>
internal static class CallProtocol
{
    public const string ContentType = "application/grpc";

    private const int MaxTimeoutDigits = 8;

    /// <summary>Why a request is no call, or null.</summary>
    public static Error? Refuse(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol)) return GrpcCallErrors.NoHttp2;
        return context.Request.SpeaksGrpc() ? null : GrpcCallErrors.NoGrpc;
    }

    /// <summary>Until when the caller waits; false for a <c>grpc-timeout</c> that is none.</summary>
    public static bool TryReadDeadline(IHeaderDictionary headers, TimeProvider time, out Deadline deadline)
    {
        deadline = default;
        if (headers.GrpcTimeout.Count == 0) return true;
        var text = headers.GrpcTimeout.ToString();
        if (text.Length is < 2 or > MaxTimeoutDigits + 1) return false;
        if (!long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
        if (UnitOf(text[^1]) is not { } unit) return false;
        deadline = new Deadline(time, TimeSpan.FromTicks(Math.Min((long)(value * unit), TimeSpan.TicksPerDay * 365)));
        return true;
    }

    /// <summary>Begins an answer of messages.</summary>
    public static void BeginAnswer(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers.GrpcAcceptEncoding = ContentCoding.Names;
    }

    // In ticks, of which a nanosecond is a hundredth.
    private static double? UnitOf(char unit) => unit switch
    {
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        'S' => TimeSpan.TicksPerSecond,
        'm' => TimeSpan.TicksPerMillisecond,
        'u' => TimeSpan.TicksPerMicrosecond,
        'n' => 0.01,
        _ => null,
    };
}
