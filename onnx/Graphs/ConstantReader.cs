using System.Buffers.Binary;
using System.Text;
using Platform.Onnx.Inspection;

namespace Platform.Onnx.Graphs;

/// <summary>Reads constant tensors and lists of values, as far as they are small.</summary>
internal sealed class ConstantReader(ProtobufReader reader, ConstantFiles files, ValueBudget budget)
{
    private const int MaxText = 1 << 12;

    public OnnxConstant Read()
    {
        var constant = new OnnxConstant();
        var place = new ExternalPlace();
        byte[]? raw = null;
        var outer = reader.Enter();
        while (reader.ReadField())
        {
            if (reader.Is(9, WireType.Bytes)) raw = ReadRaw(constant);
            else if (!place.TryRead(reader)) ReadField(constant);
        }

        reader.Leave(outer);
        if (place.IsExternal) raw = ReadExternal(constant, place);
        if (raw is not null) constant.Decode(raw); // its type may follow its bytes
        return constant;
    }

    public float ReadSingle() => BitConverter.UInt32BitsToSingle(reader.ReadFixed32());

    /// <summary>Floating-point numbers, packed or single; false where there was no room for them all.</summary>
    public bool TryReadSingles(List<float> singles)
    {
        if (reader.Wire == WireType.Fixed32) return TryAdd(singles, ReadSingle());
        var fits = true;
        var outer = reader.Enter();
        while (!reader.IsAtEnd) fits &= TryAdd(singles, ReadSingle());
        reader.Leave(outer);
        return fits;
    }

    /// <summary>Whole numbers, packed or single; false where there was no room for them all.</summary>
    public bool TryReadIntegers(List<long> integers)
    {
        var fits = true;
        EachVarint(value =>
        {
            if (budget.TryTakeValue()) integers.Add(value);
            else fits = false;
        });
        return fits;
    }

    /// <summary>One more text; false where there was no room for it.</summary>
    public bool TryReadText(List<string> texts)
    {
        var bytes = reader.ReadBytes(MaxText, out _);
        if (bytes is null || !budget.TryTakeValue()) return false;
        texts.Add(Encoding.UTF8.GetString(bytes));
        return true;
    }

    private void ReadField(OnnxConstant constant)
    {
        switch (reader.Field)
        {
            case 1: EachVarint(size => AddDimension(constant, size)); break;
            case 2 when reader.Wire == WireType.Varint: constant.ElementType = (int)reader.ReadVarint(); break;
            case 4 or 10 when reader.Wire == WireType.Bytes: ReadNumbers(constant); break;
            case 5 or 7 or 11: constant.Integers ??= []; TryReadIntegers(constant.Integers); break;
            case 6 when reader.Wire == WireType.Bytes: constant.Texts ??= []; TryReadText(constant.Texts); break;
            case 8 when reader.Wire == WireType.Bytes: constant.Name = Encoding.UTF8.GetString(reader.ReadBytes(1 << 16, out _) ?? []); break;
            default: reader.SkipField(); break;
        }
    }

    private static void AddDimension(OnnxConstant constant, long size)
    {
        if (constant.Shape.Count == 64) throw new InvalidDataException("a constant has too many dimensions");
        constant.Shape.Add(size);
    }

    private bool TryAdd(List<float> singles, float value)
    {
        if (!budget.TryTakeSingle()) return false;
        singles.Add(value);
        return true;
    }

    /// <summary>Packed floating-point numbers lie as raw ones do.</summary>
    private void ReadNumbers(OnnxConstant constant)
    {
        var width = reader.Field == 4 ? 4 : 8;
        var bytes = reader.ReadBytes(OnnxConstant.Few * width, out var place);
        constant.Raw = files.InModel(place);
        if (bytes is null) return;
        constant.Numbers = [];
        for (var i = 0; i + width <= bytes.Length; i += width)
        {
            constant.Numbers.Add(width == 4
                ? BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i))
                : BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i)));
        }
    }

    private byte[]? ReadRaw(OnnxConstant constant)
    {
        var bytes = reader.ReadBytes(OnnxConstant.Few * 8, out var place);
        constant.Raw = files.InModel(place);
        return bytes;
    }

    /// <summary>Many constants may lie at one place, so that what is read of them is counted.</summary>
    private byte[]? ReadExternal(OnnxConstant constant, ExternalPlace place)
    {
        var count = constant.Count;
        var width = OnnxConstant.Elements.Width(constant.ElementType);
        constant.Raw = count < 0 || width == 0 || count > long.MaxValue / width ? null : files.Find(place, count * width);
        return constant.Raw is { Length: <= OnnxConstant.Few * 8 } found && budget.TryTakeValues(count) ? files.Read(found) : null;
    }

    private void EachVarint(Action<long> use)
    {
        if (reader.Wire == WireType.Varint)
        {
            use((long)reader.ReadVarint());
            return;
        }

        if (reader.Wire != WireType.Bytes) throw new InvalidDataException("a whole number has an impossible type");
        var outer = reader.Enter();
        while (!reader.IsAtEnd) use((long)reader.ReadVarint());
        reader.Leave(outer);
    }
}
