using System.Buffers.Binary;

namespace Platform.Onnx.Graphs;

/// <summary>A constant tensor. Its values are here where they are few, else where they lie in the file.</summary>
internal sealed class OnnxConstant
{
    /// <summary>The most values that are read with the graph.</summary>
    public const int Few = 4096;

    public string Name { get; set; } = "";

    public List<long> Shape { get; } = [];

    /// <summary>By onnx.proto's number.</summary>
    public int ElementType { get; set; }

    /// <summary>Where the values lie in the model's file, or in its bundle, end to end, little-endian; null where they lie otherwise.</summary>
    public (long Start, long Length)? Raw { get; set; }

    /// <summary>Whole numbers and booleans, where they are few.</summary>
    public List<long>? Integers { get; set; }

    /// <summary>Floating-point numbers, where they are few.</summary>
    public List<double>? Numbers { get; set; }

    /// <summary>Texts, where they are few.</summary>
    public List<string>? Texts { get; set; }

    public bool IsInteger => Elements.IsInteger(ElementType);

    /// <summary>Elements that the shape asks for; -1 where it makes no sense.</summary>
    public long Count => Tensors.Shapes.TryCount([.. Shape], out var count) ? count : -1;

    /// <summary>The one number that every element has, whatever its type; null where they differ or are not known.</summary>
    public double? Uniform()
    {
        if (IsInteger && Integers is { Count: > 0 } whole && whole.TrueForAll(value => value == whole[0])) return whole[0];
        return Numbers is { Count: > 0 } numbers && numbers.TrueForAll(value => value.Equals(numbers[0])) ? numbers[0] : null;
    }

    /// <summary>Whether every bit of the elements from <paramref name="first"/> on is 0, as far as can be told.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">A flat index.</param>
    /// <param name="count">How many.</param>
    public bool IsZero(string path, long first, long count)
    {
        if (first < 0 || first + count > Count) return false;
        if (Numbers is { } numbers && numbers.Count == Count) return numbers.Skip((int)first).Take((int)count).All(value => value == 0);
        if (IsInteger && Integers is { } whole && whole.Count == Count)
            return whole.Skip((int)first).Take((int)count).All(value => value == 0);
        var width = Elements.Width(ElementType);
        if (Raw is not { } raw || width == 0 || raw.Length != Count * width || count > Few * 16L) return false;
        using var file = File.OpenRead(path);
        file.Seek(raw.Start + first * width, SeekOrigin.Begin);
        var bytes = new byte[count * width];
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            && !bytes.AsSpan().ContainsAnyExcept((byte)0);
    }

    /// <summary>Takes the values out of their bytes.</summary>
    public void Decode(ReadOnlySpan<byte> bytes)
    {
        var width = Elements.Width(ElementType);
        if (width == 0 || bytes.Length % width != 0) return;
        if (IsInteger) Integers ??= [];
        else Numbers ??= [];
        for (; bytes.Length > 0; bytes = bytes[width..])
        {
            if (IsInteger) Integers!.Add(Elements.Integer(ElementType, bytes));
            else Numbers!.Add(Elements.Number(ElementType, bytes));
        }
    }

    /// <summary>Element types by onnx.proto's numbers.</summary>
    internal static class Elements
    {
        public static bool IsInteger(int type) => type is 2 or 3 or 4 or 5 or 6 or 7 or 9 or 12 or 13;

        public static bool IsFloat(int type) => type is 1 or 10 or 11 or 16;

        /// <summary>Bytes of an element; 0 for those that have none of their own.</summary>
        public static int Width(int type) => type switch
        {
            2 or 3 or 9 => 1,
            4 or 5 or 10 or 16 => 2,
            1 or 6 or 12 => 4,
            7 or 11 or 13 => 8,
            _ => 0,
        };

        public static long Integer(int type, ReadOnlySpan<byte> bytes) => type switch
        {
            3 => (sbyte)bytes[0],
            4 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            5 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            6 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            12 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            7 or 13 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            _ => bytes[0],
        };

        public static double Number(int type, ReadOnlySpan<byte> bytes) => type switch
        {
            1 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            11 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            10 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            _ => Tensors.BrainFloat.ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        };
    }
}
