using System.Text;

namespace Platform.Bench.Load;

/// <summary>One request as the bytes that go over the wire; built once, sent many times.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Wire">A request of HTTP/1.1, or the frames of a call of gRPC.</param>
/// <param name="IsCall">Whether it is the latter.</param>
internal sealed record WireRequest(string Path, byte[] Wire, bool IsCall = false)
{
    private const byte EndHeaders = 4;
    private const byte EndStream = 1;
    private const int MaxFrame = 16384;

    public static WireRequest Post(string path, byte[] body, string contentType = "application/json", int? jsonLength = null)
    {
        var head = new StringBuilder()
            .Append("POST ").Append(path).Append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ").Append(contentType)
            .Append("\r\nContent-Length: ").Append(body.Length).Append("\r\nAuthorization: ").Append(BenchKey.Header).Append("\r\n");
        if (jsonLength is not null) head.Append("Inference-Header-Content-Length: ").Append(jsonLength).Append("\r\n");
        return new WireRequest(path, [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body]);
    }

    /// <summary>A call of gRPC with one message, whose length stands before it.</summary>
    public static WireRequest Call(string path, byte[] message)
    {
        if (message.Length > MaxFrame) throw new ArgumentException($"A message of {message.Length} bytes does not fit into a frame.", nameof(message));
        // POST, http; then literals: the path, the authority, the content type, who asks by their numbers in HPACK's static table, and te.
        byte[] headers =
        [
            0x83, 0x86, 0x04, .. Text(path), 0x01, .. Text("127.0.0.1"), 0x0F, 0x10, .. Text("application/grpc"), 0x0F, 0x08, .. Text($"{BenchKey.Header}"),
            0x00, .. Text("te"), .. Text("trailers"),
        ];
        return new WireRequest(path,
            [.. Frame(GrpcConnection.Type.Headers, EndHeaders, 1, headers), .. Frame(GrpcConnection.Type.Data, EndStream, 1, message)], IsCall: true);
    }

    public LoadConnection Connect(int port) => IsCall ? new GrpcConnection(port) : new HttpConnection(port);

    internal static byte[] Frame(GrpcConnection.Type type, byte flags, int stream, ReadOnlySpan<byte> payload) =>
    [
        (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, (byte)type, flags,
        (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. payload,
    ];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
