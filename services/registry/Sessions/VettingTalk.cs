using System.Text.Json;
using Platform.Hosting;
using Platform.Onnx.Children;

namespace Platform.Registry.Sessions;

/// <summary>One side of the talk between the registry and a process that looks at a file. Both take turns with messages.</summary>
internal sealed class VettingTalk(Stream input, Stream output)
{
    /// <summary>A reason why the file is not acceptable, for whoever uploaded it.</summary>
    private const byte Refusal = 0;

    private const byte Found = 1;

    /// <summary>The most bytes of a part.</summary>
    public const int MaxPart = 1 << 20;

    // A signature may be long.
    private const int MaxMessage = 64 << 20;

    private readonly MessageWriter _writer = new(input);
    private readonly MessageReader _reader = new(output, MaxMessage);

    /// <summary>The same talk seen from within the process.</summary>
    public static VettingTalk Within(Stream input, Stream output) => new(output, input);

    public void Say<T>(T content) => Say(Found, JsonSerializer.SerializeToUtf8Bytes(content, PlatformJson.Tolerant));

    /// <summary>Says bytes that are no message of their own, part of something longer.</summary>
    public void SayPart(byte kind, ReadOnlySpan<byte> content) => _writer.Write(kind, content);

    /// <summary>Says that the file is refused.</summary>
    public void Refuse(string reason) => Say(Refusal, JsonSerializer.SerializeToUtf8Bytes(reason, PlatformJson.Tolerant));

    /// <summary>What the other side says next.</summary>
    /// <exception cref="RefusedException">It refuses the file.</exception>
    /// <exception cref="BrokenTalkException">It says nothing that makes sense.</exception>
    public T Hear<T>() => Hear<T>(0, null);

    /// <summary>What the other side says next, behind parts of <paramref name="kind"/> that go elsewhere.</summary>
    /// <inheritdoc cref="Hear{T}()"/>
    public T Hear<T>(byte kind, Action<byte[]>? hearPart)
    {
        while (true)
        {
            var (said, content) = _reader.Read();
            if (said == Refusal) throw new RefusedException(Read<string>(content));
            if (said == Found) return Read<T>(content);
            if (said != kind || hearPart is null) throw new BrokenTalkException("It says something else.");
            hearPart(content);
        }
    }

    private void Say(byte kind, ReadOnlySpan<byte> content)
    {
        try
        {
            _writer.Write(kind, content);
        }
        catch (IOException exception)
        {
            throw new BrokenTalkException("It listens no more.", exception);
        }
    }

    private static T Read<T>(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, PlatformJson.Tolerant) ?? throw new BrokenTalkException("It says nothing.");
        }
        catch (JsonException exception)
        {
            throw new BrokenTalkException("It says what makes no sense.", exception);
        }
    }
}
