using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Platform.Client.Tensors;

/// <summary>
/// A tensor: its name, datatype and shape, and its elements in row-major order as the protocol's binary extension has them, little-endian, each
/// text with its length in four bytes before it.
/// </summary>
public sealed class Tensor
{
    internal Tensor(string name, string datatype, IReadOnlyList<long> shape, ReadOnlyMemory<byte> raw)
    {
        (Name, Datatype, Shape, Raw, Count) = (name, datatype, shape, raw, shape.Aggregate(1L, (count, size) => checked(count * size)));
        if (Datatypes.SizeOf(datatype) is > 0 and var size && raw.Length != Count * size)
            throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(',', shape)}] has {Count} elements of {datatype}, not {raw.Length} bytes.");
    }

    /// <summary>The input's or output's name.</summary>
    public string Name { get; }

    /// <summary>For example FP32.</summary>
    public string Datatype { get; }

    /// <summary>Sizes of the dimensions.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>How many elements there are.</summary>
    public long Count { get; }

    /// <summary>A tensor of numbers or booleans; a single dimension when no shape is given.</summary>
    /// <exception cref="NotSupportedException">No datatype has such elements.</exception>
    /// <exception cref="ArgumentException">There are more or fewer than the shape says.</exception>
    public static Tensor Of<T>(string name, ReadOnlySpan<T> elements, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Tensors are little-endian, and so must be the machine.");
        return new Tensor(name, Datatypes.Of(typeof(T)), shape.IsEmpty ? [elements.Length] : shape.ToArray(), MemoryMarshal.AsBytes(elements).ToArray());
    }

    /// <summary>A tensor of texts.</summary>
    public static Tensor OfTexts(string name, IReadOnlyList<string> texts, params ReadOnlySpan<long> shape)
    {
        var raw = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            raw.Write(length);
            raw.Write(bytes);
        }

        var tensor = new Tensor(name, Datatypes.Text, shape.IsEmpty ? [texts.Count] : shape.ToArray(), raw.ToArray());
        return tensor.Count == texts.Count ? tensor : throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(',', tensor.Shape)}] has {tensor.Count} texts, not {texts.Count}.");
    }

    /// <summary>The elements.</summary>
    /// <exception cref="InvalidOperationException">They are of another datatype.</exception>
    public ReadOnlySpan<T> As<T>() where T : unmanaged =>
        Datatypes.Of(typeof(T)) == Datatype ? MemoryMarshal.Cast<byte, T>(Raw.Span) : throw Holds(typeof(T));

    /// <summary>The texts.</summary>
    /// <exception cref="InvalidOperationException">The elements are numbers.</exception>
    public IReadOnlyList<string> Texts()
    {
        if (Datatype != Datatypes.Text) throw Holds(typeof(string));
        var texts = new List<string>();
        var rest = Raw.Span;
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            texts.Add(Encoding.UTF8.GetString(rest.Slice(sizeof(int), length)));
            rest = rest[(sizeof(int) + length)..];
        }

        return texts;
    }

    private InvalidOperationException Holds(Type asked) => new($"Tensor '{Name}' holds {Datatype}, not {asked.Name}.");
}
