using System.Globalization;
using System.Text;
using Platform.Onnx.Bundles;

namespace Platform.Registry.Packing;

/// <summary>
/// Lists a tar archive (ustar, pax or GNU) by the names, kinds and sizes in it. Owners, modes and times are nothing to us: whatever stands there,
/// the files are taken.
/// </summary>
internal sealed class TarListing
{
    private const int Block = 512;
    private const int MaxMoreBytes = 1 << 20;
    private const int SumAt = 148;
    private const int SumLength = 8;

    private readonly FileStream _file;
    private readonly byte[] _header = new byte[Block];
    private long _listed;
    private string? _longName;
    private long? _longSize;

    private TarListing(FileStream file) => _file = file;

    /// <exception cref="InvalidDataException">It is damaged, holds anything but files and folders, or too much: the rest of a sentence.</exception>
    public static IReadOnlyList<BundleSource> Read(string path)
    {
        using var file = File.OpenRead(path);
        return new TarListing(file).List(path);
    }

    private IReadOnlyList<BundleSource> List(string path)
    {
        var listing = new ArchiveListing();
        while (ReadHeader())
        {
            var (kind, size) = ((char)_header[156], Number(_header.AsSpan(124, 12)));
            if (kind is 'x' or 'L' or 'K' or 'g') ReadMore(kind, size);
            else
            {
                listing.Count();
                var (name, length) = (_longName ?? Name(), _longSize ?? size);
                (_longName, _longSize) = (null, null);
                var isFolder = kind == '5' || (kind == '\0' && name.EndsWith('/'));
                if (!isFolder && kind is not ('0' or '\0')) throw ArchiveListing.NoFile(name);
                if (!isFolder) listing.Add(PackedFiles.Within(path, new BundledFile(name, _file.Position, length)));
                Skip(isFolder ? 0 : length);
            }
        }

        return listing.Files;
    }

    /// <summary>False at the end.</summary>
    private bool ReadHeader()
    {
        var read = _file.ReadAtLeast(_header, Block, throwOnEndOfStream: false);
        if (read == 0 || (read == Block && !_header.AsSpan().ContainsAnyExcept((byte)0))) return false;
        if (read < Block) throw TooShort();
        CountListed(Block);
        var sum = SumLength * ' ';
        for (var i = 0; i < Block; i++) if (i is < SumAt or >= SumAt + SumLength) sum += _header[i];
        return sum == Number(_header.AsSpan(SumAt, SumLength)) ? true : throw new InvalidDataException("a header of its files is damaged");
    }

    /// <summary>What did not fit into the header that follows: of pax records and GNU's long names.</summary>
    private void ReadMore(char kind, long size)
    {
        if (size > MaxMoreBytes) throw new InvalidDataException($"it says more than {MaxMoreBytes} bytes of one of its files");
        CountListed(size);
        var start = _file.Position;
        var more = new byte[size];
        if (_file.ReadAtLeast(more, more.Length, throwOnEndOfStream: false) < more.Length) throw TooShort();
        _file.Position = start;
        Skip(size);
        if (kind == 'L') _longName = Text(more);
        else if (kind == 'x') ReadRecords(more);
    }

    private void ReadRecords(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            var space = records.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length <= space + 1 || length > records.Length)
                throw Damaged();
            var record = records[(space + 1)..length].TrimEnd((byte)'\n');
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0) throw Damaged();
            var key = record[..equals];
            var value = record[(equals + 1)..];
            if (key.SequenceEqual("path"u8)) _longName = Encoding.UTF8.GetString(value);
            else if (key.SequenceEqual("size"u8)) _longSize = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw Damaged();
            else if (key.StartsWith("GNU.sparse."u8)) throw new InvalidDataException("it holds a file with holes (a sparse file); write it without them");
            records = records[length..];
        }
    }

    /// <summary>The name in the header, and before it, where there is one, what ustar has no room for there.</summary>
    private string Name()
    {
        var name = Text(_header.AsSpan(0, 100));
        var prefix = _header.AsSpan(257, 8).SequenceEqual("ustar\000"u8) ? Text(_header.AsSpan(345, 155)) : "";
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private void Skip(long length)
    {
        if (length > _file.Length - _file.Position) throw TooShort();
        _file.Position += (length + Block - 1) / Block * Block;
    }

    private void CountListed(long bytes)
    {
        if ((_listed += bytes) > ArchiveListing.MaxListBytes) throw new InvalidDataException("the list of its files is too long");
    }

    /// <summary>A number in octal digits, or where it is too large for them, as GNU tar writes it: in bytes, the first with its highest bit set.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        var (number, isBinary) = (0L, field[0] == 0x80);
        foreach (var digit in isBinary ? field[1..] : field.Trim(" \0"u8))
        {
            if (number > long.MaxValue >> 8 || (!isBinary && digit is < (byte)'0' or > (byte)'7')) throw Damaged();
            number = isBinary ? number << 8 | digit : number << 3 | (long)(digit - '0');
        }

        return number;
    }

    private static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);

    private static InvalidDataException Damaged() => new("what it says of its files is damaged");

    private static InvalidDataException TooShort() => new("it ends too early");
}
