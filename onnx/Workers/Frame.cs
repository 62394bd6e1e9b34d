using System.Text;

namespace Platform.Onnx.Workers;

/// <summary>Messages over a pipe: a length and as many bytes. What comes from a worker is a stranger's word, so its length is bounded.</summary>
internal static class Frame
{
    private const int MaxBytes = 16 << 20;

    public static void Write(Stream stream, Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true)) write(writer);
        stream.Write(BitConverter.GetBytes((int)content.Length));
        content.WriteTo(stream);
        stream.Flush();
    }

    /// <summary>Null at the stream's end.</summary>
    /// <exception cref="InvalidDataException">It is no message.</exception>
    public static BinaryReader? Read(Stream stream)
    {
        var head = new byte[sizeof(int)];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) return null;
        var length = BitConverter.ToInt32(head);
        if (length is < 0 or > MaxBytes) throw new InvalidDataException("A message has an impossible length.");
        var content = new byte[length];
        return stream.ReadAtLeast(content, length, throwOnEndOfStream: false) < length ? null : new BinaryReader(new MemoryStream(content), Encoding.UTF8);
    }

    public static void WriteTexts(this BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts) writer.Write(text);
    }

    public static string[] ReadTexts(this BinaryReader reader) => reader.ReadMany(item => item.ReadString());

    public static T[] ReadMany<T>(this BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new List<T>();
        for (var left = reader.ReadInt32(); left > 0; left--) items.Add(read(reader));
        return [.. items];
    }
}
