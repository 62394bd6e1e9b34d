using System.Globalization;
using System.Text;
using Platform.Onnx.Bundles;

namespace Platform.Onnx.Inspection;

/// <summary>
/// Points the tensors of a bundle's ONNX file to where their values lie in the bundle, so that the runtime can map them from there. Only a
/// few bytes of each such tensor change, and the lengths of what holds it. Small tensors get their values inside.
/// </summary>
internal sealed class ExternalRelocation
{
    // The shape inference of ONNX Runtime 1.31 needs the values of shapes, axes and the like, and refuses a model that has them in another file.
    private const int MaxInside = 1 << 10;

    private readonly ProtobufReader _reader;
    private readonly ModelBundle _bundle;
    private readonly FileStream _file;
    private readonly List<Edit> _edits = [];

    private ExternalRelocation(ProtobufReader reader, ModelBundle bundle, FileStream file) => (_reader, _bundle, _file) = (reader, bundle, file);

    /// <summary>The bytes of the ONNX file, whose tensors point into the file at <paramref name="path"/> by its name.</summary>
    /// <exception cref="InvalidDataException">It is no ONNX file, or points to what is not there.</exception>
    public static byte[] Read(string path, ModelBundle bundle)
    {
        using var file = File.OpenRead(path);
        file.Position = bundle.Model.Offset;
        var relocation = new ExternalRelocation(new ProtobufReader(file, bundle.Model.Length), bundle, file);
        var more = relocation.Fields(relocation.Model);
        return Apply(file, bundle.Model, more, relocation._edits);
    }

    private static byte[] Apply(FileStream file, BundledFile model, long more, List<Edit> edits)
    {
        var length = model.Length + more;
        if (length > Array.MaxLength) throw new InvalidDataException("the ONNX file is too large");
        var bytes = new byte[length];
        var (read, written) = (0L, 0);
        file.Position = model.Offset;
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            Copy(edit.Start);
            edit.Bytes.CopyTo(bytes, written);
            written += edit.Bytes.Length;
            read = edit.End;
            file.Position = model.Offset + read;
        }

        Copy(model.Length);
        return bytes;

        void Copy(long end)
        {
            file.ReadExactly(bytes.AsSpan(written, (int)(end - read)));
            written += (int)(end - read);
        }
    }

    private long Model()
    {
        if (_reader.Is(7, WireType.Bytes)) return Message(Graph);
        return _reader.Is(25, WireType.Bytes) ? Message(Function) : Skip();
    }

    private long Graph()
    {
        if (_reader.Is(1, WireType.Bytes)) return Message(Node);
        if (_reader.Is(5, WireType.Bytes)) return Tensor();
        return _reader.Is(15, WireType.Bytes) ? Message(SparseTensor) : Skip();
    }

    private long Function()
    {
        if (_reader.Is(7, WireType.Bytes)) return Message(Node);
        return _reader.Is(11, WireType.Bytes) ? Message(Attribute) : Skip();
    }

    private long Node() => _reader.Is(5, WireType.Bytes) ? Message(Attribute) : Skip();

    private long Attribute()
    {
        if (_reader.Is(5, WireType.Bytes) || _reader.Is(10, WireType.Bytes)) return Tensor();
        if (_reader.Is(6, WireType.Bytes) || _reader.Is(11, WireType.Bytes)) return Message(Graph);
        return _reader.Is(22, WireType.Bytes) || _reader.Is(23, WireType.Bytes) ? Message(SparseTensor) : Skip();
    }

    private long SparseTensor() => _reader.Is(1, WireType.Bytes) || _reader.Is(2, WireType.Bytes) ? Tensor() : Skip();

    private long Skip()
    {
        _reader.SkipField();
        return 0;
    }

    /// <summary>Goes through the fields of a message; by how much it grows.</summary>
    private long Fields(Func<long> field)
    {
        var more = 0L;
        while (_reader.ReadField()) more += field();
        return more;
    }

    private long Message(Func<long> field) => Enter(() => Fields(field));

    /// <summary>Goes through a message, whose length changes with what it holds; by how much the whole grows.</summary>
    private long Enter(Func<long> content)
    {
        var at = _reader.Position;
        var outer = _reader.Enter();
        var start = _reader.Position;
        var more = content();
        var length = _reader.Position - start;
        _reader.Leave(outer);
        if (more == 0) return 0;
        var bytes = Varint(length + more);
        _edits.Add(new Edit(at, start, bytes));
        return more + bytes.Length - (start - at);
    }

    private long Tensor() => Enter(() =>
    {
        var tensor = new ExternalTensor();
        var fields = new List<Edit>();
        for (var start = _reader.Position; _reader.ReadField(); start = _reader.Position)
        {
            var isPlace = ExternalPlace.IsAt(_reader);
            tensor.ReadField(_reader);
            if (isPlace) fields.Add(new Edit(start, _reader.Position, []));
        }

        if (!tensor.Place.IsExternal) return 0;
        fields.Add(new Edit(_reader.Position, _reader.Position, Describe(tensor)));
        _edits.AddRange(fields);
        return fields.Sum(edit => edit.Bytes.Length - (edit.End - edit.Start));
    });

    /// <summary>The fields that say where the values lie; or, where they are few, the field that holds them.</summary>
    private byte[] Describe(ExternalTensor tensor)
    {
        if (tensor.FindProblem(_bundle.Data) is { } problem) throw new InvalidDataException(problem.TrimEnd('.'));
        var (file, length) = (_bundle.Data[BundleName.Plain(tensor.Place.Location)], tensor.Bytes()!.Value);
        var offset = file.Offset + tensor.Place.Offset;
        using var bytes = new MemoryStream();
        if (length <= MaxInside)
        {
            bytes.Write([9 << 3 | 2, .. Varint(length), .. FileBytes.Read(_file.SafeFileHandle, offset, length)]);
            return bytes.ToArray();
        }

        AddEntry(bytes, "location", Path.GetFileName(_file.Name));
        AddEntry(bytes, "offset", offset.ToString(CultureInfo.InvariantCulture));
        AddEntry(bytes, "length", length.ToString(CultureInfo.InvariantCulture));
        bytes.Write([14 << 3, 1]);
        return bytes.ToArray();
    }

    private static void AddEntry(MemoryStream bytes, string key, string value)
    {
        byte[] entry = [.. Text(1, key), .. Text(2, value)];
        bytes.Write([13 << 3 | 2, .. Varint(entry.Length), .. entry]);
    }

    private static byte[] Text(int field, string text) => [(byte)(field << 3 | 2), .. Varint(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Varint(long number)
    {
        var bytes = new List<byte>();
        var left = (ulong)number;
        for (; left >= 0x80; left >>= 7) bytes.Add((byte)(left | 0x80));
        bytes.Add((byte)left);
        return [.. bytes];
    }

    /// <summary>Bytes that take the place of others.</summary>
    private sealed record Edit(long Start, long End, byte[] Bytes);
}
