using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Platform.Gateway.Tests.Framing;

/// <summary>
/// HTTP/2 frame by frame (RFC 9113), over TCP by prior knowledge, for requests that no client would send. Headers go as plain literals
/// (RFC 7541 §6.2.2); of an answer its status alone is read.
/// </summary>
internal sealed class Http2Connection : IDisposable
{
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, GoAway = 7;
    private const byte EndStream = 1, Ack = 1, EndHeaders = 4;

    // RFC 7541, appendix A, from :status 200 on.
    private const int StatusIndex = 8;
    private static readonly string[] Statuses = ["200", "204", "206", "304", "400", "404", "500"];

    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private NetworkStream _stream = null!;
    private int _lastStream = -1;

    public static async Task<Http2Connection> OpenAsync(Uri server)
    {
        var connection = new Http2Connection();
        await connection._client.ConnectAsync(server.Host, server.Port);
        connection._stream = connection._client.GetStream();
        await connection._stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await connection.WriteAsync(Settings, 0, 0, []);
        return connection;
    }

    public void Dispose()
    {
        _client.Dispose();
        _deadline.Dispose();
    }

    /// <summary>Sends a request; answers its status, or "reset", "ended" where the stream or the whole connection is given up.</summary>
    public async Task<string> SendAsync(IEnumerable<(string Name, string Value)> headers, params string[] data)
    {
        _lastStream += 2;
        try
        {
            await WriteAsync(Headers, (byte)(EndHeaders | (data.Length == 0 ? EndStream : 0)), _lastStream, Pack(headers));
            for (var i = 0; i < data.Length; i++)
                await WriteAsync(Data, i == data.Length - 1 ? EndStream : (byte)0, _lastStream, Encoding.ASCII.GetBytes(data[i]));
            return await AnswerAsync();
        }
        catch (Exception exception) when (exception is IOException or EndOfStreamException)
        {
            return "ended"; // over what was not read, it may be reset
        }
    }

    private async Task<string> AnswerAsync()
    {
        var prefix = new byte[9];
        while (true)
        {
            await _stream.ReadExactlyAsync(prefix, _deadline.Token);
            var payload = new byte[(prefix[0] << 16) | (prefix[1] << 8) | prefix[2]];
            await _stream.ReadExactlyAsync(payload, _deadline.Token);
            var isOwn = BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(5)) == _lastStream;
            switch (prefix[3])
            {
                case GoAway: return "ended";
                case Reset when isOwn: return "reset";
                case Headers when isOwn: return StatusOf(payload);
                case Settings when prefix[4] != Ack: await WriteAsync(Settings, Ack, 0, []); break;
            }
        }
    }

    // The first field is the status: a whole entry of the table, or its name and a literal.
    private static string StatusOf(byte[] block) => (block[0] & 0x80) != 0
        ? Statuses[(block[0] & 0x7F) - StatusIndex]
        : Encoding.ASCII.GetString(block, 2, block[1]);

    private static byte[] Pack(IEnumerable<(string Name, string Value)> headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0);
            foreach (var text in new[] { name, value })
            {
                block.Add((byte)text.Length); // below 127, it stands for itself
                block.AddRange(Encoding.Latin1.GetBytes(text));
            }
        }
        return [.. block];
    }

    private async Task WriteAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[1], frame[2], frame[3], frame[4]) = ((byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame, _deadline.Token);
    }
}
