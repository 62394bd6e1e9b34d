using System.Buffers.Binary;
using System.Text;

namespace Platform.Onnx.Bundles;

/// <summary>
/// The header of a file in a tar archive (ustar), without what differs from one archive to the next: times, owners. Sizes of 8 GiB and more are
/// written as GNU tar does.
/// </summary>
internal static class TarHeader
{
    public const int Size = 512;

    private const int SizeAt = 124;
    private const int SizeLength = 12;
    private const int SumAt = 148;
    private const int SumLength = 8;
    private const int TypeAt = 156;
    private const int MagicAt = 257;
    private const long MostOctal = (1L << 33) - 1;
    private const byte Binary = 0x80;

    private static ReadOnlySpan<byte> Magic => "ustar\000"u8;

    public static byte[] Write(BundledFile file)
    {
        var header = new byte[Size];
        Encoding.UTF8.GetBytes(file.Name, header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "0000000\0"u8.CopyTo(header.AsSpan(108));
        "0000000\0"u8.CopyTo(header.AsSpan(116));
        WriteSize(header.AsSpan(SizeAt, SizeLength), file.Length);
        "00000000000\0"u8.CopyTo(header.AsSpan(136));
        header[TypeAt] = (byte)'0';
        Magic.CopyTo(header.AsSpan(MagicAt));
        Encoding.ASCII.GetBytes(Octal(Sum(header), 6) + "\0 ", header.AsSpan(SumAt));
        return header;
    }

    /// <summary>Whether these bytes begin a bundle.</summary>
    public static bool Begins(ReadOnlySpan<byte> header, string name) =>
        header.Length == Size && header[MagicAt..].StartsWith(Magic) && header[TypeAt] == '0' && NameOf(header) == name;

    /// <summary>The name and the length of the file behind a header; null where the archive ends.</summary>
    /// <exception cref="InvalidDataException">It is no header as <see cref="Write"/> makes it.</exception>
    public static (string Name, long Length)? Read(ReadOnlySpan<byte> header)
    {
        if (!header.ContainsAnyExcept((byte)0)) return null;
        var (name, length) = (NameOf(header), ReadSize(header.Slice(SizeAt, SizeLength)));
        return length >= 0 && header.SequenceEqual(Write(new BundledFile(name, 0, length)))
            ? (name, length)
            : throw new InvalidDataException("a header of its files is damaged");
    }

    private static string NameOf(ReadOnlySpan<byte> header)
    {
        var field = header[..BundleName.MaxBytes];
        return Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);
    }

    private static void WriteSize(Span<byte> field, long length)
    {
        if (length <= MostOctal) Encoding.ASCII.GetBytes(Octal(length, SizeLength - 1), field);
        else
        {
            field[0] = Binary;
            BinaryPrimitives.WriteInt64BigEndian(field[^8..], length);
        }
    }

    private static long ReadSize(ReadOnlySpan<byte> field)
    {
        if (field[0] == Binary) return BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        var length = 0L;
        foreach (var digit in field[..(SizeLength - 1)]) length = digit is >= (byte)'0' and <= (byte)'7' ? length * 8 + digit - '0' : long.MinValue;
        return length;
    }

    private static int Sum(ReadOnlySpan<byte> header)
    {
        var sum = SumLength * ' ';
        for (var i = 0; i < Size; i++)
            if (i is < SumAt or >= SumAt + SumLength) sum += header[i];
        return sum;
    }

    private static string Octal(long number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');
}
