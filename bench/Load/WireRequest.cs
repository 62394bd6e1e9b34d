using System.Text;
using Platform.Bench.Serving;

namespace Platform.Bench.Load;

/// <summary>One HTTP/1.1 request as the bytes that go over the wire; built once, sent many times.</summary>
internal sealed record WireRequest(string Path, byte[] Wire)
{
    public static WireRequest Post(string path, byte[] body, string contentType = "application/json", int? jsonLength = null)
    {
        var head = new StringBuilder()
            .Append("POST ").Append(path).Append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ").Append(contentType)
            .Append("\r\nContent-Length: ").Append(body.Length).Append("\r\nAuthorization: ").Append(BenchKey.Header).Append("\r\n");
        if (jsonLength is not null) head.Append("Inference-Header-Content-Length: ").Append(jsonLength).Append("\r\n");
        return new WireRequest(path, [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body]);
    }
}
