using System.Runtime.CompilerServices;
using Platform.Inference.Protocol.Numbers;

namespace Platform.Inference.Protocol;

/// <summary>
/// Walks through the elements of a JSON array, flat or nested, one pass over the bytes. The caller reads each element at
/// <see cref="Position"/> and moves it on. Whether the nesting follows the shape is not asked: row-major order is what counts.
/// </summary>
internal ref struct JsonArrayWalk(ReadOnlySpan<byte> json, int position)
{
    /// <summary>Deeper than any tensor has dimensions.</summary>
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _json = json;
    private int _depth;
    private bool _afterElement;
    private bool _nested;

    /// <summary>Where the next byte to be read lies.</summary>
    public int Position = position;

    public ElementProblem Problem { get; private set; }

    /// <summary>True while no array has been seen inside the array.</summary>
    public readonly bool IsFlat => !_nested;

    /// <summary>Goes to the next element. False at the end of the array, with the position behind it, or on a problem.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        // By far the most frequent case: a comma and the next number, with at most one space between.
        if (_afterElement && Position + 2 < _json.Length && _json[Position] == ',')
        {
            var next = _json[Position + 1] == ' ' ? Position + 2 : Position + 1;
            if (_json[next] is >= (byte)'-' and <= (byte)'9' or (byte)'"')
            {
                Position = next;
                return true;
            }
        }

        return MoveNextSlowly();
    }

    private bool MoveNextSlowly()
    {
        if (_afterElement && !PassSeparator()) return false;
        for (; Peek() == '['; Position++)
        {
            if (++_depth > MaxDepth) return Fail(ElementProblem.TooDeep);
            _nested |= _depth > 1;
        }

        if (Peek() == ']' && Position > 0 && LastWasOpening()) return MoveNextAfterEmpty();
        _afterElement = true;
        return Position < _json.Length || Fail(ElementProblem.Malformed);
    }

    /// <summary>Passes closing brackets and the comma; false at the end of the outermost array.</summary>
    private bool PassSeparator()
    {
        while (Peek() == ']')
        {
            Position++;
            if (--_depth == 0) return false;
        }

        if (Peek() != ',') return Fail(ElementProblem.Malformed);
        Position++;
        return true;
    }

    private bool MoveNextAfterEmpty()
    {
        _afterElement = true;
        return MoveNextSlowly();
    }

    private readonly bool LastWasOpening()
    {
        var at = Position - 1;
        while (at > 0 && IsSpace(_json[at])) at--;
        return _json[at] == '[';
    }

    /// <summary>The next byte that is not white space, or 0 at the end.</summary>
    private byte Peek()
    {
        while (Position < _json.Length && IsSpace(_json[Position])) Position++;
        return Position < _json.Length ? _json[Position] : (byte)0;
    }

    private bool Fail(ElementProblem problem)
    {
        Problem = problem;
        return false;
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
