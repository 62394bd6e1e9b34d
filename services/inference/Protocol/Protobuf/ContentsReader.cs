using System.Numerics;
using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol.Protobuf;

/// <summary>Reads the elements of InferTensorContents, packed or one by one, into a tensor that has its type and shape.</summary>
internal ref struct ContentsReader(ReadOnlySpan<byte> contents, TensorBuffer target)
{
    private readonly int _field = Contents.FieldOf(target.Datatype);
    private WireReader _wire = new(contents);

    /// <summary>Elements read so far.</summary>
    public int Index { get; private set; }

    /// <summary>A field that other elements stand in; 0 where there is none.</summary>
    public int OtherField { get; private set; }

    public ElementProblem Read()
    {
        while (_wire.Next())
        {
            if (_wire.Field != _field) OtherField = _wire.Field;
            if (OtherField != 0) return ElementProblem.WrongType;
            var problem = ReadField();
            if (problem != ElementProblem.None) return problem;
        }

        return Index < target.Count ? ElementProblem.TooFew : ElementProblem.None;
    }

    private ElementProblem ReadField() => target.Datatype switch
    {
        Datatype.Bytes => ReadString(),
        Datatype.FP32 => CopyFixed(WireType.Fixed32, sizeof(float)),
        Datatype.FP64 => CopyFixed(WireType.Fixed64, sizeof(double)),
        Datatype.Bool => ReadNumbers<byte>(signed: false, most: 1),
        Datatype.Int8 => ReadNumbers<sbyte>(signed: true),
        Datatype.Int16 => ReadNumbers<short>(signed: true),
        Datatype.Int32 => ReadNumbers<int>(signed: true),
        Datatype.Int64 => ReadNumbers<long>(signed: true),
        Datatype.UInt8 => ReadNumbers<byte>(signed: false),
        Datatype.UInt16 => ReadNumbers<ushort>(signed: false),
        Datatype.UInt32 => ReadNumbers<uint>(signed: false),
        _ => ReadNumbers<ulong>(signed: false),
    };

    private ElementProblem ReadString()
    {
        if (_wire.Wire != WireType.Bytes) return ElementProblem.WrongType;
        if (Index == target.Count) return ElementProblem.TooMany;
        target.Append(_wire.Bytes);
        Index++;
        return ElementProblem.None;
    }

    /// <summary>Numbers of a fixed width lie as they will in the tensor, packed or not.</summary>
    private ElementProblem CopyFixed(WireType single, int width)
    {
        if (_wire.Wire != single && _wire.Wire != WireType.Bytes) return ElementProblem.WrongType;
        var bytes = _wire.Bytes;
        if (bytes.Length % width != 0) return ElementProblem.WrongType;
        if (bytes.Length / width > target.Count - Index) return ElementProblem.TooMany;
        bytes.CopyTo(target.Data[(Index * width)..]);
        Index += bytes.Length / width;
        return ElementProblem.None;
    }

    private ElementProblem ReadNumbers<T>(bool signed, ulong most = ulong.MaxValue) where T : unmanaged, IBinaryInteger<T>
    {
        var elements = target.AsSpan<T>();
        if (_wire.Wire == WireType.Varint) return Put(elements, _wire.Varint, signed, most);
        if (_wire.Wire != WireType.Bytes) return ElementProblem.WrongType;
        var packed = new WireReader(_wire.Bytes);
        while (packed.NextPacked())
        {
            var problem = Put(elements, packed.Varint, signed, most);
            if (problem != ElementProblem.None) return problem;
        }

        return ElementProblem.None;
    }

    private ElementProblem Put<T>(Span<T> elements, ulong number, bool signed, ulong most) where T : unmanaged, IBinaryInteger<T>
    {
        if (Index == elements.Length) return ElementProblem.TooMany;
        var value = T.CreateTruncating(number);
        var fits = signed ? long.CreateTruncating(value) == (long)number : ulong.CreateTruncating(value) == number && number <= most;
        if (!fits) return ElementProblem.OutOfRange;
        elements[Index++] = value;
        return ElementProblem.None;
    }
}
