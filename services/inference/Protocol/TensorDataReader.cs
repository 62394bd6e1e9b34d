using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Reads the <c>data</c> array of a tensor straight into its buffer.</summary>
internal ref struct TensorDataReader(ReadOnlySpan<byte> json, int position)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private JsonArrayWalk _walk = new(json, position);

    /// <summary>Where the next byte to be read lies: behind the array, once it has been read.</summary>
    public readonly int Position => _walk.Position;

    /// <summary>True when the array held its elements side by side, without arrays inside it.</summary>
    public readonly bool IsFlat => _walk.IsFlat;

    /// <summary>Elements read before the problem.</summary>
    public int Index { get; private set; }

    /// <summary>Fills <paramref name="target"/>, which has its type and shape already.</summary>
    public ElementProblem Read(TensorBuffer target) => target.Datatype switch
    {
        Datatype.FP32 => Read<float, SingleElement>(target),
        Datatype.FP64 => Read<double, DoubleElement>(target),
        Datatype.Int64 => Read<long, WholeElement<long>>(target),
        Datatype.Int32 => Read<int, WholeElement<int>>(target),
        Datatype.Int16 => Read<short, WholeElement<short>>(target),
        Datatype.Int8 => Read<sbyte, WholeElement<sbyte>>(target),
        Datatype.UInt64 => Read<ulong, WholeElement<ulong>>(target),
        Datatype.UInt32 => Read<uint, WholeElement<uint>>(target),
        Datatype.UInt16 => Read<ushort, WholeElement<ushort>>(target),
        Datatype.UInt8 => Read<byte, WholeElement<byte>>(target),
        Datatype.Bool => Read<byte, BoolElement>(target),
        Datatype.FP16 => Read<Half, HalfElement>(target),
        Datatype.BF16 => Read<ushort, BrainFloatElement>(target),
        _ => ReadStrings(target),
    };

    /// <summary>The position behind the array that begins at <paramref name="position"/>, or -1 when it has no end.</summary>
    public static int FindEnd(ReadOnlySpan<byte> json, int position)
    {
        var depth = 0;
        for (var at = position; json[at..].IndexOfAny("[]\""u8) is var next and >= 0; at++)
        {
            at += next;
            if (json[at] == '[') depth++;
            else if (json[at] == ']' && --depth == 0) return at + 1;
            else if (json[at] == '"' && !JsonStrings.TryFindEnd(json, ref at)) return -1;
        }

        return -1;
    }

    private ElementProblem Read<T, TElement>(TensorBuffer target)
        where T : unmanaged
        where TElement : struct, IElement<T>
    {
        var elements = target.AsSpan<T>();
        var count = 0;
        while (_walk.MoveNext())
        {
            if (count == elements.Length) return ElementProblem.TooMany;
            var run = TElement.ReadRun(_json, ref _walk.Position, elements[count..]);
            count += run;
            if (run > 0) continue;

            var problem = TElement.Read(_json, ref _walk.Position, out elements[count]);
            if (problem != ElementProblem.None) return At(count, problem);
            count++;
        }

        return At(count, End(count, elements.Length));
    }

    private ElementProblem ReadStrings(TensorBuffer target)
    {
        while (_walk.MoveNext())
        {
            if (target.Filled == target.Count) return ElementProblem.TooMany;
            var problem = JsonStrings.Append(_json, ref _walk.Position, target);
            if (problem != ElementProblem.None) return At(target.Filled, problem);
        }

        return At(target.Filled, End(target.Filled, target.Count));
    }

    private readonly ElementProblem End(int read, int wanted)
    {
        if (_walk.Problem != ElementProblem.None) return _walk.Problem;
        return read < wanted ? ElementProblem.TooFew : ElementProblem.None;
    }

    private ElementProblem At(int index, ElementProblem problem)
    {
        Index = index;
        return problem;
    }
}
